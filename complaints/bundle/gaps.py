"""The runs of records that are not shown between those that are, and why they were left out.

docs/formats/exhibit-manifest.md, "Gaps". Places count from 0 in the reader's order, as `index` of a
record proof does; what people read counts from 1.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class GapReason(StrEnum):
    """Why records are not handed over: the person's own choice out of a closed list."""

    LEFT_OUT = "left_out"  # nothing is said but that the person left them out
    OTHER_MATTER = "other_matter"
    PRIVATE = "private"
    SOMEONE_ELSES = "someone_elses"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Gap:
    """Records `first` to `last`, both included, are not shown."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many they are, at least 1."""
        return self.last - self.first + 1

    def as_json(self, reason: str) -> dict[str, Any]:
        """As a manifest states it."""
        return {"from": self.first, "to": self.last, "count": self.count, "reason": reason}


def between(shown: Collection[int], count: int) -> list[Gap]:
    """The gaps that these shown places leave in a reading of `count` records, in order.

    Before the first and after the last shown record there may be one, too. Places outside the
    reading leave no gap of their own.
    """
    found, expected = [], 0
    for index in sorted(place for place in set(shown) if 0 <= place < count):
        if index > expected:
            found.append(Gap(expected, index - 1))
        expected = index + 1
    if expected < count:
        found.append(Gap(expected, count - 1))
    return found

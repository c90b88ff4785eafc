"""One reason why a desk would send it back, how much it weighs, and what the person said to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from complaints.errors import ComplaintError
from complaints.law import bounces
from complaints.law.bounces import DeskSays


class Weight(StrEnum):
    """What a check that holds does to the export."""

    STOPS = "stops"  # until it is mended
    ASKS = "asks"  # until it is mended, or the person says why it goes nevertheless
    WARNS = "warns"


@dataclass(frozen=True)
class Found:
    """A check that holds; `about`: the words or names it holds for, never a person's."""

    code: str
    weight: Weight
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounce:
    """One reason; its words are `preflight-<code>` and `preflight-<code>-mend`."""

    code: str
    weight: Weight
    about: tuple[str, ...]
    said: str  # why it goes nevertheless, in the person's own words; empty: not said
    desks: tuple[DeskSays, ...]  # where a desk says so itself

    @property
    def is_blocking(self) -> bool:
        """Whether nothing leaves while it stands."""
        return self.weight is Weight.STOPS or (self.weight is Weight.ASKS and not self.said)

    @property
    def mend(self) -> str:
        """The rest of the catalogue key that says how it is mended."""
        return f"{self.code}-mend"

    @property
    def may_be_said(self) -> bool:
        """Whether the person's own word lets it go."""
        return self.weight is Weight.ASKS


class PreflightBlocksError(ComplaintError):
    """The desk would send it back: a blocking check holds."""

    code = "preflight_blocks"

    def __init__(self, bounces: list[str]) -> None:
        super().__init__(", ".join(bounces))
        self.bounces = bounces


def bounce(found: Found, *, desks: Sequence[str], said: Mapping[str, str]) -> Bounce:
    """A check that holds, with what these desks say of it and what the person said."""
    return Bounce(
        code=found.code,
        weight=found.weight,
        about=found.about,
        said=said.get(found.code, "") if found.weight is Weight.ASKS else "",
        desks=bounces.said_by(desks, found.code),
    )


def said_of(answers: Mapping[str, Any], agency_id: str, *, own_agency: str) -> dict[str, str]:
    """Check code → why it goes to this desk nevertheless, from one complaint's answers.

    Args:
        answers: of the complaint.
        agency_id: the desk that is asked about.
        own_agency: the complaint's own desk, meant where an entry names none.
    """
    return {
        entry["check"]: entry["why"]
        for entry in answers.get("goes_although", ())
        if entry.get("desk", own_agency) == agency_id
    }

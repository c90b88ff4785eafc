"""What a desk takes: sizes, counts, types and field lengths as dated figures, or "unknown"."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("limits.json")


class What(StrEnum):
    """What a figure counts."""

    FILE_BYTES = "file_bytes"  # at most, one file
    FILE_COUNT = "file_count"  # at most, one report
    FILE_TYPES = "file_types"  # extensions, separated by a space
    TEXT_CHARS = "text_chars"  # at most, the description
    TEXT_CHARS_LEAST = "text_chars_least"
    SUMMARY_CHARS = "summary_chars"  # at most, the one sentence
    REPORTS_PER_DAY = "reports_per_day"
    NUMBERS_PER_FORM = "numbers_per_form"


class Confidence(StrEnum):
    """How far a figure can be trusted."""

    VERIFIED = "verified"  # read at the desk itself
    SECONDARY = "secondary"  # read in a copy or a report of it
    MEMORY = "memory"  # nobody has a source


# Asked of every desk that takes uploads; where we have no figure, that is said.
ASKED = (What.FILE_BYTES, What.FILE_COUNT, What.FILE_TYPES, What.TEXT_CHARS)


class BadFigureError(ValueError):
    """A figure of limits.json lacks its source, day or trust, or counts what we do not know."""


@dataclass(frozen=True)
class Figure:
    """One figure of one desk, with where it was read and of which time it is."""

    agency: str
    what: What
    value: int | str
    source: str
    as_of: str  # YYYY or YYYY-MM: of which time the source is
    checked_on: date
    confidence: Confidence


def figures(agency_id: str) -> tuple[Figure, ...]:
    """Every figure that we have of a desk, conflicting ones too."""
    return tuple(each for each in _all() if each.agency == agency_id)


def unknown(agency_id: str) -> tuple[What, ...]:
    """What would be asked of this desk before an upload and nobody has told."""
    told = {each.what for each in figures(agency_id)}
    return tuple(what for what in ASKED if what not in told)


def most(agency_id: str, what: What) -> int | None:
    """The smallest figure told of a desk: under it, every other one is kept too. None: unknown."""
    told = [each.value for each in figures(agency_id) if each.what is what]
    return min((value for value in told if isinstance(value, int)), default=None)


def read(raw: bytes) -> tuple[Figure, ...]:
    """The figures of a file such as `limits.json`.

    Raises:
        BadFigureError: one is not dated, not sourced, or of a kind that we do not know.
    """
    entries: Sequence[Mapping[str, Any]] = json.loads(raw)["figures"]
    return tuple(map(_figure, entries))


@functools.cache
def _all() -> tuple[Figure, ...]:
    return read(SOURCE.read_bytes())


def _figure(entry: Mapping[str, Any]) -> Figure:
    try:
        figure = Figure(
            agency=entry["agency"],
            what=What(entry["what"]),
            value=entry["value"],
            source=entry["source"],
            as_of=entry["as_of"],
            checked_on=date.fromisoformat(entry["checked_on"]),
            confidence=Confidence(entry["confidence"]),
        )
    except (KeyError, ValueError, TypeError) as cause:
        raise BadFigureError(f"{entry.get('agency')}: {cause}") from cause
    wanted = str if figure.what is What.FILE_TYPES else int
    if not (figure.source and figure.as_of) or type(figure.value) is not wanted:
        raise BadFigureError(f"{figure.agency}: {figure.what} has no source, time or value")
    return figure

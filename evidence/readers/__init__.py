"""Pure readers: from the bytes of one file to records that lead back to their place in it."""

from __future__ import annotations

from .errors import ReadingError, RefusedError, UnreadableError
from .reading import Options, Reading, Summary
from .record import Record, iso
from .registry import has_reader, read
from .selection.choice import EVERYTHING, Choice, choice_of
from .selection.survey import Survey, survey_of
from .sniff import sniff

__all__ = [
    "EVERYTHING",
    "Choice",
    "Options",
    "Reading",
    "ReadingError",
    "Record",
    "RefusedError",
    "Summary",
    "Survey",
    "UnreadableError",
    "choice_of",
    "has_reader",
    "iso",
    "read",
    "sniff",
    "survey_of",
]

"""Pure readers: from the bytes of one file to records that lead back to their place in it."""

from __future__ import annotations

from .errors import ReadingError, RefusedError, UnreadableError
from .reading import Options, Reading, Summary
from .record import Record, iso
from .registry import has_reader, read
from .sniff import sniff

__all__ = [
    "Options",
    "Reading",
    "ReadingError",
    "Record",
    "RefusedError",
    "Summary",
    "UnreadableError",
    "has_reader",
    "iso",
    "read",
    "sniff",
]

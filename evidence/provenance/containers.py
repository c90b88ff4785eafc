"""Which module looks into which format; whatever the bytes, the answer is facts or `unreadable`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO, Final, cast

from .bounded import MetadataError
from .boxes import Told
from .said import MAX_FACTS, Fact, Found, unique

Walker = Callable[[BinaryIO], Iterator[Fact]]

# Module and function: the libraries of pictures and documents are loaded for their files only.
_WALKERS: Final = {
    "jpeg": ("pictures", "jpeg"),
    "png": ("pictures", "png"),
    "webp": ("pictures", "webp"),
    "heic": ("heif", "heif"),
    "avif": ("heif", "heif"),
    "wav": ("sounds", "wav"),
    "mp3": ("sounds", "mp3"),
    "pdf": ("pdf", "pdf"),
    "zip": ("documents", "zip_"),
    "sms_backup": ("documents", "message_export"),
    "super_backup": ("documents", "message_export"),
    "sqlite": ("documents", "sqlite"),
}


def look(file: BinaryIO, format_id: str) -> Found:
    """What the file says of its making.

    Args:
        file: seekable, binary; read in pieces of at most 256 KiB (HEIC and PDF by their libraries).
        format_id: as `readers.sniff` gave it; one that is not known here has no facts.
    """
    facts: list[Fact] = []
    length_s = 0
    try:
        if format_id == "mp4":
            told = Told(file)
            _collect(told.facts(), facts)
            length_s = told.length_s
        elif place := _WALKERS.get(format_id):
            module = import_module(f"{__package__}.{place[0]}")
            _collect(cast(Walker, getattr(module, place[1]))(file), facts)
    except (MetadataError, MemoryError, RecursionError):
        facts.insert(0, Fact("unreadable", "yes"))  # what was found before it stays
    return Found(format_id[:64], unique(facts), length_s)


def _collect(found: Iterator[Fact], into: list[Fact]) -> None:
    for fact in found:
        if len(into) < 4 * MAX_FACTS:
            into.append(fact)

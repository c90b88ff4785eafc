"""PDF: dates and programs of the information dictionary (ISO 32000-2, 14.3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import pikepdf

from . import moments
from .bounded import MetadataError, size_of
from .said import Fact, clean

_BYTES: Final = 64 * 1024 * 1024
_DATES: Final = (("pdf_created", "/CreationDate"), ("pdf_modified", "/ModDate"))
_TEXTS: Final = (("pdf_creator", "/Creator"), ("pdf_producer", "/Producer"))


def pdf(file: BinaryIO) -> Iterator[Fact]:
    """When and with which programs. The author's name is left where it is."""
    if size_of(file) > _BYTES:
        raise MetadataError("a document beyond every limit")
    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as document:
            told = {name: _text(document.docinfo.get(name)) for _, name in (*_DATES, *_TEXTS)}
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        # qpdf names what it cannot read in many ways; a locked document is one of them.
        raise MetadataError("the document cannot be opened") from None
    for code, name in _DATES:
        if (moment := moments.pdf(told[name])) is not None:
            yield Fact(code, time=moment)
    for code, name in _TEXTS:
        yield Fact(code, clean(told[name]))


def _text(value: object) -> str:
    return str(value)[:1000] if isinstance(value, pikepdf.String) else ""

"""HEIC and AVIF: the blocks that libheif and libavif hand out beside the picture, undecoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import pi_heif
from PIL import Image

from . import exif, xmp
from .bounded import PIECE, MetadataError, size_of
from .pictures import size_fact
from .said import Fact

_BYTES: Final = 64 * 1024 * 1024

pi_heif.register_heif_opener()


def heif(file: BinaryIO) -> Iterator[Fact]:
    """Size, EXIF and XMP."""
    if size_of(file) > _BYTES:
        raise MetadataError("a picture beyond every limit")
    file.seek(0)
    try:
        with Image.open(file, formats=("HEIF", "AVIF")) as picture:
            size, told = picture.size, dict(picture.info)
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, Image.DecompressionBombError):
        raise MetadataError("the picture's header cannot be read") from None
    yield size_fact(*size)
    if isinstance(raw := told.get("exif"), bytes) and raw:
        yield from exif.facts(raw[:PIECE])
    if isinstance(raw := told.get("xmp"), bytes) and raw:
        yield from xmp.facts(raw[:PIECE])

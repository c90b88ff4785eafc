"""XMP: four properties by their names, out of at most 256 KiB of text. No XML is parsed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from . import moments
from .said import Fact, clean

_PROPERTIES: Final = (
    ("xmp_created", "CreateDate"),
    ("xmp_modified", "ModifyDate"),
    ("creator_tool", "CreatorTool"),
)


def facts(raw: bytes) -> Iterator[Fact]:
    """Created, modified, with which tool, whether a place is named."""
    text = raw.decode("utf-8", "replace")
    for code, name in _PROPERTIES:
        found = re.search(rf'xmp:{name}(?:\s*=\s*["\']|>)([^"\'<]{{1,300}})', text)
        if found is None:
            continue
        value = html.unescape(found[1])
        if code == "creator_tool":
            yield Fact(code, clean(value))
        elif (moment := moments.written(value)) is not None:
            yield Fact(code, time=moment)
    if "exif:GPSLatitude" in text:
        yield Fact("has_place", "yes")

"""The original at one place: what a record was read from, bounded, and nothing beside it.

Neighbours are not shown: they may be of people whom nobody chose.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, BinaryIO, Final

from evidence.readers import limits
from evidence.readers.containers import android_messages, mail_parts
from evidence.readers.containers.members import whole
from evidence.readers.databases import database
from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.magic import binary_format
from evidence.readers.reading import Context, Notes, Options
from evidence.readers.syntax.encodings import canonical_name, decode
from evidence.readers.syntax.texts import lines_of
from evidence.readers.tables import workbook

from .inside import opened_member

TEXT: Final = 4000  # characters shown of a text or cell
BYTES: Final = 16_000  # read of an element
LINES: Final = 200
VCARD_LINES: Final = 80
_BARE: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]+")
SKIP_BYTES: Final = 1 << 20


def excerpt(
    file: BinaryIO, place: Mapping[str, Any], *, lines: int = 1, encoding: str | None = None
) -> dict[str, Any]:
    """Show one place of a file.

    Args:
        file: the original, seekable.
        place: a `source_locator` (docs/formats/reading.md, "Places").
        lines: of a text: how many belong to the record.
        encoding: of the file, as its reading names it; None: as it looks.

    Returns:
        `{"form": "text", "text", "is_cut"}`, `{"form": "row", "table", "row", "cells": [{"name",
        "value"}]}`, `{"form": "picture", "box"}` (with `seconds` in a film), `{"form": "sound",
        "seconds"}`, `{"form": "file"}` for a whole file, each with `member` where it lies in an
        archive; `{"form": "none"}` for a place of no such kind.

    Raises:
        ReadingError: the place is not there, or the file is beyond a limit.
    """
    member = place.get("member")
    if not isinstance(member, str):
        return _at(file, place, lines, encoding)
    if place.keys() == {"member"}:
        return {"form": "file", "member": member}
    with opened_member(file, member) as unpacked:
        if "bytes" in place:
            return {**_element(unpacked, place["bytes"], encoding), "member": member}
        content = whole(unpacked, "sqlite" if "row" in place else "")
    return {**_at(io.BytesIO(content), place, lines, encoding), "member": member}


def _at(
    file: BinaryIO, place: Mapping[str, Any], lines: int, encoding: str | None
) -> dict[str, Any]:
    file.seek(0)
    if "part" in place:
        inside = {name: value for name, value in place.items() if name != "part"}
        text = mail_parts.text_of(file, int(place["part"]))
        return _at(io.BytesIO(text.encode("utf-8", "replace")), inside, lines, "utf-8")
    if "bytes" in place:
        return _element(file, place["bytes"], encoding)
    if "line" in place:
        return _lines(file, int(place["line"]), lines)
    if "row" in place:
        return _row(file, str(place.get("table", "")), int(place["row"]))
    if "box" in place:
        told = {"seconds": list(place["seconds"])} if "seconds" in place else {}
        return {"form": "picture", "box": list(place["box"]), **told}
    if "seconds" in place:
        return {"form": "sound", "seconds": list(place["seconds"])}
    return {"form": "none"}


def _element(file: Any, span: Any, encoding: str | None) -> dict[str, Any]:
    """The bytes of one element as text; read forward, because a member of an archive must be."""
    begin, end = int(span[0]), int(span[1])
    left = begin
    while left > 0:
        skipped = len(file.read(min(left, SKIP_BYTES)))
        if not skipped:
            raise UnreadableError("the file is shorter than that place")
        left -= skipped
    raw = file.read(max(0, min(end - begin, BYTES)))
    name = canonical_name(encoding or "utf-8") or "utf-8"
    # a payload of MIUI has lengths and numbers between its words
    text = _BARE.sub(" ", raw.decode(name, "replace"))
    return {"form": "text", "text": text[:TEXT], "is_cut": end - begin > BYTES or len(text) > TEXT}


def _lines(file: BinaryIO, first: int, count: int) -> dict[str, Any]:
    raw = file.read(limits.TEXT_BYTES + 1)
    if len(raw) > limits.TEXT_BYTES:
        raise OverLimitError("text_bytes", limits.TEXT_BYTES)
    try:
        text, _ = decode(raw)
    except UnicodeDecodeError as cause:
        raise UnreadableError("the text is in no known encoding") from cause
    found = list(islice(lines_of(text), max(0, first - 1), first - 1 + max(count, VCARD_LINES)))
    if not found:
        raise UnreadableError("the file has fewer lines")
    shown = _of_one_record(found, min(count, LINES))
    joined = "\n".join(shown)
    return {"form": "text", "text": joined[:TEXT], "is_cut": len(joined) > TEXT or count > LINES}


def _of_one_record(found: list[str], count: int) -> list[str]:
    """A vMessage goes to its own end; in all else a record has as many lines as its text."""
    if found[0].strip().upper().startswith("BEGIN:V"):
        for at, line in enumerate(found):
            if line.strip().upper() == "END:VMSG":
                return found[: at + 1]
    return found[:count]


def _row(file: BinaryIO, table: str, rowid: int) -> dict[str, Any]:
    """A row of a database, else of a sheet; a message that a page's script holds is no such row."""
    if not table:
        return _listed(file, rowid)
    if binary_format(file.read(64)) != "sqlite":
        found = workbook.row_of(file, table, rowid)
        if found is None:
            return {"form": "none"}
        told = [{"name": name, "value": value[:TEXT]} for name, value in found]
        return {"form": "row", "table": table, "row": rowid, "cells": told}
    file.seek(0)
    for opened in database.opened(file, Context("", Options(), Notes())):
        row = opened.row(table.lower(), rowid)
        if row is None:
            raise UnreadableError("there is no such row")
        cells = [
            {"name": name, "value": _cell(value)}
            for name, value in row.items()
            if value is not None and value != ""
        ]
        return {"form": "row", "table": table, "row": rowid, "cells": cells}
    raise UnreadableError("the database cannot be opened")


def _listed(file: BinaryIO, index: int) -> dict[str, Any]:
    """A message of an Android backup: the members of its object, what lies deeper as JSON."""
    message = android_messages.message_at(file, index)
    cells = [
        {"name": name, "value": (value if isinstance(value, str) else json.dumps(value))[:TEXT]}
        for name, value in message.items()
        if value is not None and value != ""
    ]
    return {"form": "row", "table": "messages", "row": index, "cells": cells}


def _cell(value: Any) -> str:
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return (database.text_of(value) or "")[:TEXT]

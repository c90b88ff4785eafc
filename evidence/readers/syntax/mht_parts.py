"""Finds the parts of an MHT file by its boundary alone: what QQ writes is no valid MIME.

There is no semicolon after the charset, no blank line before a boundary, UTF-8 is declared as 7bit,
and the HTML is one line of hundreds of megabytes.
"""

from __future__ import annotations

import base64
import binascii
import io
import quopri
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import KIB, MIB

PARTS: Final = 500_000  # pictures of one file
CHUNK: Final = MIB
HEAD: Final = 8 * KIB  # bytes of the header of the file or of a part

_BOUNDARY: Final = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_FIELD: Final = re.compile(rb"^([A-Za-z\-]{1,40}):[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.M)
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([\w.\-]{1,40})", re.I)
_BLANK: Final = re.compile(rb"\r?\n[ \t]*\r?\n")


class Part(NamedTuple):
    """One part; `start` and `end` are bytes of the file, of its content as encoded."""

    content_type: str
    encoding: str  # 7bit, base64, quoted-printable …, in lower case
    location: str | None
    charset: str | None
    start: int
    end: int


def parts_of(file: BinaryIO) -> list[Part]:
    """All parts of a seekable file, by one pass over its bytes.

    Raises:
        UnreadableError: no boundary is named.
        OverLimitError: too many parts.
    """
    file.seek(0)
    found = _BOUNDARY.search(file.read(HEAD))
    if found is None:
        raise UnreadableError("the MHT file names no boundary")
    cut = b"--" + (found[1] or found[2])
    places = list(_places(file, cut))
    ends = [*places, file.seek(0, io.SEEK_END)][1:]
    parts = []
    for place, end in zip(places, ends, strict=True):
        file.seek(place + len(cut))
        head = file.read(min(HEAD, end - place - len(cut)))
        if (part := _part(head, place + len(cut), end)) is not None:
            parts.append(part)
    return parts


def content_of(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """The content of a part in pieces, its transfer encoding undone."""
    file.seek(part.start)
    left, rest = part.end - part.start, b""
    while left > 0 and (piece := file.read(min(CHUNK, left))):
        left -= len(piece)
        if part.encoding == "base64":
            letters = rest + piece.translate(None, b"\r\n \t")
            whole = len(letters) if left <= 0 else len(letters) // 4 * 4
            rest = letters[whole:]
            yield _unbased(letters[:whole])
        elif part.encoding == "quoted-printable":
            lines = rest + piece
            whole = len(lines) if left <= 0 else lines.rfind(b"\n") + 1
            rest = lines[whole:]
            if len(rest) > CHUNK:
                raise OverLimitError("line_bytes", CHUNK)
            yield quopri.decodestring(lines[:whole])
        else:
            yield piece


def _unbased(letters: bytes) -> bytes:
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error as cause:
        raise UnreadableError("a part of the MHT file is damaged") from cause


def _places(file: BinaryIO, cut: bytes) -> Iterator[int]:
    """Where each boundary begins."""
    file.seek(0)
    before, base, last, count = b"", 0, -1, 0
    while piece := file.read(CHUNK):
        window = before + piece
        at = window.find(cut)
        while at >= 0:
            place = base + at
            # what was seen at the end of the window before is not counted again
            if place > last and (at == 0 or window[at - 1 : at] in (b"\n", b"\r", b">")):
                last, count = place, count + 1
                if count > PARTS:
                    raise OverLimitError("parts", PARTS)
                yield place
            at = window.find(cut, at + len(cut))
        kept = min(len(window), len(cut))
        base += len(window) - kept
        before = window[-kept:]


def _part(head: bytes, start: int, end: int) -> Part | None:
    if head.startswith(b"--"):  # the last boundary closes
        return None
    blank = _BLANK.search(head)
    if blank is None:
        return None
    fields = {
        name.decode("ascii").lower(): value.decode("utf-8", "replace").strip()
        for name, value in _FIELD.findall(head[: blank.start()])
    }
    kind = fields.get("content-type", "")
    charset = _CHARSET.search(kind)
    return Part(
        kind.split(";", 1)[0].strip().lower(),
        fields.get("content-transfer-encoding", "7bit").lower(),
        fields.get("content-location"),
        charset[1] if charset else None,
        start + blank.end(),
        end,
    )

"""What tells a workbook from other ZIP archives and from other old Office documents."""

from __future__ import annotations

import io
import re
from typing import BinaryIO, Final

_MEMBER: Final = re.compile(rb"PK\x03\x04.{26}xl/|PK\x01\x02.{42}xl/", re.S)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_FIRST: Final = 200  # bytes: it is the first member, not packed
OLE: Final = b"\xd0\xcf\x11\xe0"
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")  # an XLSX with a password
STREAMS: Final = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_SECTOR: Final = 4096  # bytes of a directory that are looked at
_TAIL: Final = 65_536


def workbook_format(found: str, seen: bytes) -> str:
    """`xlsx` or `ods` for a ZIP, `xls` for an OLE file, whose seen bytes name a workbook inside."""
    if found == "zip" and _MEMBER.search(seen):
        return "xlsx"
    if found == "zip" and _OPEN_DOCUMENT in seen[:_FIRST]:
        return "ods"
    if found == "ole" and (LOCKED in seen or any(stream in seen for stream in STREAMS)):
        return "xls"
    return found


def further(file: BinaryIO, head: bytes) -> bytes:
    """The end of a ZIP; the directory of an OLE file, wherever it lies."""
    if head.startswith(b"PK"):
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return file.read(_TAIL)
    shift = int.from_bytes(head[30:32], "little")
    sector = int.from_bytes(head[48:52], "little")
    if shift not in (9, 12):
        return b""
    file.seek((sector + 1) << shift)
    return file.read(_SECTOR)

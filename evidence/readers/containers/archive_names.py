"""Names of archive members: labels only, and refused whole when they point outside."""

from __future__ import annotations

import re
import stat
import zipfile
from typing import Final

from evidence.readers.errors import PathTraversalError

_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_UTF8_FLAG: Final = 0x800


def judged_name(info: zipfile.ZipInfo) -> str:
    """The member's name as text: UTF-8 when flagged, else UTF-8, then GB18030 (never cp437).

    Raises:
        PathTraversalError: absolute, `..`, backslash, drive letter, NUL, link or device.
    """
    name = _name(info)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PathTraversalError("a member is a link or a device")
    refuse_outside(name)
    return name


def refuse_outside(name: str) -> None:
    """Raise for any name that a careless unpacker would follow out of its folder."""
    if (
        not name
        or name.startswith("/")
        or "\\" in name
        or "\0" in name
        or _DRIVE.match(name)
        or ".." in name.split("/")
    ):
        raise PathTraversalError("a member's name points outside the archive")


def _name(info: zipfile.ZipInfo) -> str:
    raw = info.orig_filename
    if info.flag_bits & _UTF8_FLAG:
        return raw
    try:
        stored = raw.encode("cp437")
    except UnicodeEncodeError:
        return raw
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw

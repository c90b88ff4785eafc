"""Whole backups of iPhones (Finder, iTunes): whether they are locked, and what their files are.

Their databases lie among them under names of 40 digits and are met by content like any other.
"""

from __future__ import annotations

import plistlib
from typing import BinaryIO, Final
from xml.parsers.expat import ExpatError

from evidence.readers.databases.database import opened, text_of
from evidence.readers.errors import EncryptedError, UnreadableError
from evidence.readers.reading import Context, Notes, Options

LIST: Final = "Manifest.plist"
NAMES: Final = "Manifest.db"


def refuse_locked(listed: bytes) -> None:
    """Raise `EncryptedError` when this property list says so; damaged ones say nothing."""
    try:
        found = plistlib.loads(listed)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ):
        return
    if isinstance(found, dict) and found.get("IsEncrypted") is True:
        raise EncryptedError("the iPhone backup is locked with its owner's password")


def names_in(database: BinaryIO) -> dict[str, str]:
    """The names that the backup's own list gives its files, by their 40 digits.

    A list that cannot be read names nothing: the files keep their digits.
    """
    alone = Context(NAMES, Options(), Notes())
    try:
        for listed in opened(database, alone):
            rows = listed.rows("files", ("fileid", "relativepath"))
            found = ((text_of(row["fileid"]), text_of(row["relativepath"])) for row in rows)
            return {digits: path.rpartition("/")[2] for digits, path in found if digits and path}
    except UnreadableError:
        return {}
    return {}

"""Whole backups of iPhones (Finder, iTunes): whether they are locked.

Their databases lie among them under names of 40 digits and are met by content like any other.
"""

from __future__ import annotations

import plistlib
from typing import Final
from xml.parsers.expat import ExpatError

from evidence.readers.errors import EncryptedError

LIST: Final = "Manifest.plist"


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

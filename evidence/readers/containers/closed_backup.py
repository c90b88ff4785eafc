"""Backups that we recognise and do not open: the list of files in one of Huawei or Honor.

What lies beside it is as a rule locked with its owner's password, and its layout is not public.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record

VERSION: Final = "1"


def read(_file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield nothing, and say that this backup is not opened."""
    context.notes.warn("backup_not_opened")
    yield from ()

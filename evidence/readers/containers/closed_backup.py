"""What we recognise and do not open: a maker's own backup, a database's log without its database.

Of a backup of Huawei or Honor this is the list of files; what lies beside it is as a rule locked
with its owner's password, and its layout is not public. Those of Samsung are locked throughout.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.magic import binary_format
from evidence.readers.reading import Context
from evidence.readers.record import Record

VERSION: Final = "1"


# Of Samsung's Smart Switch: it lies among the locked files.
LISTS: Final = frozenset({"SmartSwitchBackup.json"})
_HEAD: Final = 64


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield nothing, and say that this is not opened, or what is missing."""
    is_log = binary_format(file.read(_HEAD)) == "sqlite_log"
    context.notes.warn("database_log_alone" if is_log else "backup_not_opened")
    yield from ()

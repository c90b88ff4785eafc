"""Databases of phones: which tables there are decides; a database of anything else has no records.

Android `mmssms.db`, `contacts2.db`, `calllog.db`; iPhone `sms.db`, `CallHistory.storedata`,
`call_history.db`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record

from . import android_database, iphone_database
from .database import Database, opened

VERSION: Final = "2"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the rows of all message and call tables that we know; places are row ids.

    Raises:
        UnreadableError: not even its list of tables can be read.
        OverLimitError: larger, or slower to read, than an honest one.
    """
    for database in opened(file, context):
        yield from _tables(database, context)


def _tables(database: Database, context: Context) -> Iterator[Record]:
    if database.has("sms", "address", "date", "body"):
        yield from android_database.messages(database, context)
    if database.has("pdu", "date", "msg_box"):
        yield from android_database.multimedia(database, context)
    if database.has("calls", "number", "date", "type"):
        yield from android_database.calls(database, context)
    if database.has("message", "date", "is_from_me", "handle_id"):
        yield from iphone_database.messages(database, context)
    if database.has("zcallrecord", "zdate", "zoriginated"):
        yield from iphone_database.calls(database, context)
    if database.has("call", "address", "date", "flags"):
        yield from iphone_database.old_calls(database, context)

"""Databases as phones keep them, with invented content; each returns the file's bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

NUMBER = "+8613700000001"
APPLE_S = 736_218_000  # 2024-05-01T01:00:00Z


def database(*statements: str, rows: Sequence[tuple[str, Sequence[Any]]] = ()) -> bytes:
    """A database after these statements and parametrised inserts."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    for statement, values in rows:
        connection.execute(statement, values)
    raw = connection.serialize()
    connection.close()
    return raw


def inserts(table: str, columns: str, *rows: Sequence[Any]) -> list[tuple[str, Sequence[Any]]]:
    """Rows for `database`."""
    marks = ", ".join("?" * len(rows[0]))
    return [(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row) for row in rows]


def typedstream(text: str) -> bytes:
    """The archive that iOS keeps a text in, as far as the text."""
    raw = text.encode()
    size = len(raw)
    if size < 0x80:
        length = bytes([size])
    elif size < 0x8000:
        length = b"\x81" + size.to_bytes(2, "little")
    else:
        length = b"\x82" + size.to_bytes(4, "little")
    head = (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00"
        b"\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+"
    )
    return head + length + raw + b"\x86\x84\x02iI\x01\x0a\x92"


SMS = (
    "CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, "
    "date_sent INTEGER, type INTEGER, body TEXT, sub_id INTEGER)"
)
MMS = (
    "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, msg_box INTEGER, "
    "m_type INTEGER, sub TEXT)",
    "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, name TEXT, cl TEXT, "
    "text TEXT)",
    "CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, address TEXT, type INTEGER)",
    "CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT)",
    "CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY, address TEXT)",
)
CALLS = (
    "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, "
    "type INTEGER, name TEXT, presentation INTEGER)"
)
IPHONE = (
    "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER, "
    "attributedBody BLOB, service TEXT, date INTEGER, is_from_me INTEGER, error INTEGER, "
    "item_type INTEGER, associated_message_type INTEGER, date_retracted INTEGER, "
    "date_edited INTEGER)",
    "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)",
)
CHATS = (
    "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, style INTEGER, chat_identifier TEXT, "
    "display_name TEXT, room_name TEXT)",
    "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)",
    "CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, mime_type TEXT, "
    "transfer_name TEXT, total_bytes INTEGER)",
    "CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER)",
)
IPHONE_CALLS = (
    "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION FLOAT, "
    "ZADDRESS VARCHAR, ZORIGINATED INTEGER, ZANSWERED INTEGER, ZSERVICE_PROVIDER VARCHAR, "
    "ZDISCONNECTED_CAUSE INTEGER)"
)


def android_messages(*rows: Sequence[Any]) -> bytes:
    """`mmssms.db` with rows of (address, date ms, type, body)."""
    return database(SMS, rows=inserts("sms", "address, date, type, body", *rows))


def iphone_messages(*rows: Sequence[Any]) -> bytes:
    """`sms.db` without chats: rows of (text, attributedBody, date, is_from_me); one handle."""
    written = [(*row[:2], 1, *row[2:], "SMS") for row in rows]
    columns = "text, attributedBody, handle_id, date, is_from_me, service"
    people = inserts("handle", "id", (NUMBER,))
    return database(*IPHONE, rows=[*people, *inserts("message", columns, *written)])


def with_log(folder: Path, *rows: Sequence[Any], kept: int = 1) -> tuple[bytes, bytes]:
    """`mmssms.db` and its write-ahead log as a phone leaves them; `kept` rows are in the file.

    Rows as in `android_messages`; each is a transaction of its own.
    """
    path = folder / "mmssms.db"
    insert = "INSERT INTO sms (address, date, type, body) VALUES (?, ?, ?, ?)"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(SMS)
        for row in rows[:kept]:
            connection.execute(insert, row)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for row in rows[kept:]:
            connection.execute(insert, row)
        return path.read_bytes(), path.with_name("mmssms.db-wal").read_bytes()


def with_journal(folder: Path, *rows: Sequence[Any], unfinished: int) -> tuple[bytes, bytes]:
    """`mmssms.db` in the middle of a transaction that adds rows, and its rollback journal."""
    path = folder / "mmssms.db"
    path.write_bytes(android_messages(*rows))
    insert = "INSERT INTO sms (address, date, type, body) VALUES (?, ?, ?, ?)"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("UPDATE sms SET body = 'half'")
        for number in range(unfinished):
            connection.execute(insert, (NUMBER, number, 1, "half " * 200))
        return path.read_bytes(), path.with_name("mmssms.db-journal").read_bytes()

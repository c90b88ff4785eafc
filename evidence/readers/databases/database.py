"""SQLite files of strangers: opened from a copy in memory, read with every right taken away.

Views, triggers, virtual tables, functions and generated columns of the file are never run; only
plain tables that a reader names are read, row by row. Damage costs the rows it lies in, no more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, BinaryIO, Final

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import DATABASE_BYTES, MIB, RECORDS, TEXT_FIELD
from evidence.readers.reading import Context, Notes

from . import sqlite_logs

STEPS_AT_ONCE: Final = 1_000_000  # instructions of SQLite between two looks at the budget
STEPS_ALLOWED: Final = 20_000  # of those looks: far more than two million honest rows need
FIELD_BYTES: Final = 32 * MIB
_READ: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
# SQLite's own words quote the file's names; Python cannot take in those that are no UTF-8.
_DAMAGE: Final = (sqlite3.Error, UnicodeDecodeError)

Row = Mapping[str, Any]


class Database:
    """An open copy. `tables` holds the plain tables: name in lower case → columns in lower case."""

    def __init__(self, connection: sqlite3.Connection, notes: Notes) -> None:
        self._connection = connection
        self._notes = notes
        self._looks = 0
        connection.set_progress_handler(self._look, STEPS_AT_ONCE)
        self.tables = self._schema()
        connection.set_authorizer(self._judge)

    def has(self, table: str, *columns: str) -> bool:
        """Whether a plain table has at least these columns."""
        return table in self.tables and set(columns) <= self.tables[table]

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of one table in the order of `rowid`, which every row has.

        Columns that the table lacks are None. Where pages are damaged, the rows before and behind
        the damage are given, and the notes say so.
        """
        if table not in self.tables:
            return
        present = [column for column in columns if column in self.tables[table]]
        selected = ", ".join(["rowid", *(f'"{column}"' for column in present)])
        empty = dict.fromkeys(columns)
        last = -(1 << 63)
        query = f'SELECT {selected} FROM "{table}" WHERE rowid > ? ORDER BY rowid'  # noqa: S608 - names are our own
        try:
            for row in self._connection.execute(query, (last,)):
                last = row[0]
                yield {**empty, "rowid": last, **dict(zip(present, row[1:], strict=True))}
        except _DAMAGE as cause:
            self._name(cause)
            self._notes.warn("database_damaged", {"table": table})
            for row in self._behind_damage(query, last):
                yield {**empty, "rowid": row[0], **dict(zip(present, row[1:], strict=True))}

    def row(self, table: str, rowid: int) -> Row | None:
        """One row with all its plain columns, or None where there is none."""
        columns = sorted(column for column in self.tables.get(table, ()) if '"' not in column)
        if not columns:
            return None
        selected = ", ".join(f'"{column}"' for column in columns)
        query = f'SELECT {selected} FROM "{table}" WHERE rowid = ?'  # noqa: S608 - quoted, no quote in them
        try:
            found = self._connection.execute(query, (rowid,)).fetchone()
        except sqlite3.Error as cause:
            self._name(cause)
            raise UnreadableError("the row lies on a damaged page") from cause
        return None if found is None else dict(zip(columns, found, strict=True))

    def _behind_damage(self, query: str, last: int) -> list[tuple[Any, ...]]:
        """What can be read from the end backwards, in the order of the file."""
        found: list[tuple[Any, ...]] = []
        try:
            for row in self._connection.execute(query + " DESC", (last,)):
                found.append(row)
                if len(found) > RECORDS:
                    raise OverLimitError("records", RECORDS)
        except _DAMAGE as cause:
            self._name(cause)
        found.reverse()
        return found

    def _schema(self) -> dict[str, set[str]]:
        """Plain tables only: a view or virtual table of a known name is not the phone's."""
        connection = self._connection
        found: dict[str, set[str]] = {}
        try:
            names = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            ).fetchmany(10_000)
            for name, sql in names:
                if str(sql).lstrip()[:14].upper() == "CREATE VIRTUAL" or '"' in str(name):
                    continue
                # neither hidden nor generated columns are listed here
                columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
                found[str(name).lower()] = {str(column[1]).lower() for column in columns}
            [verdict, *_] = connection.execute("PRAGMA quick_check(1)").fetchone()
        except _DAMAGE as cause:
            self._name(cause)
            if not found:
                raise UnreadableError("the database's list of tables is damaged") from cause
            verdict = "damaged"
        if verdict != "ok":
            self._notes.warn("database_damaged", {"table": "sqlite_master"})
        return found

    def _judge(self, action: int, *told: str | None) -> int:
        """SQLite asks before each statement: plain reading is allowed, nothing else."""
        through_view = told[3]
        allowed = action in _READ and through_view is None
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    def _look(self) -> int:
        self._looks += 1
        return int(self._looks > STEPS_ALLOWED)

    def _name(self, cause: Exception) -> None:
        if self._looks > STEPS_ALLOWED:
            raise OverLimitError("database_steps", STEPS_ALLOWED * STEPS_AT_ONCE) from cause


def opened(file: BinaryIO, context: Context) -> Iterator[Database]:
    """Give one open database; it is closed behind the loop.

    Raises:
        OverLimitError: more than 1 GiB: the copy lies in memory.
        UnreadableError: not even its list of tables can be read.
    """
    raw = bytearray(file.read(DATABASE_BYTES + 1))
    if len(raw) > DATABASE_BYTES:
        raise OverLimitError("database_bytes", DATABASE_BYTES)
    _with_logs(raw, context)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.text_factory = _lenient
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, FIELD_BYTES)
        try:
            for pragma in ("trusted_schema = OFF", "temp_store = MEMORY", "cell_size_check = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.deserialize(raw)
            raw.clear()
            connection.execute("PRAGMA query_only = ON")
        except (*_DAMAGE, OverflowError) as cause:
            raise UnreadableError("the database cannot be opened") from cause
        yield Database(connection, context.notes)


def _with_logs(copy: bytearray, context: Context) -> None:
    """Merge what lies in the logs beside the file into the copy; the file itself is not touched."""
    if (journal := context.companion("-journal")) and sqlite_logs.roll_back(copy, journal):
        context.notes.warn("database_rolled_back")
    log = context.companion("-wal")
    if log is None and copy[sqlite_logs.MARK] == sqlite_logs.WRITE_AHEAD:
        context.notes.warn("database_log_absent")
    if log and not sqlite_logs.merge_wal(copy, log):
        context.notes.warn("database_log_foreign")
    # A copy in memory has no log beside it: the mark would keep SQLite from opening it.
    sqlite_logs.unmark(copy)


def _lenient(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def text_of(value: Any) -> str | None:
    """Any cell as text: SQLite keeps numbers in text columns and texts in blobs."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number_of(value: Any) -> int | None:
    """Any cell as a whole number, or None."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def cut(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """A text with line ends as LF within the limit of one field, and what there is to warn of."""
    if text is None:
        return None, ()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text, ()) if len(text) <= TEXT_FIELD else (text[:TEXT_FIELD], ("text_cut",))

"""The logs beside a SQLite database: put into a private copy as SQLite itself would do.

A write-ahead log (`-wal`) holds the newest pages; a rollback journal (`-journal`) holds the old
pages of a transaction that never ended. Layouts: sqlite.org/fileformat2.html §3 and §4.
"""

from __future__ import annotations

import struct
from typing import Final

from evidence.readers.errors import OverLimitError
from evidence.readers.limits import DATABASE_BYTES

WAL_MAGICS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
JOURNAL_MAGIC: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
WRITE_AHEAD: Final = b"\x02\x02"  # the mark in bytes 18 and 19 of the database
MARK: Final = slice(18, 20)
_PLAIN: Final = b"\x01\x01"
_WAL_HEADER, _FRAME_HEADER = 32, 24
_JOURNAL_HEADER: Final = 28
_WHOLE: Final = 0xFFFFFFFF  # a journal that does not say how many pages it holds
_MASK: Final = 0xFFFFFFFF


def page_size_of(database: bytes | bytearray) -> int:
    """Bytes a page, or 0 when the header says no possible size."""
    size = int.from_bytes(database[16:18], "big")
    size = 65_536 if size == 1 else size
    return size if 512 <= size <= 65_536 and size & (size - 1) == 0 else 0


def unmark(database: bytearray) -> None:
    """Take the mark away that keeps SQLite from opening a copy without a log beside it."""
    database[MARK] = _PLAIN


def merge_wal(database: bytearray, log: bytes) -> bool:
    """Write every page of the log's whole transactions into the copy.

    Returns:
        Whether this is the database's log; False leaves the copy as it was.

    Raises:
        OverLimitError: a page lies beyond what a database may have.
    """
    size = page_size_of(database)
    if len(log) < _WAL_HEADER or log[:4] not in WAL_MAGICS or not size:
        return False
    declared = int.from_bytes(log[8:12], "big")
    order = ">" if log[:4] == WAL_MAGICS[1] else "<"
    sums = _sums(order, log[:24], (0, 0))
    if declared != size or struct.unpack(">II", log[24:32]) != sums:
        return False
    waiting: dict[int, int] = {}  # page → where its newest content lies, not yet committed
    for at in range(_WAL_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        page, pages_after = struct.unpack_from(">II", log, at)
        body = at + _FRAME_HEADER
        if log[at + 8 : at + 16] != log[16:24] or not page:
            break  # of an older round of the log
        sums = _sums(order, log[at : at + 8], sums)
        sums = _sums(order, log[body : body + size], sums)
        if struct.unpack_from(">II", log, at + 16) != sums:
            break  # was never written to the end
        waiting[page] = body
        if pages_after:
            _write(database, log, waiting, size, pages_after)
            waiting.clear()
    return True


def roll_back(database: bytearray, journal: bytes) -> bool:
    """Put the old pages of a transaction that never ended back into the copy.

    Returns:
        Whether there was one; a journal that was closed in good order changes nothing.
    """
    size = page_size_of(database)
    if len(journal) < _JOURNAL_HEADER or journal[:8] != JOURNAL_MAGIC or not size:
        return False
    first = struct.unpack_from(">IIIII", journal, 8)
    original, sector, declared = first[2:]
    if declared != size or not 512 <= sector <= 65_536 or original * size > DATABASE_BYTES:
        return False
    record = 4 + size + 4
    at = 0
    done = False
    while journal[at : at + 8] == JOURNAL_MAGIC and at + _JOURNAL_HEADER <= len(journal):
        count, nonce = struct.unpack_from(">II", journal, at + 8)
        at += sector
        if count == _WHOLE:
            count = max(0, len(journal) - at) // record
        for _ in range(count):
            if at + record > len(journal):
                break
            page = int.from_bytes(journal[at : at + 4], "big")
            body = journal[at + 4 : at + 4 + size]
            written = int.from_bytes(journal[at + 4 + size : at + record], "big")
            if written != (nonce + sum(body[size - 200 : 0 : -200])) & _MASK or not page:
                break
            if page <= original:
                _put(database, page, body, size)
                done = True
            at += record
        at += -at % sector
    if done:
        del database[original * size :]
    return done


def _write(database: bytearray, log: bytes, waiting: dict[int, int], size: int, pages: int) -> None:
    """One whole transaction; `pages` is how many the database has after it."""
    if pages * size > DATABASE_BYTES:
        raise OverLimitError("database_bytes", DATABASE_BYTES)
    for page, body in waiting.items():
        if page <= pages:
            _put(database, page, log[body : body + size], size)
    del database[pages * size :]


def _put(database: bytearray, page: int, body: bytes, size: int) -> None:
    begin = (page - 1) * size
    if begin + size > DATABASE_BYTES:
        raise OverLimitError("database_bytes", DATABASE_BYTES)
    if begin > len(database):
        database.extend(bytes(begin - len(database)))
    database[begin : begin + size] = body


def _sums(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    """The log's running checksum over pairs of 32-bit words."""
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one, two in zip(words, words, strict=True):
        first = (first + one + second) & _MASK
        second = (second + two + first) & _MASK
    return first, second

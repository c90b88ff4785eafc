"""readers/databases/sqlite_logs.py: what lies in the logs beside a database is read, too."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing

import pytest

from evidence.readers import Options, read
from evidence.readers.__main__ import main
from tests.samples.backups import TELEPHONY, android_backup
from tests.samples.databases import NUMBER, android_messages, with_journal, with_log
from tests.samples.exports import NOON, zipped

from .reads import records, warnings

ROWS = [(NUMBER, NOON, 1, text) for text in "甲乙丙丁"]


def texts(database: bytes, **logs: bytes | None) -> list[str | None]:
    reading = read(
        io.BytesIO(database),
        name="mmssms.db",
        options=Options(),
        companion=lambda suffix: logs.get(suffix.strip("-")),
    )
    return [record.text for record in reading]


def codes(database: bytes, **logs: bytes | None) -> set[str]:
    reading = read(
        io.BytesIO(database),
        name="mmssms.db",
        companion=lambda suffix: logs.get(suffix.strip("-")),
    )
    list(reading)
    return set(reading.notes.warnings)


def test_the_newest_rows_come_from_the_log(tmp_path):
    database, log = with_log(tmp_path, *ROWS)

    assert texts(database) == ["甲"]
    assert codes(database) == {"database_log_absent"}
    assert texts(database, wal=log) == ["甲", "乙", "丙", "丁"]
    assert codes(database, wal=log) == set()


def test_all_rows_may_still_lie_in_the_log(tmp_path):
    database, log = with_log(tmp_path, *ROWS, kept=0)

    assert texts(database, wal=log) == ["甲", "乙", "丙", "丁"]


def test_a_log_counts_even_where_the_file_does_not_say_that_it_has_one(tmp_path):
    database, log = with_log(tmp_path, *ROWS)

    unmarked = database[:18] + b"\x01\x01" + database[20:]

    assert texts(unmarked, wal=log) == ["甲", "乙", "丙", "丁"]
    assert codes(unmarked) == set()


def test_an_empty_log_is_no_missing_one(tmp_path):
    database, _ = with_log(tmp_path, *ROWS, kept=4)

    assert texts(database, wal=b"") == ["甲", "乙", "丙", "丁"]
    assert codes(database, wal=b"") == set()


@pytest.mark.parametrize("lost", [1, 30, 4096, 4096 + 24])
def test_a_log_that_breaks_off_gives_its_whole_transactions(tmp_path, lost):
    database, log = with_log(tmp_path, *ROWS)

    got = texts(database, wal=log[:-lost])

    assert got == ["甲", "乙", "丙"]


def test_a_frame_that_was_changed_ends_the_log(tmp_path):
    database, log = with_log(tmp_path, *ROWS)
    changed = bytearray(log)
    changed[-1] ^= 1

    assert texts(database, wal=bytes(changed)) == ["甲", "乙", "丙"]


def test_a_transaction_without_its_end_is_not_taken(tmp_path):
    database, log = with_log(tmp_path, *ROWS)
    # as if the last transaction had more pages to come: its size field says 0
    reading = bytearray(log)
    frame = len(reading) - 4096 - 24
    reading[frame + 4 : frame + 8] = bytes(4)

    assert texts(database, wal=bytes(reading)) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("log", [b"x" * 5000, b"\x37\x7f\x06\x82" + bytes(5000)])
def test_a_log_of_something_else_is_named(tmp_path, log):
    database, _ = with_log(tmp_path, *ROWS)

    assert texts(database, wal=log) == ["甲"]
    assert codes(database, wal=log) == {"database_log_foreign"}


def test_sqlite_itself_reads_the_same(tmp_path):
    rows = [(NUMBER, NOON + n, 1, f"{n} " * 300) for n in range(200)]
    database, log = with_log(tmp_path, *rows, kept=50)

    ours = texts(database, wal=log)

    with closing(sqlite3.connect(tmp_path / "mmssms.db")) as connection:
        theirs = [text for (text,) in connection.execute("SELECT body FROM sms ORDER BY _id")]
    assert len(ours) == 200
    assert ours == theirs


def test_a_transaction_that_never_ended_is_taken_back(tmp_path):
    rows = [(NUMBER, NOON, 1, f"{n} " + "话" * 300) for n in range(400)]
    database, journal = with_journal(tmp_path, *rows, unfinished=300)

    assert "half" in str(texts(database))
    assert texts(database, journal=journal) == [text for *_, text in rows]
    assert codes(database, journal=journal) == {"database_rolled_back"}


@pytest.mark.parametrize(
    "journal", [b"", bytes(600), b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600)]
)
def test_a_journal_closed_in_good_order_changes_nothing(journal):
    assert texts(android_messages(*ROWS), journal=journal) == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize("order", [("", "-wal", "-shm"), ("-wal", "-shm", "")])
def test_logs_in_an_archive_are_part_of_their_database(tmp_path, order):
    database, log = with_log(tmp_path, *ROWS)
    held = {"": database, "-wal": log, "-shm": bytes(32_768)}
    raw = zipped({f"databases/mmssms.db{suffix}": held[suffix] for suffix in order})

    assert [record.text for record in records(raw)] == ["甲", "乙", "丙", "丁"]
    assert warnings(raw) == {}


def test_a_log_without_its_database_stays_a_file(tmp_path):
    _, log = with_log(tmp_path, *ROWS)

    [alone] = records(zipped({"mmssms.db-wal": log}))
    [_, beside] = records(zipped({"a.db": b"no database", "a.db-wal": log}))

    assert alone.attachments[0]["format"] == beside.attachments[0]["format"] == "sqlite_log"


@pytest.mark.parametrize("log_first", [True, False])
def test_logs_in_a_phone_s_backup_are_part_of_their_database(tmp_path, log_first):
    database, log = with_log(tmp_path, *ROWS)
    name = f"{TELEPHONY}/db/mmssms.db"
    held = [(name, database), (f"{name}-wal", log)]
    raw = android_backup(dict(reversed(held) if log_first else held))

    assert [record.text for record in records(raw)] == ["甲", "乙", "丙", "丁"]


def test_the_command_takes_the_log_beside_the_file_and_changes_neither(tmp_path, capfd):
    (tmp_path / "source").mkdir()
    database, log = with_log(tmp_path / "source", *ROWS)
    (tmp_path / "mmssms.db").write_bytes(database)
    (tmp_path / "mmssms.db-wal").write_bytes(log)

    assert main([str(tmp_path / "mmssms.db")]) == 0

    *lines, summary = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert [line["text"] for line in lines] == ["甲", "乙", "丙", "丁"]
    assert summary["summary"]["warnings"] == []
    assert (tmp_path / "mmssms.db").read_bytes() == database
    assert (tmp_path / "mmssms.db-wal").read_bytes() == log

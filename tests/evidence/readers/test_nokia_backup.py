"""evidence/readers/messages/nokia_backup.py: vMessages wherever they stand in a Nokia backup."""

from __future__ import annotations

import pytest

from tests.samples.exports import zipped
from tests.samples.vmessages import NOKIA, nokia_backup

from .reads import reading, records, warnings

MESSAGE = NOKIA.replace("\n", "\r\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8"])
@pytest.mark.parametrize("filler", [0, 100, 9_000])
def test_messages_are_found_wherever_they_stand(filler, encoding):
    raw = nokia_backup(MESSAGE, MESSAGE, filler=filler, encoding=encoding)

    got = records(raw, name="phone.nbu")

    assert reading(raw).format == "nokia_backup"
    assert [record.text for record in got] == ["第一行\n第二行"] * 2
    assert {(record.direction, record.peer_name) for record in got} == {("out", "李雷")}
    begin, end = got[1].source_locator["bytes"]
    assert raw[begin:end].decode(encoding) == MESSAGE.strip()


def test_a_backup_without_messages_has_no_records():
    assert reading(nokia_backup()).format == "nokia_backup"
    assert records(nokia_backup()) == []


def test_a_message_without_its_end_is_left_out_and_said():
    cut = nokia_backup(MESSAGE, MESSAGE)
    cut = cut[: cut.rindex("END:VMSG".encode("utf-16-le"))]

    assert len(records(cut)) == 1
    assert warnings(cut) == {"file_truncated": 1}


def test_a_mark_that_never_ends_is_passed_over():
    raw = nokia_backup("BEGIN:VMSG", MESSAGE, filler=5_000)

    assert len(records(raw)) == 1


def test_a_backup_in_an_archive_is_read():
    [got] = records(zipped({"phone.nbu": nokia_backup(MESSAGE)}))

    assert got.source_locator["member"] == "phone.nbu"


def test_other_binary_files_stay_unknown():
    assert reading(bytes(range(256)) * 40).format == "unknown"
    assert reading(b"\xff" * 30).format == "unknown"

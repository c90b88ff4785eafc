"""evidence/vault/erasure_list.py: what was erased, in a file beside the keys."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence.vault import erasure_list
from evidence.vault.erasure_list import FILE_NAME, Entry, ErasureListError, Scope

AT = datetime(2026, 11, 29, 1, 2, 3, 4, UTC)
FIRST, SECOND = uuid.UUID(int=1), uuid.UUID(int=2)


def append(folder: Path, of: uuid.UUID, scope: Scope = Scope.CASE) -> Entry:
    return erasure_list.append(folder, scope=scope, of=of, at=AT)


def test_its_bytes_are_those_of_the_format(tmp_path):
    append(tmp_path, FIRST)
    assert (tmp_path / FILE_NAME).read_bytes() == (
        b'{"v":1,"n":1,"scope":"case","id":"00000000-0000-0000-0000-000000000001",'
        b'"at":"2026-11-29T01:02:03.000004Z","previous":"' + b"0" * 64 + b'"}\n'
    )


def test_others_may_not_read_it(tmp_path):
    append(tmp_path, FIRST)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_what_was_appended_is_read_in_order(tmp_path):
    entries = [append(tmp_path, FIRST), append(tmp_path, SECOND, Scope.ACCOUNT)]
    assert erasure_list.read(tmp_path) == entries


def test_an_erasure_stands_in_it_once(tmp_path):
    assert append(tmp_path, FIRST) == append(tmp_path, FIRST)
    assert len(erasure_list.read(tmp_path)) == 1


def test_no_file_is_an_empty_list(tmp_path):
    assert erasure_list.read(tmp_path) == []


def test_half_a_line_of_a_killed_writer_counts_as_nothing_and_is_cut_off(tmp_path):
    append(tmp_path, FIRST)
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'{"v":1,"n":2,"sco')
    assert len(erasure_list.read(tmp_path)) == 1
    append(tmp_path, SECOND)
    assert [entry.id for entry in erasure_list.read(tmp_path)] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"000000000001", b"000000000003"),
        (b'"n":1', b'"n":2'),
        (b'"v":1', b'"v": 1'),
        (b'"scope":"case"', b'"scope":"item"'),
        (b'{"v"', b'["v"'),
    ],
)
def test_a_changed_line_is_damage(tmp_path, was, becomes):
    append(tmp_path, FIRST)
    append(tmp_path, SECOND)
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes().replace(was, becomes, 1))
    with pytest.raises(ErasureListError):
        erasure_list.read(tmp_path)


def test_a_line_taken_out_is_damage(tmp_path):
    append(tmp_path, FIRST)
    append(tmp_path, SECOND)
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    with pytest.raises(ErasureListError):
        append(tmp_path, uuid.UUID(int=3))

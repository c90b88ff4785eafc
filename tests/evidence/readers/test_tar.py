"""evidence/readers/containers/tar.py: what a TAR may hold, and what is refused whole."""

from __future__ import annotations

import tarfile

import pytest

from evidence.readers import ReadingError
from tests.samples.backups import android_backup, tarred

from .reads import records


def refused(raw: bytes) -> str:
    with pytest.raises(ReadingError) as refusal:
        records(raw, name="backup.ab")
    return refusal.value.code


def entry(kind: bytes, name: str = "a", size: int = 0) -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    ("tar", "code"),
    [
        (entry(tarfile.SYMTYPE), "reading_path_traversal"),
        (entry(tarfile.LNKTYPE), "reading_path_traversal"),
        (entry(tarfile.CHRTYPE), "reading_path_traversal"),
        (tarred({"../x": b""}), "reading_path_traversal"),
        (tarred({"/etc/x": b""}), "reading_path_traversal"),
        (tarred({"a" * 200 + "/../x": b""}), "reading_path_traversal"),
        (entry(tarfile.GNUTYPE_SPARSE), "reading_archive_bomb"),
        (entry(tarfile.REGTYPE, size=1 << 50), "reading_archive_bomb"),
        (entry(tarfile.XHDTYPE, size=1 << 30), "reading_over_limit"),
        (entry(tarfile.XHDTYPE, size=6) + b"9999 x".ljust(512, b"\0"), "reading_damaged"),
        (
            entry(tarfile.XHDTYPE, size=25) + b"25 GNU.sparse.realsize=1\n".ljust(512, b"\0"),
            "reading_archive_bomb",
        ),
    ],
)
def test_a_hostile_tar_is_refused(tar, code):
    assert refused(android_backup(tar + bytes(1024))) == code


def test_a_packed_bomb_is_refused():
    assert refused(android_backup({"shared/0/zeros": bytes(30_000_000)}, packed=True)) == (
        "reading_archive_bomb"
    )


def test_too_many_members_are_refused():
    empty = entry(tarfile.REGTYPE)

    assert refused(android_backup(empty * 20_001 + bytes(1024))) == "reading_over_limit"


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_long_and_chinese_names_are_kept(form):
    name = f"shared/0/{'录' * 40}/{'音' * 20}.txt"

    [got] = records(android_backup(tarred({name: b"x"}, format=form)))

    assert got.source_locator == {"member": name}

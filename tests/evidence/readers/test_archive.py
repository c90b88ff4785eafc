"""readers/containers/archive.py: exports inside archives, and archives that are refused."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile

import pytest

from evidence.readers import ReadingError
from tests.samples.exports import NOON, backup, call, sms, zipped

from .reads import reading, records

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


def refused(raw: bytes) -> str:
    with pytest.raises(ReadingError) as refusal:
        records(raw, name="backup.zip")
    return refusal.value.code


def test_every_export_inside_is_read_with_its_member_in_the_place():
    raw = zipped({"sms.xml": backup(sms("一")), "calls.xml": backup(call(), root="calls")})

    got = records(raw, name="backup.zip")

    assert [record.kind for record in got] == ["sms", "call"]
    assert got[0].source_file == "backup.zip"
    assert got[1].source_locator["member"] == "calls.xml"


def test_overlapping_backups_are_joined():
    first = backup(sms("一"), sms("二", date=NOON + 1))
    second = backup(sms("二", date=NOON + 1), sms("三", date=NOON + 2))

    got = reading(zipped({"1.xml": first, "2.xml": second}), name="backup.zip")

    assert [record.text for record in got] == ["一", "二", "三"]
    assert got.notes.duplicates[0][1]["member"] == "2.xml"


def test_other_files_are_told_and_left_inside():
    [record] = records(zipped({"照片/a.png": PNG}), name="backup.zip")

    assert record.kind == "attachment"
    assert record.attachments[0]["format"] == "png"
    assert record.source_locator == {"member": "照片/a.png"}


def test_a_name_without_the_utf8_flag_is_chinese_not_american():
    raw = zipped({"xxxx.png": PNG}).replace(b"xxxx", "短信".encode("gb18030"))

    [record] = records(raw, name="backup.zip")

    assert record.source_locator == {"member": "短信.png"}


def test_a_gzip_is_opened_too():
    assert records(gzip.compress(backup(sms("一"))), name="sms.xml.gz")[0].text == "一"


def test_an_archive_in_an_archive_is_read_and_a_third_is_refused():
    two = zipped({"inner.zip": zipped({"sms.xml": backup(sms())})})

    assert records(two, name="a.zip")[0].source_locator["member"] == "inner.zip!sms.xml"
    assert refused(zipped({"outer.zip": two})) == "reading_archive_nested"


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "a/../../x", "a\\x.xml", "C:x.xml"])
def test_names_that_point_outside_are_refused(name):
    raw = zipped({"N" * len(name): backup(sms())}).replace(b"N" * len(name), name.encode())

    assert refused(raw) == "reading_path_traversal"


def test_a_link_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    assert refused(out.getvalue()) == "reading_path_traversal"


@pytest.mark.parametrize("name", ["sms.xml", "zeros.bin"])
def test_a_bomb_is_refused(name):
    assert refused(zipped({name: b"<smses>" + bytes(12_000_000)})) == "reading_archive_bomb"


def test_a_bomb_that_lies_about_its_size_is_met_while_it_unpacks():
    raw = bytearray(gzip.compress(b"<smses>" + b" " * 30_000_000))
    raw[-4:] = struct.pack("<I", 10)

    assert refused(bytes(raw)) == "reading_archive_bomb"


def test_too_many_members_are_refused():
    raw = zipped({f"{n}": b"" for n in range(20_001)})

    assert refused(raw) == "reading_over_limit"


def test_a_locked_archive_says_so():
    raw = bytearray(zipped({"sms.xml": backup(sms())}))
    directory = raw.rindex(b"PK\x01\x02")
    raw[6] |= 1
    raw[directory + 8] |= 1

    assert refused(bytes(raw)) == "reading_encrypted"


@pytest.mark.parametrize(
    "raw", [b"7z\xbc\xaf\x27\x1c" + bytes(40), b"Rar!\x1a\x07\x00" + bytes(40)]
)
def test_packings_that_are_not_opened_say_so(raw):
    assert refused(raw) == "reading_unsupported"


@pytest.mark.parametrize("cut", [30, 60, 200])
def test_a_damaged_archive_says_so(cut):
    raw = zipped({"sms.xml": backup(*(sms(str(n), date=NOON + n) for n in range(50)))})

    assert refused(raw[:cut]) == "reading_damaged"

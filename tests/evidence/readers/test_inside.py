"""evidence/readers/selection/{inside,excerpt}.py: one file of a phone's backup, one place in it."""

from __future__ import annotations

import io

import pytest

from evidence.readers.errors import (
    ArchiveBombError,
    EncryptedError,
    NestedArchiveError,
    PathTraversalError,
    UnreadableError,
)
from evidence.readers.selection.excerpt import excerpt
from evidence.readers.selection.inside import opened_member
from tests.samples.backups import (
    MESSAGES,
    TELEPHONY,
    android_backup,
    android_sms,
    listed,
    message,
    miui_backup,
    miui_sms,
)
from tests.samples.databases import android_messages
from tests.samples.exports import NOON, NUMBER, zipped

from .reads import records

PHOTO = "shared/0/DCIM/a.jpg"
FILES = {"shared/0/b!c.txt": b"words", PHOTO: b"\xff\xd8\xff\xe0" * 900}
SMS_LIST = f"{TELEPHONY}/d_f/000000_sms_backup"


def unpacked(raw: bytes, place: str) -> bytes:
    with opened_member(io.BytesIO(raw), place) as member:
        return member.read()


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_an_adb_backup_is_found_by_the_place_that_its_record_names(packed):
    raw = android_backup(FILES, packed=packed)
    places = [each.source_locator["member"] for each in records(raw, name="x.ab")]

    assert {place: unpacked(raw, place) for place in places} == FILES


def test_a_file_of_a_miui_backup_in_a_zip_is_found_too():
    raw = zipped({"descript.xml": b"<MIUI-backup/>", "a.bak": miui_backup(FILES)})
    places = [each.source_locator["member"] for each in records(raw, name="x.zip")]

    assert f"a.bak!{PHOTO}" in places
    assert unpacked(raw, f"a.bak!{PHOTO}") == FILES[PHOTO]


def test_an_archive_in_a_backup_is_opened_and_no_third_one():
    inner = zipped({"d.txt": b"deep", "e.zip": zipped({"f.txt": b"too deep"})})
    raw = android_backup({"shared/0/in.zip": inner})

    assert unpacked(raw, "shared/0/in.zip!d.txt") == b"deep"
    with pytest.raises(NestedArchiveError):
        unpacked(raw, "shared/0/in.zip!e.zip!f.txt")


@pytest.mark.parametrize(
    ("raw", "place", "error"),
    [
        (android_backup(FILES), "shared/0/none.txt", UnreadableError),
        (android_backup(FILES, locked=True), PHOTO, EncryptedError),
        (android_backup({"../x": b"1", PHOTO: b"2"}), PHOTO, PathTraversalError),
        (android_backup({"a": b"\0" * 30_000_000, PHOTO: b"2"}, packed=True), PHOTO,
         ArchiveBombError),
        (android_backup(FILES)[:700], PHOTO, UnreadableError),
    ],
)  # fmt: skip
def test_what_a_backup_must_not_do_it_does_not_do_here_either(raw, place, error):
    with pytest.raises(error):
        unpacked(raw, place)


def test_the_original_is_shown_at_places_inside_backups():
    base = android_messages((NUMBER, NOON, 1, "库"))
    raw = android_backup(
        {SMS_LIST: listed(android_sms("甲"), android_sms("乙")), "apps/x/db/mmssms.db": base}
    )
    found = records(raw, name="x.ab")

    shown = [excerpt(io.BytesIO(raw), each.source_locator) for each in found]

    assert {"name": "body", "value": "乙"} in shown[1]["cells"]
    assert (shown[1]["form"], shown[1]["member"]) == ("row", SMS_LIST)
    assert (shown[2]["table"], shown[2]["row"]) == ("sms", 1)
    assert {"name": "body", "value": "库"} in shown[2]["cells"]


def test_of_a_miui_payload_the_words_are_shown():
    raw = miui_backup({MESSAGES: message((1, miui_sms("还钱")))})
    [found] = records(raw, name="x.bak")

    shown = excerpt(io.BytesIO(raw), found.source_locator)

    assert "还钱" in shown["text"]
    assert not any(character < " " and character != "\n" for character in shown["text"])


def test_a_message_that_a_backup_does_not_have_is_not_shown():
    raw = android_backup({SMS_LIST: listed(android_sms("甲"))})

    with pytest.raises(UnreadableError):
        excerpt(io.BytesIO(raw), {"member": SMS_LIST, "row": 5})

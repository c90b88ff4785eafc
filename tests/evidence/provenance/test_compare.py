"""evidence/provenance/compare.py: where phone, name and file agree, and what else may be noted."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.language import text
from evidence.provenance import Claim, Statement, look, names, state, wording
from evidence.provenance.codes import CARRIED, FACTS, OBSERVATIONS
from evidence.provenance.said import Moment
from evidence.readers import sniff
from tests.evidence.provenance import files
from tests.samples.recordings import amr

ARRIVED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
TAKEN = datetime(2026, 3, 4, 4, 33, 1, tzinfo=UTC)


def stated(raw: bytes, name: str = "", **claims: object) -> Statement:
    file = io.BytesIO(raw)
    claim = Claim(**{"received_at": ARRIVED, "file_name": name, **claims})
    return state(claim, look(file, sniff(file)))


def noted(raw: bytes, name: str = "", **claims: object) -> dict[str, tuple[str, ...]]:
    return {note.code: note.facts for note in stated(raw, name, **claims).observations}


@pytest.mark.parametrize(
    ("name", "app", "kind", "time"),
    [
        ("Screenshot_2026-03-04-12-33-01-123_com.tencent.mm.jpg", "wechat", "screenshot",
         Moment("2026-03-04T12:33:01")),
        ("Screenshot_20260304_123301_WeChat.jpg", "wechat", "screenshot",
         Moment("2026-03-04T12:33:01")),
        ("IMG_20260304_123301.jpg", "", "camera", Moment("2026-03-04T12:33:01")),
        ("VID_20260304_123301.mp4", "", "camera", Moment("2026-03-04T12:33:01")),
        ("PXL_20260304_043301123.MP.jpg", "pixel", "camera", Moment("2026-03-04T04:33:01", "Z")),
        ("mmexport1772598781000.jpg", "wechat", "chat_media", Moment("2026-03-04T04:33:01", "Z")),
        ("wx_camera_1772598781000.jpg", "wechat", "camera", Moment("2026-03-04T04:33:01", "Z")),
        ("微信图片_20260304123301.jpg", "wechat_pc", "chat_media", Moment("2026-03-04T12:33:01")),
        ("Image_1772598781000.jpg", "qq", "chat_media", Moment("2026-03-04T04:33:01", "Z")),
        ("通话录音@李(13700000001)_20260304123301.mp3", "miui", "recording",
         Moment("2026-03-04T12:33:01")),
        ("李@13700000001_20260304123301.amr", "huawei", "recording",
         Moment("2026-03-04T12:33:01")),
        ("13700000001 2026-03-04 12-33-01.amr", "recorder", "recording",
         Moment("2026-03-04T12:33:01")),
        ("IMG_1234.PNG", "", "screenshot", None),
        ("假期.jpg", "", "unknown", None),
        ("PXL_99999999_999999.jpg", "pixel", "camera", None),
    ],
)  # fmt: skip
def test_names_say_their_program_kind_and_time(name, app, kind, time):
    told = names.read(name)

    assert (told.kind, told.time) == (kind, time)
    assert told.app == app


def test_no_fact_repeats_what_a_name_says_of_a_person():
    told = names.facts(names.read("通话录音@李雷(13700000001)_20260304123301.mp3"))

    assert "李雷" not in str(told)
    assert "137" not in str(told)


def test_name_and_photo_that_say_one_time_agree():
    notes = noted(files.jpeg(changed=""), "IMG_20260304_123301.jpg")

    assert notes == {"agree": ("name_time", "exif_taken")}


def test_a_photo_without_zone_is_compared_as_the_wall_clock_that_it_is():
    notes = noted(files.jpeg(offset=""), "IMG_20260304_123301.jpg", modified_at=TAKEN)

    assert notes == {"agree": ("name_time", "phone_modified")}


def test_eight_whole_hours_apart_are_said_to_be_the_zone():
    local_as_utc = 3_855_443_581 + 8 * 3600
    told = stated(files.mp4(created=local_as_utc), "通话录音@1(13700000001)_20260304123301.m4a")

    [note] = told.observations
    assert (note.code, note.facts) == ("differ_by_hours", ("name_time", "container_created"))
    assert note.seconds == 8 * 3600


def test_a_recorder_may_note_the_end_of_the_call():
    late = files.mp4(created=3_855_443_581 + 1800, seconds=1800)

    assert "agree" in noted(late, "录音_20260304123301.m4a")
    short = files.mp4(created=3_855_443_581 + 1800, seconds=5)
    assert noted(short, "录音_20260304123301.m4a") == {"differ": ("name_time", "container_created")}


def test_days_apart_differ_and_say_by_how_much():
    told = stated(files.jpeg(taken="2026:03:01 12:33:01"), "IMG_20260304_123301.jpg")

    [note] = told.observations
    assert (note.code, note.seconds) == ("differ", 3 * 86_400)


def test_a_phone_that_saved_it_later_is_no_difference():
    notes = noted(files.jpeg(changed=""), "", modified_at=TAKEN + timedelta(hours=5, minutes=20))

    assert notes == {"later_on_phone": ("exif_taken", "phone_modified")}


def test_a_date_that_the_browser_made_up_is_not_compared():
    at = TAKEN + timedelta(hours=9)
    notes = noted(files.jpeg(changed=""), "", modified_at=at, captured_at=at + timedelta(seconds=3))

    assert notes == {"nothing_to_say": ()}


def test_a_time_after_the_arrival_is_noted():
    notes = noted(files.jpeg(taken="2027:01:01 00:00:00"))

    assert notes["after_received"] == ("exif_taken", "received")


def test_a_wall_clock_without_zone_may_stand_in_any_zone():
    notes = noted(files.jpeg(taken="2026:03:05 20:00:00", offset=""))

    assert "after_received" not in notes


def test_a_clock_at_zero_is_noted_and_not_compared():
    notes = noted(files.mp4(created=0), "录音_20260304123301.m4a")

    assert notes == {"never_set": ("container_created",)}


@pytest.mark.parametrize("software", ["Adobe Photoshop 2024", "美图秀秀", "PicsArt", "Snapseed 2"])
def test_software_that_edits_is_named(software):
    told = looked_software(software)

    assert told["edited_by_software"] == ("software",)


def test_a_cameras_own_software_is_not():
    assert "edited_by_software" not in looked_software("MediaTek Camera Application")


def looked_software(name: str) -> dict[str, tuple[str, ...]]:
    return noted(files.png((80, 60), Software=name))


def test_a_picture_saved_from_a_chat_looks_forwarded_and_not_stripped():
    notes = noted(files.jpeg(), "mmexport1772598781000.jpg")

    assert notes == {"looks_forwarded": ("name_kind",)}


def test_a_bare_picture_of_a_shrunk_size_looks_forwarded():
    notes = noted(files.jpeg((960, 1280)), "a.jpg")

    assert notes == {"looks_forwarded": ("jfif", "picture_size")}


def test_a_cameras_name_without_photo_data_looks_stripped():
    assert noted(files.jpeg(), "IMG_20260304_123301.jpg") == {"looks_stripped": ("name_kind",)}
    assert noted(files.jpeg(), "IMG_1234.JPG") == {"looks_stripped": ("name_kind",)}
    assert "looks_stripped" not in noted(files.jpeg(camera=True), "IMG_20260304_123301.jpg")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (files.png(), "Screenshot_2026-03-04-12-33-01-123_com.tencent.mm.png"),
        (files.jpeg(files.SHOT), "Screenshot_20260304_123301_WeChat.jpg"),
        (files.png((1170, 2532)), "IMG_1234.PNG"),
        (files.png(), "whatever.png"),
    ],
)
def test_a_screenshot_without_photo_data_is_normal(raw, name):
    notes = noted(raw, name)

    assert {"screenshot_plain", "screen_size"} == notes.keys()


def test_an_amr_holds_no_dates_and_that_is_all():
    assert noted(amr(5), "录音.amr") == {"holds_no_dates": ()}


def test_what_cannot_be_read_is_said_and_nothing_is_concluded():
    raw = files.jpeg(camera=True)

    assert noted(raw[: raw.index(b"Exif") + 30], "IMG_20260304_123301.jpg") == {"unreadable": ()}


def test_nothing_is_said_where_there_is_nothing():
    assert noted(b"no format" * 20, "x.bin") == {"nothing_to_say": ()}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_code_has_its_words_and_none_of_them_judges(language):
    verdicts = re.compile(
        r"伪造|篡改|造假|属实|假的|真的|\b(fake|forged|tampered|authentic|doctored)\b",
        re.IGNORECASE,
    )
    for code in OBSERVATIONS:
        for family in ("seen", "means"):
            told = text(f"provenance-{family}-{code.replace('_', '-')}", language,
                        first="A", second="B", all="C", texts="D", apart="E")  # fmt: skip
            assert not verdicts.search(told), told
    for code in FACTS:
        assert text(f"provenance-fact-{code.replace('_', '-')}", language)
    assert set(CARRIED) < set(FACTS)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_statement_is_put_into_words(language):
    told = stated(
        files.jpeg(taken="2026:03:01 12:33:01", offset=""), "IMG_20260304_123301.jpg",
        modified_at=TAKEN, has_digest=True,
    )  # fmt: skip

    def say(key, **values):
        return text(key, language, **values)

    rows = {row.code: row.value for row in wording.facts(told, say)}
    zone = {"zh-CN": "没有写时区", "en": "zone not given"}[language]
    assert zone in rows["exif_taken"]
    assert "2026-03-01 12:33:01" in rows["exif_taken"]
    assert "12:33:01" in rows["phone_modified"]  # of Beijing
    assert any("3" in note.text for note in wording.notes(told, say))

"""evidence/provenance: what each container says of its making, and what is left unread."""

from __future__ import annotations

import json

import pytest

from evidence.provenance import Moment
from evidence.provenance.said import GIVEN, NEVER_SET, UNREADABLE, read_found
from tests.evidence.provenance import files
from tests.evidence.provenance.files import looked
from tests.samples.pictures import encoded, gradient
from tests.samples.recordings import amr, silk, tone

NOON = "2026-03-04T12:33:01"


def test_a_photo_says_when_with_which_zone_and_camera():
    facts = looked(files.jpeg(changed="2026:03:04 12:40:00", software="MIUI Camera"))

    assert facts["exif_taken"].time == Moment(NOON, "+08:00")
    assert facts["exif_changed"].time == Moment("2026-03-04T12:40:00")
    assert (facts["camera_make"].text, facts["camera_model"].text) == ("Xiaomi", "2312DRA50C")
    assert facts["software"].text == "MIUI Camera"
    assert facts["picture_size"].text == "400x600"


def test_that_there_is_a_place_is_said_and_the_place_is_not():
    facts = looked(files.jpeg(place=True))

    assert facts["has_place"].text == "yes"
    told = json.dumps([fact.as_json() for fact in facts.values()])
    assert "121" not in told
    assert "31." not in told


@pytest.mark.parametrize("form", ["WEBP", "PNG", "AVIF"])
def test_other_pictures_carry_the_same_block(form):
    facts = looked(encoded(gradient(), form, exif=files.exif()))

    assert facts["exif_taken"].time == Moment(NOON, "+08:00")
    assert facts["picture_size"].text == "400x600"


def test_an_iphone_photo_is_looked_into_and_not_decoded():
    facts = looked(files.heic(files.exif(place=True)))

    assert facts["exif_taken"].time == Moment(NOON, "+08:00")
    assert facts["picture_size"].text == "64x48"
    assert facts["has_place"].text == "yes"


def test_a_png_says_its_texts_and_its_time():
    raw = files.png(
        (80, 60), files.png_time(2026, 3, 4, 4, 33, 1), Software="Snapseed",
        Creation_Time="2026-03-04T12:33:01+08:00",
    )  # fmt: skip
    facts = looked(raw)

    assert facts["png_time"].time == Moment("2026-03-04T04:33:01", "Z")
    assert facts["png_created"].time == Moment(NOON, "+08:00")
    assert facts["software"].text == "Snapseed"


def test_an_xmp_packet_names_its_tool():
    facts = looked(encoded(gradient(), "JPEG", xmp=files.xmp()))

    assert facts["creator_tool"].text == "Adobe Photoshop 25.0"
    assert facts["xmp_created"].time == Moment(NOON, "+08:00")


def test_an_android_recording_says_when_how_long_and_which_system():
    facts = looked(files.mp4(files.android_keys()))

    assert facts["container_created"].time == Moment("2026-03-04T04:33:01", "Z")
    assert facts["android_version"].text == "14"


def test_an_iphone_recording_says_its_zone_and_hides_its_place():
    texts = files.box(b"\xa9xyz", b"\0\x12\x15\xc7+31.2304+121.4737/")
    texts += files.box(b"\xa9day", b"\0\x18\x15\xc72026-03-04T12:33:01+0800")
    facts = looked(files.mp4(files.box(b"udta", texts)))

    assert facts["media_created"].time == Moment(NOON, "+08:00")
    assert facts["has_place"].text == "yes"


def test_a_file_made_by_ffmpeg_names_it():
    facts = looked(files.m4a(creation_time="2026-03-04T04:33:01Z"))

    assert facts["container_created"].time == Moment("2026-03-04T04:33:01", "Z")
    assert facts["encoder"].text.startswith("Lavf")


def test_a_clock_at_zero_was_never_set():
    assert looked(files.mp4(created=0))["container_created"].time == Moment("", "", NEVER_SET)
    unix = looked(files.mp4(created=2_082_844_800))["container_created"].time
    assert unix == Moment("", "", NEVER_SET)
    zip_ = looked(files.packed((1980, 1, 1, 0, 0, 0)))["zip_first"].time
    assert zip_ == Moment("", "", NEVER_SET)


def test_a_date_that_is_none_is_there_and_unreadable():
    facts = looked(files.jpeg(taken="yesterday at noon"))

    assert facts["exif_taken"].time == Moment("", "", UNREADABLE)


def test_sound_files_say_date_and_encoder():
    listed = files.chunk(b"LIST", b"INFO" + files.chunk(b"ICRD", b"2026-03-04\0")
                         + files.chunk(b"ISFT", b"Audacity\0"))  # fmt: skip
    facts = looked(files.wav(listed, files.broadcast()))

    assert facts["media_created"].time == Moment("2026-03-04", "", "day")
    assert facts["encoder"].text == "Audacity"
    assert facts["broadcast_created"].time == Moment(NOON)

    tagged = looked(files.id3(TDRC=NOON, TSSE="LAME3.100"))
    assert (tagged["media_created"].time, tagged["encoder"].text) == (Moment(NOON), "LAME3.100")


def test_a_document_says_when_and_with_what_but_not_by_whom():
    raw = files.pdf(CreationDate="D:20260304123301+08'00'", Producer="WPS", Author="张三")
    facts = looked(raw)

    assert facts["pdf_created"].time == Moment(NOON, "+08:00")
    assert facts["pdf_producer"].text == "WPS"
    assert "张三" not in str(facts)


def test_an_archive_says_its_first_and_last_date():
    facts = looked(files.packed((2026, 3, 4, 12, 33, 2), (2026, 3, 1, 8, 0, 0)))

    assert facts["zip_first"].time == Moment("2026-03-01T08:00:00")
    assert facts["zip_last"].time == Moment("2026-03-04T12:33:02")


def test_an_export_says_when_it_was_made():
    facts = looked(files.backup())

    assert facts["export_date"].time == Moment("2026-03-04T04:33:01", "Z")
    assert facts["export_set"].text == "0f1e2d3c"


def test_a_database_says_whose_it_is():
    assert looked(files.sqlite())["application_id"].text == "4c5a0001"


@pytest.mark.parametrize("raw", [amr(5), silk(tone(0.2)), b"no format at all" * 9])
def test_what_holds_no_dates_gives_no_facts(raw):
    assert looked(raw) == {}


@pytest.mark.parametrize(
    "raw",
    [
        files.jpeg(place=True)[:200],
        files.mp4()[:40],
        files.png((80, 60))[:24],
        files.packed((2026, 3, 4, 1, 2, 3))[:40],
        files.pdf(Producer="x")[:60],
        files.box(b"ftyp", b"mp42", bytes(4)) + files.box(b"moov", b"\xff\xff\xff\xffmvhd"),
    ],
)
def test_what_is_cut_off_is_said_to_be_unreadable(raw):
    assert looked(raw)["unreadable"].text == "yes"


def test_what_came_before_the_damage_stays():
    raw = files.jpeg(place=True)
    facts = looked(raw[: raw.index(b"\xff\xdb")])

    assert facts["exif_taken"].time.state == GIVEN
    assert "unreadable" in facts


def test_facts_survive_the_way_out_of_the_cell():
    for raw in (files.jpeg(place=True), files.mp4(files.android_keys()), files.mp4(created=0)):
        file = files.io.BytesIO(raw)
        found = files.look(file, files.sniff(file))
        assert read_found(json.loads(json.dumps(found.as_json()))) == found

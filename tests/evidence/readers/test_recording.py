"""evidence/readers/recordings/recording.py: measured facts joined with what name and tags tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers import UnreadableError
from tests.samples.recordings import recording, tone

from .reads import reading, records

NAME = "通话录音@李雷(13700000001)_20240305070809.m4a"


def m4a(**tags: str) -> bytes:
    return recording(tone(2), container="mp4", codec="aac", **tags)


def test_one_recording_line_says_who_when_and_how_loud():
    [record] = records(m4a(), name=NAME)

    assert record.kind == "recording"
    assert record.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert record.peer_number_e164 == "+8613700000001"
    assert record.peer_name == "李雷"
    line = record.as_json()
    assert {"codec", "container", "duration_ms", "sample_rate", "channels"} <= set(line)
    assert line["loudness_lufs"] < 0
    assert line["silent_share"] < 0.05


def test_a_renamed_file_is_known_by_its_title():
    [record] = records(m4a(title=NAME), name="证据一.m4a")

    assert record.peer_number_raw == "13700000001"


def test_without_a_name_the_tag_gives_the_time_and_says_so():
    [record] = records(m4a(creation_time="2024-03-05T07:08:09Z"), name="a.bin")

    assert record.when_utc == datetime(2024, 3, 5, 7, 8, 9, tzinfo=UTC)
    assert record.zone_source == "tag"
    assert "time_from_tag" in record.warnings


@pytest.mark.parametrize(
    ("tag", "differs"),
    [
        ("2024-03-04T23:08:11Z", False),
        ("2024-03-05T07:08:09Z", False),  # a phone that wrote local time
        ("2024-03-04T23:38:09Z", True),
        ("2023-03-04T23:08:09Z", True),
    ],
)
def test_a_tag_that_contradicts_the_name_is_told(tag, differs):
    [record] = records(m4a(creation_time=tag), name=NAME)

    assert ("tag_time_differs" in record.warnings) is differs


def test_an_unplayable_file_gives_its_name_first_and_then_the_reason():
    raw = m4a()
    got = iter(reading(raw[: raw.index(b"moov") - 4], name=NAME))

    first = next(got)
    with pytest.raises(UnreadableError) as refusal:
        next(got)

    assert (first.peer_number_raw, first.warnings) == ("13700000001", ("not_playable",))
    assert first.as_json()["duration_ms"] is None
    assert refusal.value.code == "reading_unplayable"


def test_a_lying_extension_does_not_matter():
    [record] = records(recording(tone(1), container="wav", codec="pcm_s16le"), name="a.jpg")

    assert record.as_json()["container"] == "wav"

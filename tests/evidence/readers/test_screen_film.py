"""evidence/readers/screens/screen_film.py: the chat pages of a screen recording, once."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from evidence.media import film as film_room
from evidence.media.film import Film
from evidence.readers.selection.excerpt import excerpt
from tests.samples.films import film
from tests.samples.pictures import gradient
from tests.samples.screens import drawing, scripts, skins, windows
from tests.samples.screens.scripts import Said

from .reads import reading, records

NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock
NAME = "Screenrecorder-2026-03-06-21-07-00.mp4"
WORDS = [one for one in scripts.SENTENCES if 8 < len(one) < 30 and not drawing.EMOJI.search(one)]
TALK = [Said("left" if n % 3 else "right", text, NOW) for n, text in enumerate(WORDS[:14])]


def pages() -> list:
    canvas = drawing.draw(TALK, skins.SKINS["wechat"], now=NOW, width=720, size=32)
    end = windows.scroll_end(canvas, height=1280)
    return [
        windows.screenshot(canvas, "催收小刘", offset=offset, height=1280).picture
        for offset in (0, end // 2, end)
    ]


@pytest.mark.chinese_font
def test_each_message_of_a_scrolled_chat_counts_once_and_has_its_second_and_box():
    drawn = pages()
    raw = film([drawn[0], drawn[0], *drawn[1:]])

    recording, *said = records(raw, name=NAME)

    assert recording.kind == "recording"
    whole = [one for one in said if "bubble_cut" not in one.warnings]
    assert len(said) == len(TALK)
    assert [one.direction for one in whole] == [
        {"left": "in", "right": "out"}[one.side] for one in TALK
    ]
    assert {one.source_locator["seconds"][0] for one in said} <= {0, 1, 2, 3}
    assert any("shown_again_at" in one.facts for one in said)
    place = said[-1].source_locator
    assert excerpt(io.BytesIO(raw), place) == {"form": "picture", **place}


def test_without_recognition_a_film_is_its_sound_and_facts():
    [record] = records(film([gradient(240, 480)] * 2), name=NAME, ocr=False)

    assert (record.as_json()["width"], record.as_json()["height"]) == (240, 480)


def test_a_frame_that_stands_still_is_kept_once():
    one, other = gradient(240, 480), gradient(240, 480).rotate(180)

    found = list(Film(io.BytesIO(film([one, one, other, one]))).key_frames())

    assert [frame.second for frame in found] == [0, 2]


def test_more_key_frames_than_allowed_are_told(monkeypatch):
    monkeypatch.setattr(film_room, "MOST_KEY_FRAMES", 1)
    looked = Film(io.BytesIO(film([gradient(240, 480), gradient(240, 480).rotate(180)] * 2)))

    assert [frame.second for frame in looked.key_frames()] == [0]
    assert looked.stopped_at == 1


def test_the_cost_of_decoding_is_bounded_and_told(monkeypatch):
    monkeypatch.setattr(film_room, "DECODED_THIN", 2 * film_room.LEAST_COST)
    looked = Film(io.BytesIO(film([gradient(240, 480)] * 9)))

    list(looked.key_frames())

    assert looked.stopped_at == 2


def test_a_film_of_absurd_size_is_a_recording_with_a_warning(monkeypatch):
    monkeypatch.setattr(film_room, "MOST_PIXELS", 1000)
    got = reading(film([gradient(240, 480)] * 2), name=NAME)

    assert [record.kind for record in got] == ["recording"]
    assert "film_not_read" in {warning["code"] for warning in got.summary.warnings}


def test_a_damaged_film_is_a_recording_with_a_warning():
    raw = bytearray(film([gradient(240, 480)] * 2))
    start = raw.index(b"mdat") + 4
    raw[start : start + 600] = bytes(600)
    got = reading(bytes(raw), name=NAME)

    assert [record.kind for record in got] == ["recording"]
    assert got.summary.warnings

"""evidence/media/small_sound.py: a listening copy small enough for a desk's page."""

from __future__ import annotations

import io

import numpy as np
import pytest

from evidence.media import audio
from evidence.media.errors import OverLimitError, UnplayableError
from evidence.media.small_sound import STEPS, Small, small
from tests.samples.recordings import recording, tone

SECONDS = 20
NEEDED = {bits: (bits + 700) * SECONDS // 8 for bits, _ in STEPS}  # bytes, frames of the file too


@pytest.fixture(scope="module")
def copy() -> bytes:
    sent = recording(tone(SECONDS), container="wav", codec="pcm_s16le")
    return audio.playable(io.BytesIO(sent))


def made(copy: bytes, most_bytes: int) -> Small:
    return small(io.BytesIO(copy), most_bytes=most_bytes)


@pytest.mark.parametrize("bits", [bits for bits, _ in STEPS])
def test_it_is_the_best_that_fits_and_lasts_as_long(copy: bytes, bits: int) -> None:
    room = round(NEEDED[bits] * 1.05)

    found = made(copy, room)

    assert found.bits_per_second == bits
    assert len(found.m4a) <= room
    heard = audio.inspect(io.BytesIO(found.m4a))
    assert (heard.codec, heard.channels) == ("aac", 1)
    assert heard.duration_ms == pytest.approx(SECONDS * 1000, abs=300)
    assert heard.silent_share == pytest.approx(0, abs=0.05)


def test_where_even_the_smallest_is_too_large_there_is_none(copy: bytes) -> None:
    with pytest.raises(OverLimitError):
        made(copy, NEEDED[8_000] // 2)


def test_what_came_out_larger_than_reckoned_gives_way_to_the_next() -> None:
    noise = np.random.default_rng(7).normal(0, 9_000, 32_000).clip(-32_000, 32_000)
    sent = recording(noise.astype(np.int16), container="wav", codec="pcm_s16le")
    room = (32_000 + 700) * 2 // 8 + 1  # two seconds by the reckoning, without the file's head

    found = made(audio.playable(io.BytesIO(sent)), room)

    assert found.bits_per_second == 24_000
    assert len(found.m4a) <= room


def test_the_same_copy_gives_the_same_bytes(copy: bytes) -> None:
    assert made(copy, 40_000) == made(copy, 40_000)


@pytest.mark.parametrize("raw", [b"", b"no sound at all" * 50])
def test_what_is_no_recording_has_none(raw: bytes) -> None:
    with pytest.raises(UnplayableError):
        made(raw, 40_000)

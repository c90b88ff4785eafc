"""evidence/media/clip.py: some seconds of a listening copy, packet by packet."""

from __future__ import annotations

import io

import av
import pytest

from evidence.media import audio
from evidence.media.clip import clip
from evidence.media.errors import UnplayableError
from tests.samples.recordings import recording, tone


@pytest.fixture(scope="module")
def copy() -> bytes:
    return audio.playable(io.BytesIO(recording(tone(20), container="wav", codec="pcm_s16le")))


def cut(copy: bytes, start_s: float, end_s: float) -> bytes:
    return clip(io.BytesIO(copy), start_s=start_s, end_s=end_s, comment="seconds 3-7")


def test_it_lasts_as_long_as_the_range_and_plays(copy: bytes) -> None:
    found = audio.inspect(io.BytesIO(cut(copy, 3, 7)))

    assert found.codec == "aac"
    assert found.duration_ms == pytest.approx(4000, abs=80)


def test_it_says_what_it_is_of(copy: bytes) -> None:
    with av.open(io.BytesIO(cut(copy, 3, 7))) as made:
        assert made.metadata["comment"] == "seconds 3-7"


def test_the_same_range_gives_the_same_bytes(copy: bytes) -> None:
    assert cut(copy, 3, 7) == cut(copy, 3, 7)


def test_a_range_after_the_end_has_no_sound(copy: bytes) -> None:
    with pytest.raises(UnplayableError):
        cut(copy, 30, 35)

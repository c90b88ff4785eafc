"""evidence/speech/pieces.py: cut where it is quiet, and never hand silence to an engine."""

from __future__ import annotations

import io

import numpy as np
import pytest

from evidence.media import audio
from evidence.media.errors import OverLimitError, UnplayableError
from evidence.speech import pieces
from evidence.speech.draft import RATE, Piece
from tests.samples.recordings import recording, silk, tone


def cut(samples: np.ndarray, *, longest_s: float = 60, pause_s: float | None = None) -> list[Piece]:
    raw = recording(samples, container="wav", codec="pcm_s16le")
    return list(pieces.cut(audio.Decoded(io.BytesIO(raw)), longest_s=longest_s, pause_s=pause_s))


def test_a_short_recording_is_one_piece_as_long_as_itself():
    [piece] = cut(tone(3))

    assert piece.start_s == 0
    assert piece.end_s == pytest.approx(3, abs=0.03)


def test_pauses_end_a_piece_and_are_not_heard():
    parts = cut(tone(9, silent=(2, 6)), pause_s=0.6)

    assert [part.start_s for part in parts] == pytest.approx([0, 6], abs=0.65)
    assert sum(len(part.samples) for part in parts) / 2 / RATE < 6.5


def test_silence_gives_no_piece_at_all():
    assert cut(np.zeros(5 * RATE, dtype=np.int16), longest_s=2) == []


def test_a_full_piece_is_cut_at_its_quietest_place_and_nothing_is_lost():
    samples = tone(10, silent=(3.5, 3.6))

    parts = cut(samples, longest_s=4)

    assert parts[0].end_s == pytest.approx(3.55, abs=0.1)
    assert all(part.end_s - part.start_s <= 4 for part in parts)
    assert b"".join(part.samples for part in parts)[: len(samples) * 2] == samples.tobytes()


def test_a_voice_message_is_cut_like_all_else():
    sound = audio.Decoded(io.BytesIO(silk(tone(3))))

    [piece] = pieces.cut(sound, longest_s=60, pause_s=None)

    assert piece.end_s == pytest.approx(3, abs=0.05)
    assert sound.decoded_ms == 3000


def test_a_recording_beyond_the_limit_or_without_sound_is_refused():
    raw = recording(tone(3), container="wav", codec="pcm_s16le")
    with pytest.raises(OverLimitError):
        list(audio.Decoded(io.BytesIO(raw), most_s=2))
    with pytest.raises(UnplayableError):
        list(audio.Decoded(io.BytesIO(b"#!AMR\n")))


def test_a_piece_is_a_wav_file_that_plays():
    [piece] = cut(tone(2))

    facts = audio.inspect(io.BytesIO(piece.as_wav()))

    assert (facts.codec, facts.sample_rate, facts.channels) == ("pcm_s16le", RATE, 1)
    assert facts.duration_ms == pytest.approx(2000, abs=30)

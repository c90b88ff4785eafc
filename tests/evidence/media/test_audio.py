"""evidence/media/audio.py: length, loudness, silence and shape of decoded sound."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from evidence.media import audio
from evidence.media.errors import UnplayableError
from tests.samples.recordings import amr, recording, silk, tone

PRIMING_MS = 90  # what encoders put before and after


@pytest.mark.parametrize(
    ("container", "codec", "rate", "told"),
    [
        ("mp4", "aac", 16_000, ("mp4", "aac")),
        ("adts", "aac", 16_000, ("aac", "aac")),
        ("mp3", "mp3", 16_000, ("mp3", "mp3")),
        ("wav", "pcm_s16le", 16_000, ("wav", "pcm_s16le")),
        ("wav", "pcm_alaw", 8_000, ("wav", "pcm_alaw")),
        ("ogg", "libopus", 48_000, ("ogg", "opus")),
        ("flac", "flac", 16_000, ("flac", "flac")),
        ("amr", "libopencore_amrnb", 8_000, ("amr", "amr_nb")),
    ],
)
def test_it_measures_what_phones_record(container, codec, rate, told):
    raw = recording(tone(6, silent=(2, 5)), container=container, codec=codec, rate=rate)

    facts = audio.inspect(io.BytesIO(raw))

    assert (facts.container, facts.codec) == told
    assert (facts.sample_rate, facts.channels) == (rate, 1)
    assert abs(facts.duration_ms - 6000) <= PRIMING_MS
    assert -20 < facts.loudness_lufs < -14
    assert 0.48 < facts.silent_share < 0.52
    [(start, end)] = facts.silences
    assert abs(start - 2) < 0.1
    assert abs(end - 5) < 0.1


def test_a_voice_message_is_as_long_as_its_frames():
    raw = silk(tone(3))

    facts = audio.inspect(io.BytesIO(raw))

    assert (facts.codec, facts.duration_ms, facts.sample_rate) == ("silk", 3000, 24_000)
    assert facts.loudness_lufs is not None


def test_a_voice_message_may_have_a_trailer_or_end_inside_a_frame():
    raw = silk(tone(3))

    assert audio.inspect(io.BytesIO(raw[1:] + b"\xff\xff")).duration_ms == 3000
    assert audio.inspect(io.BytesIO(raw[:-3])).duration_ms == 2980


def test_the_length_of_amr_is_counted_not_estimated():
    assert audio.inspect(io.BytesIO(amr(frames=100))).duration_ms == 2000


def test_amr_silence_frames_last_20_ms_each():
    no_data = bytes([(15 << 3) | 4])

    facts = audio.inspect(io.BytesIO(amr(frames=50) + no_data * 100))

    assert facts.duration_ms == 3000
    assert facts.silences


def test_the_listening_copy_plays_on_every_phone():
    raw = recording(tone(2), container="wav", codec="pcm_s16le")

    copy = audio.inspect(io.BytesIO(audio.playable(io.BytesIO(raw))))

    assert (copy.container, copy.codec, copy.channels) == ("mp4", "aac", 1)
    assert abs(copy.duration_ms - 2000) <= PRIMING_MS


def test_the_waveform_shows_where_it_is_loud():
    raw = recording(tone(4, silent=(1, 3)), container="wav", codec="pcm_s16le")

    assert audio.waveform(io.BytesIO(raw), 4) == pytest.approx([24, 0, 0, 24], abs=1)


def test_the_containers_own_time_is_read():
    raw = recording(
        tone(1), container="mp4", codec="aac", creation_time="2024-03-05T07:08:09Z", title="录音"
    )

    facts = audio.inspect(io.BytesIO(raw))

    assert facts.created_at == datetime(2024, 3, 5, 7, 8, 9, tzinfo=UTC)
    assert facts.title == "录音"


def test_an_m4a_whose_recorder_was_killed_is_unplayable():
    raw = recording(tone(2), container="mp4", codec="aac")

    with pytest.raises(UnplayableError) as refusal:
        audio.inspect(io.BytesIO(raw[: raw.index(b"moov") - 4]))

    assert refusal.value.code == "reading_unplayable"


def test_a_wav_without_its_sizes_still_plays():
    raw = bytearray(recording(tone(2), container="wav", codec="pcm_s16le"))
    raw[4:8] = raw[raw.index(b"data") + 4 : raw.index(b"data") + 8] = b"\xff\xff\xff\xff"

    assert audio.inspect(io.BytesIO(bytes(raw))).duration_ms == 2000


@pytest.mark.parametrize("samples", [752, 4091, 4098, 4462, 4469])
def test_a_listening_copy_is_made_of_a_sound_of_any_length(samples):
    """The last AAC frame of these is so short that it had no time; found by the fuzzer."""
    raw = recording(tone(2)[:samples], container="wav", codec="pcm_s16le")

    copy = audio.inspect(io.BytesIO(audio.playable(io.BytesIO(raw))))

    assert (copy.container, copy.codec) == ("mp4", "aac")


def test_a_track_of_a_codec_that_nobody_knows_is_unplayable():
    raw = bytearray(recording(tone(0.1), container="wav", codec="pcm_s16le"))
    raw[34] = 0  # bits of a sample; found by the fuzzer

    with pytest.raises(UnplayableError):
        audio.inspect(io.BytesIO(bytes(raw)))


@pytest.mark.parametrize("raw", [b"", b"#!AMR\n", b"\x02#!SILK_V3", b"OggS" + bytes(90), b"RIFF"])
def test_what_holds_no_sound_is_named(raw):
    with pytest.raises(UnplayableError):
        audio.inspect(io.BytesIO(raw))

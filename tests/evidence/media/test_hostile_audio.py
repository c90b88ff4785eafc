"""evidence/media/audio.py on files that were cut, misnamed, or lie about their length."""

from __future__ import annotations

import io
import struct

import pytest

from evidence import readers
from evidence.media import audio
from evidence.media.errors import UnplayableError
from tests.samples.recordings import amr, recording, silk, tone

DAY_S = 24 * 3600
MADE = {
    "m4a": ("mp4", "aac", 16_000),
    "3gp": ("3gp", "libopencore_amrnb", 8_000),
    "adts": ("adts", "aac", 16_000),
    "mp3": ("mp3", "mp3", 16_000),
    "wav": ("wav", "pcm_s16le", 16_000),
    "opus": ("ogg", "libopus", 48_000),
    "flac": ("flac", "flac", 16_000),
    "amr": ("amr", "libopencore_amrnb", 8_000),
}

FORMATS = {
    "m4a": "mp4",
    "3gp": "mp4",
    "adts": "aac",
    "mp3": "mp3",
    "wav": "wav",
    "opus": "ogg",
    "flac": "flac",
    "amr": "amr",
    "silk": "silk",
}


def made(kind: str, seconds: float = 6) -> bytes:
    if kind == "silk":
        return silk(tone(seconds))
    container, codec, rate = MADE[kind]
    return recording(tone(seconds), container=container, codec=codec, rate=rate)


def length_ms(raw: bytes) -> int | None:
    return audio.inspect(io.BytesIO(raw)).duration_ms


@pytest.mark.parametrize("kind", ["adts", "mp3", "wav", "opus", "flac", "amr", "silk"])
def test_a_recording_cut_in_the_middle_is_as_long_as_what_is_left(kind):
    raw = made(kind)

    facts = audio.inspect(io.BytesIO(raw[: len(raw) // 2]))

    assert 900 < facts.duration_ms < 3600
    assert facts.silences == ()
    copy = audio.playable(io.BytesIO(raw[: len(raw) // 2]))
    assert abs(length_ms(copy) - facts.duration_ms) < 150


@pytest.mark.parametrize("kind", ["m4a", "3gp"])
def test_an_mp4_cut_before_its_index_is_unplayable_and_one_with_it_plays(kind):
    raw = made(kind)
    assert raw.index(b"moov") > raw.index(b"mdat")

    with pytest.raises(UnplayableError):
        audio.inspect(io.BytesIO(raw[: len(raw) // 2]))
    assert 5900 < length_ms(raw) < 6100


@pytest.mark.parametrize("kind", [*MADE, "silk"])
def test_the_content_says_what_it_is_whatever_the_name_says(kind):
    raw = made(kind, 1)

    for ending in ("amr", "mp3", "m4a", "txt", "xml", "jpg"):
        reading = readers.read(io.BytesIO(raw), name=f"call.{ending}", options=readers.Options())
        [record] = list(reading)
        assert (reading.format, record.kind) == (FORMATS[kind], "recording")
        assert 0.9 < record.duration_s < 1.15


def test_a_wav_that_claims_a_day_is_as_long_as_its_sound():
    raw = bytearray(made("wav"))
    place = raw.index(b"data") + 4
    raw[4:8] = struct.pack("<I", 32_000 * DAY_S + 36)
    raw[place : place + 4] = struct.pack("<I", 32_000 * DAY_S)

    assert length_ms(bytes(raw)) == 6000


def test_an_m4a_whose_headers_claim_a_day_is_as_long_as_its_sound():
    raw = bytearray(made("m4a"))
    for box in (b"mvhd", b"mdhd"):
        place = raw.index(box)
        (scale,) = struct.unpack(">I", raw[place + 16 : place + 20])
        raw[place + 20 : place + 24] = struct.pack(">I", scale * DAY_S)
    place = raw.index(b"tkhd")
    raw[place + 24 : place + 28] = struct.pack(">I", 1000 * DAY_S)

    assert 5900 < length_ms(bytes(raw)) < 6100


def test_a_flac_whose_header_claims_a_day_is_as_long_as_its_sound():
    raw = bytearray(made("flac"))
    fields = int.from_bytes(raw[18:26], "big")
    raw[18:26] = (fields >> 36 << 36 | 16_000 * DAY_S).to_bytes(8, "big")

    assert length_ms(bytes(raw)) == 6000


def test_an_mp3_whose_header_claims_a_day_is_as_long_as_its_sound():
    raw = bytearray(made("mp3"))
    place = max(raw.find(b"Xing"), raw.find(b"Info"))
    raw[place + 8 : place + 12] = struct.pack(">I", DAY_S * 16_000 // 576)

    assert 5900 < length_ms(bytes(raw)) < 6100


def test_an_opus_whose_last_page_claims_a_day_is_as_long_as_its_sound():
    raw = bytearray(made("opus"))
    place = raw.rindex(b"OggS")
    raw[place + 6 : place + 14] = struct.pack("<Q", 48_000 * DAY_S)

    assert 5900 < length_ms(bytes(raw)) < 6100


def test_an_hour_of_amr_silence_frames_is_an_hour_of_silence():
    no_data = bytes([(15 << 3) | 4])

    facts = audio.inspect(io.BytesIO(amr(frames=50) + no_data * (50 * 3599)))

    assert facts.duration_ms == 3_600_000
    assert facts.silent_share > 0.99


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"<html><body>404</body></html>" * 10,
        bytes(range(256)) * 100,
        b"ID3" + bytes(50),
    ],
)
def test_what_is_no_recording_is_unplayable_and_has_no_copy(raw):
    for asked in (audio.inspect, audio.waveform, audio.playable):
        with pytest.raises(UnplayableError):
            asked(io.BytesIO(raw))

"""evidence/media/redaction.py: what is covered in a recording is gone; the rest is the same."""

from __future__ import annotations

import io
import struct
import tracemalloc
import wave
from collections.abc import Callable

import numpy as np
import pytest

from evidence.media import audio, encoding, redaction
from evidence.media.bare_sound import is_bare_m4a
from evidence.media.cover import LEVEL, Cover
from evidence.media.errors import OverLimitError, UnplayableError
from evidence.media.places import PlaceOutsideError
from evidence.media.spans import MARGIN_MS, Span, WholeCoveredError
from tests.samples.recordings import RATE, recording, silk
from tests.samples.voices import alike, heard, voice

SPAN = [2000, 3000]
PER_MS = encoding.RATE / 1000
SPOKEN = voice(8)
SECRET = voice(1, seed=2)


def wav(samples: np.ndarray = SPOKEN) -> bytes:
    return recording(samples, container="wav", codec="pcm_s16le")


def covered(content: bytes, *spans: list[int]) -> bytes:
    return redaction.sound(io.BytesIO(content), spans or [SPAN]).m4a


def part(sound: np.ndarray, start_ms: float, end_ms: float) -> np.ndarray:
    return sound[round(start_ms * PER_MS) : round(end_ms * PER_MS)]


FORMATS = [
    ("wav", "pcm_s16le", 16_000),
    ("wav", "pcm_alaw", 8_000),
    ("mp4", "aac", 16_000),
    ("adts", "aac", 16_000),
    ("mp3", "mp3", 16_000),
    ("ogg", "libopus", 48_000),
    ("flac", "flac", 16_000),
    ("amr", "libopencore_amrnb", 8_000),
]


@pytest.mark.parametrize(("container", "codec", "rate"), FORMATS)
def test_only_the_tone_is_heard_in_the_span_and_all_else_as_before(
    container: str, codec: str, rate: int
) -> None:
    raw = recording(SPOKEN, container=container, codec=codec, rate=rate)

    copy = covered(raw, SPAN, [5003, 6011])

    assert is_bare_m4a(copy)
    before, after = heard(raw), heard(copy)
    for span in (SPAN, [5003, 6011]):
        inside = part(after, *span)
        assert abs(alike(part(before, *span), inside)) < 0.03
        at = np.abs(np.fft.rfft(inside))
        loudest = at.argmax() * encoding.RATE / len(inside)
        assert loudest == pytest.approx(1000, abs=5)
        assert (at[np.abs(np.arange(len(at)) - at.argmax()) > 30] ** 2).sum() < 1e-3 * (at**2).sum()
    for outside in ((100, 2000 - MARGIN_MS), (3000 + MARGIN_MS, 4983), (6031, 7800)):
        assert alike(part(before, *outside), part(after, *outside)) > 0.98


def test_a_voice_message_is_covered_too() -> None:
    raw = silk(SPOKEN)

    copy = covered(raw)

    before, after = heard(raw), heard(copy)
    assert abs(alike(part(before, *SPAN), part(after, *SPAN))) < 0.03
    assert alike(part(before, 3020, 7000), part(after, 3020, 7000)) > 0.98


@pytest.mark.parametrize("end_ms", [3000, 3007, 3023])  # at a frame's edge, and beside it
def test_the_copy_is_the_same_whatever_was_said_in_the_span(end_ms: int) -> None:
    other = SPOKEN.copy()
    first, last = 2 * RATE, end_ms * RATE // 1000
    other[first:last] = np.resize(SECRET, last - first)
    assert wav(other) != wav()

    assert covered(wav(other), [2000, end_ms]) == covered(wav(), [2000, end_ms])


def test_what_is_said_beside_the_span_does_make_another_copy() -> None:
    other = SPOKEN.copy()
    other[3100 * RATE // 1000 : 3200 * RATE // 1000] = 0

    assert covered(wav(other)) != covered(wav())


def test_nothing_of_the_original_file_rides_along() -> None:
    told = {"title": "collector 10000000101", "comment": "wang", "artist": "somebody"}
    raw = recording(SPOKEN, container="mp4", codec="aac", **told)
    assert b"collector 10000000101" in raw

    copy = covered(raw)

    assert is_bare_m4a(copy)
    for trace in (b"collector", b"wang", b"somebody", b"Lavc", b"Lavf"):
        assert trace not in copy


def test_a_copy_is_made_again_to_the_byte() -> None:
    assert covered(wav()) == covered(wav())


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ([SPAN], True),
        ([[2000, 3200]], False),
        ([SPAN, [6000, 6150]], False),
    ],
)
def test_the_copy_alone_tells_whether_it_is_covered(asked: list[list[int]], held: bool) -> None:
    copy = covered(wav(), SPAN)

    assert redaction.is_covered(io.BytesIO(copy), asked) == held


@pytest.mark.parametrize("level", [1, 20, 400])
def test_a_recording_that_was_not_covered_is_found_out(level: int) -> None:
    heard_by_all = audio.playable(io.BytesIO(wav(SPOKEN // level)))

    assert not redaction.is_covered(io.BytesIO(heard_by_all), [SPAN])


def test_the_loudest_noise_beside_a_span_is_not_taken_for_what_is_in_it() -> None:
    noise = np.random.default_rng(1).choice([-32767, 32767], 8 * RATE).astype(np.int16)
    spans = [[at, at + 200] for at in range(100, 7000, 400)]

    assert redaction.is_covered(io.BytesIO(covered(wav(noise), *spans)), spans)


def test_two_channels_stay_two_and_are_covered_both() -> None:
    both = np.stack([SPOKEN, voice(8, seed=5)]).T.reshape(1, -1)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(both.astype("<i2").tobytes())

    copy = covered(out.getvalue())

    assert audio.inspect(io.BytesIO(copy)).channels == 2
    for frame in audio.Decoded(io.BytesIO(copy)):
        assert frame is not None
        at_ms = (frame.pts or 0) * 1000 * frame.time_base
        if SPAN[0] + 50 < at_ms < SPAN[1] - 80:
            left, right = frame.to_ndarray()
            assert np.abs(left - right).max() < 0.01  # the tone, not two people


def test_where_amr_does_not_decode_the_copy_keeps_the_time() -> None:
    no_data = bytes([(15 << 3) | 4])
    sound = recording(SPOKEN, container="amr", codec="libopencore_amrnb", rate=8000)
    raw = sound[:6] + no_data * 100 + sound[6:]

    made = redaction.sound(io.BytesIO(raw), [[4000, 5000]])

    assert made.duration_ms == audio.inspect(io.BytesIO(raw)).duration_ms
    after = heard(made.m4a)
    assert np.abs(part(after, 100, 1900)).max() < 0.02
    assert alike(part(heard(sound), 500, 1900), part(after, 2500, 3900)) > 0.9
    assert abs(alike(part(heard(sound), 2000, 3000), part(after, 4000, 5000))) < 0.03


def test_the_beep_is_as_loud_in_a_whisper_as_in_a_shout() -> None:
    quiet, loud = covered(wav(SPOKEN // 20)), covered(wav(SPOKEN))

    for copy in (quiet, loud):
        level = np.abs(part(heard(copy), 2100, 2900)).max()
        assert level == pytest.approx(LEVEL, abs=0.01)


def test_a_span_across_pieces_is_one_tone() -> None:
    whole = np.full((1, 9000), 0.5, dtype=np.float32)
    Cover([Span(50, 150)])(whole, 0)
    pieces = np.full((1, 9000), 0.5, dtype=np.float32)
    cover = Cover([Span(50, 150)])

    for at in range(0, 9000, 700):
        cover(pieces[:, at : at + 700], at)

    assert (pieces == whole).all()
    first, last = round(30 * PER_MS), round(170 * PER_MS)
    assert (whole[0, :first] == 0.5).all()
    assert (whole[0, first:last] != 0.5).all()
    assert (whole[0, last + 1 :] == 0.5).all()


def test_what_lies_outside_or_leaves_nothing_is_refused() -> None:
    for spans, error in (
        ([[1000, 8000 + redaction.SLACK_MS + 1]], PlaceOutsideError),
        ([[0, 8000]], WholeCoveredError),
    ):
        with pytest.raises(error):
            covered(wav(), *spans)


def test_a_recording_that_ends_in_the_middle_is_covered_as_far_as_it_goes() -> None:
    raw = recording(SPOKEN, container="mp3", codec="mp3")
    cut = raw[: len(raw) // 2 + 13]

    copy = covered(cut)

    before, after = heard(cut), heard(copy)
    assert abs(alike(part(before, *SPAN), part(after, *SPAN))) < 0.03
    with pytest.raises(PlaceOutsideError):
        covered(cut, [6000, 7000])


@pytest.mark.parametrize("raw", [b"", b"ID3" + bytes(400), b"#!AMR\n", wav()[:44]])
def test_where_there_is_nothing_to_hear_there_is_no_copy(raw: bytes) -> None:
    with pytest.raises(UnplayableError):
        covered(raw)


def test_a_copy_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BYTES", 10_000)

    with pytest.raises(OverLimitError):
        covered(wav())


def test_a_long_recording_is_covered_as_it_streams_by() -> None:
    long = wav(np.tile(SPOKEN, 25))  # 200 seconds: 35 MB as the encoder takes them
    tracemalloc.start()

    copy = covered(long, [1000, 2000], [190_000, 195_000])

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(copy) > 1_000_000
    assert most < 16_000_000


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def at(copy: bytes, kind: bytes) -> int:
    """Where the body of the first box of a kind begins."""
    return copy.index(kind) + 4


SPOILED: list[Callable[[bytes], bytes]] = [
    lambda copy: copy + b"x",
    lambda copy: copy[:-1],
    lambda copy: copy + box(b"free", b"a name"),
    lambda copy: copy.replace(box(b"free", b""), box(b"free", b"wang")),
    lambda copy: copy.replace(b"SoundHandler", b"wangjingli!!"),
    lambda copy: copy.replace(b"isomiso2mp41", b"isomiso2M4A "),
    lambda copy: copy[: at(copy, b"mvhd") + 4] + b"\1" + copy[at(copy, b"mvhd") + 5 :],
    lambda copy: copy[: at(copy, b"stsz") + 15] + b"\xff" + copy[at(copy, b"stsz") + 16 :],
    lambda copy: copy[: at(copy, b"stco") + 11] + b"\x2d" + copy[at(copy, b"stco") + 12 :],
    lambda copy: copy.replace(b"\x08ilst", b"\xffilst"),
    lambda copy: b"\xff\xff\xff\xff" + copy[4:],
    lambda copy: wav(),
    lambda copy: recording(SPOKEN, container="mp4", codec="aac"),
    lambda copy: b"",
]


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_copy_with_anything_more_is_not_bare(spoil: Callable[[bytes], bytes]) -> None:
    copy = covered(wav())
    assert is_bare_m4a(copy)

    assert not is_bare_m4a(spoil(copy))

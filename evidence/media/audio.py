"""Recordings: how long, how loud, how silent, what shape; and a copy that every phone plays."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final

import av
import numpy as np

from . import silk
from .amr import duration_ms as amr_duration_ms
from .encoding import encoded
from .errors import OverLimitError, UnplayableError
from .loudness import Envelope, Loudness
from .sound import FRAME_MS, Sound

MAX_BYTES: Final = 512 * 1024 * 1024
MAX_SECONDS: Final = 12 * 60 * 60
PEAKS: Final = 400
_SILK_CHUNK: Final = 24_000  # samples of one second


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What a recording is, measured on decoded sound (headers lie).

    Attributes:
        duration_ms: decoded length; for AMR by counted frames.
        loudness_lufs: integrated, EBU R128; None for silence or less than 0.4 s.
        silent_share: 0..1, the part of 20 ms blocks below -50 dBFS.
        silences: pairs of seconds, each at least two seconds long.
        peaks: at most 400 values 0..100, even parts of the whole length.
        created_at: the container's own claim, UTC by standard; some phones write local time.
        title: the container's title tag; recorders repeat the first file name there.
    """

    container: str
    codec: str
    duration_ms: int | None
    sample_rate: int | None
    channels: int | None
    loudness_lufs: float | None
    silent_share: float | None
    silences: tuple[tuple[float, float], ...]
    peaks: tuple[int, ...]
    created_at: datetime | None
    title: str | None
    picture_size: tuple[int, int] | None
    warnings: tuple[str, ...]


def inspect(file: BinaryIO) -> AudioFacts:
    """Decode once and measure.

    Raises:
        UnplayableError: nothing decodes (a killed recorder leaves no index).
        OverLimitError: more than 512 MiB or 12 hours.
    """
    _within_limits(file)
    if _is_silk(file):
        return _inspect_silk(file)
    with Sound(file) as sound:
        envelope, loudness = Envelope(), Loudness()
        for frame in _bounded(sound):
            envelope.add(frame)
            if frame is not None:
                loudness.add(frame)
        if sound.has_audio and not sound.decoded_ms:
            raise UnplayableError("not one frame decodes")
        exact = amr_duration_ms(file) if sound.container == "amr" else None
        lost = sound.lost_frames and sound.container != "amr"
        return AudioFacts(
            container=sound.container,
            codec=sound.codec,
            duration_ms=exact or sound.decoded_ms or sound.stated_ms,
            sample_rate=sound.sample_rate,
            channels=sound.channels,
            loudness_lufs=loudness.integrated(),
            silent_share=envelope.silent_share() if sound.has_audio else None,
            silences=envelope.silences(),
            peaks=envelope.peaks(PEAKS),
            created_at=_created(sound.tags),
            title=sound.tags.get("title"),
            picture_size=sound.picture_size,
            warnings=("damaged_frames",) if lost else (),
        )


class Decoded:
    """The decoded frames of a recording, once through; None for 20 ms of AMR silence."""

    def __init__(self, file: BinaryIO, *, most_s: int = MAX_SECONDS) -> None:
        self._file = file
        self._most_s = most_s
        self._seconds = 0.0

    @property
    def decoded_ms(self) -> int:
        """Milliseconds that came out so far."""
        return round(self._seconds * 1000)

    def __iter__(self) -> Iterator[av.AudioFrame | None]:
        """Decode.

        Raises:
            UnplayableError: there is nothing to hear.
            OverLimitError: more than 512 MiB or `most_s` seconds.
        """
        for frame in self._frames():
            rate = frame.sample_rate if frame is not None else 0
            self._seconds += frame.samples / rate if frame is not None and rate else FRAME_MS / 1000
            if self._seconds > self._most_s:
                raise OverLimitError("recording_seconds", self._most_s)
            yield frame
        if not self._seconds:
            raise UnplayableError("not one frame decodes")

    def _frames(self) -> Iterator[av.AudioFrame | None]:
        _within_limits(self._file)
        if _is_silk(self._file):
            yield from _silk_frames(silk.decode(silk.frames(self._file)))
            return
        with Sound(self._file) as sound:
            yield from sound.frames()


def waveform(file: BinaryIO, buckets: int = PEAKS) -> list[int]:
    """Peaks 0..100 in `buckets` even parts (fewer for very short sounds)."""
    envelope = Envelope()
    for frame in Decoded(file):
        envelope.add(frame)
    return list(envelope.peaks(buckets))


def playable(file: BinaryIO) -> bytes:
    """A listening copy as AAC in MP4, same channels, levels untouched; the original stays.

    It has the recording's own seconds: where nothing decodes in AMR, it is silent as long.

    Raises:
        UnplayableError: there is nothing to hear.
        OverLimitError: more than 512 MiB or 12 hours.
    """
    return encoded(Decoded(file))


def _within_limits(file: BinaryIO) -> None:
    file.seek(0, io.SEEK_END)
    if file.tell() > MAX_BYTES:
        raise OverLimitError("recording_bytes", MAX_BYTES)
    file.seek(0)


def _bounded(sound: Sound) -> Iterator[av.AudioFrame | None]:
    for frame in sound.frames():
        if sound.decoded_ms > MAX_SECONDS * 1000:
            raise OverLimitError("recording_seconds", MAX_SECONDS)
        yield frame


def _is_silk(file: BinaryIO) -> bool:
    head = file.read(10)
    file.seek(0)
    return silk.MAGIC in head


def _inspect_silk(file: BinaryIO) -> AudioFacts:
    found = silk.frames(file)
    envelope, loudness = Envelope(), Loudness()
    for frame in _silk_frames(silk.decode(found)):
        envelope.add(frame)
        loudness.add(frame)
    return AudioFacts(
        container="silk",
        codec="silk",
        duration_ms=len(found) * silk.FRAME_MS,
        sample_rate=silk.SAMPLE_RATE,
        channels=1,
        loudness_lufs=loudness.integrated(),
        silent_share=envelope.silent_share(),
        silences=envelope.silences(),
        peaks=envelope.peaks(PEAKS),
        created_at=None,
        title=None,
        picture_size=None,
        warnings=(),
    )


def _silk_frames(samples: bytes) -> Iterator[av.AudioFrame]:
    whole = np.frombuffer(samples[: len(samples) // 2 * 2], dtype="<i2")
    for start in range(0, len(whole), _SILK_CHUNK):
        part = np.ascontiguousarray(whole[start : start + _SILK_CHUNK].reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
        frame.sample_rate = silk.SAMPLE_RATE
        yield frame


def _created(tags: dict[str, str]) -> datetime | None:
    """`creation_time` when it is a time; 1904 and 1970 mean that the phone wrote none."""
    try:
        at = datetime.fromisoformat(tags.get("creation_time", ""))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC) if at.year > 1990 else None

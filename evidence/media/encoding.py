"""Decoded sound as AAC in MP4, with nothing in the file but the sound: every phone plays it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Final

import av
import numpy as np
import numpy.typing as npt

from .errors import OverLimitError, UnplayableError
from .sound import FRAME_MS, Conversion

RATE: Final = 44_100  # of a listening copy
MAX_BYTES: Final = 512 * 1024 * 1024  # as of a recording that is read
# Neither the encoder's name nor its version: two houses write the same.
_EXACT: Final = "+bitexact"

Change = Callable[[npt.NDArray[np.float32], int], None]
"""Changes samples in place: an array of channels × samples, and how many came before it."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How much of the sound is kept."""

    rate: int = RATE  # Hz
    bits_per_second: int = 64_000  # of each channel
    mono: bool = False  # else as many channels as there are, two at most


LISTENING: Final = Quality()


def encoded(
    frames: Iterable[av.AudioFrame | None],
    *,
    change: Change | None = None,
    quality: Quality = LISTENING,
) -> bytes:
    """Encode decoded frames as they come; one or two channels, levels untouched.

    Args:
        frames: as `audio.Decoded` gives them; None is 20 ms of silence and stays as long.
        change: what becomes of the samples before they are encoded, at the quality's rate.
        quality: of the copy.

    Raises:
        UnplayableError: there is nothing to hear.
        OverLimitError: the copy would have more than 512 MiB.
    """
    heard = _without_gaps(frames)
    first = next(heard, None)
    if first is None:
        raise UnplayableError("not one frame decodes")
    layout = "stereo" if first.layout.nb_channels > 1 and not quality.mono else "mono"
    rate = quality.rate
    out = io.BytesIO()
    at = 0  # samples so far: without times of our own a short last frame has none that MP4 takes
    with av.open(out, mode="w", format="mp4", options={"fflags": _EXACT}) as container:
        stream = container.add_stream("aac", rate=rate, layout=layout, options={"flags": _EXACT})
        stream.bit_rate = quality.bits_per_second * (2 if layout == "stereo" else 1)
        for part in _converted(chain([first], heard), layout, rate):
            taken = part if change is None else _changed(part, layout, change, at)
            taken.pts, taken.time_base = at, Fraction(1, rate)
            at += taken.samples
            container.mux(stream.encode(taken))
            if out.tell() > MAX_BYTES:
                raise OverLimitError("recording_bytes", MAX_BYTES)
        container.mux(stream.encode(None))
    return out.getvalue()


def samples_of(
    frames: Iterable[av.AudioFrame | None],
) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    """Decoded frames as arrays of channels × samples at `RATE`, and how many came before each.

    Raises:
        UnplayableError: there is nothing to hear.
    """
    heard = _without_gaps(frames)
    first = next(heard, None)
    if first is None:
        raise UnplayableError("not one frame decodes")
    layout, at = "stereo" if first.layout.nb_channels > 1 else "mono", 0
    for part in _converted(chain([first], heard), layout, RATE):
        yield np.asarray(part.to_ndarray(), dtype=np.float32), at
        at += part.samples


def _changed(part: av.AudioFrame, layout: str, change: Change, at: int) -> av.AudioFrame:
    samples = np.ascontiguousarray(part.to_ndarray(), dtype=np.float32)
    change(samples, at)
    made = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
    made.sample_rate = part.sample_rate
    return made


def _converted(frames: Iterable[av.AudioFrame], layout: str, rate: int) -> Iterator[av.AudioFrame]:
    conversion = Conversion("fltp", layout, rate)
    for frame in frames:
        yield from conversion.of(frame)
    yield from conversion.rest()


def _without_gaps(frames: Iterable[av.AudioFrame | None]) -> Iterator[av.AudioFrame]:
    """Silence where a frame is missing, in the shape of the sound around it."""
    missing = 0
    last: av.AudioFrame | None = None
    for frame in frames:
        if frame is None and last is None:
            missing += 1  # before there is any sound to take the shape from
            continue
        if frame is not None:
            last = frame
        assert last is not None  # noqa: S101 - a frame, or one before it
        for _ in range(missing):
            yield _silence(last)
        missing = 0
        yield _silence(last) if frame is None else frame


def _silence(like: av.AudioFrame) -> av.AudioFrame:
    channels = like.layout.nb_channels
    count = like.sample_rate * FRAME_MS // 1000
    shape = (channels, count) if like.format.is_planar else (1, channels * count)
    blank = np.zeros(shape, dtype=np.float32)
    form = "fltp" if like.format.is_planar else "flt"
    made = av.AudioFrame.from_ndarray(blank, format=form, layout=like.layout.name)
    made.sample_rate = like.sample_rate
    return made

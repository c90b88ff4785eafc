"""Decoded sound as pieces for an engine: cut where it is quiet; pieces without sound are left out.

An engine that is given silence invents words, so silence is not given to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import av
import numpy as np

from evidence.media.loudness import SILENT_BELOW

from .draft import RATE, Piece

BLOCK: Final = 320  # samples: 20 ms
BLOCK_S: Final = BLOCK / RATE
_SEARCHED: Final = 0.25  # the last part of a full piece, in which the quietest place is looked for


def cut(
    frames: Iterable[av.AudioFrame | None], *, longest_s: float, pause_s: float | None
) -> Iterator[Piece]:
    """Cut a recording.

    Args:
        frames: decoded frames in order; None stands for 20 ms of silence.
        longest_s: no piece is longer.
        pause_s: a silence so long ends a piece as well; None where the engine cuts by itself.
    """
    cutter = _Cutter(longest=round(longest_s / BLOCK_S), pause=pause_s and round(pause_s / BLOCK_S))
    for block in _blocks(frames):
        yield from cutter.add(block)
    yield from cutter.rest()


class _Cutter:
    """Holds the blocks of the piece that is growing, and how loud each is."""

    def __init__(self, *, longest: int, pause: float | None) -> None:
        self._longest, self._pause = longest, pause
        self._blocks: list[np.ndarray] = []
        self._powers: list[float] = []
        self._first = 0  # index of the first block held
        self._quiet = 0  # silent blocks at the end

    def add(self, block: np.ndarray) -> Iterator[Piece]:
        power = float(np.sqrt(((block.astype(np.float32) / 32768.0) ** 2).mean()))
        self._blocks.append(block)
        self._powers.append(power)
        self._quiet = self._quiet + 1 if power < SILENT_BELOW else 0
        if len(self._blocks) >= self._longest:
            yield from self._take(self._quietest())
        elif self._pause is not None and self._quiet >= self._pause:
            yield from self._take(len(self._blocks))

    def rest(self) -> Iterator[Piece]:
        yield from self._take(len(self._blocks))

    def _quietest(self) -> int:
        start = int(len(self._powers) * (1 - _SEARCHED))
        return start + int(np.argmin(self._powers[start:])) + 1

    def _take(self, count: int) -> Iterator[Piece]:
        blocks, powers = self._blocks[:count], self._powers[:count]
        if any(power >= SILENT_BELOW for power in powers):
            samples = np.concatenate(blocks).astype("<i2").tobytes()
            yield Piece(round(self._first * BLOCK_S, 3), samples)
        del self._blocks[:count], self._powers[:count]
        self._first += count
        self._quiet = min(self._quiet, len(self._blocks))


def _blocks(frames: Iterable[av.AudioFrame | None]) -> Iterator[np.ndarray]:
    resampler = av.AudioResampler("s16", "mono", RATE)
    rest = np.zeros(0, dtype=np.int16)
    for frame in frames:
        if frame is None:
            parts: list[np.ndarray] = [np.zeros(BLOCK, dtype=np.int16)]
        else:
            frame.pts = None
            parts = [_samples(part) for part in resampler.resample(frame)]
        rest = np.concatenate([rest, *parts])
        whole = rest.size // BLOCK * BLOCK
        yield from rest[:whole].reshape(-1, BLOCK)
        rest = rest[whole:]
    tail = [_samples(part) for part in resampler.resample(None)]
    rest = np.concatenate([rest, *tail])
    for at in range(0, rest.size, BLOCK):
        yield rest[at : at + BLOCK]


def _samples(frame: av.AudioFrame) -> np.ndarray:
    return frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)

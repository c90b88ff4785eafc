"""A tone in place of sound: what lay in a span is overwritten, not mixed with anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from .encoding import RATE
from .spans import MARGIN_MS, Span

TONE_HZ: Final = 1_000
LEVEL: Final = 0.1  # of full scale, whatever was there: it tells nothing of how loud that was
LOUDEST_REST: Final = 0.03  # of full scale, RMS: what a codec may add to the tone
_EDGE: Final = RATE // 20  # 50 ms of a span's ends, into which a codec spreads what lies beside
_LEAST: Final = 256  # samples by which a level is told
_FADE: Final = RATE // 200  # 5 ms at either end, so that no click is heard


class Cover:
    """Overwrites spans, and their margins, in samples at `encoding.RATE` as they pass by."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """`spans` in time order, as `spans.spans_within` gives them."""
        self._ranges = [_samples_of(span) for span in spans]

    def __call__(self, samples: npt.NDArray[np.float32], at: int) -> None:
        """Overwrite in place what of channels × samples lies in a span; `at` samples before it."""
        end = at + samples.shape[1]
        while self._ranges and self._ranges[0][1] <= at:
            self._ranges.pop(0)
        for first, last in self._ranges:
            if first >= end:
                return
            here = slice(max(first, at) - at, min(last, end) - at)
            samples[:, here] = _tone(at + here.start, at + here.stop, first, last)


class Uncovered:
    """Finds samples in a span that are not the tone, as they pass by."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """`spans` as for `Cover`."""
        self._ranges = [_samples_of(span) for span in spans]

    def is_in(self, samples: npt.NDArray[np.float32], at: int) -> bool:
        """Whether in any channel there is more than the tone; arguments as for `Cover`."""
        end = at + samples.shape[1]
        for first, last in self._ranges:
            start, stop = max(first + _EDGE, at), min(last - _EDGE, end)
            if stop - start < _LEAST:
                continue
            rest = samples[:, start - at : stop - at] - _tone(start, stop, first, last)
            if np.sqrt((rest**2).mean(axis=1)).max() > LOUDEST_REST:
                return True
        return False


def _samples_of(span: Span) -> tuple[int, int]:
    first = (span.start_ms - MARGIN_MS) * RATE // 1000
    last = -(-(span.end_ms + MARGIN_MS) * RATE // 1000)
    return max(0, first), last


def _tone(start: int, stop: int, first: int, last: int) -> npt.NDArray[np.float32]:
    """The samples from `start` to `stop` of a tone that lasts from `first` to `last`."""
    at = np.arange(start, stop)
    edge = np.minimum(np.minimum(at - first, last - 1 - at) / _FADE, 1.0)
    wave = np.sin(2 * np.pi * TONE_HZ * (at - first) / RATE)
    return np.asarray(LEVEL * edge * wave, dtype=np.float32)

"""Measures of decoded sound: EBU R128 loudness, an envelope of 20 ms blocks."""

from __future__ import annotations

import math
from typing import Final

import av
import av.filter
import numpy as np

from .errors import UnplayableError
from .sound import Conversion, shape_of

RATE: Final = 8_000  # of the envelope; speech shows its shape well enough
BLOCK: Final = 160  # samples: 20 ms
SILENT_BELOW: Final = 10 ** (-50 / 20)  # of full scale, RMS of a block
SILENCE_S: Final = 2.0  # shorter pauses are speech
_FLOOR: Final = -69.9  # the filter says -70 when nothing passes its gate


class Loudness:
    """Integrated loudness by FFmpeg's `ebur128`."""

    def __init__(self) -> None:
        self._conversion: Conversion | None = None
        self._shape: tuple[object, ...] = ()
        self._graph: av.filter.Graph | None = None
        self._integrated: float | None = None

    def add(self, frame: av.AudioFrame) -> None:
        """The next decoded frame; a change of format in the middle starts a new measure."""
        shape = shape_of(frame)
        if self._conversion is None or self._graph is None or shape != self._shape:
            layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
            # old telephone formats do not say which channel is which: say it for the filter
            self._conversion = Conversion("s16", layout, frame.sample_rate)
            self._graph = _meter(layout, frame.sample_rate)
            self._shape = shape
        for part in self._conversion.of(frame):
            part.pts = None
            self._graph.push(part)
            self._pull(self._graph)

    def _pull(self, graph: av.filter.Graph) -> None:
        while True:
            try:
                measured = graph.pull()
            except (BlockingIOError, av.EOFError):
                return
            value = measured.metadata.get("lavfi.r128.I")
            if value is not None:
                self._integrated = float(value)

    def integrated(self) -> float | None:
        """LUFS, one decimal; None when everything was too quiet or too short to measure."""
        value = self._integrated
        if value is None or not math.isfinite(value) or value <= _FLOOR:
            return None
        return round(value, 1)


def _meter(layout: str, rate: int) -> av.filter.Graph:
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="s16", sample_rate=rate, layout=layout)
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    try:
        graph.configure()
    except av.FFmpegError as cause:
        raise UnplayableError("no sound has such a rate") from cause
    return graph


class Envelope:
    """Peak and RMS of each 20 ms, mono."""

    def __init__(self) -> None:
        self._conversion = Conversion("s16", "mono", RATE)
        self._rest = np.zeros(0, dtype=np.float32)
        self._peaks: list[np.ndarray] = []
        self._powers: list[np.ndarray] = []

    def add(self, frame: av.AudioFrame | None) -> None:
        """The next decoded frame; None stands for 20 ms of silence."""
        if frame is None:
            self._take(np.zeros(BLOCK, dtype=np.float32))
            return
        for part in self._conversion.of(frame):
            self._take(part.to_ndarray().reshape(-1).astype(np.float32) / 32768.0)

    def silent_share(self) -> float | None:
        """0..1, or None when there is nothing to measure."""
        silent = self._silent()
        return round(float(silent.mean()), 3) if silent.size else None

    def silences(self) -> tuple[tuple[float, float], ...]:
        """From and to, in seconds, of each stretch of at least two silent seconds."""
        silent = self._silent()
        edges = np.flatnonzero(np.diff(np.concatenate(([False], silent, [False])).astype(np.int8)))
        seconds = BLOCK / RATE
        return tuple(
            (round(int(a) * seconds, 2), round(int(b) * seconds, 2))
            for a, b in zip(edges[::2], edges[1::2], strict=True)
            if (b - a) * seconds >= SILENCE_S
        )

    def peaks(self, buckets: int) -> tuple[int, ...]:
        """The highest sample of each of `buckets` even parts, 0..100 of full scale."""
        peaks = self._all(self._peaks)
        if not peaks.size:
            return ()
        parts = np.array_split(peaks, min(buckets, peaks.size))
        return tuple(min(100, round(float(part.max()) * 100)) for part in parts)

    def _silent(self) -> np.ndarray:
        return self._all(self._powers) < SILENT_BELOW

    def _all(self, blocks: list[np.ndarray]) -> np.ndarray:
        rest = self._rest
        if rest.size >= BLOCK // 2:
            last = np.abs(rest).max() if blocks is self._peaks else np.sqrt((rest**2).mean())
            return np.concatenate([*blocks, np.array([last], dtype=np.float32)])
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)

    def _take(self, samples: np.ndarray) -> None:
        samples = np.concatenate((self._rest, samples)) if self._rest.size else samples
        whole = samples.size // BLOCK * BLOCK
        self._rest = samples[whole:]
        if whole:
            blocks = samples[:whole].reshape(-1, BLOCK)
            self._peaks.append(np.abs(blocks).max(axis=1))
            self._powers.append(np.sqrt((blocks**2).mean(axis=1)))

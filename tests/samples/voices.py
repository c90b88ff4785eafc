"""Sound that is never twice the same, for tests of what is heard where: noise with a rhythm."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt

from evidence.media.audio import Decoded
from evidence.media.sound import Conversion
from tests.samples.recordings import RATE


def voice(seconds: float, *, seed: int = 1) -> npt.NDArray[np.int16]:
    """Signed 16-bit samples at 16 kHz, as broad as speech; another seed is another speech."""
    count = int(seconds * RATE)
    noise = np.random.default_rng(seed).normal(size=count)
    soft = np.convolve(noise, np.ones(8) / 8, "same")
    rhythm = 0.6 + 0.4 * np.sin(2 * np.pi * 3 * np.arange(count) / RATE)
    return np.clip(soft * rhythm * 6000, -32000, 32000).astype(np.int16)


def heard(content: bytes, rate: int = 44_100) -> npt.NDArray[np.float64]:
    """What a decoder gives of a recording, as one channel at this rate."""
    conversion = Conversion("fltp", "mono", rate)
    parts = []
    for frame in Decoded(io.BytesIO(content)):
        parts += [] if frame is None else [part.to_ndarray()[0] for part in conversion.of(frame)]
    parts += [part.to_ndarray()[0] for part in conversion.rest()]
    return np.concatenate(parts).astype(np.float64)


def alike(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """How alike two sounds of one length are: 1 the same, 0 nothing of each other."""
    size = np.sqrt((one**2).sum() * (other**2).sum())
    return float((one * other).sum() / size) if size else 0.0

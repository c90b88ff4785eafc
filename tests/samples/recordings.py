"""Recordings made for tests: a tone with a silent middle, in any container that PyAV writes."""

from __future__ import annotations

import io

import av
import numpy as np
import pysilk

RATE = 16_000


def tone(seconds: float = 3.0, *, silent: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """Signed 16-bit samples at 16 kHz of a 440 Hz tone, silent between two times."""
    at = np.arange(int(seconds * RATE)) / RATE
    wave = np.sin(2 * np.pi * 440 * at) * 8000
    wave[(at >= silent[0]) & (at < silent[1])] = 0
    return wave.astype(np.int16)


def recording(
    samples: np.ndarray, *, container: str, codec: str, rate: int = RATE, **tags: str
) -> bytes:
    """The samples as a file."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata.update(tags)
        stream = target.add_stream(codec, rate=rate, layout="mono")
        resampler = av.AudioResampler(stream.codec_context.format.name, "mono", rate)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        fifo = av.AudioFifo()
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            fifo.write(part)
        size = stream.codec_context.frame_size or 1024
        while (part := fifo.read(size, partial=True)) is not None:
            target.mux(stream.encode(part))
        target.mux(stream.encode(None))
    return out.getvalue()


def silk(samples: np.ndarray) -> bytes:
    """The samples as a WeChat voice message (with the leading 02, without trailer)."""
    out = io.BytesIO()
    pysilk.encode(io.BytesIO(samples.tobytes()), out, RATE, RATE)
    raw = out.getvalue()
    return raw if raw.startswith(b"\x02") else b"\x02" + raw


def amr(frames: int = 100, mode: int = 7) -> bytes:
    """AMR-NB of NO_DATA-free frames: mode 7 has 31 bytes of speech each."""
    sizes = (12, 13, 15, 17, 19, 20, 26, 31)
    frame = bytes([(mode << 3) | 4]) + bytes(range(sizes[mode]))
    return b"#!AMR\n" + frame * frames

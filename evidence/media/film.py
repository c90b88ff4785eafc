"""Key frames of a film of a screen: what stands still, and what scrolls past, each once.

A phone writes few frames while nothing moves, so a frame that is followed by a pause stood still.
While the screen scrolls, a frame is kept when a third of the screen is new. What was kept before
(another compression of it) is not kept again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

import av
import numpy as np
from PIL import Image

from .errors import PictureBombError, UnplayableError
from .hashing import hash_of
from .picture_hash import COLUMNS, PictureHash, are_alike
from .sound import DAMAGE, Packets, is_cover, is_known, opened

VERSION: Final = "1"
MOST_KEY_FRAMES: Final = 60
MOST_PIXELS: Final = 16_000_000  # of one frame; the largest phones have six millions
LEAST_SIDE: Final = 120  # pixels; below, no letter can be read
DECODED: Final = (
    24_000_000_000  # pixels: five minutes of a phone's screen at thirty frames a second
)
DECODED_THIN: Final = 32_000_000_000  # with the frames that stand alone, beyond the first limit
LEAST_COST: Final = 200_000  # pixels that the smallest frame counts for
MOST_PACKETS: Final = 2_000_000
SAMPLE_S: Final = 0.2
STILL_S: Final = 0.3
FAR: Final = 1 / 3  # of the height
_BARS: Final = 0.12  # of the height above and below, which do not scroll
_MATCHES: Final = 6.0  # of 255: two stretches of one chat differ less on average


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """An upright RGB picture, and when it was shown: seconds from the beginning."""

    second: float
    picture: Image.Image


@dataclass(frozen=True, slots=True)
class _Frame:
    second: float
    decoded: av.VideoFrame


class Film:
    """The picture track of a recording, looked through once.

    Attributes:
        thinned_at: the second from which only frames that stand alone were decoded, or None.
        stopped_at: the second from which nothing more was looked at, or None.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packets: Packets | None = None
        self._lost = 0  # frames that no picture came of
        self.thinned_at: float | None = None
        self.stopped_at: float | None = None
        self._kept: list[PictureHash] = []
        self._judged: PictureHash | None = None
        self._before: PictureHash | None = None
        self._sampled = -math.inf

    @property
    def lost_frames(self) -> int:
        """Packets and frames that did not decode or have no time, so far."""
        return self._lost + (self._packets.lost if self._packets else 0)

    def key_frames(self) -> Iterator[KeyFrame]:
        """Yield at most `MOST_KEY_FRAMES`, one at a time, in the order of the film.

        Raises:
            UnplayableError: no container FFmpeg knows, nothing to see, or no frame that decodes.
            PictureBombError: the track says that its frames have more than `MOST_PIXELS`.
        """
        held: _Frame | None = None
        for frame in self._frames():
            if held is not None and (found := self._judge(held, frame.second - held.second)):
                if len(self._kept) > MOST_KEY_FRAMES:
                    self.stopped_at = found.second
                    return
                yield found
            held = frame
        if held is None:
            raise UnplayableError("not one frame decodes")
        if (found := self._judge(held, math.inf)) and len(self._kept) <= MOST_KEY_FRAMES:
            yield found

    def _judge(self, frame: _Frame, lasted: float) -> KeyFrame | None:
        is_still = lasted >= STILL_S
        if not is_still and abs(frame.second - self._sampled) < SAMPLE_S:
            return None
        self._sampled = frame.second
        try:
            picture = _upright(frame.decoded)
        except DAMAGE:
            self._lost += 1
            return None
        hashed = hash_of(picture)
        before, self._before = self._before, hashed
        is_still = is_still or (before is not None and are_alike(before, hashed))
        if not is_still and self._kept and scrolled(self._kept[-1], hashed) < FAR:
            return None
        if self._judged is not None and are_alike(self._judged, hashed):
            return None
        self._judged = hashed
        if any(are_alike(hashed, one) for one in self._kept):
            return None
        self._kept.append(hashed)
        return KeyFrame(frame.second, picture)

    def _frames(self) -> Iterator[_Frame]:
        """Decoded frames with their seconds, within the limits of cost."""
        with opened(self._file) as container:
            tracks = [s for s in container.streams.video if is_known(s) and not is_cover(s)]
            if not tracks:
                raise UnplayableError("there is no picture track")
            track = tracks[0]
            if track.codec_context.width * track.codec_context.height > MOST_PIXELS:
                raise PictureBombError(f"more than {MOST_PIXELS} pixels")
            track.thread_count = 1  # one file, one core: the cell's limits count all threads
            track.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
            start = (container.start_time or 0) / av.time_base
            cost, second = 0, 0.0
            for decoded in self._decoded(container, track):
                cost += max(LEAST_COST, decoded.width * decoded.height)
                if decoded.time is None or min(decoded.width, decoded.height) < LEAST_SIDE:
                    self._lost += 1
                else:
                    second = round(max(0.0, decoded.time - start), 3)
                    yield _Frame(second, decoded)
                if cost > DECODED_THIN:
                    self.stopped_at = second
                    return
                if cost > DECODED and self.thinned_at is None:
                    self.thinned_at = second
                    track.codec_context.skip_frame = "NONKEY"

    def _decoded(
        self, container: av.container.InputContainer, track: av.VideoStream
    ) -> Iterator[av.VideoFrame]:
        self._packets = Packets(container, track)
        for frames in islice(self._packets, MOST_PACKETS):
            yield from frames or ()


def scrolled(one: PictureHash, other: PictureHash) -> float:
    """By which part of its height a screen scrolled; 1.0 where the two have nothing in common."""
    if one.rows != other.rows:
        return 1.0
    bars = round(one.rows * _BARS)
    a, b = (
        np.frombuffer(each.cells, np.uint8).reshape(-1, COLUMNS)[bars : each.rows - bars]
        .astype(np.int16)
        for each in (one, other)
    )  # fmt: skip
    rows = len(a)
    apart = {
        by: min(
            float(np.abs(a[by:] - b[: rows - by]).mean()),
            float(np.abs(b[by:] - a[: rows - by]).mean()),
        )
        for by in range(round(rows * (1 - FAR)) + 1)
    }
    if not apart:
        return 1.0
    best = min(apart, key=lambda by: apart[by])
    return best / rows if apart[best] <= _MATCHES else 1.0


def _upright(frame: av.VideoFrame) -> Image.Image:
    picture = Image.fromarray(frame.to_ndarray(format="rgb24"))
    turn = round(frame.rotation / 90) * 90 % 360
    return picture.rotate(turn, expand=True) if turn else picture

"""Redacted copies: a new encoding in which parts are removed for good, never a mask over them.

A picture is decoded, turned upright, filled solid inside the boxes and written as a PNG of three
kinds of chunks; nothing of the original file rides along, and no pixel outside a box differs.
A recording is decoded, overwritten with a tone inside the spans and encoded anew: what was there
is gone before the encoder sees anything of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from PIL import Image, ImageDraw

from . import image
from .audio import MAX_SECONDS, Decoded
from .cover import Cover, Uncovered
from .encoding import encoded, samples_of
from .places import boxes_within
from .spans import spans_within

FILL: Final = (0, 0, 0)
SLACK_MS: Final = 100  # a length that is counted, not decoded, may be some frames more


@dataclass(frozen=True, slots=True)
class RedactedPicture:
    """The copy; `frames` is how many pictures the original held (the copy holds the first)."""

    png: bytes
    width: int
    height: int
    frames: int


def picture(file: BinaryIO, values: Iterable[Sequence[Any]]) -> RedactedPicture:
    """Make the redacted copy of a picture.

    Args:
        file: the original, seekable; judged by the limits of `image` before a pixel is decoded.
        values: the boxes, as for `places.boxes_within`.

    Raises:
        PictureBombError, TruncatedPictureError, UnreadableError, OverLimitError: the picture.
        NothingRemovedError, TooManyPlacesError, EmptyPlaceError, PlaceOutsideError.
    """
    frames = image.frame_count(file)
    upright = image.upright_rgb(file)
    boxes = boxes_within(values, width=upright.width, height=upright.height)
    # A picture of our own, so that no profile, comment or palette of the original is written.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    upright.close()
    draw = ImageDraw.Draw(bare)
    for box in boxes:
        last = (box.left + box.width - 1, box.top + box.height - 1)
        draw.rectangle(((box.left, box.top), last), fill=FILL)
    out = io.BytesIO()
    bare.save(out, "PNG")
    return RedactedPicture(out.getvalue(), bare.width, bare.height, frames)


@dataclass(frozen=True, slots=True)
class CoveredSound:
    """The copy, as AAC in MP4, and how long the original was in decoded sound."""

    m4a: bytes
    duration_ms: int


def sound(file: BinaryIO, values: Iterable[Sequence[Any]]) -> CoveredSound:
    """Make the covered copy of a recording.

    Args:
        file: the original, seekable; decoded frame by frame under the limits of `audio`.
        values: the spans, as for `spans.spans_within`.

    Raises:
        UnplayableError, OverLimitError: the recording.
        NothingRemovedError, TooManyPlacesError, EmptyPlaceError, PlaceOutsideError,
        WholeCoveredError.
    """
    asked = list(values)
    # How long it is comes out while it is decoded, so what lies outside is judged behind that.
    spans = spans_within(asked, lasts_ms=MAX_SECONDS * 1000)
    decoded = Decoded(file)
    m4a = encoded(decoded, change=Cover(spans))
    spans_within(asked, lasts_ms=decoded.decoded_ms + SLACK_MS)
    return CoveredSound(m4a, decoded.decoded_ms)


def is_covered(file: BinaryIO, values: Iterable[Sequence[Any]]) -> bool:
    """Whether in the spans of a copy nothing is heard but the tone: measured on the copy alone.

    Args:
        file: a copy as `sound` makes it, seekable; whoever made it is not believed.
        values: the spans, as for `sound`.

    Raises:
        UnplayableError, OverLimitError: the copy.
    """
    found = Uncovered(spans_within(values, lasts_ms=MAX_SECONDS * 1000))
    return not any(found.is_in(samples, at) for samples, at in samples_of(Decoded(file)))

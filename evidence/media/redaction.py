"""Redacted copies: a new encoding in which parts are removed for good, never a mask over them.

A picture is decoded, turned upright, filled solid inside the boxes and written as a PNG of three
kinds of chunks; nothing of the original file rides along, and no pixel outside a box differs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from PIL import Image, ImageDraw

from . import image
from .places import boxes_within

FILL: Final = (0, 0, 0)


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

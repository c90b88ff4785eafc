"""Makes the perceptual hash of a picture; comparing two needs no picture and no engine."""

from __future__ import annotations

from PIL import Image

from .picture_hash import COLUMNS, MOST_ROWS, PictureHash


def hash_of(picture: Image.Image) -> PictureHash:
    """The hash of an upright picture."""
    rows = min(MOST_ROWS, max(1, round(picture.height * COLUMNS / picture.width)))
    grey = picture.convert("L").resize((COLUMNS, rows), Image.Resampling.BOX)
    return PictureHash(rows, grey.tobytes())

"""Character recognition by RapidOCR, loaded once a process, one thread. An aid, never evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import BinaryIO, Final

import numpy as np
from PIL import Image

from .image import upright_rgb
from .rapid import RapidOCR, RapidOCROutput

VERSION: Final = "rapidocr-3.10.0-ppocrv6-small-2"
TILE: Final = 20 / 9  # height of a tile by its width: a phone's screen; longer ones are cut
OVERLAP: Final = 2 / 9  # of the width: more than any line is high, so each is whole in one tile
# Letters are found on a picture of at most so many pixels a side and read from one of `READ_SIDE`:
# measured on drawn chat pages, smaller loses short words, larger only costs time
# (bench/readers/screens.py).
FIND_SIDE: Final = 1600
READ_SIDE: Final = 2400
LEAST_WIDTH: Final = 720  # narrower pictures are enlarged first: their letters are too small
_LEAST_SCORE: Final = 0.5
_NEAR_SEAM: Final = 12  # pixels: one line's middle, seen in two tiles


@dataclass(frozen=True, slots=True)
class TextBox:
    """One line of text; pixels of the upright picture, origin top left; score 0..1."""

    x: int
    y: int
    w: int
    h: int
    text: str
    score: float


def read(file: BinaryIO) -> list[TextBox]:
    """Every line that the engine finds, from top to bottom, then left to right.

    Raises:
        The errors of `image.inspect`: the picture is judged before it is decoded.
    """
    return read_picture(upright_rgb(file))


def read_picture(picture: Image.Image) -> list[TextBox]:
    """As `read`, for an upright RGB picture that is decoded already."""
    height, overlap = round(picture.width * TILE), round(picture.width * OVERLAP)
    height = max(height, 2 * overlap + 1, LEAST_WIDTH)
    found: list[TextBox] = []
    top = 0
    while True:
        bottom = min(picture.height, top + height)
        # A line belongs to the tile that has its middle; tiles meet in the middle of their overlap.
        first = top + overlap / 2 - _NEAR_SEAM if top else 0
        last = bottom - overlap / 2 + _NEAR_SEAM if bottom < picture.height else picture.height
        for box in _lines(picture.crop((0, top, picture.width, bottom))):
            moved = replace(box, y=box.y + top)
            if first <= moved.y + moved.h / 2 <= last and not _is_double(moved, found):
                found.append(moved)
        if bottom == picture.height:
            return sorted(found, key=lambda box: (box.y + box.h // 2, box.x))
        top = bottom - overlap


def read_line(picture: Image.Image, box: tuple[int, int, int, int]) -> TextBox | None:
    """The one line that stands somewhere in a box (left, top, right, bottom); None if unsure."""
    left, top, right, bottom = box
    crop = np.ascontiguousarray(np.asarray(picture.crop(box))[:, :, ::-1])
    result = _engine()(crop, use_det=False, use_cls=False, use_rec=True)
    texts, scores = getattr(result, "txts", None), getattr(result, "scores", None)
    if not texts or not scores or not texts[0].strip() or scores[0] < _LEAST_SCORE:
        return None
    height = bottom - top
    inset = min(height // 4, (right - left) // 4)  # the letters, not their bubble
    return TextBox(
        left + inset,
        top + height // 4,
        right - left - 2 * inset,
        height - 2 * (height // 4),
        texts[0],
        round(float(scores[0]), 3),
    )


def _lines(tile: Image.Image) -> list[TextBox]:
    scale = min(3.0, LEAST_WIDTH / tile.width) if tile.width < LEAST_WIDTH else 1.0
    if scale > 1:
        size = (round(tile.width * scale), round(tile.height * scale))
        tile = tile.resize(size, Image.Resampling.BICUBIC)
    # the engine expects BGR, as OpenCV reads pictures
    pixels = np.ascontiguousarray(np.asarray(tile)[:, :, ::-1])
    result = _engine()(pixels, use_det=True, use_cls=True, use_rec=True)  # it remembers the last
    if not isinstance(result, RapidOCROutput):
        raise TypeError("the engine was not asked for boxes and text")
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    boxes: list[TextBox] = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if not text.strip() or score < _LEAST_SCORE:
            continue
        left, top = (int(value) for value in np.floor(corners.min(axis=0) / scale))
        right, bottom = (int(value) for value in np.ceil(corners.max(axis=0) / scale))
        left, top = max(0, left), max(0, top)
        boxes.append(TextBox(left, top, right - left, bottom - top, text, round(float(score), 3)))
    return boxes


def _is_double(box: TextBox, found: list[TextBox]) -> bool:
    """Whether a line of the overlap was already seen in the tile above."""
    for other in reversed(found[-60:]):
        width = min(box.x + box.w, other.x + other.w) - max(box.x, other.x)
        height = min(box.y + box.h, other.y + other.h) - max(box.y, other.y)
        if (
            width > 0
            and height > 0
            and width * height > 0.5 * min(box.w * box.h, other.w * other.h)
        ):
            return True
    return False


@lru_cache(maxsize=1)
def _engine() -> RapidOCR:
    # The models lie inside the wheel; other choices in its configuration would download.
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.max_side_len": READ_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": FIND_SIDE,
            "Rec.rec_img_shape": [3, 48, 160],  # short words are not padded to twice their length
        }
    )

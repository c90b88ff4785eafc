"""Character recognition by RapidOCR, loaded once a process, one thread. An aid, never evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import BinaryIO, Final

import numpy as np
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from .image import upright_rgb

VERSION: Final = "rapidocr-3.10.0-ppocrv6-small-1"
TILE: Final = 2400  # pixels high; longer screenshots are cut, the engine shrinks tall pictures
OVERLAP: Final = 240  # more than any line is high, so that each line is whole in one tile
_LEAST_SCORE: Final = 0.5


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
    found: list[TextBox] = []
    top = 0
    while True:
        bottom = min(picture.height, top + TILE)
        tile = _lines(picture.crop((0, top, picture.width, bottom)))
        found.extend(
            moved
            for box in tile
            if not _is_double(moved := replace(box, y=box.y + top), found)
            and not (bottom < picture.height and box.y + box.h > TILE - OVERLAP // 4)
            and not (top and box.y < OVERLAP // 4 and box.y + box.h < OVERLAP // 2)
        )
        if bottom == picture.height:
            return sorted(found, key=lambda box: (box.y + box.h // 2, box.x))
        top = bottom - OVERLAP


def _lines(tile: Image.Image) -> list[TextBox]:
    # the engine expects BGR, as OpenCV reads pictures
    result = _engine()(np.ascontiguousarray(np.asarray(tile)[:, :, ::-1]))
    if not isinstance(result, RapidOCROutput):
        raise TypeError("the engine was not asked for boxes and text")
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    boxes: list[TextBox] = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if not text.strip() or score < _LEAST_SCORE:
            continue
        left, top = (int(value) for value in np.floor(corners.min(axis=0)))
        right, bottom = (int(value) for value in np.ceil(corners.max(axis=0)))
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
        }
    )

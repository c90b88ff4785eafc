"""The words of one bubble: its lines joined, a clock in its corner apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from evidence.media.ocr import TextBox

from .bubble_patches import Box
from .screen_times import is_clock

_TICKS: Final = re.compile(r"[\s√✓✔vVwWJ/\\]*$")  # marks of delivery, as they are recognised
_AT_THE_END: Final = re.compile(
    r"(?P<before>.*?)\s*(?P<clock>(?:[\u4e00-\u9fff]{2}\s*)?\d{1,2}[:：∶]\d{2}(?:\s*[AaPp][Mm])?)"
    r"[\s√✓✔vVwWJ/\\]*$",
    re.DOTALL,
)
_SMALLER: Final = 0.87  # of the height of the words: clocks are set in small letters


class Words(NamedTuple):
    """What stands in one bubble; `clock` only where the app writes one into the corner."""

    text: str
    score: float
    clock: str | None


def read(lines: Sequence[TextBox], box: Box, *, has_clocks: bool) -> Words:
    """Join the lines of one bubble.

    Args:
        lines: in any order.
        box: of the bubble.
        has_clocks: whether this page's bubbles have clocks, so that one which was recognised
            together with the last words is a clock, too.
    """
    corner = corner_clock(lines, box)
    words = [line for line in lines if line is not corner]
    score = min(line.score for line in lines)
    if corner is not None:
        return Words(_joined(words), score, _TICKS.sub("", corner.text).strip())
    text = _joined(words)
    found = _AT_THE_END.match(text) if has_clocks else None
    if found and is_clock(found["clock"]) and found["before"].strip():
        return Words(found["before"].rstrip(), score, found["clock"])
    return Words(text, score, None)


def corner_clock(lines: Sequence[TextBox], box: Box) -> TextBox | None:
    """The small clock in the lower right corner of a bubble that holds other lines, too."""
    if len(lines) < 2:
        return None
    last = max(lines, key=lambda line: (line.y + line.h / 2, line.x))
    high = max(line.h for line in lines if line is not last)
    is_there = (
        last.h < high * _SMALLER
        and box[2] - (last.x + last.w) < 2.5 * high
        and is_clock(_TICKS.sub("", last.text))
    )
    return last if is_there else None


def _joined(lines: Sequence[TextBox]) -> str:
    """One text: a line that reaches the right edge goes on in the next one."""
    rows: list[list[TextBox]] = []
    for line in sorted(lines, key=lambda line: line.y + line.h / 2):
        if rows and line.y + line.h / 2 < rows[-1][0].y + rows[-1][0].h * 0.85:
            rows[-1].append(line)
        else:
            rows.append([line])
    farthest = max(line.x + line.w for line in lines)
    text, full = "", False
    for row in rows:
        row.sort(key=lambda line: line.x)
        piece = " ".join(line.text.strip() for line in row)
        if text:
            words = text[-1].isascii() and text[-1].isalnum() and piece[:1].isascii()
            text += (" " if words else "") if full else "\n"
        text += piece
        full = farthest - (row[-1].x + row[-1].w) < 2.2 * row[-1].h
    return text

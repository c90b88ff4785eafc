"""Patches of one colour on a chat page: where the bars end, where each bubble's colour ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from evidence.media.ocr import TextBox

Box = tuple[int, int, int, int]  # left, top, right, bottom
Colour = tuple[int, int, int]

SAME: Final = 9  # of 255 a channel: noise of a JPEG
_OTHER_THAN_PAGE: Final = 6
_BAR: Final = 0.35  # of the width: no bar of a phone is higher
_NEAR: Final = 12  # pixels between two measures of one edge
_LEAST: Final = 24  # pixels: a lower stretch of a colour is no bubble


@dataclass(slots=True)
class Patch:
    """A bubble: its box, its colour, the lines of text that stand in it."""

    box: Box
    colour: Colour
    lines: list[TextBox] = field(default_factory=list)


def page_colour(pixels: np.ndarray) -> np.ndarray:
    """The commonest colour along both edges, where neither bubbles nor faces reach."""
    height, width = pixels.shape[:2]
    strip = max(2, width // 60)
    middle = slice(height // 8, max(height // 8 + 1, height * 7 // 8))
    edges = np.concatenate((pixels[middle, :strip], pixels[middle, -strip:]), axis=1)
    colours, counts = np.unique(edges.reshape(-1, 3)[::3] & 0xFC, axis=0, return_counts=True)
    near = colours[counts.argmax()].astype(np.int16) + 2
    close = edges.reshape(-1, 3)
    close = close[(np.abs(close.astype(np.int16) - near) <= 4).all(axis=1)]
    colour: np.ndarray = np.median(close, axis=0).astype(np.int16)
    return colour


def bars(pixels: np.ndarray, page: np.ndarray) -> tuple[int, int]:
    """Where the name bar ends and the input bar begins: 0 and the height where there are none.

    They differ from the page in colour, or are parted from it by a line across the picture.
    """
    height, width = pixels.shape[:2]
    strip = max(2, width // 90)
    left = np.median(pixels[:, :strip].astype(np.int16), axis=1)
    right = np.median(pixels[:, -strip:].astype(np.int16), axis=1)
    is_page = (np.abs(left - page).max(axis=1) <= 3) & (np.abs(right - page).max(axis=1) <= 3)
    first = int(is_page.argmax()) if is_page.any() else 0
    last = height - int(is_page[::-1].argmax()) if is_page.any() else height
    most = round(width * _BAR)
    top = first if first < most else 0
    bottom = last if height - last < most else height
    if not top:
        top = _line(pixels[:most], page)
    if bottom == height and height > 2 * most:
        below = _line(pixels[-most:][::-1], page)
        bottom = height - below
    return top, bottom


def _line(rows: np.ndarray, page: np.ndarray) -> int:
    """Just after the last row of one colour that is not the page's; 0 when there is none.

    The status bar is no line: somewhere in each of its rows stands a clock or a battery.
    """
    part = rows.astype(np.int16)
    even = part.max(axis=1) - part.min(axis=1)
    is_line = (even.max(axis=1) <= 2) & (np.abs(np.median(part, axis=1) - page).max(axis=1) >= 3)
    found = np.flatnonzero(is_line)
    return int(found[-1]) + 1 if found.size else 0


def patch(
    pixels: np.ndarray, line: TextBox, page: np.ndarray, room: tuple[int, int]
) -> Patch | None:
    """The patch that the line stands in, or None when its colour is the page's.

    Args:
        pixels: height × width × 3.
        line: of text.
        page: its colour.
        room: top and bottom of the conversation; no bubble goes on under a bar.
    """
    width = pixels.shape[1]
    left, right = max(0, line.x - 6), min(width - 1, line.x + line.w + 5)
    above, below = max(room[0], line.y - 4), min(room[1] - 1, line.y + line.h + 3)
    if left >= right:
        return None
    # A clock in a corner may reach below its bubble: the page on one side says nothing.
    around = [np.median(pixels[y, left:right], axis=0).astype(np.int16) for y in (above, below)]
    others = [c for c in around if np.abs(c - page).max() > _OTHER_THAN_PAGE]
    if not others:
        return None
    colour = others[0]
    at = above if colour is around[0] else max(above, below - 3)
    column = np.median(pixels[:, max(0, left - 3) : left + 2].astype(np.int16), axis=1)
    row = np.median(pixels[at : at + 4].astype(np.int16), axis=0)
    top, bottom = _run(column, colour, line.y + line.h // 2)
    start, _ = _run(row, colour, left)
    _, end = _run(row, colour, right)
    if end - start > width * 0.97:  # a band across the whole page is no bubble
        return None
    # of a bubble that a bar cuts through its letters only a strip is left: the line at least
    measured = joined((start, top, end, bottom), (line.x, line.y, line.x + line.w, line.y + line.h))
    box = (measured[0], max(measured[1], room[0]), measured[2], min(measured[3], room[1]))
    return Patch(box, (int(colour[0]), int(colour[1]), int(colour[2])))


def _run(pixels: np.ndarray, colour: np.ndarray, at: int) -> tuple[int, int]:
    """From and to of the stretch around `at` that has this colour, two strays allowed."""
    other = np.abs(pixels - colour).max(axis=1) > SAME
    other = other & np.concatenate((other[1:], [True])) & np.concatenate((other[2:], [True, True]))
    before, after = np.flatnonzero(other[:at]), np.flatnonzero(other[at:])
    return (int(before[-1]) + 3 if before.size else 0), (
        at + int(after[0]) if after.size else len(pixels)
    )


def unread(pixels: np.ndarray, found: list[Patch], room: tuple[int, int]) -> list[Box]:
    """Bubbles in which no text was found: as others on the page, at the edge that they hug.

    The engine overlooks a single sign in a wide page; within its bubble it can be read.
    """
    boxes: list[Box] = []
    highest = max((one.box[3] - one.box[1] for one in found), default=0)
    for edge in (0, 2):
        for colour in {one.colour for one in found}:
            same = [one for one in found if one.colour == colour]
            places = [one.box[edge] for one in same]
            at = int(np.median(places))
            if sum(abs(place - at) <= _NEAR for place in places) < 2:
                continue  # bubbles of that side end where their text does
            inner = at + _NEAR if edge == 0 else at - _NEAR
            line = np.abs(pixels[:, inner].astype(np.int16) - colour).max(axis=1) <= SAME
            for top, bottom in _stretches(line, *room):
                is_new = not any(top < b.box[3] and bottom > b.box[1] for b in found)
                if is_new and _LEAST < bottom - top <= highest:
                    row = pixels[top + _NEAR // 2].astype(np.int16)
                    start, end = _run(row, np.array(colour, dtype=np.int16), inner)
                    if end - start < pixels.shape[1] * 0.9:
                        boxes.append((start, top, end, bottom))
    return boxes


def _stretches(line: np.ndarray, first: int, last: int) -> list[tuple[int, int]]:
    """From and to of each run of True between two places."""
    part = np.concatenate(([False], line[first:last], [False])).astype(np.int8)
    turns = np.flatnonzero(np.diff(part)) + first
    return [(int(a), int(b)) for a, b in zip(turns[::2], turns[1::2], strict=True)]


def is_same(one: Patch, other: Patch) -> bool:
    """Whether two lines measured one bubble: equal edges, or one box inside the other.

    Above a clock in the corner, or below a small picture, a measure stops short.
    """
    if max(abs(a - b) for a, b in zip(one.colour, other.colour, strict=True)) > SAME:
        return False
    across = min(one.box[2], other.box[2]) > max(one.box[0], other.box[0])
    is_level = all(abs(a - b) <= _NEAR for a, b in zip(one.box[1::2], other.box[1::2], strict=True))
    return across and (is_level or _is_inside(one.box, other.box) or _is_inside(other.box, one.box))


def joined(one: Box, other: Box) -> Box:
    """The box around both."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _is_inside(one: Box, other: Box) -> bool:
    return (
        one[0] >= other[0] - _NEAR
        and one[1] >= other[1] - _NEAR
        and one[2] <= other[2] + _NEAR
        and one[3] <= other[3] + _NEAR
    )


def share(area: np.ndarray, page: np.ndarray) -> float:
    """How much of an area is not the page's colour, 0..1."""
    if not area.size:
        return 0.0
    return float((np.abs(area.astype(np.int16) - page).max(axis=2) > SAME).mean())

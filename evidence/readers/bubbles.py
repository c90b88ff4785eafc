"""From lines of text on a chat page to bubbles: who said what, in reading order.

A bubble is a patch of one colour around its text. Where the colour ends, the bubble ends; whichever
edge of the page it hugs tells whose it is. That holds for every skin, dark mode and short words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from evidence.media.ocr import TextBox

from .screen_times import is_separator

Box = tuple[int, int, int, int]  # left, top, right, bottom

_SAME: Final = 9  # of 255 a channel: noise of a JPEG
_OTHER_THAN_PAGE: Final = 6
_HEADER: Final = 0.22  # of the width: status bar and name bar of a phone
_FOOTER: Final = 0.16
_CENTRED: Final = 0.07
_FACE: Final = 0.12  # of the area beside a bubble


@dataclass(frozen=True, slots=True)
class Bubble:
    """One utterance; `side` is left, right, centre (a notice) or none (no bubble seen)."""

    box: Box
    side: str
    text: str
    score: float
    separator: str | None = None  # the last time line above it
    speaker: str | None = None  # a name above the bubble, in groups


@dataclass(frozen=True, slots=True)
class Page:
    """What a screenshot shows: the name bar and the bubbles from top to bottom."""

    title: str | None
    bubbles: tuple[Bubble, ...]


@dataclass(slots=True)
class _Patch:
    box: Box
    lines: list[TextBox] = field(default_factory=list)


def arrange(pixels: np.ndarray, lines: Sequence[TextBox]) -> Page:
    """Join recognised lines to bubbles.

    Args:
        pixels: height × width × 3 of the upright picture.
        lines: from top to bottom.
    """
    height, width = pixels.shape[:2]
    page = _page_colour(pixels)
    top, bottom = _bars(pixels, page)
    header = [line for line in lines if line.y + line.h / 2 < top]
    body = [line for line in lines if top <= line.y + line.h / 2 < bottom]
    patches: list[_Patch] = []
    loose: list[TextBox] = []
    for line in body:
        box = _patch(pixels, line, page)
        if box is None:
            loose.append(line)
            continue
        same = next((p for p in reversed(patches[-8:]) if _near(p.box, box)), None)
        if same is None:
            patches.append(same := _Patch(box))
        same.lines.append(line)
    if not patches:
        return Page(None, _without_patches(lines))
    bar_end = width * _HEADER
    header += [line for line in loose if line.y + line.h < bar_end and not _is_time(line, width)]
    footer_start = height - width * _FOOTER
    loose = [line for line in loose if line not in header and line.y < footer_start]
    return Page(_title(header, width), _in_order(pixels, page, patches, loose))


def _in_order(
    pixels: np.ndarray, page: np.ndarray, patches: list[_Patch], loose: list[TextBox]
) -> tuple[Bubble, ...]:
    width = pixels.shape[1]
    bubbles: list[Bubble] = []
    separator: str | None = None
    speaker: TextBox | None = None
    queue = sorted(
        [(patch.box[1], 1, patch) for patch in patches] + [(line.y, 0, line) for line in loose],
        key=lambda entry: entry[:2],
    )
    for _, _, thing in queue:
        if isinstance(thing, TextBox):
            if _is_time(thing, width):
                separator = thing.text.strip()
            elif _is_centred(thing.x, thing.x + thing.w, width):
                bubbles.append(_notice(thing, separator))
            else:
                speaker = thing
            continue
        named = speaker if speaker is not None and _belongs(speaker, thing.box) else None
        speaker = None
        text, score = _joined(thing.lines)
        side = _side(pixels, thing.box, page)
        if side == "centre" and len(thing.lines) == 1 and is_separator(text):
            separator = text  # some skins put the time on a patch of its own
            continue
        bubbles.append(
            Bubble(thing.box, side, text, score, separator, named.text if named else None)
        )
    return tuple(bubbles)


def _without_patches(lines: Sequence[TextBox]) -> tuple[Bubble, ...]:
    """No bubble on the page: a document or a list; every line stands for itself, whose is open."""
    return tuple(
        Bubble((b.x, b.y, b.x + b.w, b.y + b.h), "none", b.text.strip(), b.score) for b in lines
    )


def _notice(line: TextBox, separator: str | None) -> Bubble:
    box = (line.x, line.y, line.x + line.w, line.y + line.h)
    return Bubble(box, "centre", line.text.strip(), line.score, separator)


def _page_colour(pixels: np.ndarray) -> np.ndarray:
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


def _bars(pixels: np.ndarray, page: np.ndarray) -> tuple[int, int]:
    """Where the name bar ends and the input bar begins, if they have another colour."""
    height, width = pixels.shape[:2]
    strip = max(2, width // 90)
    left = np.median(pixels[:, :strip].astype(np.int16), axis=1)
    right = np.median(pixels[:, -strip:].astype(np.int16), axis=1)
    is_page = (np.abs(left - page).max(axis=1) <= 3) & (np.abs(right - page).max(axis=1) <= 3)
    first = int(is_page.argmax()) if is_page.any() else 0
    last = height - int(is_page[::-1].argmax()) if is_page.any() else height
    top = first if first < width * 0.35 else 0
    bottom = last if height - last < width * 0.35 else height
    return top, bottom


def _patch(pixels: np.ndarray, line: TextBox, page: np.ndarray) -> Box | None:
    """The box of one colour that the line stands in, or None when that colour is the page's."""
    height, width = pixels.shape[:2]
    left, right = max(0, line.x - 6), min(width - 1, line.x + line.w + 5)
    above, below = max(0, line.y - 4), min(height - 1, line.y + line.h + 3)
    frame = np.concatenate((pixels[above, left:right], pixels[below, left:right]))
    if not frame.size:
        return None
    colour = np.median(frame, axis=0).astype(np.int16)
    if np.abs(colour - page).max() <= _OTHER_THAN_PAGE:
        return None
    column = np.median(pixels[:, max(0, left - 3) : left + 2].astype(np.int16), axis=1)
    row = np.median(pixels[above : above + 4].astype(np.int16), axis=0)
    top, bottom = _run(column, colour, (above + below) // 2)
    start, _ = _run(row, colour, left)
    _, end = _run(row, colour, right)
    if end - start > width * 0.97:  # a band across the whole page is no bubble
        return None
    return start, top, end, bottom


def _run(pixels: np.ndarray, colour: np.ndarray, at: int) -> tuple[int, int]:
    """From and to of the stretch around `at` that has this colour, two strays allowed."""
    other = np.abs(pixels - colour).max(axis=1) > _SAME
    other = other & np.concatenate((other[1:], [True])) & np.concatenate((other[2:], [True, True]))
    before, after = np.flatnonzero(other[:at]), np.flatnonzero(other[at:])
    return (int(before[-1]) + 3 if before.size else 0), (
        at + int(after[0]) if after.size else len(pixels)
    )


def _near(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one[1::2], other[1::2], strict=True)) and (
        min(one[2], other[2]) > max(one[0], other[0])
    )


def _side(pixels: np.ndarray, box: Box, page: np.ndarray) -> str:
    """Left or right by the face beside the bubble; without faces by the nearer edge."""
    width = pixels.shape[1]
    left, right = box[0], width - box[2]
    rows = slice(box[1], min(box[3], box[1] + width // 10))
    margin = width // 60
    faces = (
        _share(pixels[rows, margin : max(margin, left - margin)], page),
        _share(pixels[rows, min(width, box[2] + margin) : width - margin], page),
    )
    if max(faces) > _FACE and min(faces) < max(faces) / 4:
        return "left" if faces[0] > faces[1] else "right"
    if abs(left - right) <= width * 0.02:
        return "centre" if min(left, right) > width * 0.2 else "none"
    return "left" if left < right else "right"


def _share(area: np.ndarray, page: np.ndarray) -> float:
    """How much of an area is not the page's colour, 0..1."""
    if not area.size:
        return 0.0
    return float((np.abs(area.astype(np.int16) - page).max(axis=2) > _SAME).mean())


def _joined(lines: list[TextBox]) -> tuple[str, float]:
    """The text of one bubble: a line that reaches the right edge goes on in the next one."""
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
    return text, min(line.score for line in lines)


def _is_centred(left: int, right: int, width: int) -> bool:
    return abs((left + right) / 2 - width / 2) < width * _CENTRED


def _is_time(line: TextBox, width: int) -> bool:
    return _is_centred(line.x, line.x + line.w, width) and is_separator(line.text)


def _belongs(name: TextBox, box: Box) -> bool:
    """Whether a loose line is the speaker's name right above a bubble."""
    return 0 <= box[1] - (name.y + name.h) + name.h // 2 < 2 * name.h and (
        abs(name.x - box[0]) < 2 * name.h
    )


def _title(header: list[TextBox], width: int) -> str | None:
    """The largest line of the name bar that is neither clock nor battery."""
    names = [
        line
        for line in header
        if line.x > width * 0.08
        and line.x + line.w < width * 0.92
        and not is_separator(line.text)
        and any(character.isalpha() for character in line.text)
        and line.y + line.h / 2 > width * 0.07
    ]
    if not names:
        return None
    return max(names, key=lambda line: (line.h, -abs(line.x + line.w / 2 - width / 2))).text.strip()

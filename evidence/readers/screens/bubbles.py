"""From lines of text on a chat page to bubbles: who said what, in reading order.

A bubble is a patch of one colour around its text. Where the colour ends, the bubble ends; whichever
edge of the page it hugs tells whose it is. That holds for every skin, dark mode and short words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from evidence.media.ocr import TextBox

from . import bubble_patches as patches
from . import bubble_words as words
from .bubble_patches import Box, Colour, Patch
from .screen_times import is_clock, is_separator

HEADER: Final = 0.22  # of the width: status bar and name bar of a phone
_STATUS: Final = 0.09
FOOTER: Final = 0.16
_CENTRED: Final = 0.07
_FACE: Final = 0.12  # of the area beside a bubble
_TOUCHES: Final = 3  # pixels between a bubble and the bar that cuts it


@dataclass(frozen=True, slots=True)
class Bubble:
    """One utterance; `side` is left, right, centre (a notice) or none (no bubble seen)."""

    box: Box
    side: str
    text: str
    score: float
    separator: str | None = None  # the last time line above it
    speaker: str | None = None  # a name above the bubble, in groups
    clock: str | None = None  # in its corner
    is_cut: bool = False  # it goes on under a bar, or beyond the picture
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a screenshot shows: the name bar and the bubbles from top to bottom."""

    title: str | None
    bubbles: tuple[Bubble, ...]
    clock: str | None = None  # of the status bar
    has_faces: bool = False
    is_chat: bool = False  # at least one bubble was seen
    letters: int = 0  # height of a line of text, pixels; 0 without any
    unread: tuple[Box, ...] = ()  # bubbles without a line: worth another look


def arrange(pixels: np.ndarray, lines: Sequence[TextBox]) -> Page:
    """Join recognised lines to bubbles.

    Args:
        pixels: height × width × 3 of the upright picture.
        lines: from top to bottom.
    """
    height, width = pixels.shape[:2]
    page = patches.page_colour(pixels)
    room = patches.bars(pixels, page)
    header = [line for line in lines if line.y + line.h / 2 < room[0]]
    body = [line for line in lines if room[0] <= line.y + line.h / 2 < room[1]]
    found: list[Patch] = []
    loose: list[TextBox] = []
    for line in body:
        if not _collect(found, line, patches.patch(pixels, line, page, room)):
            loose.append(line)
    letters = int(np.median([line.h for line in lines])) if lines else 0
    if not found:
        return Page(None, _without_patches(lines), letters=letters)
    bar_end = width * HEADER
    header += [line for line in loose if line.y + line.h < bar_end and not _is_time(line, width)]
    footer_start = height - width * FOOTER
    loose = [line for line in loose if line not in header and line.y < footer_start]
    bubbles, has_faces = _in_order(pixels, page, room, found, loose)
    return Page(
        title=_title(header, width),
        bubbles=bubbles,
        clock=_status_clock(header, width),
        has_faces=has_faces,
        is_chat=True,
        letters=letters,
        unread=tuple(patches.unread(pixels, found, room)),
    )


def _collect(found: list[Patch], line: TextBox, measured: Patch | None) -> bool:
    """Put the line to its patch; False when it stands on the page itself."""
    if measured is None:
        return False
    same = next((one for one in reversed(found[-8:]) if patches.is_same(one, measured)), None)
    if same is None:
        found.append(same := measured)
    same.box = patches.joined(same.box, measured.box)
    same.lines.append(line)
    return True


def _in_order(
    pixels: np.ndarray,
    page: np.ndarray,
    room: tuple[int, int],
    found: list[Patch],
    loose: list[TextBox],
) -> tuple[tuple[Bubble, ...], bool]:
    """The bubbles from top to bottom, and whether faces stand beside them."""
    width = pixels.shape[1]
    bubbles: list[Bubble] = []
    separator: str | None = None
    speaker: TextBox | None = None
    has_clocks = sum(words.corner_clock(one.lines, one.box) is not None for one in found) > 1
    sides = {id(one): _side(pixels, one.box, page) for one in found}
    queue = sorted(
        [(patch.box[1], 1, patch) for patch in found] + [(line.y, 0, line) for line in loose],
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
        side, _ = sides[id(thing)]
        said = words.read(thing.lines, thing.box, has_clocks=has_clocks and side != "centre")
        if side == "centre" and len(thing.lines) == 1 and is_separator(said.text):
            separator = said.text  # some skins put the time on a patch of its own
            continue
        bubbles.append(
            Bubble(
                box=thing.box,
                side=side,
                text=said.text,
                score=said.score,
                separator=separator,
                speaker=named.text if named else None,
                clock=said.clock,
                is_cut=thing.box[1] <= room[0] + _TOUCHES or thing.box[3] >= room[1] - _TOUCHES,
                colour=thing.colour,
            )
        )
    return tuple(bubbles), any(by_face for _, by_face in sides.values())


def _without_patches(lines: Sequence[TextBox]) -> tuple[Bubble, ...]:
    """No bubble on the page: a document or a list; every line stands for itself, whose is open."""
    return tuple(
        Bubble((b.x, b.y, b.x + b.w, b.y + b.h), "none", b.text.strip(), b.score) for b in lines
    )


def _notice(line: TextBox, separator: str | None) -> Bubble:
    box = (line.x, line.y, line.x + line.w, line.y + line.h)
    return Bubble(box, "centre", line.text.strip(), line.score, separator)


def _side(pixels: np.ndarray, box: Box, page: np.ndarray) -> tuple[str, bool]:
    """Left or right by the face beside the bubble (then True); without faces by the nearer edge."""
    width = pixels.shape[1]
    left, right = box[0], width - box[2]
    rows = slice(box[1], min(box[3], box[1] + width // 10))
    margin = width // 60
    faces = (
        patches.share(pixels[rows, margin : max(margin, left - margin)], page),
        patches.share(pixels[rows, min(width, box[2] + margin) : width - margin], page),
    )
    if max(faces) > _FACE and min(faces) < max(faces) / 4:
        return ("left" if faces[0] > faces[1] else "right"), True
    if abs(left - right) <= width * 0.02:
        return ("centre" if min(left, right) > width * 0.2 else "none"), False
    return ("left" if left < right else "right"), False


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
        and any(character.isalnum() for character in line.text)
        and line.y + line.h / 2 > width * 0.07
    ]
    if not names:
        return None
    return max(names, key=lambda line: (line.h, -abs(line.x + line.w / 2 - width / 2))).text.strip()


def _status_clock(header: list[TextBox], width: int) -> str | None:
    """The phone's own clock above the name bar."""
    for line in header:
        first = line.text.strip().split(" ", maxsplit=1)[0]
        if line.y + line.h / 2 < width * _STATUS and is_clock(first):
            return first
    return None

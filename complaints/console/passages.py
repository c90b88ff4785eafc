"""Hostile text as parts that a page can show: what is marked, what hides, what is left out.

A message may turn the writing direction, join letters invisibly or be a megabyte long. The bytes
stay as they are; on the page the tricks become visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 3000  # characters of one record on a page; the rest on asking
AROUND = 150  # characters kept on both sides of a marked span beyond that

# Controls, line separators, directions (Bidi), invisible joins, variation marks, tags.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Passage:
    """A part of a text: plain, marked, a character made visible, or a gap."""

    text: str
    marks: tuple[int, ...] = ()  # places in `spans` of those that cover it
    is_hidden: bool = False  # `text` names a character that would not be seen
    left_out: int = 0  # characters not shown here

    @property
    def is_marked(self) -> bool:
        """Whether a suggestion points at it."""
        return bool(self.marks)


def passages(
    text: str, spans: Sequence[tuple[int, int]] = (), *, longest: int | None = LONGEST
) -> list[Passage]:
    """Cut a text into passages.

    Args:
        text: as received.
        spans: start and end (exclusive) in characters; they may overlap or lie outside.
        longest: how many characters to show from the beginning, besides what is marked and its
            surroundings; None for all.
    """
    kept = [(0, len(text))] if longest is None else _kept(len(text), spans, longest)
    found: list[Passage] = []
    at = 0
    for start, end in kept:
        if start > at:
            found.append(Passage("", left_out=start - at))
        found.extend(_marked(text, start, end, spans))
        at = end
    if at < len(text):
        found.append(Passage("", left_out=len(text) - at))
    return found


def visible(text: str) -> str:
    """The same text with each hidden character named, for places that show one plain line."""
    return _HIDDEN.sub(lambda match: f"[{_name(match[0])}]", text)


def _kept(length: int, spans: Iterable[tuple[int, int]], longest: int) -> list[tuple[int, int]]:
    """The ranges that are shown, in order, joined where they touch."""
    wanted = [(0, min(length, longest))]
    for start, end in sorted(spans):
        if start < end:
            wanted.append((max(0, start - AROUND), min(length, end + AROUND)))
    joined = [wanted[0]]
    for start, end in sorted(wanted[1:]):
        last_start, last_end = joined[-1]
        if start <= last_end:
            joined[-1] = (last_start, max(last_end, end))
        elif start < end:
            joined.append((start, end))
    return joined


def _marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
    cuts = {start, end}
    for left, right in spans:
        cuts.update(place for place in (left, right) if start < place < end)
    places = sorted(cuts)
    for left, right in pairwise(places):
        marks = tuple(n for n, (a, b) in enumerate(spans) if a <= left and right <= b)
        yield from _shown(text[left:right], marks)


def _shown(part: str, marks: tuple[int, ...]) -> Iterable[Passage]:
    at = 0
    for match in _HIDDEN.finditer(part):
        if match.start() > at:
            yield Passage(part[at : match.start()], marks)
        yield Passage(_name(match[0]), marks, is_hidden=True)
        at = match.end()
    if at < len(part):
        yield Passage(part[at:], marks)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"

"""Do two screenshots show parts of one scrolling chat, and which messages are on both?

Harassers write the same words again and again, so equal words prove little. Two pictures overlap
only where all bubbles of the shared stretch have the same words, the same side and the same
distances, and nothing that both should show is on one of them alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Final

NEAR: Final = 7  # thousandths of the width: how well one edge is measured twice
SURE_MESSAGES: Final = 3
SURE_LETTERS: Final = 12
FEWER_LETTERS: Final = 8  # with two messages and a further reason
TOGETHER: Final = timedelta(minutes=10)  # pictures of one scrolling
_LONG: Final = 10  # letters: shorter words must be equal, longer ones may be recognised otherwise
_ALIKE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """One bubble; `top` and `bottom` in thousandths of the picture's width."""

    id: str
    side: str  # a direction of records
    words: str
    top: float
    bottom: float
    is_cut: bool = False
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One screenshot of a chat: its bubbles from top to bottom."""

    id: str
    title: str
    marks: tuple[Mark, ...]
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """The same messages on two pictures.

    `shift`: how far down the first picture lies what is at the top of the second, thousandths of
    the width; negative where the second shows earlier messages. `is_sure`: counted once without
    asking; else a person is asked.
    """

    first: str
    second: str
    shift: float
    pairs: tuple[tuple[str, str], ...]
    is_sure: bool


def overlap(one: Screen, other: Screen) -> Overlap | None:
    """What both show, or None."""
    if one.title and other.title and plain(one.title) != plain(other.title):
        return None
    found = [
        (shift, pairs)
        for shift in _shifts(one.marks, other.marks)
        if (pairs := _matched(one.marks, other.marks, shift)) is not None
    ]
    if not found:
        return None
    found.sort(key=lambda each: -_letters(each[1]))
    shift, pairs = found[0]
    return Overlap(
        first=one.id,
        second=other.id,
        shift=round(shift, 1),
        pairs=tuple((a.id, b.id) for a, b in pairs),
        is_sure=len(found) == 1 and _is_sure(one, other, pairs),
    )


def same_words(one: str, other: str) -> bool:
    """Whether both may be one text, recognised twice; a digit more or less is another text."""
    a, b = plain(one), plain(other)
    if a == b:
        return True
    if min(len(a), len(b)) < _LONG or _digits(a) != _digits(b):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def plain(text: str) -> str:
    """Letters and digits in one form; blanks and stops, which are recognised badly, left out."""
    if not any(character.isalnum() for character in text):
        return text.strip()  # a lone question mark is a message, too
    form = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in form if character.isalnum())


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _shifts(one: Sequence[Mark], other: Sequence[Mark]) -> list[float]:
    """Where the second picture could lie on the first: one for each group of equal distances."""
    apart = sorted(
        a.top - b.top
        for a in one
        for b in other
        if not a.is_cut and not b.is_cut and a.side == b.side and same_words(a.words, b.words)
    )
    groups: list[list[float]] = []
    for each in apart:
        if groups and each - groups[-1][0] <= 2 * NEAR:
            groups[-1].append(each)
        else:
            groups.append([each])
    return [sum(group) / len(group) for group in groups]


def _matched(
    one: Sequence[Mark], other: Sequence[Mark], shift: float
) -> list[tuple[Mark, Mark]] | None:
    """The pairs at this shift; None where one picture lacks what both should show."""
    first = max(one[0].top, other[0].top + shift)
    last = min(one[-1].bottom, other[-1].bottom + shift)
    pairs: list[tuple[Mark, Mark]] = []
    left = list(other)
    for a in one:
        b = next((b for b in left if _is_one(a, b, shift)), None)
        if b is not None:
            left.remove(b)
            pairs.append((a, b))
        elif _is_between(a, first, last, 0):
            return None
    if any(_is_between(b, first, last, shift) for b in left):
        return None
    if any(a.when and b.when and a.when != b.when for a, b in pairs):
        return None
    return pairs if _whole(pairs) else None


def _is_one(a: Mark, b: Mark, shift: float) -> bool:
    """Whether two bubbles lie on each other and, where both are whole, say the same.

    Of a cut one only its place counts: half letters are recognised as anything.
    """
    if a.side != b.side:
        return False
    top, bottom = b.top + shift, b.bottom + shift
    if not a.is_cut and not b.is_cut:
        is_there = abs(a.top - top) <= NEAR and abs(a.bottom - bottom) <= NEAR
        return is_there and same_words(a.words, b.words)
    if a.is_cut and b.is_cut:
        return min(abs(a.top - top), abs(a.bottom - bottom)) <= NEAR
    if a.is_cut:
        return a.top >= top - NEAR and a.bottom <= bottom + NEAR
    return top >= a.top - NEAR and bottom <= a.bottom + NEAR


def _is_between(mark: Mark, first: float, last: float, shift: float) -> bool:
    """Whether a whole bubble lies in the shared stretch."""
    if mark.is_cut or mark.side == "system":
        return False
    return mark.top + shift >= first - NEAR and mark.bottom + shift <= last + NEAR


def _whole(pairs: Sequence[tuple[Mark, Mark]]) -> list[tuple[Mark, Mark]]:
    return [(a, b) for a, b in pairs if not a.is_cut and not b.is_cut]


def _letters(pairs: Sequence[tuple[Mark, Mark]]) -> int:
    return sum(len(plain(a.words)) for a, _ in _whole(pairs))


def _is_sure(one: Screen, other: Screen, pairs: Sequence[tuple[Mark, Mark]]) -> bool:
    letters, count = _letters(pairs), len(_whole(pairs))
    if count >= SURE_MESSAGES and letters >= SURE_LETTERS:
        return True
    is_dated = any(a.when and b.when for a, b in pairs)
    is_together = bool(
        one.seen_at and other.seen_at and abs(one.seen_at - other.seen_at) <= TOGETHER
    )
    return count >= 2 and letters >= FEWER_LETTERS and (is_dated or is_together)

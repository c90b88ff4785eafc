"""Do two tellings of one chat, of whatever kind, have messages in common? Pure: no rows.

Equal words prove little (see `readers.screens.screen_overlaps`): two tellings share a stretch only
where every message in it has the same words and the same side, and no time speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from evidence.readers.screens.screen_overlaps import (
    FEWER_LETTERS,
    SURE_LETTERS,
    SURE_MESSAGES,
    plain,
    same_words,
)

FEWEST: Final = 2  # messages in common that are worth a question
MINUTE: Final = timedelta(minutes=1)
UNDER_SEPARATOR: Final = timedelta(hours=12)  # so long may a chat go on under one line of time


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `at` is a time to the minute, its own or that of the line of time above it."""

    id: str
    side: str  # "in" or "out"
    words: str
    at: datetime | None = None
    is_after: bool = False  # said at `at` or some time after it


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages of one chat in their order, as one picture, film or export tells them."""

    item: str
    names: frozenset[str]  # of the other side, as `plain` makes them
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The same messages in two tellings; unless `is_sure` a person is asked."""

    pairs: tuple[tuple[str, str], ...]
    is_sure: bool


def shared(one: Talk, other: Talk) -> Shared | None:
    """What both tell, or None. The longest stretch; two that are equally long are not sure."""
    found = [pairs for offset in _offsets(one, other) if (pairs := _stretch(one, other, offset))]
    if not found:
        return None
    found.sort(key=_letters, reverse=True)
    best = found[0]
    is_dated = any(a.at and b.at for a, b in best)
    is_named = bool(one.names & other.names)
    is_sure = (
        len(found) == 1
        and len(best) >= SURE_MESSAGES
        and _letters(best) >= SURE_LETTERS
        and (is_dated or is_named)
    )
    # Patterns leave out what has no time: a message goes on counting where its time is.
    told = tuple((a.id, b.id) for a, b in best if b.at or not a.at)
    return Shared(told, is_sure) if told else None


def _offsets(one: Talk, other: Talk) -> Iterator[int]:
    """Where the first telling could begin in the second: wherever one message is the same."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, said in enumerate(other.said):
        places[said.side, plain(said.words)].append(place)
    found: dict[int, None] = {}
    for place, said in enumerate(one.said):
        for there in places.get((said.side, plain(said.words)), ()):
            found[there - place] = None
    yield from found


def _stretch(one: Talk, other: Talk, offset: int) -> list[tuple[Said, Said]] | None:
    """All that lies on each other at this offset; None where one message is another."""
    first, last = max(0, -offset), min(len(one.said), len(other.said) - offset)
    pairs = []
    for place in range(first, last):
        a, b = one.said[place], other.said[place + offset]
        if not _is_one(a, b):
            return None
        pairs.append((a, b))
    return pairs if len(pairs) >= FEWEST and _letters(pairs) >= FEWER_LETTERS else None


def _is_one(a: Said, b: Said) -> bool:
    return a.side == b.side and _may_be_at_once(a, b) and same_words(a.words, b.words)


def _may_be_at_once(a: Said, b: Said) -> bool:
    if a.at is None or b.at is None:
        return True
    if a.is_after and b.is_after:
        return abs(a.at - b.at) <= UNDER_SEPARATOR
    if a.is_after or b.is_after:
        above, own = (a.at, b.at) if a.is_after else (b.at, a.at)
        return -MINUTE <= own - above <= UNDER_SEPARATOR
    return abs(a.at - b.at) <= MINUTE


def _letters(pairs: list[tuple[Said, Said]]) -> int:
    return sum(len(plain(a.words)) for a, _ in pairs)

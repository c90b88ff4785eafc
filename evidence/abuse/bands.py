"""In how many cases of others a collector was met: coarse, never exact, never of few.

Who may infer what from these figures, and what each rule here is against: docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

BANDS = (3, 10, 30, 100)  # others, at least; fewer than the first are told nobody
MOST = 50  # identifiers of one borrower that take part
NEW_PER_DAY = 10  # of them that begin to take part in one day
SETTLED_AFTER = timedelta(days=7)  # a case counts towards others no sooner after the consent
ALLOWANCE = 3  # 0, 1 or 2 are taken off, the same for everybody who looks
AT_AN_END = 2  # borrowers that the first and the last month rest on

Mark = TypeVar("Mark")


@dataclass(frozen=True)
class Span:
    """From which to which month one borrower met it; None where no confirmed act is dated."""

    first: date | None
    last: date | None

    def joined(self, other: Span) -> Span:
        """Both as one, of the same borrower."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Span(min(firsts, default=None), max(lasts, default=None))


@dataclass(frozen=True)
class Band:
    """What may be told of one identifier."""

    least: int  # others, at least
    first: date | None
    last: date | None


def band_of(spans: Sequence[Span], *, allowance: int) -> Band | None:
    """The band for the borrowers who met one identifier; None when they are too few.

    One of them looks, so one is taken off; then the allowance. "At least" stays true, and who knows
    some of these borrowers cannot count on the figure to the last one. The months are no single
    person's ends: at least `AT_AN_END` of them had been met by the first, and were met at the last
    or later.

    Args:
        spans: one for each distinct borrower.
        allowance: 0 to ALLOWANCE - 1, fixed for the identifier.
    """
    others = len(spans) - 1 - allowance
    least = max((one for one in BANDS if one <= others), default=None)
    if least is None:
        return None
    firsts = sorted(one.first for one in spans if one.first is not None)
    lasts = sorted((one.last for one in spans if one.last is not None), reverse=True)
    if len(firsts) < AT_AN_END:
        return Band(least, None, None)
    return Band(least, firsts[AT_AN_END - 1], lasts[AT_AN_END - 1])


def bands(
    told: Iterable[Mapping[Mark, Span]], *, allowance_of: Callable[[Mark], int]
) -> dict[Mark, Band]:
    """The band of each mark that has one.

    Args:
        told: one mapping for each distinct borrower, however many cases they have.
        allowance_of: what is taken off for a mark.
    """
    by_mark: dict[Mark, list[Span]] = {}
    for of_borrower in told:
        for mark, span in of_borrower.items():
            by_mark.setdefault(mark, []).append(span)
    found = {
        mark: band_of(spans, allowance=allowance_of(mark))
        for mark, spans in by_mark.items()
        if len(spans) > BANDS[0]
    }
    return {mark: band for mark, band in found.items() if band is not None}


def taking_part(wanted: Sequence[Mark], known: Set[Mark], *, carried: int = 0) -> list[Mark]:
    """Which of a borrower's identifiers take part from today on.

    Args:
        wanted: all that could, the most important first.
        known: those that took part until today; they go before new ones.
        carried: how many took part under an earlier key, and cannot be told from new ones.
    """
    stay = [one for one in wanted if one in known][:MOST]
    new = [one for one in wanted if one not in known]
    room = min(NEW_PER_DAY + carried, MOST - len(stay))
    return stay + new[:room]

"""Day, month, year of `03/04/24`: decided once for a whole file, from all its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

FIRST_YEAR: Final = 2009  # no chat is older
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
THAI: Final = "dmy-buddhist"  # day first, the last two digits of a year of the Buddhist era
_ERA: Final = 543  # by how much its years are ahead: 2567 is 2024
_OF_ERA: Final = range(2443, 2643)


class Parts(NamedTuple):
    """The three numbers of a date as they stand; whether the first or the last is a full year."""

    first: int
    second: int
    third: int
    long_first: bool
    long_third: bool


def as_date(parts: Parts, order: str) -> date | None:
    """The date in one order, or None when there is no such day."""
    if order == YEAR_FIRST:
        year, month, day = parts.first, parts.second, parts.third
    elif order == DAY_FIRST:
        day, month, year = parts.first, parts.second, parts.third
    elif order == THAI:
        day, month, year = parts.first, parts.second, parts.third + 2500
    else:
        month, day, year = parts.first, parts.second, parts.third
    if year in _OF_ERA:  # as Thai phones count
        year -= _ERA
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def order_of(dates: Sequence[Parts], separator: str, latest: date | None) -> str | None:
    """The one order in which these dates, as they follow each other, make the most sense.

    Args:
        dates: of all headers in file order; repetitions may be left out.
        separator: `/` is written by those who put the month first, too; `.` and `-` are not.
        latest: the last day that can be true, or None.

    Returns:
        An order, or None: several fit equally well, and only the person can say.
    """
    if not dates:
        return None
    if dates[0].long_first:
        return YEAR_FIRST
    usual = [DAY_FIRST, MONTH_FIRST] if separator == "/" else [DAY_FIRST]
    if separator == "-" and not dates[0].long_third:
        usual.append(YEAR_FIRST)
    orders = [order for order in usual if _fits(dates, order, latest)]
    rare = [YEAR_FIRST, MONTH_FIRST]
    if not dates[0].long_third:
        rare.append(THAI)
    for unusual in rare:
        if not orders and _fits(dates, unusual, latest):
            return unusual
    if not orders:  # a line that only looks like a header must not cost the whole file its times
        return _most_fitting(dates, usual, latest)
    scores = sorted((_disorder(dates, order), order) for order in orders)
    if len(scores) > 1 and scores[0][0] == scores[1][0]:
        best, other = scores[0][1], scores[1][1]
        same = all(as_date(parts, best) == as_date(parts, other) for parts in dates)
        return best if same and len(scores) == 2 else None  # `5/5` is one day in either order
    return scores[0][1]


def _fits(dates: Sequence[Parts], order: str, latest: date | None) -> bool:
    return all(_true(as_date(parts, order), latest) for parts in dates)


def _true(day: date | None, latest: date | None) -> bool:
    if day is None or day.year < FIRST_YEAR:
        return False
    return day.year < 2100 if latest is None else day <= latest + timedelta(days=2)


def _most_fitting(dates: Sequence[Parts], orders: Sequence[str], latest: date | None) -> str | None:
    counts = sorted(
        (sum(_true(as_date(parts, order), latest) for parts in dates), order) for order in orders
    )
    if len(counts) > 1 and counts[-1][0] == counts[-2][0]:
        return None
    return counts[-1][1] if counts[-1][0] else None


def _disorder(dates: Sequence[Parts], order: str) -> tuple[int, int]:
    """How often time runs backwards, then how many months the file spans."""
    days = [day for parts in dates if (day := as_date(parts, order)) is not None]
    backwards = sum(after < before for before, after in pairwise(days))
    first, last = min(days), max(days)
    return backwards, (last.year - first.year) * 12 + last.month - first.month

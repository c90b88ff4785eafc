"""Times in the cells of tables and in the lines of chat tools, in the spellings that were met."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from evidence.readers.reading import Options
from evidence.readers.values.clock import Moment, from_epoch, from_wall, hour_of_day, with_offset
from evidence.readers.values.date_order import MONTH_FIRST, Parts, order_of

from .table_values import Period

_WORD: Final = (
    r"(上午|凌晨|清晨|早晨|早上|中午|下午|傍晚|晚上|夜里|深夜|半夜|午夜|[AaPp]\.?[Mm]\.?)?"
)
_CLOCK: Final = (
    _WORD + r"\s*(\d{1,2})\s*[:：时點点]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?秒?"
    r"(?:[.,](\d{1,9}))?\s*([AaPp]\.?\s?[Mm]\.?)?"
)
_FULL: Final = re.compile(
    r"(\d{4})\s*[年/\-.]\s*(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?[T\s,_\-]*" + _CLOCK
)
_YEAR_LAST_DAY: Final = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_YEAR_LAST: Final = re.compile(rf"{_YEAR_LAST_DAY.pattern},?\s+{_CLOCK}")
# `星期三`, `(周三)`, `Wed`: tell nothing that the day does not
_WEEKDAY: Final = re.compile(
    r"[(\[]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)\]]?|\b(?:mon|tue|wed|thu|fri|sat|sun)\b[.,]?",
    re.I,
)
_NO_YEAR: Final = re.compile(r"(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?\s+" + _CLOCK)
_ZONE: Final = r"Z|(?:UTC|GMT)(?=$|[+-])|(?=[+-])"
_OFFSET: Final = re.compile(
    r"(\d{4})[-/](\d\d)[-/](\d\d)[T\s](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?"
    rf"(?:{_ZONE})([+-]\d\d:?\d\d)?"
)
_EPOCH: Final = re.compile(r"(\d{10}|\d{13})(?:\.(\d{1,9}))?")
_DAY: Final = re.compile(r"(20\d{2})\s*[年/\-.]?\s*(\d{1,2})\s*[月/\-.]?\s*(\d{1,2})日?")
_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:\.\d+)?")

_COMPACT: Final = re.compile(
    r"(20\d\d)(\d\d)(\d\d)[ T_-]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?"
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAMED: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:([a-z]{3,9})\.?\s+(\d{1,2})|(\d{1,2})[\s-]+([a-z]{3,9})\.?),?[\s-]+"
    r"(\d{4}),?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?"
    r"\s*(?P<utc>Z|UTC|GMT)?(?P<offset>[+-]\d\d:?\d\d)?",
    re.I,
)
# `May 01 09:05:06 CST 2024`, as Java shows a time: in China CST is the time of China
_JAVA: Final = re.compile(
    r"([a-z]{3})\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(?:CST|GMT\+08:00)\s+(\d{4})", re.I
)


class _Around(NamedTuple):
    """What a cell does not tell by itself."""

    options: Options
    period: Period | None
    order: str | None


_Read = Callable[[re.Match[str], str, _Around], Moment]


def moment(cell: str, options: Options, period: Period | None, order: str | None = None) -> Moment:
    """The time in a cell; without a year it needs the file's period.

    `order` is that of day and month where the year stands last (`order_in`).
    """
    text = unicodedata.normalize("NFKC", cell).strip().strip("'")
    text = _WEEKDAY.sub(" ", text).strip()
    for form, read in _FORMS:
        if found := form(text):
            return read(found, cell, _Around(options, period, order))
    return Moment(None, cell)


def order_in(cells: Iterable[str], latest: date | None) -> str | None:
    """The order of day and month in a column whose years stand last; None: it stays open."""
    found = [match for cell in cells if (match := _YEAR_LAST_DAY.match(cell.strip()))]
    dates = [Parts(int(each[1]), int(each[3]), int(each[4]), False, True) for each in found]
    return order_of(dates, found[0][2], latest) if found else None


def _offset(found: re.Match[str], raw: str, around: _Around) -> Moment:
    year, month, day, clock, offset = found.groups()
    told = f"{year}-{month}-{day}T{clock}{offset or '+00:00'}"
    return with_offset(told, around.options.now)._replace(raw=raw)


def _epoch(found: re.Match[str], raw: str, around: _Around) -> Moment:
    """Seconds or milliseconds; a fraction of seconds counts, `.0` is only how a float ends."""
    whole, part = found.groups()
    if part and part.strip("0") and len(whole) == 10:
        whole += f"{part:0<3.3}"
    return from_epoch(whole, around.options.now)._replace(raw=raw)


def _compact(found: re.Match[str], raw: str, around: _Around) -> Moment:
    year, month, day, hour, minute, second, part = found.groups()
    clock = [None, hour, minute, second, part, None]
    return _local((year, month, day), clock, raw, around.options)


def _english(found: re.Match[str], raw: str, around: _Around) -> Moment:
    """`Mar 5, 2024 7:08:09 AM`, `5 March 2024 07:08`."""
    month = _MONTHS.get((found[1] or found[4]).lower()[:3], 0)
    day = (found[5], str(month), found[2] or found[3])
    if offset := found["offset"] or (found["utc"] and "+00:00"):
        hour, minute, second = hour_of_day(int(found[6]), found[9]), found[7], found[8] or "00"
        told = f"{day[0]}-{month:02}-{int(day[2]):02}T{hour:02}:{minute}:{second}{offset}"
        return with_offset(told, around.options.now)._replace(raw=raw)
    return _local(day, [None, found[6], found[7], found[8], None, found[9]], raw, around.options)


def _java(found: re.Match[str], raw: str, around: _Around) -> Moment:
    name, day, hour, minute, second, year = found.groups()
    month = str(_MONTHS.get(name.lower(), 0))
    clock = [None, hour, minute, second, None, None]
    return _local((year, month, day), clock, raw, around.options)


def _full(found: re.Match[str], raw: str, around: _Around) -> Moment:
    year, month, day, *clock = found.groups()
    return _local((year, month, day), clock, raw, around.options)


def _yearless(found: re.Match[str], raw: str, around: _Around) -> Moment:
    month, day, *clock = found.groups()
    year = _year(int(month), int(day), around.period)
    if year is None:
        return Moment(None, raw, warning="time_without_year")
    return _local((str(year), month, day), clock, raw, around.options)


def _year_last(found: re.Match[str], raw: str, around: _Around) -> Moment:
    first, _, second, year, *clock = found.groups()
    if around.order is None:
        return Moment(None, raw, warning="date_order_open")
    month, day = (first, second) if around.order == MONTH_FIRST else (second, first)
    return _local((year, month, day), clock, raw, around.options)


def _year(month: int, day: int, period: Period | None) -> int | None:
    """The one year in which the day lies inside the period."""
    if period is None:
        return None
    fitting: list[int] = []
    for year in range(period.first.year, period.last.year + 1):
        try:
            if period.first <= date(year, month, day) <= period.last:
                fitting.append(year)
        except ValueError:
            continue
    return fitting[0] if len(fitting) == 1 else None


def _local(
    day: tuple[str, str, str], clock: list[str | None], raw: str, options: Options
) -> Moment:
    """Year, month, day; then what `_CLOCK` found, or nothing."""
    if not clock:
        parts = (int(day[0]), int(day[1]), int(day[2]), 0, 0, 0)
        return from_wall(parts, raw=raw, zone=options.tz, precision="day", now=options.now)
    word, hour, minute, second, part, after = clock
    parts = (
        int(day[0]),
        int(day[1]),
        int(day[2]),
        hour_of_day(int(hour or 0), word or after),
        int(minute or 0),
        int(second or 0),
    )
    if second is None:
        return from_wall(parts, raw=raw, zone=options.tz, precision="min", now=options.now)
    exact = part is not None and part != "0"  # `.0` is how Java ends a time of whole seconds
    return from_wall(
        parts,
        raw=raw,
        zone=options.tz,
        precision="ms" if exact else "s",
        milliseconds=int(f"{part:0<3.3}") if part else 0,
        now=options.now,
    )


def _serial(found: re.Match[str], raw: str, around: _Around) -> Moment:
    """Days since 1899-12-30 on a wall clock, as spreadsheets store them."""
    at = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=round(float(found[0]) * 86_400))
    local = at.replace(tzinfo=ZoneInfo(around.options.tz))
    parts = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    return from_wall(parts, raw=raw, zone=around.options.tz, now=around.options.now)


# The surest first: what begins like another form stands before it.
_FORMS: Final[tuple[tuple[Callable[[str], re.Match[str] | None], _Read], ...]] = (
    (_OFFSET.fullmatch, _offset),
    (_EPOCH.fullmatch, _epoch),
    (_COMPACT.fullmatch, _compact),
    (_NAMED.fullmatch, _english),
    (_JAVA.fullmatch, _java),
    (_FULL.match, _full),
    (_NO_YEAR.match, _yearless),
    (_YEAR_LAST.match, _year_last),
    (_YEAR_LAST_DAY.fullmatch, _year_last),
    (_SERIAL.fullmatch, _serial),
    (_DAY.fullmatch, _full),
)

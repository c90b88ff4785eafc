"""Cells of tables: dates with and without year, durations in words, kinds in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from evidence.readers.reading import Options
from evidence.readers.values.clock import Moment, from_epoch, from_wall, hour_of_day, with_offset
from evidence.readers.values.date_order import MONTH_FIRST, Parts, order_of

from .spelling import simplified

_WORD: Final = r"(上午|凌晨|早上|中午|下午|晚上|[AaPp][Mm])?"
_CLOCK: Final = (
    _WORD + r"\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?秒?(?:\.\d+)?\s*([AaPp][Mm])?"
)
_FULL: Final = re.compile(
    r"(\d{4})\s*[年/\-.]\s*(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?[T\s]*" + _CLOCK
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2((?:19|20)\d{2}),?\s+" + _CLOCK)
_NO_YEAR: Final = re.compile(r"(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?\s+" + _CLOCK)
_OFFSET: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)")
_DAY: Final = re.compile(r"(20\d{2})\s*[年/\-.]?\s*(\d{1,2})\s*[月/\-.]?\s*(\d{1,2})日?")
_DAYS: Final = re.compile(
    r"(?<!\d)(20\d{2})(?:[年/\-.](\d{1,2})[月/\-.](\d{1,2})|(?=\d{4}(?!\d))(\d\d)(\d\d))(?!\d)"
)
_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})[年/\-.]?(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)")
_OTHER_DAYS: Final = re.compile(
    r"(?:打印|查询|导出|下载|生成|制作|申请|开户|入网|开通|出账)(?:日期|时间|日)?[\s:,\t]*"
    r"20\d{2}[年/\-.]?\d{1,2}[月/\-.]?\d{1,2}日?(?!\s*(?:至|到|~|-|—))"
)
_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:\.\d+)?")

_UNITS: Final = re.compile(
    r"(?:(\d+)\s*(?:小时|时))?\s*(?:(\d+)\s*(?:分钟|分))?\s*(?:(\d+)\s*(?:秒钟|秒)?)?"
)
_COLONS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_QUOTES: Final = re.compile(r"(\d+)['′](\d{1,2})[\"″]?")
_ENGLISH: Final = re.compile(
    r"(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:inutes?|ins?)?)?\s*(?:(\d+)\s*s(?:econds?|ecs?)?)?",
    re.I,
)
_PLAIN: Final = re.compile(r"\d{1,9}(?:\.\d{1,3})?")
_LONGEST: Final = 1_000_000  # seconds; a longer call is none
_COMPACT: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)[ T]?(\d\d)(\d\d)(\d\d)(?:\.\d+)?")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAMED: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:([a-z]{3,9})\.?\s+(\d{1,2})|(\d{1,2})[\s-]+([a-z]{3,9})\.?),?[\s-]+"
    r"(\d{4}),?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?",
    re.I,
)


class Period(NamedTuple):
    """What a bill covers, both days included."""

    first: date
    last: date


def duration_s(cell: str, unit: float = 1) -> float | None:
    """Seconds of talk; `响铃12秒` is ringing, `--` is nothing; `unit` is that of a bare number."""
    text = simplified(cell).strip().lstrip("'").strip()
    if "响铃" in text or not any(character.isdigit() for character in text):
        return None
    if _PLAIN.fullmatch(text):
        seconds = float(text) * unit
        return None if seconds >= _LONGEST else int(seconds) if seconds.is_integer() else seconds
    if found := _UNITS.fullmatch(text) or _COLONS.fullmatch(text) or _ENGLISH.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if found := _QUOTES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    return None


def moment(cell: str, options: Options, period: Period | None, order: str | None = None) -> Moment:
    """The time in a cell; without a year it needs the file's period.

    `order` is that of day and month where the year stands last (`order_in`).
    """
    text = unicodedata.normalize("NFKC", cell).strip().strip("'")
    if _OFFSET.fullmatch(text):
        return with_offset(text, options.now)
    if text.isdecimal() and len(text) in (10, 13):
        return from_epoch(text, options.now)
    if found := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = found.groups()
        return _local((year, month, day), [None, hour, minute, second, None], cell, options)
    if found := _NAMED.fullmatch(text):
        return _english(found, cell, options)
    if found := _FULL.match(text):
        year, month, day, *clock = found.groups()
        return _local((year, month, day), clock, cell, options)
    if found := _NO_YEAR.match(text):
        month, day, *clock = found.groups()
        fitting = _year(int(month), int(day), period)
        if fitting is None:
            return Moment(None, cell, warning="time_without_year")
        return _local((str(fitting), month, day), clock, cell, options)
    if found := _YEAR_LAST.match(text):
        first, _, second, year, *clock = found.groups()
        if order is None:
            return Moment(None, cell, warning="date_order_open")
        month, day = (first, second) if order == MONTH_FIRST else (second, first)
        return _local((year, month, day), clock, cell, options)
    if _SERIAL.fullmatch(text):
        return _excel(float(text), cell, options)
    if found := _DAY.fullmatch(text):
        parts = (int(found[1]), int(found[2]), int(found[3]), 0, 0, 0)
        return from_wall(parts, raw=cell, zone=options.tz, precision="day", now=options.now)
    return Moment(None, cell)


def order_in(cells: Iterable[str], latest: date | None) -> str | None:
    """The order of day and month in a column whose years stand last; None: it stays open."""
    found = [match for cell in cells if (match := _YEAR_LAST.match(cell.strip()))]
    dates = [Parts(int(each[1]), int(each[3]), int(each[4]), False, True) for each in found]
    return order_of(dates, found[0][2], latest) if found else None


def _english(found: re.Match[str], raw: str, options: Options) -> Moment:
    """`Mar 5, 2024 7:08:09 AM`, `5 March 2024 07:08`."""
    month = _MONTHS.get((found[1] or found[4]).lower()[:3], 0)
    day = (found[5], str(month), found[2] or found[3])
    return _local(day, [None, found[6], found[7], found[8], found[9]], raw, options)


def period_of(text: str) -> Period | None:
    """The period that title lines or a file name state: two dates, or one month.

    Days on which something else happened (printed, asked for, opened) are no part of it.
    """
    plain = unicodedata.normalize("NFKC", text)
    days = _days(_OTHER_DAYS.sub(" ", plain)) or _days(plain)
    if len(days) >= 2:
        return Period(min(days), max(days))
    if found := _MONTH.search(_OTHER_DAYS.sub(" ", plain)):
        first = date(int(found[1]), int(found[2]), 1)
        return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return None


def _days(text: str) -> list[date]:
    days: list[date] = []
    for year, month, day, short_month, short_day in _DAYS.findall(text):
        try:
            days.append(date(int(year), int(month or short_month), int(day or short_day)))
        except ValueError:
            continue
    return days


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
    word, hour, minute, second, after = clock
    parts = (
        int(day[0]),
        int(day[1]),
        int(day[2]),
        hour_of_day(int(hour or 0), word or after),
        int(minute or 0),
        int(second or 0),
    )
    precision = "min" if second is None else "s"
    return from_wall(parts, raw=raw, zone=options.tz, precision=precision, now=options.now)


def _excel(serial: float, raw: str, options: Options) -> Moment:
    """Days since 1899-12-30 on a wall clock, as spreadsheets store them."""
    at = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=round(serial * 86_400))
    local = at.replace(tzinfo=ZoneInfo(options.tz))
    parts = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    return from_wall(parts, raw=raw, zone=options.tz, now=options.now)

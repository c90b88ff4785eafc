"""Cells of tables: lengths of talk, and the period that titles state."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final, NamedTuple

from .spelling import simplified

_DAYS: Final = re.compile(
    r"(?<!\d)(20\d{2})(?:[年/\-.](\d{1,2})[月/\-.](\d{1,2})|(?=\d{4}(?!\d))(\d\d)(\d\d))(?!\d)"
)
_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})[年/\-.]?(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)")
_MONTHS_LONG: Final = re.compile(rf"{_MONTH.pattern}月?\s*(?:至|到|~|—+|–|-+)\s*{_MONTH.pattern}")
_EVENT: Final = (  # and its day or month, unless a period begins there
    r"(?:日期|时间|日)?[\s:,\t]*20\d{2}[年/\-.]?\d{1,2}(?:[月/\-.]?\d{1,2}日?|月)"
    r"(?!\d|月|\s*(?:至|到|~|-|—|–))"
)
_OTHER_DAYS: Final = re.compile(
    rf"(?:打印|查询|导出|下载|生成|制作|申请|开户|入网|开通|出账){_EVENT}"
)
# What was asked for may be the month itself.
_MADE: Final = re.compile(rf"(?:打印|导出|下载|生成|制作|申请|开户|入网|开通|出账){_EVENT}")
_UNITS: Final = re.compile(
    r"(?:(\d+)\s*(?:小时|时))?\s*(?:(\d+)\s*(?:分钟|分))?\s*(?:(\d+)\s*(?:秒钟|秒)?)?"
)
_COLONS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_QUOTES: Final = re.compile(r"(\d+)['′](\d{1,2})(?:[\"″]|''|′′)?")
_PART_MINUTES: Final = re.compile(r"(\d{1,5}\.\d{1,3})\s*(?:分钟|分)")
_TALK: Final = re.compile(r"^(?:(?:通话)?(?:时长|时间)|通话|约)[:：\s]*")
_ENGLISH: Final = re.compile(
    r"(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:inutes?|ins?)?)?\s*(?:(\d+)\s*s(?:econds?|ecs?)?)?",
    re.I,
)
_PLAIN: Final = re.compile(r"\d{1,9}(?:\.\d{1,3})?")
_LONGEST: Final = 1_000_000  # seconds; a longer call is none


class Period(NamedTuple):
    """What a bill covers, both days included."""

    first: date
    last: date


def duration_s(cell: str, unit: float = 1) -> float | None:
    """Seconds of talk; `响铃12秒` is ringing, `--` is nothing; `unit` is that of a bare number."""
    text = simplified(cell).strip().lstrip("'").strip()
    if "响铃" in text or not any(character.isdigit() for character in text):
        return None
    text = _TALK.sub("", text)
    if _PLAIN.fullmatch(text):
        seconds = float(text) * unit
        return None if seconds >= _LONGEST else int(seconds) if seconds.is_integer() else seconds
    if found := _UNITS.fullmatch(text) or _COLONS.fullmatch(text) or _ENGLISH.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if found := _QUOTES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := _PART_MINUTES.fullmatch(text):
        return round(float(found[1]) * 60)
    return None


def period_of(text: str) -> Period | None:
    """The period that title lines or a file name state: two dates, or one month.

    Days on which something else happened (printed, asked for, opened) are no part of it.
    """
    plain = unicodedata.normalize("NFKC", text)
    days = _days(_OTHER_DAYS.sub(" ", plain)) or _days(plain)
    if len(days) >= 2:
        return Period(min(days), max(days))
    rest = _OTHER_DAYS.sub(" ", plain)
    if found := _MONTHS_LONG.search(rest):
        begin, end = _month(found[1], found[2]), _month(found[3], found[4])
        if begin.first <= end.first:
            return Period(begin.first, end.last)
    if found := _MONTH.search(rest) or _MONTH.search(_MADE.sub(" ", plain)):
        return _month(found[1], found[2])
    return None


def _month(year: str, month: str) -> Period:
    first = date(int(year), int(month), 1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _days(text: str) -> list[date]:
    days: list[date] = []
    for year, month, day, short_month, short_day in _DAYS.findall(text):
        try:
            days.append(date(int(year), int(month or short_month), int(day or short_day)))
        except ValueError:
            continue
    return days

"""Cells of tables: dates with and without year, durations in words, kinds in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from .clock import Moment, from_epoch, from_wall, hour_of_day, with_offset
from .reading import Options

_WORDS: Final = {
    "in": "接收 收 收到 已接收 收件箱 接受 received inbox 呼入 来电 接听 已接 已接来电 被叫 "
    "incoming in",
    "out": "发送 发 已发送 发出 发件箱 sent 呼出 去电 拨出 已拨 已拨电话 主叫 outgoing out",
    "missed": "未接 未接来电 missed",
    "rejected": "拒接 挂断 已拒接 rejected",
    "blocked": "拦截 黑名单 已拦截 blocked",
    "forwarded": "呼转 呼叫转移 前转",
    "voicemail": "语音信箱 voicemail",
    "draft": "草稿 草稿箱 draft",
    "failed": "发送失败 failed",
}
_DIRECTIONS: Final = {word: way for way, words in _WORDS.items() for word in words.split()}
_CODES: Final = {"1": "in", "2": "out"}

_WORD: Final = r"(上午|凌晨|早上|中午|下午|晚上|[AaPp][Mm])?"
_CLOCK: Final = (
    _WORD + r"\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?秒?(?:\.\d+)?\s*([AaPp][Mm])?"
)
_FULL: Final = re.compile(
    r"(\d{4})\s*[年/\-.]\s*(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?[T\s]*" + _CLOCK
)
_NO_YEAR: Final = re.compile(r"(\d{1,2})\s*[月/\-.]\s*(\d{1,2})日?\s+" + _CLOCK)
_OFFSET: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)")
_DAY: Final = re.compile(r"(20\d{2})\s*[年/\-.]?\s*(\d{1,2})\s*[月/\-.]?\s*(\d{1,2})日?")
_DAYS: Final = re.compile(r"(20\d{2})[年/\-.]?(\d{2})[月/\-.]?(\d{2})日?")
_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})[年/\-.]?(0[1-9]|1[0-2])(?!\d)")
_SERIAL: Final = re.compile(r"[2-7]\d{4}(?:\.\d+)?")

_UNITS: Final = re.compile(r"(?:(\d+)\s*(?:小时|时))?\s*(?:(\d+)\s*(?:分钟|分))?\s*(?:(\d+)\s*秒)?")
_COLONS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_QUOTES: Final = re.compile(r"(\d+)['′](\d{1,2})[\"″]?")


class Period(NamedTuple):
    """What a bill covers, both days included."""

    first: date
    last: date


def direction(cell: str) -> str | None:
    """The direction that a cell's word or code names."""
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    return _DIRECTIONS.get(plain) or _CODES.get(plain)


def duration_s(cell: str) -> int | None:
    """Seconds of talk; `响铃12秒` is ringing, `--` is nothing."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if "响铃" in text or not any(character.isdigit() for character in text):
        return None
    if text.isdecimal():
        return int(text) if len(text) < 7 else None
    if found := _UNITS.fullmatch(text) or _COLONS.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if found := _QUOTES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    return None


def moment(cell: str, options: Options, period: Period | None) -> Moment:
    """The time in a cell; without a year it needs the file's period."""
    text = unicodedata.normalize("NFKC", cell).strip().strip("'")
    if _OFFSET.fullmatch(text):
        return with_offset(text, options.now)
    if text.isdecimal() and len(text) in (10, 13):
        return from_epoch(text, options.now)
    if found := _FULL.match(text):
        year, month, day, *clock = found.groups()
        return _local((year, month, day), clock, cell, options)
    if found := _NO_YEAR.match(text):
        month, day, *clock = found.groups()
        fitting = _year(int(month), int(day), period)
        if fitting is None:
            return Moment(None, cell, warning="time_without_year")
        return _local((str(fitting), month, day), clock, cell, options)
    if _SERIAL.fullmatch(text):
        return _excel(float(text), cell, options)
    if found := _DAY.fullmatch(text):
        parts = (int(found[1]), int(found[2]), int(found[3]), 0, 0, 0)
        return from_wall(parts, raw=cell, zone=options.tz, precision="day", now=options.now)
    return Moment(None, cell)


def period_of(text: str) -> Period | None:
    """The period that title lines or a file name state: two dates, or one month."""
    days: list[date] = []
    for year, month, day in _DAYS.findall(unicodedata.normalize("NFKC", text)):
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    if len(days) >= 2:
        return Period(min(days), max(days))
    if found := _MONTH.search(text):
        first = date(int(found[1]), int(found[2]), 1)
        return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return None


def _year(month: int, day: int, period: Period | None) -> int | None:
    if period is None:
        return None
    for year in range(period.first.year, period.last.year + 1):
        try:
            if period.first <= date(year, month, day) <= period.last:
                return year
        except ValueError:
            continue
    return None


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

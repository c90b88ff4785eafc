"""Time separators inside chat screenshots, resolved only as far as the picture allows."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from evidence.readers.values.clock import Moment, from_wall, hour_of_day

NEEDS_CAPTURE: Final = "time_needs_capture_date"
ORDER_OPEN: Final = "date_order_open"
_CLOCK_AGREES: Final = timedelta(minutes=3)  # of the status bar and the name of the file
_NIGHT: Final = frozenset({"晚上", "夜里", "深夜", "半夜"})
_WORD: Final = (
    r"(?P<word>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|深夜|半夜"
    r"|[ap]\.?\s?m\.?(?![a-z]))?"
)
_CLOCK: Final = (
    r"(?:" + _WORD + r"\s*(?P<h>\d{1,2})\s*[:：∶.]\s*(?P<m>\d{2})(?:[:：](?P<s>\d{2}))?"
    r"\s*(?P<after>[ap]\.?\s?m\.?)?)"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = "(?:" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?"
_DAY: Final = (
    r"(?:(?:(?P<Y>\d{4})\s*[年\-/.]\s*)?(?P<M>\d{1,2})\s*(?P<sep>[月\-/.])\s*(?P<D>\d{1,2})\s*[日号號]?"
    rf"|(?P<mon>{_MONTH})\s*(?P<Da>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,?\s*(?P<Ya>\d{{4}}))?"
    rf"|(?P<Db>\d{{1,2}})\s*(?P<nom>{_MONTH})(?:\s*,?\s*(?P<Yb>\d{{4}}))?"
    r"|(?P<open>\d{1,2}/\d{1,2}/\d{2,4})"
    r"|(?P<near>今天|今日|昨天|昨日|前天|today|yesterday))?"
)
_WEEKDAY: Final = (
    r"\s*[(（]?(?:(?:星期|周|週|礼拜|禮拜)(?P<week>[一二三四五六日天])"
    r"|(?P<english>mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,6}day)?\.?(?![a-z]))?[)）]?"
)
_SEPARATOR: Final = re.compile(rf"{_DAY}{_WEEKDAY}\s*[,，·]?\s*(?:at\s+)?{_CLOCK}?", re.IGNORECASE)
_CLOCK_ALONE: Final = re.compile(_CLOCK, re.IGNORECASE)
_NEAR: Final = {
    "今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2
}  # fmt: skip
_WEEK: Final = {word: number for number, word in enumerate("一二三四五六日")} | {"天": 6}
_WEEK_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_separator(text: str) -> bool:
    """Whether a centred line is a time and nothing else: a clock, a day, or both."""
    found = _SEPARATOR.fullmatch(text.strip())
    if found is None:
        return False
    if found["h"]:
        return True
    if found["M"]:  # `12.50` and `3/5` are sums and shares; `3月5日` and `2026-3-5` are days
        return found["sep"] == "月" or found["Y"] is not None
    return any(found[name] for name in ("mon", "nom", "near", "week", "english", "open"))


def is_clock(text: str) -> bool:
    """Whether it is a clock without a day, as chat apps write it into a bubble's corner."""
    return _CLOCK_ALONE.fullmatch(text.strip()) is not None


def has_day(separator: str) -> bool:
    """Whether a separator names a day."""
    return is_separator(separator) and not is_clock(separator)


def seen_at(captured_at: datetime, clock: str | None, zone: str) -> datetime | None:
    """When the page was on the screen, by the phone's own clock in the status bar.

    A picture taken at midnight may be named a minute after what it shows. A clock that tells
    another time says that the name is not of the capture but of a later saving: then None.

    Args:
        captured_at: aware, from the file's name or EXIF.
        clock: as recognised in the status bar (`9:07` may be evening); None leaves all as it is.
        zone: IANA name of the phone's clock.
    """
    found = _CLOCK_ALONE.fullmatch((clock or "").strip())
    if found is None:
        return captured_at
    local = captured_at.astimezone(ZoneInfo(zone))
    hour, minute = int(found["h"]), int(found["m"])
    if hour > 23 or minute > 59:
        return captured_at
    hours = {hour % 24, (hour + 12) % 24} if hour <= 12 else {hour}
    shown = [
        local.replace(hour=each, minute=minute, second=59) + timedelta(days=days)
        for each in hours
        for days in (-1, 0, 1)
    ]
    nearest = min(shown, key=lambda at: abs(at - local))
    return min(nearest, local) if abs(nearest - local) <= _CLOCK_AGREES else None


def resolve(text: str, captured_at: datetime | None, zone: str) -> Moment:
    """The time of a separator; a day without a clock has precision `day`.

    Args:
        text: as recognised, for example `昨天 下午3:05`.
        captured_at: aware; when the page was on the screen, if that is known. Without it only a
            separator with its year has a time.
        zone: IANA name of the phone's clock.
    """
    found = _SEPARATOR.fullmatch(text.strip())
    if found is None or not is_separator(text):
        return Moment(None, text)
    if found["open"]:
        return Moment(None, text, warning=ORDER_OPEN)
    captured = captured_at.astimezone(ZoneInfo(zone)) if captured_at else None
    clock = _clock(found)
    if clock is not None and (clock[0] > 24 or clock[1] > 59 or clock[2] > 59):
        return Moment(None, text, warning="time_out_of_range")
    day = _day(found, captured, clock)
    if day is None:
        return Moment(None, text, warning=NEEDS_CAPTURE)
    is_open = (found["word"] or "") in _NIGHT and found["h"] == "12"  # midnight of which day?
    if clock is None or is_open:
        parts = (day.year, day.month, day.day, 0, 0, 0)
        return from_wall(parts, raw=text, zone=zone, precision="day")
    parts = (day.year, day.month, day.day, *clock)
    return from_wall(parts, raw=text, zone=zone, precision="s" if found["s"] else "min")


def _clock(found: re.Match[str]) -> tuple[int, int, int] | None:
    if not found["h"]:
        return None
    word = re.sub(r"\s", "", found["word"] or found["after"] or "")
    return hour_of_day(int(found["h"]), word or None), int(found["m"]), int(found["s"] or 0)


def _day(
    found: re.Match[str], captured: datetime | None, clock: tuple[int, int, int] | None
) -> date | None:
    year, month, number = _written(found)
    try:
        if year:
            return date(year, month, number)
        if captured is None:
            return None
        today = captured.date()
        if month:
            return _latest(month, number, today)
    except ValueError:
        return None
    if found["near"]:
        return today - timedelta(days=_NEAR[found["near"].lower()])
    if found["week"] or found["english"]:
        named = (
            _WEEK[found["week"]] if found["week"] else _WEEK_ENGLISH.index(found["english"].lower())
        )
        # apps name the weekday for the last week only; the same weekday is a week ago, not today
        return today - timedelta(days=(today.weekday() - named) % 7 or 7)
    late = clock is None or clock[:2] > (captured.hour, captured.minute + 1)
    return None if late else today


def _written(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day as written; 0 for what is not."""
    for year, month, day in (("Y", "M", "D"), ("Ya", "mon", "Da"), ("Yb", "nom", "Db")):
        if found[month]:
            name = found[month][:3].lower()
            number = _MONTHS.index(name) + 1 if name in _MONTHS else int(found[month])
            return int(found[year] or 0), number, int(found[day])
    return 0, 0, 0


def _latest(month: int, day: int, today: date) -> date | None:
    """The last such day not after today; 29 February may lie some years back."""
    for year in range(today.year, today.year - 9, -1):
        try:
            then = date(year, month, day)
        except ValueError:
            continue
        if then <= today:
            return then
    return None

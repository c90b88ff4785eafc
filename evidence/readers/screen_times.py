"""Time separators inside chat screenshots, resolved only as far as the picture allows."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .clock import Moment, from_wall, hour_of_day

NEEDS_CAPTURE: Final = "time_needs_capture_date"
_WORD: Final = r"(?P<word>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|深夜|[AaPp]\.?[Mm]\.?)?"
_CLOCK: Final = (
    _WORD
    + r"\s*(?P<h>\d{1,2})\s*[:：∶.]\s*(?P<m>\d{2})(?:[:：](?P<s>\d{2}))?\s*(?P<after>[AaPp][Mm])?"
)
_DAY: Final = (
    r"(?:(?:(?P<Y>\d{4})\s*[年\-/.]\s*)?(?P<M>\d{1,2})\s*[月\-/.]\s*(?P<D>\d{1,2})\s*日?"
    r"|(?P<near>今天|昨天|前天))?"
)
_WEEKDAY: Final = r"\s*(?:(?:星期|周|礼拜)(?P<week>[一二三四五六日天]))?"
_SEPARATOR: Final = re.compile(_DAY + _WEEKDAY + r"\s*[,，]?\s*" + _CLOCK)
_NEAR: Final = {"今天": 0, "昨天": 1, "前天": 2}
_WEEK: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def is_separator(text: str) -> bool:
    """Whether a centred line is a time and nothing else."""
    return _SEPARATOR.fullmatch(text.strip()) is not None


def resolve(text: str, captured_at: datetime | None, zone: str) -> Moment:
    """The time of a separator.

    Args:
        text: as recognised, for example `昨天 下午3:05`.
        captured_at: aware; when the screenshot was made, if that is known. Without it only a
            separator with its year has a time.
        zone: IANA name of the phone's clock.
    """
    found = _SEPARATOR.fullmatch(text.strip())
    if found is None:
        return Moment(None, text)
    captured = captured_at.astimezone(ZoneInfo(zone)) if captured_at else None
    hour = hour_of_day(int(found["h"]), found["word"] or found["after"])
    minute, second = int(found["m"]), int(found["s"] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return Moment(None, text, warning="time_out_of_range")
    day = _day(found, captured, (hour, minute))
    if day is None:
        return Moment(None, text, warning=NEEDS_CAPTURE)
    parts = (day.year, day.month, day.day, hour, minute, second)
    return from_wall(parts, raw=text, zone=zone, precision="s" if found["s"] else "min")


def _day(found: re.Match[str], captured: datetime | None, clock: tuple[int, int]) -> date | None:
    try:
        if found["Y"]:
            return date(int(found["Y"]), int(found["M"]), int(found["D"]))
        if captured is None:
            return None
        today = captured.date()
        if found["M"]:
            return _latest(int(found["M"]), int(found["D"]), today)
    except ValueError:
        return None
    if found["near"]:
        return today - timedelta(days=_NEAR[found["near"]])
    if found["week"]:
        # apps name the weekday for the last week only; the same weekday is a week ago, not today
        back = (today.weekday() - _WEEK[found["week"]]) % 7 or 7
        return today - timedelta(days=back)
    late = clock > (captured.hour, captured.minute + 1)
    return None if late else today


def _latest(month: int, day: int, today: date) -> date | None:
    """The last such day not after today; 29 February may lie some years back."""
    for year in range(today.year, today.year - 5, -1):
        try:
            then = date(year, month, day)
        except ValueError:
            continue
        if then <= today:
            return then
    return None

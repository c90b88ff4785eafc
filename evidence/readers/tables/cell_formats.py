"""What a spreadsheet's numbers stand for: dates, times of day, lengths; as texts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NewType

LOST_FROM: Final = 10.0**15  # a spreadsheet keeps fifteen digits of a number
DAYS_TO_1904: Final = 1462
_LAST_SERIAL: Final = 2_958_466  # 10000-01-01

# Formats without a code of their own; 27-36 and 50-58 are those of Chinese spreadsheets.
BUILT_IN: Final = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "y-m-d"),
    **dict.fromkeys((18, 20, 32, 34, 55), "h:mm"),
    **dict.fromkeys((19, 21, 33, 35, 56), "h:mm:ss"),
    22: "y-m-d h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}
_NOT_LETTERS: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.I)
_EXPONENT: Final = re.compile(r"e[+\-]", re.I)


# What a number format shows: the letters `d` (a day), `t` (a clock), `s` (with seconds).
Shape = NewType("Shape", str)


@lru_cache(maxsize=512)
def shape_of(code: str) -> Shape | None:
    """What a number format shows of a date, or None: it shows a plain number or a text."""
    if code.lower() in ("general", "@", ""):
        return None
    plain = _EXPONENT.sub("", _NOT_LETTERS.sub("", code.split(";")[0])).lower()
    if "0" in plain.replace(".0", "") or "#" in plain:
        return None
    day = bool(set("yde") & set(plain))
    clock = bool(set("hs") & set(plain))
    if not (day or clock or "m" in plain):
        return None
    day = day or not clock
    return Shape(("d" if day else "") + ("t" if clock else "") + ("s" if "s" in plain else ""))


def number_text(value: float) -> str:
    """A plain number as it was meant: `13700000001`, `0.1`; `1.06E+18` once digits are lost."""
    if abs(value) >= LOST_FROM:
        return f"{value:.15G}"
    return str(int(value)) if value == int(value) else repr(value)


def date_text(value: float, shape: Shape, *, since_1904: bool = False) -> str:
    """A date, a clock or a length as its format shows it, to the second.

    Seconds are left out where the format shows none and the number has none, so that nobody takes
    a minute for a second.
    """
    if not 0 <= value < _LAST_SERIAL:
        return number_text(value)
    seconds = round(value * 86_400)
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if "d" not in shape:
        return (
            f"{hours}:{minutes:02}:{left:02}" if left or "s" in shape else f"{hours}:{minutes:02}"
        )
    days = DAYS_TO_1904 if since_1904 else 0
    at = datetime(1899, 12, 30) + timedelta(days=days, seconds=seconds)  # noqa: DTZ001 - a wall clock
    if "t" not in shape and not seconds % 86_400:
        return at.strftime("%Y-%m-%d")
    return at.strftime("%Y-%m-%d %H:%M:%S" if at.second or "s" in shape else "%Y-%m-%d %H:%M")

"""Dates as containers write them. What is no date is `unreadable`; an epoch's zero, `never_set`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from .said import DAY, GIVEN, NEVER_SET, UNREADABLE, Moment

MAC_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# Clocks that were never set begin here; a zone shifts them by hours.
_ZEROS: Final = frozenset(
    ["0000-00-00", "0001-01-01", "1903-12-31", "1904-01-01", "1969-12-31", "1970-01-01",
     "1980-00-00", "1980-01-01"]
)  # fmt: skip
_DATE: Final = re.compile(
    r"\s*(?P<year>\d{4})[-:/.](?P<month>\d{1,2})[-:/.](?P<day>\d{1,2})"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$"
)
_PDF: Final = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d{2})?(?P<day>\d{2})?(?P<hour>\d{2})?(?P<minute>\d{2})?"
    r"(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}'?\d{2}'?)?(?:00'00'?)?'?$"
)
_OFFSET: Final = re.compile(r"\s*(?:Z|(?P<sign>[+-])(?P<hours>\d{2}):?'?(?P<minutes>\d{2}))'?\s*$")
LONGEST: Final = 64


def written(text: str, *, offset: str = "") -> Moment | None:
    """EXIF, XMP, ISO 8601, ID3 or bext spelling; None for an empty one.

    Args:
        text: `2026:03:04 12:33:01`, `2026-03-04T12:33:01+08:00`, `2026-03-04`.
        offset: `+08:00`, where the zone stands in a field of its own.
    """
    text = text.strip("\0 ")
    if not text.strip(":- "):
        return None
    found = _DATE.match(text[:LONGEST])
    if found is None:
        return Moment("", "", UNREADABLE)
    got = found.groupdict()
    return _moment(got, zone_of(got["zone"] or offset))


def pdf(text: str) -> Moment | None:
    """`D:20260304123301+08'00'` (ISO 32000-2, 7.9.4); None for an empty one."""
    text = text.strip("\0 ")
    if not text:
        return None
    found = _PDF.match(text[:LONGEST])
    if found is None:
        return written(text)
    got = found.groupdict()
    if got["hour"] is not None:  # the standard's default for the rest is zero
        got["minute"] = got["minute"] or "00"
        got["second"] = got["second"] or "00"
    return _moment({**got, "month": got["month"] or "01", "day": got["day"] or "01"},
                   zone_of((got["zone"] or "").replace("'", "")))  # fmt: skip


def seconds(value: int, *, since: datetime) -> Moment:
    """Whole seconds since an epoch, UTC. 0 is a clock that nobody set."""
    if value <= 0:
        return Moment("", "", NEVER_SET)
    try:
        at = since + timedelta(seconds=value)
    except OverflowError:
        return Moment("", "", UNREADABLE)
    return _checked(Moment.of(at))


def wall(
    year: int, month: int, day: int, hour: int, minute: int, second: int, *, zone: str = ""
) -> Moment:
    """Numbers of a clock; ZIP gives no zone, PNG's tIME is UTC."""
    date = f"{year:04d}-{month:02d}-{day:02d}"
    return _checked(Moment(f"{date}T{hour:02d}:{minute:02d}:{second:02d}", zone))


def zone_of(text: str) -> str:
    """`+08:00` or `Z` of the spellings there are; "" for none, and for what is none."""
    text = text.strip("\0 ")
    if text in ("Z", "UTC", "GMT"):
        return "Z"
    found = _OFFSET.match(text)
    if found is None or found["sign"] is None:
        return ""
    if int(found["hours"]) > 14 or int(found["minutes"]) > 59:
        return ""
    return f"{found['sign']}{found['hours']}:{found['minutes']}"


def _moment(got: dict[str, str | None], zone: str) -> Moment:
    year, month, day = (int(got[part] or 0) for part in ("year", "month", "day"))
    date = f"{year:04d}-{month:02d}-{day:02d}"
    if got.get("hour") is None:
        return _checked(Moment(date, "", DAY))
    hour, minute, second = (int(got[part] or 0) for part in ("hour", "minute", "second"))
    return _checked(Moment(f"{date}T{hour:02d}:{minute:02d}:{second:02d}", zone, GIVEN))


def _checked(moment: Moment) -> Moment:
    if moment.written[:10] in _ZEROS:
        return Moment("", "", NEVER_SET)
    try:
        moment.utc()
    except ValueError:
        return Moment("", "", UNREADABLE)
    return moment

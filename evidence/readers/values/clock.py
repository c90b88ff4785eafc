"""Times as files write them: epochs by magnitude, wall clocks by zone (FORMATS of real phones)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
APPLE_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
OUT_OF_RANGE: Final = "time_out_of_range"

_UNITS: Final = (  # from, below, of one second: no two units share a plausible value
    (10**11, 10**14, 1_000),
    (10**8, 10**11, 1),
    (10**14, 10**17, 1_000_000),
    (10**17, 10**20, 1_000_000_000),
)
_MORNING: Final = frozenset({"上午", "凌晨", "早上", "清晨", "早晨", "am"})
_AFTERNOON: Final = frozenset({"下午", "晚上", "傍晚", "pm"})
_NIGHT: Final = frozenset({"夜里", "深夜", "半夜", "午夜"})  # on both sides of midnight
_NOON: Final = "中午"
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009]+")


class Moment(NamedTuple):
    """A time with what is known of its making."""

    utc: datetime | None
    raw: str
    precision: str = "none"  # ms s min day none
    zone_source: str = "none"  # epoch offset assumed none
    warning: str | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """The warnings of a record that has this time: none where there is one."""
        return () if self.utc is not None else (self.warning or OUT_OF_RANGE,)


# What a file gives no time for.
ABSENT: Final = Moment(None, "", warning="time_absent")


def plausible(at: datetime, now: datetime | None = None) -> bool:
    """Whether a phone can have written this: 1990 to two days from now."""
    if at < EARLIEST:
        return False
    if now is None:
        return at <= LATEST
    return at <= now or at <= now + timedelta(days=2)


def from_milliseconds(raw: str, now: datetime | None = None) -> datetime | None:
    """As `from_epoch`, for 13 digits of a time in the past only; None: ask that."""
    if len(raw) != 13 or not raw.isdecimal():
        return None
    at = datetime.fromtimestamp(int(raw) / 1_000, UTC)  # exact to the millisecond
    return at if EARLIEST <= at <= (now or LATEST) else None


def from_epoch(raw: str, now: datetime | None = None) -> Moment:
    """Read seconds, milli-, micro- or nanoseconds since 1970, told apart by magnitude.

    Args:
        raw: decimal digits, perhaps with a sign; anything else has no time.
        now: what is too late to be true; None allows up to the year 2100.
    """
    try:
        value = int(raw)
    except ValueError:
        return Moment(None, raw, warning=OUT_OF_RANGE if raw else None)
    for least, below, per_second in _UNITS:
        if least <= value < below:
            seconds, rest = divmod(value, per_second)
            at = EPOCH + timedelta(seconds=seconds, microseconds=rest * 1_000_000 // per_second)
            if not plausible(at, now):
                break
            return Moment(at, raw, "s" if per_second == 1 else "ms", "epoch")
    return Moment(None, raw, warning=OUT_OF_RANGE)


def from_apple(value: float, now: datetime | None = None) -> Moment:
    """Read seconds or nanoseconds since 2001-01-01 UTC; 0 means there is no time."""
    raw = str(value)
    if not value:
        return Moment(None, raw)
    seconds = value / 1_000_000_000 if abs(value) > 10**12 else value
    if abs(seconds) > 10**10:
        return Moment(None, raw, warning=OUT_OF_RANGE)
    at = APPLE_EPOCH + timedelta(seconds=seconds)
    if not plausible(at, now):
        return Moment(None, raw, warning=OUT_OF_RANGE)
    whole = float(seconds).is_integer()
    return Moment(at, raw, "s" if whole else "ms", "epoch")


def from_wall(
    parts: tuple[int, int, int, int, int, int],
    *,
    raw: str,
    zone: str,
    precision: str = "s",
    milliseconds: int = 0,
    now: datetime | None = None,
) -> Moment:
    """Read year, month, day, hour, minute, second of a clock on a wall in `zone`.

    Hour 24 is hour 0 of the same date (Java `kk`). An impossible date has no time.
    """
    year, month, day, hour, minute, second = parts
    try:
        local = datetime(
            year,
            month,
            day,
            0 if hour == 24 else hour,
            minute,
            second,
            milliseconds * 1000,
            tzinfo=ZoneInfo(zone),
        )
        at = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return Moment(None, raw, warning=OUT_OF_RANGE)
    if not plausible(at, now):
        return Moment(None, raw, warning=OUT_OF_RANGE)
    return Moment(at, raw, precision, "assumed")


def with_offset(raw: str, now: datetime | None = None) -> Moment:
    """Read an ISO 8601 time that carries its own offset or Z."""
    try:
        local = datetime.fromisoformat(raw.strip())
    except ValueError:
        return Moment(None, raw, warning=OUT_OF_RANGE)
    if local.tzinfo is None or not plausible(local, now):
        return Moment(None, raw, warning=OUT_OF_RANGE)
    return Moment(local.astimezone(UTC), raw, "ms" if local.microsecond else "s", "offset")


def hour_of_day(hour: int, word: str | None) -> int:
    """Turn a 12-hour clock with its word into 0..23 (`上午12` is 0, `中午1` is 13)."""
    if not word:
        return hour
    said = _SPACES.sub("", word).lower()
    if said[0] in "ap":
        said = said.replace(".", "")
    if said == _NOON:
        return hour + 12 if hour < 10 else hour
    if said in _NIGHT:
        return 0 if hour == 12 else hour if hour < 6 or hour > 12 else hour + 12
    if said in _AFTERNOON:
        return hour if hour >= 12 else hour + 12
    if said in _MORNING:
        return 0 if hour == 12 else hour
    return hour

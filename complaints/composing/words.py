"""Values as they are printed: times, channels, places. Chinese, because the desks read Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.language import has_text, text
from evidence.models.readings import Record

BEIJING = ZoneInfo("Asia/Shanghai")
MAINLAND_MOBILE = re.compile(r"\+861[3-9]\d{9}")


def moment(at: datetime | None, precision: str = "second") -> str:
    """`2026年11月3日 22:47` in Beijing; 未知 when nobody says."""
    if at is None:
        return text("draft-unknown")
    there = at.astimezone(BEIJING)
    if precision == "day":
        return day(there)
    clock = f"{there:%H:%M:%S}" if precision == "second" else f"{there:%H:%M}"
    return f"{day(there)} {clock}"


def day(on: date) -> str:
    """`2026年11月3日`."""
    return f"{on.year}年{on.month}月{on.day}日"


def channel(record: Record | None, item_kind: str) -> str:
    """By which way it came, such as SMS or an incoming call."""
    if record is None:
        return text(f"draft-kind-{item_kind}")
    if record.kind == "call":
        return text("draft-channel-call-out" if record.direction == "out" else "draft-channel-call")
    key = f"draft-channel-{record.kind}"
    return text(key if has_text(key) else "draft-channel-message")


def number(value: str) -> str:
    """A number as people here write it: +86 before a mobile number is left out."""
    return value[3:] if MAINLAND_MOBILE.fullmatch(value) else value


def clock(milliseconds: int) -> str:
    """`00:01:23.4`: a place in a recording, to a tenth of a second."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest // 100}"


def direction(record: Record) -> str:
    """Whose act it was, as the source says."""
    key = f"draft-direction-{record.direction or 'none'}"
    return text(key if has_text(key) else "draft-direction-none")


def place(locator: Mapping[str, Any]) -> str:
    """Where in the source a person finds it, so that they can follow."""
    parts = [
        text(f"draft-place-{name}", **{key: str(value) for key, value in _values(told).items()})
        for name, told in locator.items()
        if has_text(f"draft-place-{name}")
    ]
    return "，".join(parts)


def _values(told: Any) -> dict[str, Any]:
    if isinstance(told, (list, tuple)):
        return dict(zip(("a", "b", "c", "d"), told, strict=False))
    return {"a": told}

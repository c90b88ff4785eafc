"""The one spelling of a time in signed bytes: UTC, six fractional digits, `Z`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from evidence.errors import EvidenceError

FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class TimeFormatError(EvidenceError):
    """A time without a zone, or in another spelling than ours."""

    code = "time_malformed"


def write_time(at: datetime) -> str:
    """`2026-11-23T08:00:00.000000Z`; a naive time is refused, another zone is converted."""
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise TimeFormatError("a time needs its zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: Any) -> datetime:
    """The aware UTC time of exactly that spelling."""
    if not isinstance(text, str) or not FORM.fullmatch(text):
        raise TimeFormatError("not a time in UTC with six fractional digits")
    try:
        return datetime.fromisoformat(text)
    except ValueError as cause:
        raise TimeFormatError("no such day or hour") from cause

"""The days of a person as an iCalendar file (RFC 5545), for the calendar of their own phone.

A calendar is often shared and shown on a locked screen: it names the agency and the day, and never
the person, the lender, a number or what was said.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from complaints.law.agencies import agency
from complaints.law.following import CLOSED, Following

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LINE_OCTETS = 75
# Names the same day of the same filing for ever, so that a second file moves it, not doubles it.
_UIDS = uuid.UUID("5d1f2c0e-6c0b-4e0b-9a53-8f6f5a1f7a10")


def calendar_file(days: Iterable[Following], *, of: str, made_at: datetime) -> bytes:
    """One all-day event with one reminder for each day that is neither met nor passed.

    Args:
        days: what `following` found.
        of: whatever names the case, for days that belong to no filing; only its UUID leaves.
        made_at: aware time of the making.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Liuzheng//Days//ZH", "CALSCALE:GREGORIAN"]
    for one in days:
        if one.status not in CLOSED:
            lines += _event(one, of, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(one: Following, of: str, made_at: datetime) -> Iterator[str]:
    due = one.deadline.due_on
    uid = uuid.uuid5(_UIDS, f"{one.filing or of}/{one.deadline.alarm}")
    # An all-day event begins at midnight; the reminder rings at nine in the morning of its day.
    ahead = due - one.deadline.remind_on
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(_summary(one))}"
    yield f"DESCRIPTION:{_escaped(f'{one.deadline.rule} · {_counted(one.deadline.counted_from)}')}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(_summary(one))}"
    yield f"TRIGGER:{_trigger(ahead)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _summary(one: Following) -> str:
    names = f"{one.deadline.what_zh} · {one.deadline.what_en}"
    if not one.agency:
        return names
    return f"{names} ({agency(one.agency).name_zh})"


def _counted(day: date) -> str:
    return f"自 {day.isoformat()} 起算 / counted from {day.isoformat()}"


def _trigger(ahead: timedelta) -> str:
    hours = 9 - ahead.days * 24
    return f"PT{hours}H" if hours >= 0 else f"-PT{-hours}H"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line of at most 75 octets a row; no character is cut in two."""
    rows, row = [], b""
    for sign in line:
        octets = sign.encode()
        if len(row) + len(octets) > _LINE_OCTETS:
            rows.append(row)
            row = b" "  # counts among the 75 of the row that it opens
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"

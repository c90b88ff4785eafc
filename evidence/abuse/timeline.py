"""One case's calls and messages in time order, as the patterns read them.

The shape of the JSON is the contract of `python -m evidence.abuse.patterns`
(docs/formats/abuse-rules.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evidence.abuse.errors import AbuseInputError
from evidence.abuse.tagger import SHANGHAI

DIRECTIONS = ("in", "out", "out_witness")
BORROWER = "borrower"


@dataclass(frozen=True)
class Event:
    """One call, message or note. `at` is aware; `local` is the same moment in Asia/Shanghai."""

    id: str
    type: str  # call, message, or a recorded act such as block or settlement
    at: datetime
    local: datetime
    direction: str
    counterparty: str | None  # key of `Timeline.parties`
    answered: bool | None
    duration_s: float | None
    text: str | None
    recipient: str | None  # key of `Timeline.parties`, None: the borrower
    uploaded_by: str | None
    was_blocked: bool = False  # the phone itself turned this call away: its number was blocked

    @property
    def day(self) -> date:
        """The calendar day in Asia/Shanghai."""
        return self.local.date()

    @property
    def is_effective_call(self) -> bool:
        """An incoming call that was taken and in which somebody could speak."""
        if self.type != "call" or self.direction != "in":
            return False
        if self.answered is None:
            return bool(self.duration_s)
        return self.answered and self.duration_s != 0

    @property
    def is_call_not_known(self) -> bool:
        """An incoming call of which nobody says whether it was taken."""
        is_silent = self.answered is None and self.duration_s is None
        return self.type == "call" and self.direction == "in" and is_silent

    @property
    def is_unanswered_call(self) -> bool:
        """An incoming attempt that was not taken."""
        if self.type != "call" or self.direction != "in":
            return False
        return self.answered is False or (self.answered is None and self.duration_s == 0)


@dataclass(frozen=True)
class Timeline:
    """A case: who the parties say they are (free text) and what happened, in time order."""

    id: str
    parties: Mapping[str, str]
    events: tuple[Event, ...]

    @classmethod
    def from_json(cls, raw: Any) -> Timeline:
        """Read one timeline object; raises `AbuseInputError` naming the field that is wrong."""
        if not isinstance(raw, dict):
            raise AbuseInputError(field="timeline", why="is not an object")
        zone = _zone(raw.get("timezone"))
        parties = raw.get("parties") or {}
        if not isinstance(parties, dict):
            raise AbuseInputError(field="parties", why="is not an object")
        events = raw.get("events")
        if not isinstance(events, list):
            raise AbuseInputError(field="events", why="is missing or not a list")
        read = [_event(entry, zone) for entry in events]
        if len({event.id for event in read}) != len(read):
            raise AbuseInputError(field="events.id", why="is used twice")
        return cls(
            id=str(raw.get("id", "")),
            parties={key: _role(value) for key, value in parties.items()},
            events=tuple(sorted(read, key=lambda event: event.at)),
        )


def _zone(name: Any) -> ZoneInfo:
    """The zone of times without an offset; quiet hours and days are always Asia/Shanghai."""
    if name is None:
        return SHANGHAI
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise AbuseInputError(field="timezone", why="is not a known zone") from None


def _role(party: Any) -> str:
    role = party.get("role", "") if isinstance(party, dict) else party
    if not isinstance(role, str):
        raise AbuseInputError(field="parties.role", why="is not a string")
    return role


def _optional_text(entry: dict[str, Any], field: str) -> str | None:
    value = entry.get(field)
    if value is not None and not isinstance(value, str):
        raise AbuseInputError(field=f"events.{field}", why="is not a string")
    return value or None


def _event(entry: Any, zone: ZoneInfo) -> Event:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str | int):
        raise AbuseInputError(field="events.id", why="is missing")
    try:
        at = datetime.fromisoformat(entry["at"])
    except (KeyError, TypeError, ValueError):
        raise AbuseInputError(field="events.at", why="is not ISO 8601") from None
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    try:
        local = at.astimezone(SHANGHAI)
    except OverflowError:  # the first or last day of the calendar
        raise AbuseInputError(field="events.at", why="is no time that can be told") from None
    direction = entry.get("direction", "in")
    if direction not in DIRECTIONS:
        raise AbuseInputError(field="events.direction", why="is none of in, out, out_witness")
    duration = entry.get("duration_s")
    if isinstance(duration, bool) or not isinstance(duration, int | float | None):
        raise AbuseInputError(field="events.duration_s", why="is not a number of seconds")
    answered = entry.get("answered")
    if not isinstance(answered, bool | None):
        raise AbuseInputError(field="events.answered", why="is not true or false")
    return Event(
        id=str(entry["id"]),
        type=str(entry.get("type", "message")),
        at=at,
        local=local,
        direction=direction,
        counterparty=_optional_text(entry, "counterparty"),
        answered=answered,
        duration_s=duration,
        text=_optional_text(entry, "text") or _optional_text(entry, "transcript"),
        recipient=_optional_text(entry, "recipient"),
        uploaded_by=_optional_text(entry, "uploaded_by"),
        was_blocked=entry.get("blocked") is True,
    )

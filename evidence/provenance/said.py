"""The values of this room: times as they are written, facts, notes, and their JSON form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

from .codes import CARRIED, FACTS, TEXT_FACTS, WORDS

MAX_FACTS: Final = 48
MAX_TEXT: Final = 120  # characters of one value
SEPARATOR: Final = ", "  # between the words of a fact that has more than one
HOUSE_ZONE: Final = timezone(timedelta(hours=8))  # whose wall clock a time without zone is read by

YEARS: Final = range(1000, 9999)  # what any zone may shift and still be written with four digits

GIVEN, DAY, NEVER_SET, UNREADABLE = "given", "day", "never_set", "unreadable"
STATES: Final = (GIVEN, DAY, NEVER_SET, UNREADABLE)

_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?")
_ZONE: Final = re.compile(r"Z|[+-]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as somebody wrote it.

    Attributes:
        written: wall clock, `2026-03-04T12:33:01`; only the day when `state` is `day`; "" when it
            was never set or cannot be read.
        zone: `Z`, `+08:00`, or "" where none is given.
    """

    written: str
    zone: str = ""
    state: str = GIVEN

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """An aware time, as UTC."""
        try:
            utc = at.astimezone(UTC)
        except OverflowError:
            return cls("", "", UNREADABLE)
        if utc.year not in YEARS:
            return cls("", "", UNREADABLE)
        return cls(f"{utc:%Y-%m-%dT%H:%M:%S}", "Z")

    def is_usable(self) -> bool:
        """Whether there is a day or a time to compare."""
        return self.state in (GIVEN, DAY)

    def utc(self) -> datetime:
        """As UTC; without a zone the wall clock is read as Beijing's. Only if `is_usable`.

        Raises:
            ValueError: `written` is no time, or of a year that nobody means.
        """
        local = datetime.fromisoformat(self.written)
        if local.year not in YEARS:
            raise ValueError(f"the year {local.year}")
        return local.replace(tzinfo=_zone(self.zone) or HOUSE_ZONE).astimezone(UTC)

    def day(self) -> str:
        """The day of the written wall clock, or of Beijing where it is UTC."""
        return self.written[:10] if self.state == DAY else f"{self.utc().astimezone(HOUSE_ZONE):%F}"

    def as_json(self) -> dict[str, str]:
        """`written`, `zone`, `state`."""
        return {"written": self.written, "zone": self.zone, "state": self.state}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said: a text or a time. `code` is one of `FACTS`."""

    code: str
    text: str = ""
    time: Moment | None = None

    def as_json(self) -> dict[str, Any]:
        """`code`, `text`, `time` (null where it is a text)."""
        return {
            "code": self.code,
            "text": self.text,
            "time": None if self.time is None else self.time.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Observation:
    """A note about one or two facts. `code` is one of `OBSERVATIONS`; `seconds` how far apart."""

    code: str
    facts: tuple[str, ...] = ()
    seconds: int | None = None

    def as_json(self) -> dict[str, Any]:
        """`code`, `facts`, `seconds`."""
        return {"code": self.code, "facts": list(self.facts), "seconds": self.seconds}


@dataclass(frozen=True, slots=True)
class Found:
    """What a file carries. `length_s`: of a recording, as its header claims."""

    format: str = "unknown"
    facts: tuple[Fact, ...] = ()
    length_s: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the way out of the cell."""
        return {
            "format": self.format,
            "facts": [fact.as_json() for fact in self.facts],
            "length_s": self.length_s,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What was said of a file when it came: by its name, by the phone, by our own clock."""

    received_at: datetime
    file_name: str = ""
    modified_at: datetime | None = None  # the phone's "last modified"
    captured_at: datetime | None = None  # when the phone took its digest
    has_digest: bool = False  # the phone named one, and it was the arrived one's


@dataclass(frozen=True, slots=True)
class Statement:
    """All that is said of one file, and what we note about it. Never proof."""

    facts: tuple[Fact, ...] = ()
    observations: tuple[Observation, ...] = field(default_factory=tuple)

    def as_json(self, *, engine: str) -> dict[str, Any]:
        """`liuzheng/provenance` v1: docs/formats/exhibit-manifest.md."""
        return {
            "v": 1,
            "engine": engine,
            "facts": [fact.as_json() for fact in self.facts],
            "observations": [note.as_json() for note in self.observations],
        }


class NotAFindingError(ValueError):
    """A value that this room never writes."""


def clean(text: str) -> str:
    """Somebody's text on one line of at most 120 characters, without control characters."""
    kept = (
        " " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn") else c
        for c in text[: MAX_TEXT * 8]
    )
    return " ".join("".join(kept).split())[:MAX_TEXT].strip()


def read_found(value: Any) -> Found:
    """`Found` from JSON that a cell gave back; nothing of it is believed unseen.

    Raises:
        NotAFindingError: another shape, an unknown code, a text too long, no such time.
    """
    _demand(isinstance(value, Mapping) and value.keys() == {"format", "facts", "length_s"})
    told, length = value["facts"], value["length_s"]
    _demand(isinstance(told, list) and len(told) <= MAX_FACTS and isinstance(value["format"], str))
    _demand(type(length) is int and 0 <= length < 10**9)
    return Found(value["format"][:64], tuple(map(_read_fact, told)), length)


def read_credentials(value: Any) -> tuple[Fact, ...]:
    """Facts `c2pa_…` from JSON that a cell gave back; nothing of it is believed unseen.

    Raises:
        NotAFindingError: another shape, an unknown code, a text too long, no such time.
    """
    _demand(isinstance(value, list) and len(value) <= MAX_FACTS)
    facts = tuple(map(_read_fact, value))
    _demand(all(fact.code.startswith("c2pa_") for fact in facts))
    return unique(facts)


def read_statement(value: Mapping[str, Any]) -> Statement:
    """A statement that we kept, from its JSON form.

    Raises:
        NotAFindingError: it is none of version 1.
    """
    _demand(value.get("v") == 1)
    facts = tuple(_read_fact(each, FACTS) for each in value["facts"])
    return Statement(
        facts,
        tuple(
            Observation(note["code"], tuple(note["facts"]), note["seconds"])
            for note in value["observations"]
        ),
    )


def unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The first fact of each code, at most `MAX_FACTS`; empty texts are left out."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        if fact.time is not None or fact.text:
            kept.setdefault(fact.code, fact)
    return tuple(kept.values())[:MAX_FACTS]


def _read_fact(value: Any, codes: tuple[str, ...] = CARRIED) -> Fact:
    _demand(isinstance(value, Mapping) and value.keys() == {"code", "text", "time"})
    code, text, time = value["code"], value["text"], value["time"]
    _demand(code in codes and isinstance(text, str) and clean(text) == text)
    _demand((time is None) == (code in TEXT_FACTS))
    _demand(code not in WORDS or WORDS[code].issuperset(text.split(SEPARATOR)))
    return Fact(code, text, None if time is None else _read_moment(time))


def _read_moment(value: Any) -> Moment:
    _demand(isinstance(value, Mapping) and value.keys() == {"written", "zone", "state"})
    written, zone, state = value["written"], value["zone"], value["state"]
    _demand(all(isinstance(each, str) for each in value.values()) and state in STATES)
    _demand(not zone or bool(_ZONE.fullmatch(zone)))
    moment = Moment(written, zone, state)
    if not moment.is_usable():
        _demand(written == "")
        return moment
    _demand(bool(_WRITTEN.fullmatch(written)) and (len(written) == 10) == (state == DAY))
    try:
        moment.utc()
    except ValueError as cause:
        raise NotAFindingError("no such time") from cause
    return moment


def _zone(zone: str) -> timezone | None:
    if not zone:
        return None
    if zone == "Z":
        return UTC
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _demand(holds: bool) -> None:
    if not holds:
        raise NotAFindingError("another shape than a finding has")

"""Custody event v1: its bytes, its chain, its place in the log (docs/formats/custody-event.md)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.errors import EvidenceError
from evidence.integrity.acts import Act, ActorType, Subject
from evidence.integrity.digest import NotCanonicalError, canonical
from evidence.integrity.times import TimeFormatError, read_time, write_time

__all__ = [
    "Act",
    "ActorType",
    "ChainBrokenError",
    "Event",
    "EventFormatError",
    "EventVersionError",
    "EventWordError",
    "Subject",
    "decode",
    "digest",
    "encode",
    "leaf_data",
    "verify_chain",
]

VERSION = 1
LEAF_DOMAIN = b"liuzheng/event/v1\n"

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ID = re.compile(rf"{UUID.pattern}|[0-9]{{1,19}}|[0-9a-f]{{64}}|[a-z][a-z_]{{0,39}}")
HEX_32_BYTES = re.compile(r"[0-9a-f]{64}")
FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Codes, ids, digests, versions, media types, times. No space and nothing but ASCII, so that no
# name and no text of a message fits: proof rows hold neither.
FACT_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@,;-]{0,199}")
MAX_FACTS = 40
MAX_LIST = 2000
MAX_INTEGER = 2**53 - 1


class EventFormatError(EvidenceError):
    """These bytes or values are no custody event v1."""

    code = "event_malformed"


class EventVersionError(EvidenceError):
    """An event of a later version: it cannot be checked here, which accuses nobody."""

    code = "event_version_unknown"


class EventWordError(EvidenceError):
    """An act, subject or actor type that this list does not have (perhaps a later one's)."""

    code = "event_word_unknown"


class ChainBrokenError(EvidenceError):
    """An event does not follow the one before it; `index` counts from 0."""

    code = "custody_chain_broken"

    def __init__(self, why: str, *, index: int) -> None:
        super().__init__(f"custody event {index}: {why}")
        self.index = index


@dataclass(frozen=True)
class Event:
    """One act on one subject.

    `at` is aware UTC (our own clock: a claim). `facts` holds integers, short ASCII strings and
    lists of these. `previous` is the digest of the subject's event before this one, None for its
    first. `salt` is 32 random bytes as hex: without it a digest of so few values could be guessed.
    """

    id: str
    subject_type: str
    subject_id: str
    act: Act
    at: datetime
    actor_type: str
    actor_id: str
    facts: Mapping[str, Any]
    previous: str | None
    salt: str


def encode(event: Event) -> bytes:
    """The bytes that are stored, chained and committed to the log.

    Raises:
        EventFormatError: a value that v1 does not allow.
        EventWordError: a type or act outside the closed lists.
    """
    _check(event)
    try:
        at = write_time(event.at)
    except TimeFormatError as cause:
        raise EventFormatError("`at` is no aware time") from cause
    return canonical(
        {
            "v": VERSION,
            "id": event.id,
            "subject": {"type": str(event.subject_type), "id": event.subject_id},
            "act": str(event.act),
            "at": at,
            "actor": {"type": str(event.actor_type), "id": event.actor_id},
            "facts": dict(event.facts),
            "previous": event.previous,
            "salt": event.salt,
        }
    )


def decode(raw: bytes) -> Event:
    """Read stored bytes, strictly: encoding the event again gives the same bytes.

    Raises:
        EventVersionError: another version. EventWordError: a word of a later list.
        EventFormatError: anything else that is not v1.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as cause:
        raise EventFormatError("not UTF-8 JSON") from cause
    if not isinstance(value, dict):
        raise EventFormatError("not an object")
    version = value.get("v")
    if type(version) is int and version > VERSION:
        raise EventVersionError(f"event version {version}")
    try:
        event = Event(
            id=value["id"],
            subject_type=value["subject"]["type"],
            subject_id=value["subject"]["id"],
            act=_act(value["act"]),
            at=read_time(value["at"]),
            actor_type=value["actor"]["type"],
            actor_id=value["actor"]["id"],
            facts=value["facts"],
            previous=value["previous"],
            salt=value["salt"],
        )
    except (KeyError, TypeError, TimeFormatError) as cause:
        raise EventFormatError("a member is missing or of the wrong type") from cause
    try:
        is_same = encode(event) == raw
    except NotCanonicalError as cause:
        raise EventFormatError("a value has no canonical form") from cause
    if not is_same:  # another spelling, a member too many, or a version that is not 1
        raise EventFormatError("not the bytes that v1 gives this event")
    return event


def digest(raw: bytes) -> str:
    """What the next event of the subject names as `previous`: SHA-256 of the bytes, hex."""
    return hashlib.sha256(raw).hexdigest()


def leaf_data(raw: bytes) -> bytes:
    """The 32 bytes that go into the Merkle log and are all that is ever published."""
    return hashlib.sha256(LEAF_DOMAIN + raw).digest()


def verify_chain(raws: Sequence[bytes]) -> list[Event]:
    """Check one subject's whole chain, first event first; the events.

    Times are not compared: they are claims of clocks that may be set; order is in `previous`.

    Raises:
        ChainBrokenError: no events at all, another subject's event, or a wrong `previous`.
        EventFormatError, EventVersionError, EventWordError: an event that cannot be read.
    """
    if not raws:
        raise ChainBrokenError("there is none", index=0)
    events: list[Event] = []
    previous, seen = None, set[str]()
    for index, raw in enumerate(raws):
        event = decode(raw)
        first = events[0] if events else event
        if (event.subject_type, event.subject_id) != (first.subject_type, first.subject_id):
            raise ChainBrokenError("it is another subject's", index=index)
        if event.previous != previous:
            raise ChainBrokenError("it does not name the event before it", index=index)
        if event.id in seen:
            raise ChainBrokenError("its id was used before", index=index)
        seen.add(event.id)
        events.append(event)
        previous = digest(raw)
    return events


def _check(event: Event) -> None:
    """Every value against docs/formats/custody-event.md, "Members"."""
    _word(Subject, event.subject_type)
    _word(ActorType, event.actor_type)
    _act(event.act)
    _match(UUID, event.id, "id")
    _match(ID, event.subject_id, "subject.id")
    _match(ID, event.actor_id, "actor.id")
    _match(HEX_32_BYTES, event.salt, "salt")
    if event.previous is not None:
        _match(HEX_32_BYTES, event.previous, "previous")
    if not isinstance(event.facts, Mapping) or len(event.facts) > MAX_FACTS:
        raise EventFormatError(f"`facts` is an object of at most {MAX_FACTS} members")
    for name, value in event.facts.items():
        _match(FACT_NAME, name, "a name in `facts`")
        _check_fact(name, value)


def _check_fact(name: str, value: Any) -> None:
    if isinstance(value, list | tuple):
        if len(value) > MAX_LIST:
            raise EventFormatError(f"facts.{name} has more than {MAX_LIST} entries")
        for entry in value:
            if isinstance(entry, list | tuple):
                raise EventFormatError(f"facts.{name} is a list within a list")
            _check_fact(name, entry)
    elif isinstance(value, bool):  # a bool is an int to Python and not to v1: write a word
        raise EventFormatError(f"facts.{name} is neither an integer nor a string")
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise EventFormatError(f"facts.{name} is beyond 2**53 - 1")
    else:
        _match(FACT_TEXT, value, f"facts.{name}")


def _match(pattern: re.Pattern[str], value: Any, what: str) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise EventFormatError(f"{what} has a form that v1 does not allow")


def _act(word: Any) -> Act:
    try:
        return Act(word)
    except ValueError as cause:
        raise EventWordError("an act outside the list") from cause


def _word(words: type[Subject] | type[ActorType], word: Any) -> None:
    try:
        words(word)
    except ValueError as cause:
        raise EventWordError(f"a {words.__name__} outside the list") from cause

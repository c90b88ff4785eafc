"""One `<sms>` or `<call>` of SMS Backup & Restore as a record.

The shortest way is worth its trouble here: an export has a million of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, cast

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.syntax.xml_tags import Tag
from evidence.readers.syntax.xml_text import attributes, raw_attributes, text_of
from evidence.readers.values.clock import from_epoch, from_milliseconds
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim, plain_mobile

MESSAGE_DIRECTIONS: Final = {
    "1": "in",
    "2": "out",
    "3": "draft",
    "4": "outbox",
    "5": "failed",
    "6": "queued",
}
CALL_DIRECTIONS: Final = {
    "1": "in",
    "2": "out",
    "3": "missed",
    "4": "voicemail",
    "5": "rejected",
    "6": "blocked",
    "7": "in",
}
WANTED: Final = (
    b"body",
    b"address",
    b"date",
    b"type",
    b"contact_name",
    b"date_sent",
    b"subject",
    b"sub_id",
    b"subscription_id",
    b"readable_date",
)
_ABSENT: Final = b"\0absent"  # told by identity
_record: Final = cast(Callable[[type[Record], tuple[Any, ...]], Record], tuple.__new__)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_CLOCKS: Final = tuple(f":{at // 60:02}:{at % 60:02}".encode() for at in range(3600))
_NO_NAMES: Final = frozenset({"(Unknown)", "null", ""})
HIDDEN: Final = frozenset({"2", "3", "4"})  # withheld, unknown, payphone


def place(tag: Tag) -> Mapping[str, Any]:
    """Where an element stands."""
    return {"bytes": [tag.start, tag.end]}


def values_of(tag: Tag, repairs: Counter[str]) -> dict[str, str]:
    """The attributes of a tag, those too that were long; a long text is cut."""
    found = attributes(tag.attributes, repairs)
    for name, spilled in tag.spilled.items():
        if isinstance(spilled, bytes):
            found[name] = attributes(b'v="' + spilled.replace(b'"', b"&quot;") + b'"', repairs)["v"]
            repairs["text_cut"] += 1
    return found


def message(tag: Tag, context: Context, repairs: Counter[str]) -> Record:
    """The record of an `<sms>`; what had to be repaired in the attributes we read is counted."""
    body, address, date, kind, name, sent, subject, sim, other_sim, readable = (
        _wanted_of(tag) if tag.wanted is None else tag.wanted
    )
    raw, direction, network = _short_texts((date, kind, sent), repairs)
    number, subscriber, conversation = _peer(address) or _peer_of(text_of(address, repairs))
    now = context.options.now
    at, precision, zone_source = from_milliseconds(raw, now), "ms", "epoch"
    warnings: tuple[str, ...] = ()
    if at is None:
        at, _, precision, zone_source, _ = moment = from_epoch(raw, now)
        warnings = moment.doubts
    if at is not None and readable and _CLOCKS[at.minute * 60 + at.second] not in readable:
        warnings = _doubts(at, readable.decode("utf-8", "replace"))
    sense = MESSAGE_DIRECTIONS.get(direction)
    if sense is None:
        warnings += ("unknown_type",)
    text: str | None = None
    if body is not _ABSENT:
        text = text_of(body, repairs)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > TEXT_FIELD or "body" in tag.spilled:
            text, warnings = text[:TEXT_FIELD], (*warnings, "text_cut")
    else:
        warnings += ("no_text",)
    subject_text = _text(subject, repairs)
    peer_name = _text(name, repairs)
    # as a tuple: the class's own way to make one takes as long again
    return _record(
        Record,
        (
            "sms",
            context.name,
            {"bytes": [tag.start, tag.end]},
            at,
            raw,
            precision,
            zone_source,
            sense,
            number,
            subscriber,
            None if peer_name in _NO_NAMES else peer_name,
            _sim(sim, other_sim),
            text,
            None,
            (),
            conversation,
            warnings,
            _facts(network, subject_text),
        ),
    )


def _wanted_of(tag: Tag) -> tuple[bytes, ...]:
    """The wanted attributes of a tag that came by the slow lane; an absent one is empty."""
    found = raw_attributes(tag.attributes)
    for name, spilled in tag.spilled.items():
        if isinstance(spilled, bytes):
            found[name.encode()] = spilled
    return tuple(found.get(name, _ABSENT if name == b"body" else b"") for name in WANTED)


def _short_texts(values: tuple[bytes, ...], repairs: Counter[str]) -> list[str]:
    """Several attributes in one step, where there is nothing to repair."""
    texts = b'"'.join(values).decode("utf-8", "replace")
    if texts.isprintable() and "&" not in texts and "\ufffd" not in texts:
        found = texts.split('"')
        if len(found) == len(values):
            return found
    return [text_of(value, repairs) for value in values]


@lru_cache(maxsize=65536)
def _peer(address: bytes) -> tuple[str | None, str | None, str | None] | None:
    """As `_peer_of`; None where something must be repaired first."""
    number = _plain(address)
    return None if number is None else _peer_of(number)


def _peer_of(number: str) -> tuple[str | None, str | None, str | None]:
    """Raw number, E.164 form, conversation."""
    if (subscriber := plain_mobile(number)) is not None:
        return number, subscriber, number
    raw = None if number == "null" else number
    return raw, e164(number), None if is_withheld(number) else number


def _text(value: bytes, repairs: Counter[str]) -> str:
    text = _plain(value)
    return text_of(value, repairs) if text is None else text


@lru_cache(maxsize=4096)
def _plain(value: bytes) -> str | None:
    """The text of an attribute that often repeats; None where something must be repaired."""
    text = value.decode("utf-8", "replace")
    return text if text.isprintable() and "&" not in text and "\ufffd" not in text else None


@lru_cache(maxsize=4096)
def _sim(one: bytes, other: bytes) -> str | None:
    """The SIM by either word: -1 in one of them says nothing."""
    return masked_sim(one.decode("utf-8", "replace")) or masked_sim(
        other.decode("utf-8", "replace")
    )


def call(tag: Tag, context: Context, repairs: Counter[str]) -> Record:
    """The record of a `<call>`; what had to be repaired is counted."""
    values = values_of(tag, repairs)
    number = values.get("number", "")
    name = values.get("contact_name", "")
    moment = from_epoch(values.get("date", ""), context.options.now)
    warnings = moment.doubts
    if moment.utc is not None:
        warnings = _doubts(moment.utc, values.get("readable_date", ""))
    kind = values.get("type", "")
    direction = CALL_DIRECTIONS.get(kind)
    if direction is None:
        warnings += ("unknown_type",)
    if kind == "7":
        warnings += ("answered_elsewhere",)
    shown = values.get("presentation") not in HIDDEN
    return Record(
        kind="call",
        source_file=context.name,
        source_locator=place(tag),
        when_utc=moment.utc,
        when_raw=moment.raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=None if number == "null" else number,
        peer_number_e164=e164(number) if shown else None,
        peer_name=None if name in _NO_NAMES else name,
        owner_sim=masked_sim(values.get("subscription_id")) or masked_sim(values.get("sub_id")),
        # of a missed or rejected call some phones write how long it rang
        duration_s=None if kind in ("3", "5") else _seconds(values.get("duration", "")),
        conversation=None if is_withheld(number) or not shown else number,
        warnings=warnings,
    )


def _seconds(text: str) -> float | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _doubts(at: datetime, readable: str) -> tuple[str, ...]:
    """Warnings about a time; the readable form may differ by whole quarters (another zone)."""
    if clock := _CLOCK.search(readable):
        minute, second = int(clock.group(2)), int(clock.group(3))
        if second != at.second or (minute - at.minute) % 15:
            return ("readable_date_differs",)
    return ()


def _facts(sent: str, subject: str) -> Mapping[str, Any]:
    """The network's own time as written, and the subject, where there are any."""
    if subject in ("null", ""):
        return NO_FACTS if sent in ("0", "null", "") else {"date_sent": sent}
    return {"subject": subject, "date_sent": sent}

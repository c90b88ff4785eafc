"""SMS Backup & Restore (SyncTech) XML: messages and calls; also its siblings with one layout.

Streams: a file of gigabytes is read with a few MiB. A file that was cut off delivers its complete
elements. The places are byte offsets of the elements in the original file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO, Final

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.overlaps import Overlaps
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.syntax.base64_sink import Base64Sink, TextSink
from evidence.readers.syntax.xml_tags import Sink, Tag, Tags
from evidence.readers.syntax.xml_text import attributes, text_of
from evidence.readers.values.clock import Moment, from_epoch
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim

from . import super_backup
from .mms import Mms

VERSION: Final = "2"

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
_MESSAGE: Final = (
    "address",
    "date",
    "type",
    "body",
    "contact_name",
    "date_sent",
    "subject",
    "sub_id",
    "readable_date",
    "subscription_id",
)
_ROOTS: Final = frozenset({b"smses", b"calls", b"alllogs"})
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_NO_NAMES: Final = frozenset({"(Unknown)", "null", ""})
HIDDEN: Final = frozenset({"2", "3", "4"})  # withheld, unknown, payphone


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield messages and calls in file order; overlapping copies only once."""
    notes = context.notes
    tags = Tags(file, sink=_sink, wanted=(b"sms", tuple(name.encode() for name in _MESSAGE)))
    notes.encoding = tags.encoding
    backup = _Backup(context)
    for tag in tags:
        record = backup.take(tag)
        if backup.repairs:
            for code, count in backup.repairs.items():
                notes.warn(code, _place(tag), count)
            backup.repairs.clear()
        if record is not None and (first := backup.seen_as(record)) is None:
            yield record
        elif record is not None:
            notes.duplicate(first or 0, record.source_locator)
    if tags.truncated or not backup.closed:
        notes.warn("file_truncated")
    if tags.malformed:
        notes.warn("malformed_markup_skipped", count=tags.malformed)
    notes.announced = backup.announced
    if backup.announced is not None and backup.announced != backup.elements:
        notes.warn("count_differs")


class _Backup:
    """What must be remembered from tag to tag."""

    def __init__(self, context: Context) -> None:
        self.announced: int | None = None
        self.elements = 0
        self.closed = False
        self.repairs: Counter[str] = Counter()
        self._context = context
        self._mms: Mms | None = None
        self._overlaps = context.overlaps or Overlaps()

    def take(self, tag: Tag) -> Record | None:
        """The record that this tag completes, if any."""
        name = tag.name
        if name == b"sms" and not tag.closing:
            return _message(tag, self._context, self.repairs)
        if name == b"call" and not tag.closing:
            return _call(tag, self._context, self.repairs)
        if name == b"log" and not tag.closing:
            return super_backup.call(_values(tag, self.repairs), _place(tag), self._context)
        if name in _ROOTS:
            if not tag.closing:
                self.announced = _count(_values(tag, self.repairs))
            self.closed = tag.closing or tag.empty
            return None
        return self._part_of_mms(tag)

    def _part_of_mms(self, tag: Tag) -> Record | None:
        if tag.closing:
            if tag.name == b"mms" and self._mms is not None:
                record, self._mms = self._mms.finish(tag.end), None
                return record
            return None
        values = _values(tag, self.repairs)
        if tag.name == b"mms":
            mms = Mms(values, tag.start, self._context)
            if tag.empty:
                return mms.finish(tag.end)
            self._mms = mms
        elif self._mms is not None and tag.name == b"part":
            self._mms.part(values, tag)
        elif self._mms is not None and tag.name == b"addr":
            self._mms.address(values)
        return None

    def seen_as(self, record: Record) -> int | None:
        """The index of the same record given before, or None."""
        self.elements += 1
        number = record.peer_number_e164 or record.peer_number_raw
        said = record.duration_s if record.kind == "call" else record.text
        parts = tuple(part["sha256"] for part in record.attachments) if record.attachments else ()
        return self._overlaps.first_index(
            (record.kind, number, record.when_raw, record.direction, said, parts)
        )


def _sink(name: str) -> Sink:
    return Base64Sink() if name == "data" else TextSink()


def _place(tag: Tag) -> Mapping[str, Any]:
    return {"bytes": [tag.start, tag.end]}


def _values(tag: Tag, repairs: Counter[str]) -> dict[str, str]:
    values = attributes(tag.attributes, repairs)
    for name, spilled in tag.spilled.items():
        if isinstance(spilled, bytes):
            values[name] = attributes(b'v="' + spilled.replace(b'"', b"&quot;") + b'"', repairs)[
                "v"
            ]
            repairs["text_cut"] += 1
    return values


def _count(values: Mapping[str, str]) -> int | None:
    count = values.get("count", "")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 12 else None


def _message(tag: Tag, context: Context, repairs: Counter[str]) -> Record:
    quick = tag.wanted
    if quick is not None and quick[3] and b"&" not in quick[0] + quick[4] + quick[6]:
        address, date, kind, body, name, sent, subject, sim, readable, other_sim = quick
        return _sms(
            tag,
            context,
            _peer(address),
            date.decode("ascii", "replace"),
            kind.decode("ascii", "replace"),
            text_of(body, repairs),
            _name(name),
            # each message has its own: no use in remembering it
            (sent.decode("ascii", "replace"), _short(subject)),
            _sim(sim, other_sim),
            readable.decode("utf-8", "replace"),
        )
    values = _slow_values(tag, repairs)
    get = values.get
    return _sms(
        tag,
        context,
        _peer(get("address", "").encode("utf-8", "replace")),
        get("date", ""),
        get("type", ""),
        get("body"),
        _name(get("contact_name", "").encode("utf-8", "replace")),
        (get("date_sent", ""), get("subject", "")),
        masked_sim(get("sub_id")) or masked_sim(get("subscription_id")),
        get("readable_date", ""),
    )


def _sms(
    tag: Tag,
    context: Context,
    peer: tuple[str | None, str | None, str | None],
    date: str,
    kind: str,
    text: str | None,
    name: str | None,
    more: tuple[str, str],
    sim: str | None,
    readable: str,
) -> Record:
    moment = from_epoch(date, context.options.now)
    warnings = _doubts(moment, readable)
    direction = MESSAGE_DIRECTIONS.get(kind)
    if direction is None:
        warnings += ("unknown_type",)
    if text is None:
        warnings += ("no_text",)
    elif "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text is not None and len(text) > TEXT_FIELD:
        text, warnings = text[:TEXT_FIELD], (*warnings, "text_cut")
    number, subscriber, conversation = peer
    return Record(
        "sms",
        context.name,
        {"bytes": [tag.start, tag.end]},
        moment.utc,
        date,
        moment.precision,
        moment.zone_source,
        direction,
        number,
        subscriber,
        name,
        sim,
        text,
        None,
        (),
        conversation,
        warnings,
        _facts(*more),
    )


@lru_cache(maxsize=65536)
def _peer(address: bytes) -> tuple[str | None, str | None, str | None]:
    """Raw number, E.164 form, conversation."""
    number = address.decode("utf-8", "replace")
    raw = None if number == "null" else number
    return raw, e164(number), None if is_withheld(number) else number


@lru_cache(maxsize=4096)
def _name(name: bytes) -> str | None:
    text = name.decode("utf-8", "replace")
    return None if text in _NO_NAMES else text


@lru_cache(maxsize=4096)
def _sim(one: bytes, other: bytes) -> str | None:
    """The SIM by either word: -1 in one of them says nothing."""
    return masked_sim(_short(one)) or masked_sim(_short(other))


@lru_cache(maxsize=4096)
def _short(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _slow_values(tag: Tag, repairs: Counter[str]) -> dict[str, str]:
    """As `_values`, also for a tag that came by the fast lane and needs care after all."""
    if tag.wanted is None:
        return _values(tag, repairs)
    pairs = zip(_MESSAGE, tag.wanted, strict=True)
    return {name: text_of(value, repairs) for name, value in pairs if value or name == "body"}


def _call(tag: Tag, context: Context, repairs: Counter[str]) -> Record:
    values = _values(tag, repairs)
    number = values.get("number", "")
    name = values.get("contact_name", "")
    moment = from_epoch(values.get("date", ""), context.options.now)
    warnings = _doubts(moment, values.get("readable_date"))
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
        source_locator=_place(tag),
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


def _doubts(moment: Moment, readable: str | None) -> tuple[str, ...]:
    """Warnings about a time; the readable form may differ by whole quarters (another zone)."""
    if moment.utc is None:
        return moment.doubts
    if not readable or f":{moment.utc.minute:02}:{moment.utc.second:02}" in readable:
        return ()
    if clock := _CLOCK.search(readable):
        minute, second = int(clock.group(2)), int(clock.group(3))
        if second != moment.utc.second or (minute - moment.utc.minute) % 15:
            return ("readable_date_differs",)
    return ()


def _facts(sent: str, subject: str) -> Mapping[str, Any]:
    """The network's own time as written, and the subject, where there are any."""
    if subject in ("null", ""):
        return NO_FACTS if sent in ("0", "null", "") else {"date_sent": sent}
    return {"subject": subject, "date_sent": sent}

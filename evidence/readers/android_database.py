"""Android: tables `sms`, `pdu` with `part` and `addr`, `threads`, `calls`. Vendor columns vary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .clock import Moment, from_epoch
from .database import Database, Row, cut, number_of, text_of
from .mms import DIRECTIONS as MMS_DIRECTIONS
from .phone_numbers import e164, is_withheld, masked_sim
from .reading import Context
from .record import NO_FACTS, Record
from .sms_backup import CALL_DIRECTIONS, MESSAGE_DIRECTIONS

_SIMS: Final = ("sub_id", "sim_id", "subscription_id", "simid", "sim_slot")
_SMS: Final = ("address", "date", "date_sent", "type", "body", "subject", "thread_id", *_SIMS)
_PDU: Final = ("date", "date_sent", "msg_box", "m_type", "sub", "thread_id", *_SIMS)
_PART: Final = ("mid", "ct", "name", "fn", "cl", "text")
_CALL: Final = ("number", "date", "duration", "type", "name", "presentation", *_SIMS)
_FROM, _TO = 137, 151
_OWNER: Final = "insert-address-token"
_NOTICE: Final = "130"


def messages(database: Database, context: Context) -> Iterator[Record]:
    """Table `sms`; a draft without an address takes that of its conversation."""
    threads = _threads(database)
    for row in database.rows("sms", _SMS):
        number = text_of(row["address"]) or threads.get(number_of(row["thread_id"]) or 0)
        moment = _moment(row["date"], context)
        kind = text_of(row["type"]) or ""
        direction = MESSAGE_DIRECTIONS.get(kind)
        text, warnings = cut(text_of(row["body"]))
        if text is None:
            warnings += ("no_text",)
        if direction is None:
            warnings += ("unknown_type",)
        yield Record(
            kind="sms",
            source_file=context.name,
            source_locator={"row": row["rowid"], "table": "sms"},
            when_utc=moment.utc,
            when_raw=moment.raw,
            when_precision=moment.precision,
            zone_source=moment.zone_source,
            direction=direction,
            peer_number_raw=number,
            peer_number_e164=e164(number) if number else None,
            owner_sim=_sim(row),
            text=text,
            conversation=None if number is None or is_withheld(number) else number,
            warnings=(*moment.doubts, *warnings),
            facts=_facts(row["date_sent"], text_of(row["subject"])),
        )


def multimedia(database: Database, context: Context) -> Iterator[Record]:
    """Table `pdu` with its parts and addresses; the data of the parts lie outside the file."""
    threads = _threads(database)
    texts, attachments = _parts(database)
    senders, receivers = _addresses(database)
    for row in database.rows("pdu", _PDU):
        key = row["rowid"]
        moment = _moment(row["date"], context)
        box, shape = text_of(row["msg_box"]) or "", text_of(row["m_type"]) or ""
        direction = MMS_DIRECTIONS.get(box)
        warnings = moment.doubts
        if direction is None:
            direction = {"128": "out", "132": "in", _NOTICE: "in"}.get(shape)
            warnings += ("unknown_type",)
        if shape == _NOTICE:
            warnings += ("mms_not_downloaded",)
        everyone = threads.get(number_of(row["thread_id"]) or 0)
        others = senders[key] if direction == "in" else receivers[key]
        number = "~".join(others) or everyone
        text, more = cut("\n".join(texts[key]) if key in texts else None)
        conversation = everyone or number
        yield Record(
            kind="mms",
            source_file=context.name,
            source_locator={"row": key, "table": "pdu"},
            when_utc=moment.utc,
            when_raw=moment.raw,
            when_precision=moment.precision,
            zone_source=moment.zone_source,
            direction=direction,
            peer_number_raw=number,
            peer_number_e164=e164(number) if number else None,
            owner_sim=_sim(row),
            text=text,
            attachments=tuple(attachments[key]) if key in attachments else (),
            conversation=None
            if conversation is None or is_withheld(conversation)
            else conversation,
            warnings=warnings + more,
            facts=_facts(row["date_sent"], _unmixed(text_of(row["sub"]))),
        )


def calls(database: Database, context: Context) -> Iterator[Record]:
    """Table `calls`; of missed and rejected calls the duration may be ringing."""
    for row in database.rows("calls", _CALL):
        number = text_of(row["number"])
        moment = _moment(row["date"], context)
        kind = text_of(row["type"]) or ""
        direction = CALL_DIRECTIONS.get(kind)
        warnings = moment.doubts
        if direction is None:
            warnings += ("unknown_type",)
        if kind == "7":
            warnings += ("answered_elsewhere",)
        shown = text_of(row["presentation"]) in (None, "", "1")
        known = shown and number is not None and not is_withheld(number)
        duration = number_of(row["duration"])
        yield Record(
            kind="call",
            source_file=context.name,
            source_locator={"row": row["rowid"], "table": "calls"},
            when_utc=moment.utc,
            when_raw=moment.raw,
            when_precision=moment.precision,
            zone_source=moment.zone_source,
            direction=direction,
            peer_number_raw=number,
            peer_number_e164=e164(number) if known and number else None,
            peer_name=text_of(row["name"]) or None,
            owner_sim=_sim(row),
            duration_s=None if kind in ("3", "5") or duration is None or duration < 0 else duration,
            conversation=number if known else None,
            warnings=warnings,
        )


def _moment(value: Any, context: Context) -> Moment:
    return from_epoch(text_of(value) or "", context.options.now)


def _facts(sent: Any, subject: str | None) -> Mapping[str, Any]:
    told = text_of(sent)
    facts = {"subject": subject} if subject else {}
    if told not in (None, "", "0"):
        facts["date_sent"] = told or ""
    return facts or NO_FACTS


def _sim(row: Row) -> str | None:
    for name in _SIMS:
        if (sim := masked_sim(text_of(row[name]))) is not None:
            return sim
    return None


def _threads(database: Database) -> dict[int, str]:
    """Conversation → its numbers, joined by `~` as in backups."""
    numbers = {
        str(row["rowid"]): text_of(row["address"]) or ""
        for row in database.rows("canonical_addresses", ("address",))
    }
    threads = {}
    for row in database.rows("threads", ("recipient_ids",)):
        found = [numbers.get(key, "") for key in (text_of(row["recipient_ids"]) or "").split()]
        if joined := "~".join(number for number in found if number):
            threads[row["rowid"]] = joined
    return threads


def _parts(
    database: Database,
) -> tuple[dict[int, list[str]], dict[int, list[dict[str, Any]]]]:
    """Texts and attachments of each message; layout (SMIL) is skipped."""
    texts: dict[int, list[str]] = defaultdict(list)
    attachments: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in database.rows("part", _PART):
        message = number_of(row["mid"])
        declared = (text_of(row["ct"]) or "").lower()
        if message is None or declared == "application/smil":
            continue
        if declared.startswith("text/plain"):
            if (text := text_of(row["text"])) is not None:
                texts[message].append(text)
            continue
        names = (_unmixed(text_of(row[key])) for key in ("cl", "fn", "name"))
        attachments[message].append(
            {
                "name": next((name for name in names if name), None),
                "content_type": declared or None,
                "format": None,
                "size": None,
                "sha256": None,
                "locator": {"row": row["rowid"], "table": "part"},
            }
        )
    return texts, attachments


def _addresses(database: Database) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Senders and receivers of each message, without the owner himself."""
    senders: dict[int, list[str]] = defaultdict(list)
    receivers: dict[int, list[str]] = defaultdict(list)
    for row in database.rows("addr", ("msg_id", "address", "type")):
        message, kind, address = number_of(row["msg_id"]), row["type"], text_of(row["address"])
        if message is None or not address or address == _OWNER:
            continue
        if number_of(kind) == _FROM:
            senders[message].append(address)
        elif number_of(kind) == _TO:
            receivers[message].append(address)
    return senders, receivers


def _unmixed(text: str | None) -> str | None:
    """Android keeps the UTF-8 bytes of subjects and part names as Latin-1 characters."""
    if not text or text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text

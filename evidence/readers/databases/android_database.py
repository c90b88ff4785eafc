"""Android: tables `sms`, `pdu` with `part` and `addr`, `threads`, `calls`. Vendor columns vary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from evidence.readers.messages import phone_records
from evidence.readers.messages.phone_records import FROM, OWNER, TO, sim_of
from evidence.readers.reading import Context
from evidence.readers.record import Record

from .database import Database, Row, number_of, text_of

_SIMS: Final = ("sub_id", "sim_id", "subscription_id", "simid", "sim_slot")
_SMS: Final = ("address", "date", "date_sent", "type", "body", "subject", "thread_id", *_SIMS)
_PDU: Final = ("date", "date_sent", "msg_box", "m_type", "sub", "thread_id", *_SIMS)
_PART: Final = ("mid", "ct", "name", "fn", "cl", "text")
_CALL: Final = ("number", "date", "duration", "type", "name", "presentation", *_SIMS)


def messages(database: Database, context: Context) -> Iterator[Record]:
    """Table `sms`; a draft without an address takes that of its conversation."""
    threads = _threads(database)
    for row in database.rows("sms", _SMS):
        yield phone_records.sms(
            context,
            {"row": row["rowid"], "table": "sms"},
            number=text_of(row["address"]) or threads.get(number_of(row["thread_id"]) or 0),
            date=text_of(row["date"]),
            kind=text_of(row["type"]),
            text=text_of(row["body"]),
            sim=_sim(row),
            sent=text_of(row["date_sent"]),
            subject=text_of(row["subject"]),
        )


def multimedia(database: Database, context: Context) -> Iterator[Record]:
    """Table `pdu` with its parts and addresses; the data of the parts lie outside the file."""
    threads = _threads(database)
    texts, attachments = _parts(database)
    senders, receivers = _addresses(database)
    for row in database.rows("pdu", _PDU):
        key = row["rowid"]
        yield phone_records.mms(
            context,
            {"row": key, "table": "pdu"},
            date=text_of(row["date"]),
            box=text_of(row["msg_box"]),
            shape=text_of(row["m_type"]),
            senders=senders.get(key, ()),
            receivers=receivers.get(key, ()),
            everyone=threads.get(number_of(row["thread_id"]) or 0),
            texts=texts.get(key, ()),
            attachments=attachments.get(key, ()),
            sim=_sim(row),
            sent=text_of(row["date_sent"]),
            subject=_unmixed(text_of(row["sub"])),
        )


def calls(database: Database, context: Context) -> Iterator[Record]:
    """Table `calls`."""
    for row in database.rows("calls", _CALL):
        yield phone_records.call(
            context,
            {"row": row["rowid"], "table": "calls"},
            number=text_of(row["number"]),
            date=text_of(row["date"]),
            kind=text_of(row["type"]),
            duration=number_of(row["duration"]),
            name=text_of(row["name"]),
            presentation=text_of(row["presentation"]),
            sim=_sim(row),
        )


def _sim(row: Row) -> str | None:
    return sim_of(*(text_of(row[name]) for name in _SIMS))


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
        message, address = number_of(row["msg_id"]), text_of(row["address"])
        if message is None or not address or address == OWNER:
            continue
        kind = text_of(row["type"])
        if kind == FROM:
            senders[message].append(address)
        elif kind == TO:
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

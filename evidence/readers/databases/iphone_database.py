"""iPhone: `sms.db` (`message`, `handle`, chats, attachments) and the call histories."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.values.clock import OUT_OF_RANGE, Moment, from_apple, from_epoch
from evidence.readers.values.phone_numbers import e164, is_withheld

from .database import Database, Row, cut, number_of, text_of
from .typedstream import text_in

_MESSAGE: Final = (
    "guid",
    "text",
    "handle_id",
    "subject",
    "attributedbody",
    "service",
    "date",
    "is_from_me",
    "error",
    "item_type",
    "associated_message_type",
    "associated_message_guid",
    "date_retracted",
    "date_edited",
    "group_title",
)
_CALL: Final = (
    "zdate",
    "zduration",
    "zaddress",
    "zname",
    "zoriginated",
    "zanswered",
    "zcalltype",
    "zservice_provider",
    "zdisconnected_cause",
)
_PLACE_OF_ATTACHMENT: Final = "\ufffc"
_ADDED, _REMOVED = range(2000, 2010), range(3000, 3010)
_TAPBACKS: Final = ("loved", "liked", "disliked", "laughed", "emphasized", "questioned", "emoji")
_REJECTED: Final = 6
_TELEPHONY: Final = "com.apple.Telephony"


class Chat(NamedTuple):
    """One conversation: its identifier (a number, a mail, or `chat…` of a group), its title."""

    identifier: str | None
    title: str | None
    is_group: bool


def messages(database: Database, context: Context) -> Iterator[Record]:
    """Table `message`; chats and attachments are joined where the file has them."""
    handles = {row["rowid"]: text_of(row["id"]) for row in database.rows("handle", ("id",))}
    chats = _chats(database)
    attachments = _attachments(database)
    for row in database.rows("message", _MESSAGE):
        chat = chats.get(row["rowid"])
        own = number_of(row["is_from_me"]) == 1
        number = handles.get(number_of(row["handle_id"]) or 0)
        if own and chat is not None and chat.is_group:
            number = None
        elif number is None and chat is not None and not chat.is_group:
            number = chat.identifier
        files = tuple(attachments.get(row["rowid"], ()))
        text, warnings = _text(row, bool(files))
        kind, direction = _kind(row, own)
        moment = _moment(row["date"], context)
        warnings += moment.doubts
        conversation = (chat.title or chat.identifier) if chat is not None else None
        yield Record(
            kind=kind,
            source_file=context.name,
            source_locator={"row": row["rowid"], "table": "message"},
            when_utc=moment.utc,
            when_raw=moment.raw,
            when_precision=moment.precision,
            zone_source=moment.zone_source,
            direction=direction,
            peer_number_raw=number,
            peer_number_e164=e164(number) if number else None,
            peer_name=chat.title if chat is not None and number is None else None,
            text=text,
            attachments=files,
            conversation=conversation or number,
            warnings=warnings,
            facts=_facts(row) or NO_FACTS,
        )


def calls(database: Database, context: Context) -> Iterator[Record]:
    """Table `ZCALLRECORD`; of an outgoing call only its length tells whether it was answered."""
    for row in database.rows("zcallrecord", _CALL):
        number = text_of(row["zaddress"])
        provider = text_of(row["zservice_provider"])
        moment = _moment(row["zdate"], context)
        if number_of(row["zoriginated"]) == 1:
            direction = "out"
        elif number_of(row["zanswered"]) == 1:
            direction = "in"
        else:
            by_hand = number_of(row["zdisconnected_cause"]) == _REJECTED
            direction = "rejected" if by_hand and provider in (None, _TELEPHONY) else "missed"
        facts = {"app": provider} if provider and provider != _TELEPHONY else NO_FACTS
        yield _call(
            row, "ZCALLRECORD", number, direction, moment, row["zduration"], context
        )._replace(peer_name=text_of(row["zname"]) or None, facts=facts)


def old_calls(database: Database, context: Context) -> Iterator[Record]:
    """Table `call` up to iOS 7: Unix seconds, bit 0 of the flags is "outgoing"."""
    for row in database.rows("call", ("address", "date", "duration", "flags")):
        moment = from_epoch(text_of(row["date"]) or "", context.options.now)
        talked = number_of(row["duration"])
        incoming = "in" if talked else "missed"
        direction = "out" if (number_of(row["flags"]) or 0) & 1 else incoming
        number = text_of(row["address"])
        yield _call(row, "call", number, direction, moment, row["duration"], context)


def _call(
    row: Row,
    table: str,
    number: str | None,
    direction: str,
    moment: Moment,
    duration: Any,
    context: Context,
) -> Record:
    honest = direction in ("in", "out") and isinstance(duration, int | float)
    known = number is not None and not is_withheld(number)
    talk = round(duration, 3) if honest and 0 <= duration < 10**7 else None
    return Record(
        kind="call",
        source_file=context.name,
        source_locator={"row": row["rowid"], "table": table},
        when_utc=moment.utc,
        when_raw=moment.raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=number,
        peer_number_e164=e164(number) if known and number else None,
        duration_s=talk,
        conversation=number if known else None,
        warnings=moment.doubts,
    )


def _moment(value: Any, context: Context) -> Moment:
    """Seconds or nanoseconds since 2001, decided for each value."""
    if isinstance(value, str):
        value = number_of(value)
    if not isinstance(value, int | float) or not math.isfinite(value):
        return Moment(None, text_of(value) or "", warning=OUT_OF_RANGE)
    moment = from_apple(value, context.options.now)
    return moment._replace(raw=text_of(value) or "")


def _kind(row: Row, own: bool) -> tuple[str, str]:
    """Kind and direction; what ended in an error was not sent."""
    if number_of(row["item_type"]):
        return "system", "system"
    direction = "in"
    if own:
        direction = "failed" if number_of(row["error"]) else "out"
    tapback = number_of(row["associated_message_type"]) or 0
    if tapback in _ADDED or tapback in _REMOVED:
        return "reaction", direction
    return ("sms" if (text_of(row["service"]) or "SMS") == "SMS" else "chat"), direction


def _text(row: Row, has_files: bool) -> tuple[str | None, tuple[str, ...]]:
    """The text, from the archive where the plain column is empty."""
    text = text_of(row["text"])
    archive = row["attributedbody"]
    if not text and isinstance(archive, bytes):
        text = text_in(archive)
    if text is not None:
        text = text.replace(_PLACE_OF_ATTACHMENT, "").strip(" ") if has_files else text
        text = text or None
    text, warnings = cut(text)
    if number_of(row["date_retracted"]):
        warnings += ("message_retracted",)
    elif text is None and not has_files and not number_of(row["item_type"]):
        warnings += ("no_text",)
    if number_of(row["date_edited"]) and not number_of(row["date_retracted"]):
        warnings += ("message_edited",)
    return text, warnings


def _facts(row: Row) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if service := text_of(row["service"]):
        facts["service"] = service
    if subject := text_of(row["subject"]):
        facts["subject"] = subject
    tapback = number_of(row["associated_message_type"]) or 0
    if tapback in _ADDED or tapback in _REMOVED:
        which = tapback % 1000
        facts["reaction"] = _TAPBACKS[which] if which < len(_TAPBACKS) else "other"
        facts["reaction_removed"] = tapback in _REMOVED
        facts["reaction_to"] = text_of(row["associated_message_guid"])
    return facts


def _chats(database: Database) -> dict[int, Chat]:
    """Message → its chat."""
    columns = ("chat_identifier", "display_name", "room_name", "style")
    chats = {
        row["rowid"]: Chat(
            text_of(row["chat_identifier"]),
            text_of(row["display_name"]) or None,
            number_of(row["style"]) == 43 or bool(row["room_name"]),
        )
        for row in database.rows("chat", columns)
    }
    found: dict[int, Chat] = {}
    for row in database.rows("chat_message_join", ("chat_id", "message_id")):
        chat, message = number_of(row["chat_id"]), number_of(row["message_id"])
        if message is not None and chat in chats:
            found.setdefault(message, chats[chat])
    return found


def _attachments(database: Database) -> dict[int, list[dict[str, Any]]]:
    """Message → what was attached to it; the files themselves lie outside the database."""
    columns = ("filename", "mime_type", "transfer_name", "total_bytes")
    files = {
        row["rowid"]: {
            "name": text_of(row["transfer_name"])
            or (text_of(row["filename"]) or "").rsplit("/", 1)[-1]
            or None,
            "content_type": text_of(row["mime_type"]),
            "format": None,
            "size": number_of(row["total_bytes"]),
            "sha256": None,
            "locator": {"row": row["rowid"], "table": "attachment"},
        }
        for row in database.rows("attachment", columns)
    }
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in database.rows("message_attachment_join", ("message_id", "attachment_id")):
        message, file = number_of(row["message_id"]), number_of(row["attachment_id"])
        if message is not None and file in files:
            found[message].append(files[file])
    return found

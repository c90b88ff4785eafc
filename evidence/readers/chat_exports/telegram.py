"""Telegram Desktop's `result.json`: one chat, or a whole account.

An account's export says whose it is; the export of one chat does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.json_items import ANY, Broken, CutOffError, Item, Opened, Path, items

from .chats import chat
from .telegram_values import (
    CALLS,
    Message,
    action_of,
    call_direction,
    counted,
    is_copy,
    is_edited,
    media_of,
    moment_of,
    seconds_of,
    text_of,
)

VERSION: Final = "2"

LONGEST_NAME: Final = 1024  # characters
_LISTS: Final[tuple[Path, ...]] = (
    (),
    ("chats", "list", ANY),
    ("left_chats", "list", ANY),
)
_MESSAGES: Final = frozenset((*place, "messages", ANY) for place in _LISTS)
_OWNER: Final = ("personal_information",)
_FACTS: Final = (
    ("forwarded_from", "forwarded_from"),
    ("saved_from", "saved_from"),
    ("reply_to_message_id", "reply_to"),
    ("via_bot", "via_bot"),
    ("author", "author"),
    ("sticker_emoji", "sticker_emoji"),
    ("action", "action"),
    ("actor", "actor"),
    ("discard_reason", "discard_reason"),
)


@dataclass(slots=True)
class _Chat:
    """The chat whose messages come."""

    name: str | None = None
    id: int | None = None
    kind: str | None = None

    @property
    def title(self) -> str | None:
        """As the file names it; one without a name (of a deleted account) by its number."""
        return self.name or (str(self.id) if self.id is not None else None)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message, call or notice; the place is its object's bytes.

    Raises:
        OverLimitError, UnreadableError: one message is too large; the JSON is damaged.
    """
    here = _Chat()
    owner: str | None = None
    try:
        for item in items(file, lambda path: path in _MESSAGES or path == _OWNER, context.notes):
            if item.path in _MESSAGES:
                if (record := _judged(item, here, owner, context)) is not None:
                    yield record
            elif item.path == _OWNER:
                owner = _user(item.value)
            elif isinstance(item.value, Opened):
                if item.path in _LISTS:
                    here = _Chat()
            elif item.path[:-1] in _LISTS:
                _learn(here, item.path[-1], item.value)
    except CutOffError:
        context.notes.warn("file_truncated")


def _learn(here: _Chat, name: str, value: Any) -> None:
    if name == "name":
        here.name = _name(value)
    elif name == "type" and isinstance(value, str):
        here.kind = value
    elif name == "id" and isinstance(value, int):
        here.id = value


def _user(value: Any) -> str | None:
    number = value.get("user_id") if isinstance(value, dict) else None
    return f"user{number}" if isinstance(number, int) else None


def _judged(item: Item, here: _Chat, owner: str | None, context: Context) -> Record | None:
    place = {"bytes": [item.start, item.end]}
    if isinstance(item.value, Broken) or not isinstance(item.value, dict):
        context.notes.warn("malformed_row_skipped", place)
        return None
    if here.kind == "saved_messages" and here.id is not None:
        owner = owner or f"user{here.id}"  # a chat with oneself has one's own number
    record = _record(item.value, place, here, owner, context)
    number = record.facts.get("message_id")
    return None if is_copy(context, here.title, number, record.when_utc, place) else record


def _record(
    message: Message, place: Mapping[str, Any], here: _Chat, owner: str | None, context: Context
) -> Record:
    service = message.get("type") == "service"
    call = service and message.get("action") in CALLS
    sender, number = _sender(message, "actor" if service else "from")
    own = _is_own(sender, number, owner, context)
    media = media_of(message, context)
    warnings: tuple[str, ...] = ()
    if is_edited(message):
        warnings += ("message_edited",)
    if media.omitted:
        warnings += ("media_omitted",)
    if message.get("type") not in ("message", "service"):
        warnings += ("message_unsupported",)
    text = action_of(message) if service else text_of(message)
    direction = None if own is None else "out" if own else "in"
    missed = call and (message.get("discard_reason") == "missed")
    return chat(
        context,
        place,
        moment_of(message, context.options),
        sender=sender if call or not service else None,
        text=None if call else text,
        kind="call" if call else "system" if service else "chat",
        direction=call_direction(message, own) if call else direction,
        conversation=here.title,
        private=here.kind == "personal_chat" and here.name is not None,
        attachments=media.attachments,
        duration_s=None if missed else seconds_of(message),
        warnings=warnings,
        facts=_facts(message, number, None if service else media.kind),
    )


def _sender(message: Message, name: str) -> tuple[str | None, str | None]:
    """Who it is from, as named and by number; the name is null when the account is gone."""
    named, number = message.get(name), message.get(f"{name}_id")
    if isinstance(number, int):  # before 2021 without the word before it
        number = f"user{number}"
    return _name(named), _name(number)


def _name(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return value[:LONGEST_NAME] or None


def _is_own(
    sender: str | None, number: str | None, owner: str | None, context: Context
) -> bool | None:
    told = context.options.owner
    if owner is not None and number is not None:
        return number == owner
    if told is not None and (sender or number):
        return told in (sender, number)
    return None


def _facts(message: Message, number: str | None, kind: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if isinstance(message.get("id"), int):
        facts["message_id"] = counted(message["id"])
    if number is not None:
        facts["sender_id"] = number
    if kind is not None:
        facts["message_type"] = kind
    for name, fact in _FACTS:
        value = message.get(name)
        if isinstance(value, str):
            facts[fact] = value[:LONGEST_NAME]
        elif isinstance(value, int):
            facts[fact] = counted(value)
    return facts

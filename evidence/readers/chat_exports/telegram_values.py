"""What a message of a Telegram export holds: words, files, calls, what the app itself says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from evidence.readers.reading import Context, Options
from evidence.readers.values.clock import Moment, from_epoch, from_wall, with_offset

from .chats import attached

Message = Mapping[str, Any]

_WALL: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})")
_DEEPEST: Final = 32  # blocks in each other
_ABSENT: Final = re.compile(
    r"^(?:(?P<name>.+?) )?\((?:File|Photo) (?:not included|unavailable|exceeds maximum size)", re.S
)
EXACT: Final = 2**53 - 1  # beyond it a number has no canonical form (RFC 8785)
CALLS: Final = frozenset({"phone_call", "conference_call"})
# What an action of the app is about, in the order in which its sentence would name it.
_ABOUT: Final = (
    "information_text",
    "title",
    "new_title",
    "members",
    "inviter",
    "text",
    "amount",
    "currency",
    "score",
    "emoticon",
    "to",
    "distance",
    "period",
    "reason_domain",
    "reason_app_name",
    "values",
    "cost",
    "months",
)


class Media(NamedTuple):
    """The files of a message, and what it is beside words."""

    attachments: tuple[Mapping[str, Any], ...]
    kind: str | None
    omitted: bool


def moment_of(message: Message, options: Options) -> Moment:
    """The epoch where there is one; before 2021 there only was the exporter's own clock."""
    epoch = message.get("date_unixtime")
    if isinstance(epoch, str | int) and str(epoch).strip():
        return from_epoch(str(epoch).strip(), options.now)
    raw = message.get("date")
    if isinstance(raw, int):
        return from_epoch(str(raw), options.now)
    if not isinstance(raw, str):
        return Moment(None, "")
    if found := _WALL.fullmatch(raw):
        year, month, day, hour, minute, second = (int(part) for part in found.groups())
        parts = (year, month, day, hour, minute, second)
        return from_wall(parts, raw=raw, zone=options.tz, now=options.now)
    return with_offset(raw, options.now)


def is_copy(
    context: Context,
    conversation: str | None,
    number: int | str | None,
    at: datetime | None,
    place: Mapping[str, Any],
) -> bool:
    """Whether this archive gave the message already: an export may be HTML and JSON at once.

    Notices have only a day in HTML, so the day decides.
    """
    if context.overlaps is None or number is None:
        return False
    day = at.astimezone(ZoneInfo(context.options.tz)).date() if at is not None else None
    first = context.overlaps.first_index(("telegram", conversation, number, day))
    if first is not None:
        context.notes.duplicate(first, place)
    return first is not None


def is_edited(message: Message) -> bool:
    """Whether it was edited; early versions wrote 1970 for "never"."""
    epoch = message.get("edited_unixtime")
    if epoch is not None:
        return str(epoch).strip() not in ("", "0")
    edited = message.get("edited")
    return isinstance(edited, str) and not edited.startswith("1970-01-01")


def words_of(value: Any) -> str:
    """A text in one piece: it is a string, or strings and parts with a `text` in a list."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    parts = (part.get("text") if isinstance(part, dict) else part for part in value)
    return "".join(part for part in parts if isinstance(part, str))


def text_of(message: Message) -> str | None:
    """What was written; else what a contact, a place, a poll or a bill says."""
    if words := words_of(message.get("text")) or words_of(message.get("text_entities")):
        return words
    for name, tell in _TELLERS.items():
        value = _object(message.get(name))
        if value is not None:
            return "\n".join(part for part in tell(value, message) if part) or None
    title = [_word(message.get("game_title")), _word(message.get("game_description"))]
    return "\n".join(part for part in title if part) or None


def _object(value: Any) -> Message | None:
    """An object, or one that was written as a string (bills)."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def action_of(message: Message) -> str | None:
    """The app's own line: the action's name and what it is about, as the file has them."""
    about = []
    for name in _ABOUT:
        value = message.get(name)
        if isinstance(value, list):
            value = ", ".join(_word(part) for part in value)
        if word := _word(value):
            about.append(word)
    action = _word(message.get("action"))
    said = ", ".join(about)
    return f"{action}: {said}" if action and said else action or said or None


def media_of(message: Message, context: Context) -> Media:
    """The files that a message names; one left out of the export is said to be so."""
    files: list[Mapping[str, Any]] = []
    omitted = False
    for member in ("photo", "file", "contact_vcard", "media"):
        path = message.get(member)
        if not isinstance(path, str) or not path:
            continue
        name = message.get("file_name") if member == "file" else None
        name = name if isinstance(name, str) and name else None
        if absent := _ABSENT.match(path):
            omitted = True
            name = name or absent["name"]
            if name is None:
                continue
        size = message.get("photo_file_size" if member == "photo" else "file_size")
        content = message.get("mime_type") if member == "file" else None
        file = attached(
            name if absent and name else path,
            context,
            name=name,
            content_type=content if isinstance(content, str) else None,
            size=size if isinstance(size, int) and 0 <= size <= EXACT else None,
        )
        files.append({**file, "locator": None} if absent else file)
    gone = "self_destruct_period_seconds" in message and not files
    return Media(tuple(files), _kind(message), omitted or gone)


def seconds_of(message: Message) -> float | None:
    """How long a call, a voice message or a film is."""
    for name in ("duration_seconds", "duration"):
        value = message.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 10**7:
            return value
    return None


def counted(number: int) -> int | str:
    """A number of the file; as text where it is beyond all that JSON holds exactly."""
    return number if abs(number) <= EXACT else str(number)[:32]


def call_direction(message: Message, own: bool | None) -> str | None:
    """Of a call; it stays open when nobody knows whether the owner called."""
    if own is None:
        return None
    reason = message.get("discard_reason")
    if own:
        return "out"
    if reason == "missed" or message.get("is_missed") is True:
        return "missed"
    return "rejected" if reason == "busy" else "in"


def _kind(message: Message) -> str | None:
    kind = message.get("media_type")
    if isinstance(kind, str) and kind:
        return kind
    for name, word in _KINDS.items():
        if message.get(name) is not None:
            return word
    return None


def _contact(value: Message, _: Message) -> tuple[str, ...]:
    name = f"{_word(value.get('first_name'))} {_word(value.get('last_name'))}".strip()
    return name, _word(value.get("phone_number"))


def _place(value: Message, message: Message) -> tuple[str, ...]:
    point = f"{_word(value.get('latitude'))}, {_word(value.get('longitude'))}".strip(", ")
    return _word(message.get("place_name")), _word(message.get("address")), point


def _poll(value: Message, _: Message) -> tuple[str, ...]:
    answers = value.get("answers")
    told = answers if isinstance(answers, list) else []
    options = (words_of(answer.get("text")) for answer in told if isinstance(answer, dict))
    return words_of(value.get("question")), *(f"- {option}" for option in options)


def _list(value: Message, _: Message) -> tuple[str, ...]:
    tasks = value.get("answers") or value.get("items")
    told = tasks if isinstance(tasks, list) else []
    lines = (words_of(task.get("text")) for task in told if isinstance(task, dict))
    return words_of(value.get("title")), *(f"- {line}" for line in lines)


def _rich(value: Message, _: Message) -> tuple[str, ...]:
    blocks = value.get("blocks")
    return tuple("".join(_texts(block, 0)) for block in blocks) if isinstance(blocks, list) else ()


def _texts(value: Any, depth: int) -> Iterator[str]:
    """All that stands under `text` in nested blocks."""
    if depth > _DEEPEST:
        return
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from _texts(part, depth + 1)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        yield value["text"]


def _bill(value: Message, _: Message) -> tuple[str, ...]:
    sum_of_it = f"{_word(value.get('amount'))} {_word(value.get('currency'))}".strip()
    return _word(value.get("title")), _word(value.get("description")), sum_of_it


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


_TELLERS: Final[Mapping[str, Callable[[Message, Message], tuple[str, ...]]]] = {
    "contact_information": _contact,
    "location_information": _place,
    "poll": _poll,
    "invoice_information": _bill,
    "todo_list": _list,
    "rich_message": _rich,
}
_KINDS: Final = {
    "photo": "photo",
    "contact_information": "contact",
    "location_information": "location",
    "poll": "poll",
    "invoice_information": "invoice",
    "todo_list": "todo_list",
    "game_title": "game",
    "file": "file",
}

"""WhatsApp's own export, from Android and iPhone: `_chat.txt`, `WhatsApp Chat with NAME.txt`.

The file does not say who owns the phone; a line's style and the order of its dates are decided once
for the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import lines_of, whole_text
from evidence.readers.values.clock import Moment, from_wall
from evidence.readers.values.date_order import YEAR_FIRST, Parts, as_date, order_of

from .chats import attached, chat, unmarked
from .whatsapp_lines import LONGEST, Head, Style, head_of, sender_of
from .whatsapp_names import chat_of
from .whatsapp_words import (
    attached_name,
    call_of,
    is_deleted,
    is_event,
    is_notice,
    is_omitted,
    unedited,
)

VERSION: Final = "4"


class _File(NamedTuple):
    """What is decided once."""

    style: Style
    order: str | None
    senders: frozenset[str]
    conversation: str | None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message or notice; the place is the line on which it begins.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    text = whole_text(file, context)
    told = _judge(text, context)
    if told is None:
        return
    if told.order is None:
        context.notes.warn("date_order_open")
    head: Head | None = None
    begin = 0
    body: list[str] = []
    size = 0
    for number, line in enumerate(lines_of(text), 1):
        found = head_of(line[:LONGEST])
        if found is None or found.style != told.style:
            if head is not None and size <= TEXT_FIELD:
                body.append(line)
                size += len(line)
            elif head is None and line.strip():
                context.notes.warn("malformed_row_skipped", {"line": number})
            continue
        if head is not None:
            yield _record(head, body, begin, told, context)
        head, begin, body, size = found, number, [line[found.end :]], len(line)
    if head is not None:
        yield _record(head, body, begin, told, context)


def _judge(text: str, context: Context) -> _File | None:
    """The style of the first head, all dates in that style, and all senders."""
    style: Style | None = None
    dates: list[Parts] = []
    senders: set[str] = set()
    for line in lines_of(text):
        head = head_of(line[:LONGEST])
        if head is None:
            continue
        if style is None:
            style = head.style
        if head.style != style:
            continue
        if not dates or dates[-1] != head.date:
            dates.append(head.date)
        sender, _ = sender_of(line[head.end : head.end + 256], frozenset())
        if sender is not None:
            senders.add(sender)
    if style is None:
        return None
    now = context.options.now
    latest = now.date() if now is not None else None
    order = YEAR_FIRST if style.separator == "年" else order_of(dates, style.separator, latest)
    return _File(style, order, frozenset(senders), _conversation(context))


def _record(head: Head, body: list[str], line: int, told: _File, context: Context) -> Record:
    while len(body) > 1 and not body[-1]:  # the file's own last line ends
        body.pop()
    sender, first = sender_of(body[0], told.senders)
    marked = first.startswith("\u200e")
    text = unmarked("\n".join([first, *body[1:]]))
    place = {"line": line}
    moment = _moment(head, told, context)
    kind, direction = "chat", None
    if sender is not None:
        sender = unmarked(sender)
        if is_notice(text) or (marked and is_event(text)) or _is_event(body[0], sender):
            kind, sender = "system", None
            text = unmarked(body[0]) if not marked and not is_notice(text) else text
    else:
        kind = "system"
    call = call_of(text, by_program=marked or sender is None)
    if call == "missed":
        kind, direction = "call", "missed"
    elif call and (marked or not told.style.bracket):
        kind = "call"
    if kind == "system":
        return chat(
            context,
            place,
            moment,
            sender=None,
            text=text,
            kind=kind,
            conversation=told.conversation,
        )
    text, edited = unedited(text)
    warnings: tuple[str, ...] = ("message_edited",) if edited else ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    if is_omitted(text):
        warnings += ("media_omitted",)
    elif is_deleted(text):
        warnings += ("message_deleted",)
    elif name := attached_name(text):
        attachments = (attached(name, context),)
    return chat(
        context,
        place,
        moment,
        sender=sender,
        text=text,
        kind=kind,
        direction=direction,
        conversation=told.conversation,
        attachments=attachments,
        warnings=warnings,
    )


def _is_event(rest: str, sender: str) -> bool:
    """A title in quotes may hold a colon: then what stands before it is nobody's name."""
    return any(quote in sender for quote in '"“「') and is_event(rest)


def _moment(head: Head, told: _File, context: Context) -> Moment:
    if told.order is None:
        return Moment(None, head.raw, warning="date_order_open")
    day = as_date(head.date, told.order)
    if day is None:
        return Moment(None, head.raw)
    parts = (day.year, day.month, day.day, head.hour, head.minute, head.second or 0)
    precision = "min" if head.second is None else "s"
    options = context.options
    return from_wall(parts, raw=head.raw, zone=options.tz, precision=precision, now=options.now)


def _conversation(context: Context) -> str | None:
    """The name in the file's name, or in that of the archive around it."""
    for name in (context.name, context.container or ""):
        if found := chat_of(unmarked(name)):
            return found
    return None

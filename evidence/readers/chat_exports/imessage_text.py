"""Messages of an iPhone or Mac as imessage-exporter writes them to text.

A time alone on its line (perhaps with when it was read), the sender on the next, then the message;
what the phone itself told stands behind the time. The owner is `Me`. Answers are shown twice: set
in below what they answer, and again at their own time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import legible, lines_of, whole_text
from evidence.readers.tables.cell_times import moment

from .chats import attached, chat, peer_of

VERSION: Final = "1"

LONGEST: Final = 4096  # characters of a line that are looked at for a head
_HEAD: Final = re.compile(
    r"(?P<indent> {0,64})(?P<when>[A-Z][a-z]{2} \d{2}, \d{4} [ \d]\d:\d{2}:\d{2} [AP]M)"
    r"(?P<read> \([^()\n]{1,200}\))?(?: (?P<told>\S.*))?"
)
_FILE: Final = re.compile(
    r"(?:Sticker from [^\n:]{1,200}: )?"
    r"(?P<path>(?:~?/|\.{1,2}/|attachments/)[^\n]{1,1024}\.[A-Za-z0-9]{1,8})(?: \(.{1,80}\))?"
)
_TAPBACK: Final = re.compile(r"(?P<what>\S.{0,80}?) by (?P<who>\S.{0,200})")
_TAPBACKS: Final = "Tapbacks:"
_ANSWER: Final = "This message responded to an earlier message."
_DELETED: Final = "This message was deleted from the conversation!"
_OWNER: Final = "Me"


class _Message(NamedTuple):
    """What lies between two heads; `who` is None for what the phone told."""

    line: int
    when: str
    who: str | None
    body: list[str]
    indented: bool


def recognise(text: str) -> bool:
    """Whether a text begins as this tool writes: a time, a sender, a message."""
    first, _, rest = text.partition("\n")
    head = _HEAD.fullmatch(first.rstrip("\r"))
    if head is None or head["indent"]:
        return False
    if head["told"]:
        return any(
            (found := _HEAD.fullmatch(line.rstrip("\r"))) and not found["told"]
            for line in rest[:32_768].split("\n")
        )
    return bool(rest.split("\n", 1)[0].strip())


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message or notice; the place is the line with its time.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    messages = list(_messages(whole_text(file, context), context))
    told = Counter(_key(each) for each in messages if not each.indented)
    people = {each.who for each in messages if each.who not in (None, _OWNER)}
    other = people.pop() if len(people) == 1 else None
    # who gave himself another name is not told from the others
    known = any(each.who == _OWNER for each in messages) or (other and other == _stem(context))
    for message in messages:
        if message.indented and told[_key(message)]:
            continue  # it comes again at its own time
        record = _record(message, other, context)
        is_open = not known and record.kind != "system" and not context.options.owner
        yield record._replace(direction=None) if is_open else record


def _messages(text: str, context: Context) -> Iterator[_Message]:
    head: re.Match[str] | None = None
    begin = 0
    body: list[str] = []
    for number, line in enumerate(lines_of(text), 1):
        found = _HEAD.fullmatch(line) if len(line) <= LONGEST else None
        if found is None:
            if head is not None:
                body.append(line)
            elif line.strip():
                context.notes.warn("malformed_row_skipped", {"line": number})
            continue
        if head is not None:
            yield _message(head, begin, body)
        head, begin, body = found, number, []
    if head is not None:
        yield _message(head, begin, body)


def _message(head: re.Match[str], line: int, body: list[str]) -> _Message:
    indent = head["indent"]
    lines = [each.removeprefix(indent) for each in body]
    if head["told"] is not None:
        return _Message(line, head["when"], None, [head["told"], *lines], bool(indent))
    who = lines[0].strip() if lines else ""
    return _Message(line, head["when"], who or None, lines[1:], bool(indent))


def _key(message: _Message) -> tuple[str, str | None, str]:
    """What two showings of one message share."""
    return message.when, message.who, "\n".join(_parted(message.body)[0]).strip()


def _parted(body: list[str]) -> tuple[list[str], list[str]]:
    """The words and the lines of tapbacks below them, without the tool's own remarks."""
    words = [line for line in body if line.strip() not in (_ANSWER, _DELETED)]
    if _TAPBACKS in words:
        at = words.index(_TAPBACKS)
        if all(not line.strip() or _TAPBACK.fullmatch(line.strip()) for line in words[at + 1 :]):
            return words[:at], [line.strip() for line in words[at + 1 :] if line.strip()]
    return words, []


def _record(message: _Message, other: str | None, context: Context) -> Record:
    words, tapbacks = _parted(message.body)
    files: list[Mapping[str, Any]] = []
    texts: list[str] = []
    for line in words:
        if message.who is not None and (found := _FILE.fullmatch(line)):
            files.append(attached(found["path"], context))
        else:
            texts.append(line)
    facts: dict[str, Any] = {}
    if tapbacks:
        found_all = (_TAPBACK.fullmatch(each) for each in tapbacks)
        facts["reactions"] = [
            {"sender": each["who"], "reaction": each["what"]} for each in found_all if each
        ]
    text = legible("\n".join(texts), context.notes).strip("\n")
    own = message.who == _OWNER
    when = moment(message.when, context.options, None)._replace(raw=message.when)
    record = chat(
        context,
        {"line": message.line},
        when,
        sender=message.who,
        text=text or None,
        kind="system" if message.who is None else "chat",
        direction=None if context.options.owner else "out" if own else "in",
        conversation=_stem(context),
        attachments=tuple(files),
        warnings=("message_deleted",) if _DELETED in map(str.strip, message.body) else (),
        facts=facts,
    )
    if message.who is None:
        return record
    own = record.direction == "out"
    number, subscriber, name = peer_of(other if own else message.who)
    return record._replace(
        peer_number_raw=number or (name if name and "@" in name else None),
        peer_number_e164=subscriber,
        peer_name=None if name and "@" in name else name,
    )


def _stem(context: Context) -> str | None:
    """The conversation is named by the file."""
    return context.name.removesuffix(".txt") or None

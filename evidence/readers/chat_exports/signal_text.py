"""Signal chats as desktop tools write them: `[2019-05-29, 15:04] NAME: TEXT`.

signal-export calls the owner `Me` and the app `No-Sender`, puts reactions into a last line, and
links the files beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import blocks_of, legible, lines_of, whole_text
from evidence.readers.values.clock import from_wall

from .chats import attached, chat

VERSION: Final = "1"

LONGEST: Final = 64 * 1024  # characters of a line that are looked at for a head
_HEAD: Final = re.compile(
    r"\[(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}),? (?P<h>\d{2}):(?P<m>\d{2})"
    r"(?::(?P<s>\d{2}))?\] (?P<who>[^\n]{1,200}?):(?: |$)"
)
_FILE: Final = re.compile(
    r"!?\[(?P<name>[^\[\]\n]{0,255})\]\((?P<path>(?:\./)?media/[^()\n]{1,512})\)"
)
_REACTIONS: Final = re.compile(r"\n\(- (?P<all>[^\n]{1,4096}) -\)\s*$")
_REACTION: Final = re.compile(r"(?P<who>[^:,]{1,200}): (?P<what>[^,\s]{1,32})(?:, |$)")
_OWNER, _NOBODY = "Me", "No-Sender"


def recognise(text: str) -> bool:
    """Whether a text begins as these tools write; with seconds WhatsApp's could look the same."""
    first = _HEAD.match(text)
    if first is None:
        return False
    if first["s"] is None:
        return True
    head = text[:32_768]
    people = {found["who"] for found in map(_HEAD.match, head.split("\n")[:200]) if found}
    return bool(people & {_OWNER, _NOBODY}) or _FILE.search(head) is not None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is the line on which it begins.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    text = whole_text(file, context)
    known = any(found["who"] == _OWNER for found in map(_HEAD.match, lines_of(text)) if found)
    for number, (head, first), body in blocks_of(_headed(text), context.notes):
        yield _record(head, [first, *body], number, known, context)


def _headed(text: str) -> Iterator[tuple[int, str, tuple[re.Match[str], str] | None]]:
    """Every line with the head that it begins with, and the words behind that."""
    for number, line in enumerate(lines_of(text), 1):
        found = _HEAD.match(line[:LONGEST])
        yield number, line, (found, line[found.end() :]) if found else None


def _record(
    head: re.Match[str], body: list[str], line: int, known: bool, context: Context
) -> Record:
    text = legible("\n".join(body), context.notes).rstrip()
    facts: dict[str, Any] = {}
    if found := _REACTIONS.search(text):
        text = text[: found.start()].rstrip()
        facts["reactions"] = [
            {"sender": each["who"], "reaction": each["what"]}
            for each in _REACTION.finditer(found["all"])
        ]
    files: tuple[Mapping[str, Any], ...] = tuple(
        attached(each["path"].removeprefix("./"), context, name=each["name"] or None)
        for each in _FILE.finditer(text)
    )
    if files:
        text = _FILE.sub("", text).strip()
    who = head["who"]
    clock = tuple(int(head[name] or 0) for name in ("year", "month", "day", "h", "m", "s"))
    year, month, day, hour, minute, second = clock
    options = context.options
    return chat(
        context,
        {"line": line},
        from_wall(
            (year, month, day, hour, minute, second),
            raw=head.group()[1:].split("]", 1)[0],
            zone=options.tz,
            precision="min" if head["s"] is None else "s",
            now=options.now,
        ),
        sender=None if who == _NOBODY else who,
        text=text or None,
        kind="system" if who == _NOBODY else "chat",
        direction="out" if who == _OWNER else "in" if known else None,
        conversation=_conversation(context),
        attachments=files,
        facts=facts,
    )


def _conversation(context: Context) -> str | None:
    """The tools keep each chat in a folder of its name."""
    folder = context.folder.rstrip("/").rsplit("/", 1)[-1]
    return folder or None

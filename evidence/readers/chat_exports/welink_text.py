"""Huawei WeLink's text export: `NAME(id)`, a tab and the time, then the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import blocks_of, legible, lines_of, whole_text
from evidence.readers.values.clock import from_wall

from .chats import chat

VERSION: Final = "1"

LONGEST: Final = 1024  # characters of a line that can be a head
_HEAD: Final = re.compile(
    r"(?P<name>[^\t\n]{0,200}?)\((?P<id>[^()\t\n]{1,64})\)\t+"
    r"(?P<when>(\d{4})[-/](\d{1,2})[-/](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?)\s*$"
)


def recognise(text: str) -> bool:
    """Whether a text begins with the head of a message."""
    return _HEAD.match(text.split("\n", 1)[0].rstrip("\r")[:LONGEST]) is not None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is the line of its head.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    lines = (
        (number, line, _HEAD.match(line) if len(line) <= LONGEST else None)
        for number, line in enumerate(lines_of(whole_text(file, context)), 1)
    )
    for number, head, body in blocks_of(lines, context.notes):
        yield _record(head, body, number, context)


def _record(head: re.Match[str], body: list[str], line: int, context: Context) -> Record:
    year, month, day, hour, minute, second = (int(part or 0) for part in head.groups()[3:])
    options = context.options
    moment = from_wall(
        (year, month, day, hour, minute, second),
        raw=head["when"],
        zone=options.tz,
        precision="min" if head.groups()[-1] is None else "s",
        now=options.now,
    )
    return chat(
        context,
        {"line": line},
        moment,
        sender=head["name"].strip() or head["id"],
        text=legible("\n".join(body), context.notes) or None,
        facts={"sender_id": head["id"]},
    )

"""Chats of WeChat as text: of tools, sent by mail from the app, copied by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from evidence.readers.errors import UnreadableError
from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import lines_of, whole_text
from evidence.readers.tables.cell_times import moment
from evidence.readers.tables.table_values import Period, period_of
from evidence.readers.values.clock import ABSENT, Moment

from .chats import attached, chat, unmarked
from .wechat_content import content_of, kind_of_number, type_numbers
from .wechat_lines import (
    EXPORTER,
    FORWARDED,
    LONGEST,
    STAMPED,
    Begin,
    Dialect,
    day_of,
    dialect_of,
    title_of,
)

VERSION: Final = "4"

_ATTACHED: Final = re.compile(
    r"\[(?:图片|视频|语音|文件|照片)[:：]\s*(?P<name>[^\[\]\n]{1,200}?)\s*(?:\(请在附件中查看\))?\]"
)
_BESIDE: Final = re.compile(r"\[(?:图片|视频|语音|文件)\] (?P<name>\S[^\n]{0,200}\.\w{1,5})")
_OMITTED: Final = re.compile(r"\[(?:图片|语音|视频|文件|动画表情|表情包|照片)\]")
_CALL: Final = re.compile(
    r"\[(?:语音|视频|音视频)通话\].{0,60}|(?:语音|视频)?通话时长\s*[\d:]{4,9}", re.S
)


def recognise(text: str) -> str | None:
    """The format id of a chat by its first lines, or None."""
    found = dialect_of([unmarked(line) for line in lines_of(text)][:1000])
    return found.name if found else None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is the line on which it begins.

    Raises:
        OverLimitError, UnreadableError: too large, no text, or no such chat.
    """
    yield from records_of_text(whole_text(file, context), context)


def records_of_text(text: str, context: Context) -> Iterator[Record]:
    """As `read`, of a text that was a file's or a part of one."""
    lines = [unmarked(line) for line in lines_of(text)]
    dialect = dialect_of(lines)
    if dialect is None:
        raise UnreadableError("the text is no chat that we know")
    if not dialect.verified:
        context.notes.unverified()
    yield from _Chat(dialect, lines, context).records()


class _Chat:
    """One text while its lines go by."""

    def __init__(self, dialect: Dialect, lines: list[str], context: Context) -> None:
        self._dialect = dialect
        self._lines = lines
        self._context = context
        self._day: str | None = None
        self._period: Period | None = period_of(context.name)
        self._title = next((name for line in lines[:5] if (name := title_of(line))), None)
        if self._title is None and dialect is EXPORTER:
            first = next((line.strip() for line in lines[:5] if line.strip()), "")
            self._title = first[:LONGEST] if first and dialect.begins(first) is None else None
        stem = context.name.rsplit(".", 1)[0]
        self._conversation = self._title or stem or None
        # a tool that marks the owner's own names everybody else
        self._names_owner = dialect is STAMPED and any(
            begin.own for at in range(len(lines)) if (begin := dialect.begun(lines, at))
        )

    def records(self) -> Iterator[Record]:
        begun: tuple[int, Begin, str | None] | None = None
        body: list[str] = []
        size = 0
        rest = 0  # lines of a head of several
        for number, line in enumerate(self._lines, 1):
            if rest:
                rest -= 1
                continue
            if self._dialect is not FORWARDED and (day := day_of(line)):
                if begun:
                    yield self._record(*begun, body)
                begun, self._day = None, day
                continue
            may = self._may_begin(number)
            begin = self._dialect.begun(self._lines, number - 1) if may else None
            if begin is not None:
                if begun:
                    yield self._record(*begun, body)
                begun, body, size = (number, begin, self._day), [], 0
                rest = self._dialect.head - 1
                if begin.text is not None:
                    body.append(begin.text)
            elif begun is None:
                if line.strip() and title_of(line) is None and line.strip() != self._title:
                    self._context.notes.warn("malformed_row_skipped", {"line": number})
            elif size <= TEXT_FIELD:
                body.append(line)
                size += len(line)
        if begun:
            yield self._record(*begun, body)

    def _may_begin(self, number: int) -> bool:
        """Where blank lines stand between messages, a line within a text begins none."""
        return (
            not self._dialect.after_blank
            or number == 1
            or not self._lines[number - 2].strip()
            or title_of(self._lines[number - 2]) is not None
        )

    def _record(self, number: int, begin: Begin, day: str | None, body: list[str]) -> Record:
        while body and not body[-1].strip():
            body.pop()
        while body and not body[0].strip():
            body.pop(0)
        text: str | None = "\n".join(body)
        who = begin.who
        if self._dialect is STAMPED and not body:  # a notice stands in the name's place
            who, text = None, begin.who
        kind = "system" if who is None else "chat"
        direction: str | None = None
        duration: float | None = None
        facts: dict[str, Any] = {}
        if begin.number is not None:
            code, inner = type_numbers(begin.number, "")
            kind = kind_of_number(code)
            content = content_of(code, inner, text or "")
            text, duration, facts = content.text, content.duration_s, dict(content.facts)
            direction = content.direction
        elif text and _CALL.fullmatch(text):
            content = content_of("50", "", text)
            kind, duration, direction = "call", content.duration_s, content.direction
        if begin.identity:
            facts["wechat_id"] = begin.identity
        files = tuple(attached(name, self._context) for name in self._files(text or ""))
        warnings = ("media_omitted",) if text and _OMITTED.fullmatch(text) else ()
        own = begin.own if begin.own is not None else False if self._names_owner else None
        return chat(
            self._context,
            {"line": number},
            self._moment(begin.when, day),
            sender=None if kind == "system" else who,
            text=text or None,
            kind=kind,
            direction=direction or (None if own is None else "out" if own else "in"),
            conversation=self._conversation,
            attachments=files,
            duration_s=duration,
            warnings=warnings,
            facts=facts,
        )

    def _files(self, text: str) -> Iterator[str]:
        """The files that a message names."""
        for found in _ATTACHED.finditer(text):
            yield found["name"]
        if self._dialect is not FORWARDED:
            return
        for line in text.split("\n"):  # alone on a line, as the archive has them
            if beside := _BESIDE.fullmatch(line):
                yield beside["name"]
            elif line in self._context.members:
                yield line

    def _moment(self, when: str | None, day: str | None) -> Moment:
        if when is None:
            return ABSENT
        told = f"{day} {when}" if day and len(when) < 9 else when
        if told is when and len(when) < 9:
            return Moment(None, when, warning="time_without_year")
        return moment(told, self._context.options, self._period)._replace(raw=when)

"""QQ's text export from the message manager: one conversation, or all of them in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from evidence.readers.reading import Context, Options
from evidence.readers.record import Record
from evidence.readers.syntax.texts import blocks_of, lines_of, whole_text

from .qq_head import Head, head_of, message

VERSION: Final = "1"

LONGEST: Final = 1024  # characters of a line that can be a head
_BANNER: Final = re.compile(r"\s*消息记录（此消息记录为文本格式|\s*訊息記錄（此訊息記錄為文字格式")
_RULE: Final = re.compile(r"={32,}$")
_GROUP: Final = re.compile(r"(?:消息分组|訊息分組)[:：]")
_OBJECT: Final = re.compile(r"(?:消息对象|訊息對象)[:：](.*)$")
_LOOKED_AT: Final = 20  # lines


class _Structure(NamedTuple):
    """A line of the export's own; it may name the conversation that follows."""

    conversation: str | None


class _Line(NamedTuple):
    """One line with what stands around it."""

    number: int
    text: str
    after_blank: bool
    structure: bool


def recognise(text: str) -> bool:
    """Whether a text begins as this export does: its banner, or a head with an account."""
    if _BANNER.match(text):
        return True
    lines = [line.rstrip("\r") for line in text[:8192].split("\n")[:_LOOKED_AT] if line.strip()]
    if not lines:
        return False
    structure = sum(1 for line in lines if _RULE.match(line) or _OBJECT.match(line))
    head = head_of(lines[0][:LONGEST], Options())
    return structure > 1 or (head is not None and head.bracketed)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is the line of its head.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    text = whole_text(file, context)
    strict = _separated(text, context.options)
    conversation: str | None = None
    lines = _headed(text, strict, context.options)
    blocks: Iterator[tuple[int, Head | _Structure, list[str]]] = blocks_of(lines, context.notes)
    for number, head, body in blocks:
        if isinstance(head, _Structure):
            conversation = head.conversation or conversation
            continue
        place = {"line": number}
        words = "\n".join(body)
        yield message(context, place, head.moment, head.sender, words, conversation=conversation)


def _headed(
    text: str, strict: bool, options: Options
) -> Iterator[tuple[int, str, Head | _Structure | None]]:
    """Every line with the head that it is; the export's own lines end a message, too."""
    for line in _lines(text):
        head: Head | _Structure | None = None
        if line.structure:
            named = _OBJECT.match(line.text)
            head = _Structure(named[1].strip() if named else None)
        elif len(line.text) <= LONGEST and (line.after_blank or not strict):
            head = head_of(line.text, options)
        yield line.number, line.text, head


def _lines(text: str) -> Iterator[_Line]:
    """Every line, with whether a message may begin there and whether it is the export's own."""
    after_blank, after_structure, in_head = True, True, True
    lines = lines_of(text)
    following = next(lines, None)
    number = 0
    while following is not None:
        line, following = following, next(lines, None)
        number += 1
        label = _GROUP.match(line) or _OBJECT.match(line)
        if _RULE.match(line):
            ahead = following or ""
            structure = after_structure or bool(_GROUP.match(ahead) or _OBJECT.match(ahead))
        else:
            structure = bool(label and after_structure) or (in_head and bool(_BANNER.match(line)))
            structure = structure or (in_head and label is not None)
        if structure:
            after_structure = True
        elif line.strip():
            after_structure = in_head = False
        yield _Line(number, line, after_blank, structure)
        after_blank = structure or not line.strip()


def _separated(text: str, options: Options) -> bool:
    """Whether messages stand apart by blank lines: then a head inside a text is only words."""
    apart = close = 0
    for line in _lines(text):
        if line.structure or len(line.text) > LONGEST or line.number == 1:
            continue
        if head_of(line.text, options) is not None:
            apart += line.after_blank
            close += not line.after_blank
    return apart > close

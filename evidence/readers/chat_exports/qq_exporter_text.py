"""QQ by qq-chat-exporter, as text: `NAME:`, `时间: …`, `内容: …`, then what goes with a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import lines_of, whole_text
from evidence.readers.tables.cell_times import moment

from .chats import attached
from .qq_head import Sender, message

VERSION: Final = "1"

_BANNER: Final = re.compile(r"\[QQChatExporter V\d")
LONGEST: Final = 256  # characters of a line that can name a sender
_STATED: Final = re.compile(r"(聊天名称|聊天类型|消息总数): (.*)")
_NUMBER: Final = re.compile(r"\[\d{1,9}\]")
_WHO: Final = re.compile(r"(?:\[(?P<title>[^\[\]]{1,32})\] (?=.))?(?P<who>.{1,200}):")
_WHEN: Final = re.compile(
    r"时间: (?P<when>\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}:\d{2}.{0,8})"
)
_TYPE: Final = re.compile(r"类型: \S{1,40}")
_WORDS: Final = "内容: "
_FILE: Final = re.compile(r"  - (?P<type>\w{1,20}): (?P<name>.*)")
_FILES: Final = re.compile(r"资源: \d+ 个文件")
_BEHIND: Final = re.compile(r"(?:提及|回复): ")
_END: Final = re.compile(r"={20,}")
_NO_WORDS: Final = re.compile(r"\[(?:\w{1,20}、?)+消息\]|\[无文本内容\]")
_NOTICE: Final = "[系统消息]"


class _Head(NamedTuple):
    """Where a message begins: the line of its sender or, without one, of its time."""

    line: int
    sender: Sender
    when: str
    body: int  # the line behind the time
    numbered: bool


def recognise(text: str) -> bool:
    """Whether a text begins with the exporter's own line."""
    return _BANNER.match(text) is not None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is the line of its head.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    lines = list(lines_of(whole_text(file, context)))
    stated = {
        found[1]: found[2] for line in lines[:30] if (found := _STATED.fullmatch(line)) is not None
    }
    announced = stated.get("消息总数", "")
    context.notes.announced = int(announced) if announced.isdecimal() else None
    heads = list(_heads(lines))
    if context.notes.announced not in (None, len(heads)):
        context.notes.warn("count_differs")
    ends = [head.line - 1 for head in heads[1:]] + [len(lines)]
    for head, end in zip(heads, ends, strict=True):
        yield _record(head, lines[head.body : end], stated, context)


def _heads(lines: list[str]) -> Iterator[_Head]:
    for at, line in enumerate(lines):
        when = _WHEN.fullmatch(line.rstrip())
        if when is None:
            continue
        above = lines[at - 1].rstrip() if at else ""
        who = _WHO.fullmatch(above) if len(above) <= LONGEST else None
        first = at - 1 if who else at
        before = lines[first - 1].strip() if first else ""
        if before and not _NUMBER.fullmatch(before):
            continue  # these words stand within a message
        sender = Sender(who["who"].strip() if who else None, None, who["title"] if who else None)
        yield _Head(first + 1, sender, when["when"].strip(), at + 1, bool(before))


def _record(head: _Head, body: list[str], stated: dict[str, str], context: Context) -> Record:
    words, files = _parts(body, head.numbered)
    return message(
        context,
        {"line": head.line},
        moment(head.when, context.options, None),
        head.sender,
        "" if files and _NO_WORDS.fullmatch(words) else words,
        notice=words == _NOTICE,
        conversation=stated.get("聊天名称") or None,
        private=stated.get("聊天类型") in ("私聊", "临时会话"),
        attachments=tuple(attached(name, context) for name in files),
    )


def _parts(body: list[str], numbered: bool) -> tuple[str, list[str]]:
    """The words of a message and the names of its files; mentions and answers are left out."""
    if body and _TYPE.fullmatch(body[0]):
        body = body[1:]
    end = next((at for at, line in enumerate(body) if _ends(body, at)), len(body))
    body = body[:end]
    _strip(body)
    if numbered and body and _NUMBER.fullmatch(body[-1].strip()):  # of the next message
        body.pop()
        _strip(body)
    while len(body) > 1 and _BEHIND.match(body[-1]):
        body.pop()
    files: list[str] = []
    at = len(body)
    while at > 1 and (found := _FILE.fullmatch(body[at - 1])):
        files.insert(0, found["name"].strip())
        at -= 1
    if files and _FILES.fullmatch(body[at - 1]):
        body = body[: at - 1]
    else:
        files = []
    return "\n".join(body).removeprefix(_WORDS), [name for name in files if name]


def _ends(body: list[str], at: int) -> bool:
    """Whether the export's own last lines begin here."""
    return (
        _END.fullmatch(body[at]) is not None
        and len(body) > at + 1
        and body[at + 1].strip() == "导出完成"
    )


def _strip(body: list[str]) -> None:
    while body and not body[-1].strip():
        body.pop()

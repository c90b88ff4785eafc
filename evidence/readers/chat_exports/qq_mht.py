"""QQ's MHT export: rows of a table in one endless line, pictures as further parts of the file.

The colour of a row says whose it is (`qq_sides`); the day stands in a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import TAG_BYTES
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax import encodings
from evidence.readers.syntax.html_tokens import Tag, plain, tokens
from evidence.readers.syntax.mht_parts import Part, content_of, parts_of
from evidence.readers.values.clock import Moment

from .qq_head import CLOCK, at_clock, message, sender_of
from .qq_sides import NAME, Sides

VERSION: Final = "1"

_MARKS: Final = re.compile(r"From:\s*<Save by Tencent MsgMgr>|Subject:\s*Tencent IM Message")
_ROW_END: Final = re.compile(rb"</tr\s{0,8}>", re.I)
_PAGE_END: Final = re.compile(rb"</html", re.I)
_DAY: Final = re.compile(r"日期[:：]\s*(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?")
_OBJECT: Final = re.compile(r"(?:消息对象|訊息對象)[:：](.*)$", re.S)
_GROUP: Final = re.compile(r"(?:消息分组|訊息分組)[:：]")
_CLOCK: Final = re.compile(rf"\s*{CLOCK}\s*</div>", re.S)


def recognise(text: str) -> bool:
    """Whether a text begins as this export does."""
    return _MARKS.search(text[:1024]) is not None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is its row's bytes, or its part's when encoded.

    Raises:
        OverLimitError: one row is too large, or there are too many parts.
        UnreadableError: no boundary, no page, or damaged.
    """
    parts = parts_of(file)
    pages = [part for part in parts if part.content_type == "text/html"]
    if not pages:
        raise UnreadableError("the MHT file holds no page")
    pictures = {part.location: part for part in parts if part.location}
    for page in pages:
        yield from _Page(page, pictures, context).records(file)


class _Page:
    """One page: the conversation and the day that its rows stand in."""

    def __init__(self, part: Part, pictures: Mapping[str, Part], context: Context) -> None:
        self._part = part
        self._pictures = pictures
        self._context = context
        self._conversation: str | None = None
        self._day: tuple[int, int, int] | None = None
        self._raw_day = ""
        self._sides = Sides()
        self._ended = False
        self._encoding: str | None = encodings.canonical_name(part.charset or "")

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """The records of all complete rows, after one pass that only looks at the colours."""
        for raw, _ in self._rows(file):
            self._sides.count(self._text(raw))
        for raw, place in self._rows(file):
            if (record := self._row(raw, place)) is not None:
                yield record
        if not self._ended:
            self._context.notes.warn("file_truncated")

    def _rows(self, file: BinaryIO) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Every complete row with its place."""
        held, place = b"", self._part.start
        whole = {"bytes": [self._part.start, self._part.end]}
        straight = self._part.encoding not in ("base64", "quoted-printable")
        for piece in content_of(file, self._part):
            begin, buffer = 0, held + piece
            for found in _ROW_END.finditer(buffer):
                end = found.end()
                begin = max(
                    begin, buffer.rfind(b"<tr", begin, end), buffer.rfind(b"<TR", begin, end)
                )
                span = {"bytes": [place + begin, place + end]}
                yield buffer[begin:end], span if straight else whole
                begin = end
            place += begin
            held = buffer[begin:]
            if len(held) > TAG_BYTES:
                raise OverLimitError("row_bytes", TAG_BYTES)
        self._ended = _PAGE_END.search(held) is not None

    def _row(self, raw: bytes, place: dict[str, Any]) -> Record | None:
        text = self._text(raw)
        name = NAME.search(text)
        if name is None:
            self._learn(plain(text).strip(), place)
            return None
        clock = _CLOCK.match(text, name.end())
        if clock is None:
            self._context.notes.warn("malformed_row_skipped", place)
            return None
        body = text[clock.end() :]
        sender = sender_of(plain(name[1]))
        side = self._sides.of(text, name, sender)
        return message(
            self._context,
            place,
            self._moment(clock),
            sender,
            plain(body).strip("\r\n"),
            direction=side.direction,
            conversation=self._conversation,
            attachments=tuple(self._files(body)),
            notice=sender.name is None,  # in these pages the app has no name
            doubts=("colour_differs",) if side.corrected else (),
        )

    def _learn(self, text: str, place: dict[str, Any]) -> None:
        """A row without a sender: the day, the conversation, its group, or nothing."""
        if found := _DAY.fullmatch(text):
            self._day, self._raw_day = _ymd(found), text.split(":")[-1].split("：")[-1].strip()
        elif found := _OBJECT.match(text):
            self._conversation, self._day = found[1].strip() or None, None
        elif text and not _GROUP.match(text) and self._day is not None:
            self._context.notes.warn("malformed_row_skipped", place)

    def _moment(self, clock: re.Match[str]) -> Moment:
        raw = clock.group().split("<", 1)[0].strip()
        if self._day is None:
            return Moment(None, raw)
        return at_clock(self._day, clock, f"{self._raw_day} {raw}", self._context.options)

    def _files(self, body: str) -> Iterator[Mapping[str, Any]]:
        """The pictures of a message; each leads to its part of the file."""
        for token in tokens(body):
            if not isinstance(token, Tag) or token.name != "img" or token.closes:
                continue
            name = token.attributes().get("src", "")
            part = self._pictures.get(name)
            yield {
                "name": name.rsplit("/", 1)[-1] or None,
                "content_type": part.content_type if part else None,
                "format": None,
                "size": None,
                "sha256": None,
                "locator": {"bytes": [part.start, part.end]} if part else None,
            }

    def _text(self, raw: bytes) -> str:
        """A row as text: as declared, else UTF-8, else GB18030; what fits none is replaced."""
        for encoding in filter(None, (self._encoding, "utf-8", "gb18030")):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            self._context.notes.encoding = self._context.notes.encoding or encoding
            return text
        self._context.notes.warn("invalid_bytes_replaced")
        return raw.decode(self._encoding or "utf-8", "replace")


def _ymd(found: re.Match[str]) -> tuple[int, int, int]:
    """Year first; or last, then the month is first unless it cannot be."""
    first, second, third = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        return first, second, third
    return (third, second, first) if first > 12 else (third, first, second)

"""Files that are one text: read whole under a limit, cut into lines or into the rows of a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, TypeVar

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import TEXT_BYTES, TEXT_FIELD
from evidence.readers.reading import Context, Notes

from . import encodings
from .xml_text import BAD_BYTES, DELETED, LONE

_ILLEGIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONE: Final = re.compile("[\ud800-\udfff]")

_Head = TypeVar("_Head")

csv.field_size_limit(4 * TEXT_FIELD)


def whole_text(file: BinaryIO, context: Context) -> str:
    """The text of a file without its byte order mark; the notes keep its encoding.

    A few bytes of no encoding come as U+FFFD and are counted.

    Raises:
        OverLimitError: more than 64 MiB.
        UnreadableError: the bytes are no text.
    """
    raw = file.read(TEXT_BYTES + 1)
    if len(raw) > TEXT_BYTES:
        raise OverLimitError("text_bytes", TEXT_BYTES)
    try:
        text, context.notes.encoding = encodings.decode(raw)
    except UnicodeDecodeError as cause:
        mended = encodings.mended(raw)
        if mended is None:
            raise UnreadableError("the text is in no known encoding") from cause
        text, context.notes.encoding, damaged = mended
        context.notes.warn(BAD_BYTES, count=damaged)
    return text.removeprefix("\ufeff")


def legible(text: str, notes: Notes) -> str:
    """The text without control characters, halves of a character as U+FFFD; line ends as LF.

    What had to go is counted.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not _ILLEGIBLE.search(text):
        return text
    text, halves = _LONE.subn("\ufffd", text)
    text, controls = _ILLEGIBLE.subn("", text)
    for code, count in ((LONE, halves), (DELETED, controls)):
        if count:
            notes.warn(code, count=count)
    return text


def lines_of(text: str) -> Iterator[str]:
    """Lines without their ends, LF or CRLF; other separators of Unicode are part of a line."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin : end - 1] if end > begin and text[end - 1] == "\r" else text[begin:end]
        begin = end + 1
    if begin < len(text):
        yield text[begin:].removesuffix("\r")


def blocks_of(
    lines: Iterable[tuple[int, str, _Head | None]], notes: Notes
) -> Iterator[tuple[int, _Head, list[str]]]:
    """A chat's messages: the line of each head, the head, and the lines below it.

    Blank lines at the end of a message go. What stands before the first head is counted as
    `malformed_row_skipped`; of a message beyond 1 MiB the rest is not kept.

    Args:
        lines: number, text, and the head that the line is, if it is one.
        notes: of the file.
    """
    head: _Head | None = None
    begin, size = 0, 0
    body: list[str] = []
    for number, line, found in lines:
        if found is not None:
            if head is not None:
                yield begin, head, _ended(body)
            head, begin, body, size = found, number, [], 0
        elif head is None:
            if line.strip():
                notes.warn("malformed_row_skipped", {"line": number})
        elif size <= TEXT_FIELD:
            body.append(line)
            size += len(line)
    if head is not None:
        yield begin, head, _ended(body)


def _ended(body: list[str]) -> list[str]:
    while body and not body[-1].strip():
        body.pop()
    return body


def rows_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with the line on which each begins; a blank line is a row without cells.

    A quote that the writer forgot to double (`"1'32""`) does not swallow the rows below.

    Raises:
        csv.Error: the quotes never close.
    """
    lines = _Lines(text)
    stray = re.compile(
        rf'(?:^|(?<={re.escape(separator)}))"([^"\n]*)""(?={re.escape(separator)}|\s*$)'
    )
    reader = csv.reader(lines, delimiter=separator)
    widths: set[int] = set()
    begins = 1
    for row in reader:
        if len(lines.taken) > 1 and (mended := _mended(lines, stray, separator, widths)):
            row = mended
        else:
            widths.add(len(row))
        yield begins, row
        begins += len(lines.taken)
        lines.taken.clear()


def _mended(
    lines: _Lines, stray: re.Pattern[str], separator: str, widths: set[int]
) -> list[str] | None:
    """The row of the first line, when it and the next are rows once their quotes are whole."""
    first, second = lines.taken[:2]
    if not stray.search(first):
        return None
    rows = [
        next(csv.reader([stray.sub(r'"\1"""', line)], delimiter=separator), [])
        for line in (first, second)
    ]
    if not all(len(row) in widths and len(row) > 1 for row in rows):
        return None
    lines.give_back(1)
    return rows[0]


class _Lines:
    """The lines of a text, with their ends; `taken` are those since it was cleared."""

    def __init__(self, text: str) -> None:
        self.taken: list[str] = []
        self._lines = io.StringIO(text, newline="")
        self._again: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self, kept: int) -> None:
        """What was taken behind the first `kept` lines comes again."""
        self._again += reversed(self.taken[kept:])
        del self.taken[kept:]

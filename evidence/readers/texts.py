"""Files that are one text: read whole under a limit, cut into lines or into the rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from . import encodings
from .errors import OverLimitError, UnreadableError
from .limits import TEXT_BYTES, TEXT_FIELD
from .reading import Context

csv.field_size_limit(4 * TEXT_FIELD)


def whole_text(file: BinaryIO, context: Context) -> str:
    """The text of a file without its byte order mark; the notes keep its encoding.

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
        raise UnreadableError("the text is in no known encoding") from cause
    return text.removeprefix("\ufeff")


def lines_of(text: str) -> Iterator[str]:
    """Lines without their ends, LF or CRLF; other separators of Unicode are part of a line."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin : end - 1] if end > begin and text[end - 1] == "\r" else text[begin:end]
        begin = end + 1
    if begin < len(text):
        yield text[begin:].removesuffix("\r")


def rows_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with the line on which each begins; a blank line is a row without cells.

    Raises:
        csv.Error: the quotes never close.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1

"""Files in the form of mail: a chat that was sent by mail, a table saved as a "web archive".

Of several parts the first that holds a chat or a table counts; files beside it are its members.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import BinaryIO, Final

from evidence.readers.chat_exports.wechat_text import recognise as recognise_chat
from evidence.readers.chat_exports.wechat_text import records_of_text
from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import TEXT_BYTES
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.encodings import decode
from evidence.readers.syntax.html_tokens import plain
from evidence.readers.tables.grid import Grid
from evidence.readers.tables.markup_tables import grids_of_page
from evidence.readers.tables.table import holding
from evidence.readers.tables.table_columns import SEARCHED_ROWS
from evidence.readers.tables.table_rows import records_of_grid

VERSION: Final = "2"

_HEAD: Final = re.compile(r"(?:[A-Za-z][A-Za-z\-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
_MARKS: Final = re.compile(r"^(?:mime-version|content-type|subject):", re.I | re.M)
_BREAKS: Final = re.compile(r"</(?:p|div|tr|h\d)\s*>", re.I)
_PARTS: Final = 200  # parts that are looked at


def recognise(text: str) -> str | None:
    """`wechat_mail`, `mail_table`, or None, by the beginning of a text."""
    if not _HEAD.match(text) or not _MARKS.search(text[:16_384]):
        return None
    found = _found(_parsed(text.encode("utf-8", "surrogateescape")))
    return found[0] if found else None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the records of the part that holds them; places are lines of that part's text.

    Raises:
        OverLimitError: more than 64 MiB.
        UnreadableError: no part is a chat or a table that we know.
    """
    raw = file.read(TEXT_BYTES + 1)
    if len(raw) > TEXT_BYTES:
        raise OverLimitError("text_bytes", TEXT_BYTES)
    message = _parsed(raw)
    found = _found(message)
    if found is None:
        raise UnreadableError("the mail holds no chat and no table that we know")
    kind, number, text = found
    context.notes.unverified()
    inside = replace(context, members={**context.members, **_files(message)})
    made = records_of_text(text, inside) if kind == "wechat_mail" else _tables(text, inside)
    for record in made:
        yield record._replace(source_locator={"part": number, **record.source_locator})


def text_of(file: BinaryIO, number: int) -> str:
    """The text of the part that holds the records; `number` is that of their places.

    Raises:
        UnreadableError: there is no such part.
    """
    found = _found(_parsed(file.read(TEXT_BYTES + 1)))
    if found is None or found[1] != number:
        raise UnreadableError("the mail has no such part")
    return found[2]


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def _found(message: EmailMessage) -> tuple[str, int, str] | None:
    """What the mail holds, the number of the part that holds it, and that part's text."""
    for number, part in enumerate(message.walk()):
        if number > _PARTS:
            return None
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_filename():
            continue
        text = _text(part)
        if kind == "text/plain" and recognise_chat(text):
            return "wechat_mail", number, text
        if kind == "text/html":
            if any(_holds(grid) for grid in grids_of_page(text)):
                return "mail_table", number, text
            words = plain(_BREAKS.sub("<br>", text.replace("\n", " ")))
            if recognise_chat(words):
                return "wechat_mail", number, words
    return None


def _holds(grid: Grid) -> bool:
    return holding([[cells for _, cells in grid.peeked(SEARCHED_ROWS)[0]]]) is not None


def _text(part: EmailMessage) -> str:
    """The text of a part; a charset that is none is found out as for any other text."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return decode(raw)[0].replace("\r\n", "\n")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _files(message: EmailMessage) -> dict[str, str]:
    """Names of the files that came with the mail."""
    names = (part.get_filename() for part in message.walk())
    return {name: name for name in names if name}


def _tables(text: str, context: Context) -> Iterator[Record]:
    for grid in grids_of_page(text):
        yield from records_of_grid(grid, context)

"""Nokia Suite, Redmi, Wandoujia: no header, unquoted commas in old versions' texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from evidence.readers.chat_exports.chats import peer_of
from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import rows_of
from evidence.readers.values.phone_numbers import e164

from .cell_times import moment

# Nokia Suite quotes each cell and writes marks in place of one word.
_IN: Final = frozenset({"deliver", "received"})
_OUT: Final = frozenset({"submit", "sent"})
_DRAFT: Final = frozenset({"draft", "drafts"})
_MARKS: Final = frozenset({"read", "unread"})
_LAST_BARE: Final = 6  # the column of the text where the one of sizes is absent
START: Final = re.compile(
    r"[\"']?sms[\"']?,(?:(?:deliver|submit),"
    r"|\"(?:deliver|submit|(?:(?:read|unread),)?(?:received|sent|drafts?))\",)",
    re.I,
)


def nokia(text: str, context: Context) -> Iterator[Record]:
    """Yield one record a row; the number stands in one column or the other by direction."""
    for line, row in rows_of(text, ","):
        direction = _way(row[1]) if len(row) > _LAST_BARE and row[0].lower() == "sms" else None
        if direction is None:
            if any(row):
                context.notes.warn("malformed_row_skipped", {"line": line})
            continue
        number, other = (row[2], row[3]) if direction == "in" else (row[3], row[2])
        number = number.strip()
        has_size = len(row) > _LAST_BARE + 1 and (not row[6].strip() or row[6].strip().isdecimal())
        when = moment(row[5], context.options, None)
        yield Record(
            kind="sms",
            source_file=context.name,
            source_locator={"line": line},
            when_utc=when.utc,
            when_raw=row[5],
            when_precision=when.precision,
            zone_source=when.zone_source,
            direction=direction,
            peer_number_raw=number or None,
            peer_number_e164=e164(number),
            peer_name=peer_of(other.strip())[2],
            text=",".join(row[7 if has_size else _LAST_BARE :]).replace("\r\n", "\n")[:TEXT_FIELD],
            conversation=number or None,
            warnings=when.doubts,
        )


def _way(cell: str) -> str | None:
    """The direction by the words of the second column, or None: no message."""
    words = {word.strip().lower() for word in cell.split(",")} - _MARKS
    for direction, known in (("in", _IN), ("out", _OUT), ("draft", _DRAFT)):
        if words and words <= known:
            return direction
    return None

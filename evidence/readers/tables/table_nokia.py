"""Nokia Suite, Redmi, Wandoujia: no header, unquoted commas in old versions' texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import rows_of
from evidence.readers.values.phone_numbers import e164

from .table_values import moment

START: Final = ("sms,deliver,", "sms,submit,")


def nokia(text: str, context: Context) -> Iterator[Record]:
    """Yield one record a row; the number stands in one column or the other by direction."""
    for line, row in rows_of(text, ","):
        if len(row) < 8 or row[0].lower() != "sms" or row[1].lower() not in ("deliver", "submit"):
            if any(row):
                context.notes.warn("malformed_row_skipped", {"line": line})
            continue
        incoming = row[1].lower() == "deliver"
        number, other = (row[2], row[3]) if incoming else (row[3], row[2])
        number = number.strip()
        when = moment(row[5], context.options, None)
        yield Record(
            kind="sms",
            source_file=context.name,
            source_locator={"line": line},
            when_utc=when.utc,
            when_raw=row[5],
            when_precision=when.precision,
            zone_source=when.zone_source,
            direction="in" if incoming else "out",
            peer_number_raw=number or None,
            peer_number_e164=e164(number),
            peer_name=other.strip() or None,
            text=",".join(row[7:]).replace("\r\n", "\n")[:TEXT_FIELD],
            conversation=number or None,
            warnings=when.doubts,
        )

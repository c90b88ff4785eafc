"""Tables of messages and calls: CSV with Chinese or English headers, operator bills, Nokia CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Final

from .errors import UnreadableError
from .limits import TEXT_FIELD
from .phone_numbers import e164, is_withheld, masked_sim, unguard
from .reading import Context
from .record import Record
from .table_columns import SEARCHED_ROWS, Header, find_header
from .table_values import Period, direction, duration_s, moment, period_of
from .texts import rows_of, whole_text

VERSION: Final = "1"

_SEPARATORS: Final = (",", "\t", ";")
_NOKIA: Final = ("sms,deliver,", "sms,submit,")
_TOTALS: Final = ("合计", "小计", "总计", "共计")
_EMPTY: Final = frozenset({"", "-", "--", "---"})


def recognise(text: str) -> str | None:
    """`message_table`, `call_table`, `nokia_csv`, or None, by the first rows of a text."""
    if text.lstrip("\ufeff").lower().startswith(_NOKIA):
        return "nokia_csv"
    found = _header(text[:32_768])
    if found is None:
        return None
    return "message_table" if found[0].holds == "messages" else "call_table"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a row; places are the physical lines on which the rows begin.

    Raises:
        OverLimitError: more than 64 MiB.
        UnreadableError: the bytes are no text, or the quotes never close.
    """
    text = whole_text(file, context).lstrip("\ufeff")
    if text.lower().startswith(_NOKIA):
        yield from _nokia(text, context)
        return
    found = _header(text[:32_768])
    if found is None:
        raise UnreadableError("the table has no header that we know")
    header, separator = found
    titles = "\n".join(text.split("\n", header.row + 1)[: header.row])
    period = period_of(titles) or period_of(context.name)
    try:
        for line, row in islice(rows_of(text, separator), header.row + 1, None):
            if (record := _record(line, row, header, period, context)) is not None:
                yield record
    except csv.Error as cause:
        raise UnreadableError("the table's quotes never close") from cause


def _header(text: str) -> tuple[Header, str] | None:
    for separator in _SEPARATORS:
        try:
            rows = [row for _, row in islice(rows_of(text, separator), SEARCHED_ROWS)]
        except csv.Error:
            continue
        if header := find_header(rows):
            return header, separator
    return None


def _record(
    line: int, row: Sequence[str], header: Header, period: Period | None, context: Context
) -> Record | None:
    cells = {field: row[at].strip() for field, at in header.columns.items() if at < len(row)}
    if not any(cell not in _EMPTY for cell in cells.values()):
        return None
    if any(cell.startswith(_TOTALS) for cell in row[:3]):
        return None
    way = direction(cells.get("called", "")) or direction(cells.get("kind", ""))
    number = _number(cells, way)
    when = moment(_time(cells, way), context.options, period)
    if number in _EMPTY and way is None and not cells.get("text"):
        return None  # a fee, a page number, a note below the table
    messages = header.holds == "messages" or ("duration" not in cells and "called" not in cells)
    warnings = [*when.doubts]
    if way is None:
        warnings.append("unknown_type")
    if "E+" in number.upper():
        warnings.append("number_lost_in_spreadsheet")
    talk = (
        None if messages or way in ("missed", "rejected") else duration_s(cells.get("duration", ""))
    )
    return Record(
        kind="sms" if messages else "call",
        source_file=context.name,
        source_locator={"line": line},
        when_utc=when.utc,
        when_raw=when.raw,
        when_precision=when.precision,
        zone_source=when.zone_source,
        direction=way,
        peer_number_raw=number or None,
        peer_number_e164=e164(number),
        peer_name=cells.get("name") or None,
        owner_sim=masked_sim(cells.get("sim")),
        text=cells["text"].replace("\r\n", "\n")[:TEXT_FIELD] if "text" in cells else None,
        duration_s=talk,
        conversation=cells.get("name") or None if is_withheld(number) else unguard(number),
        warnings=tuple(warnings),
    )


def _number(cells: dict[str, str], way: str | None) -> str:
    """The other side's number; bills with two columns name the owner in one of them."""
    if "number" in cells:
        return cells["number"]
    if way == "out":
        return cells.get("callee", "")
    return cells.get("caller", "") or cells.get("callee", "")


def _time(cells: dict[str, str], way: str | None) -> str:
    if way != "out" and cells.get("received"):
        return cells["received"]
    text = cells.get("time") or cells.get("sent") or cells.get("received") or ""
    day = cells.get("day", "")
    return f"{day} {text}".strip() if day and text != day else text


def _nokia(text: str, context: Context) -> Iterator[Record]:
    """Nokia Suite, Redmi, Wandoujia: no header, unquoted commas in old versions' texts."""
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

"""Rows of a table of messages or calls become records, wherever the table stands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from evidence.readers.chat_exports.chats import chat, peer_of
from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.values.clock import Moment
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim, unguard

from .cell_times import moment, order_in
from .grid import Grid
from .table_columns import NUMBERS, SEARCHED_ROWS, Header, find_header, header_of, names_columns
from .table_values import Period, duration_s, period_of
from .table_ways import Way, is_own_word, names_message, way_in

_TOTALS: Final = ("合计", "小计", "总计", "共计", "本页", "累计")
_EMPTY: Final = frozenset({"", "-", "--", "---", "—", "——", "/"})
_OWNER: Final = re.compile(
    r"(?:(?<!对方)(?<!对端)(?:号码|手机|手机号|电话)|本机|本机号|机主)[\s:：,;\t\"=']*"
    r"(?:\+?86[\s-]?)?(1[3-9]\d{9})(?!\d)"
)
_IN_NAME: Final = re.compile(r"(?<!\d)(1[3-9]\d{9})(?!\d)")
_SENT: Final = frozenset({"out", "failed", "draft", "outbox", "queued"})  # or meant to be
_TIMES: Final = ("time", "day", "received", "sent")
_SAMPLE: Final = 60  # rows that tell the owner's number


class _Table(NamedTuple):
    """What rows are read by: the header above them, and what the file says of all of them."""

    header: Header
    period: Period | None
    owner: str | None
    order: str | None
    grid: Grid
    context: Context


def records_of_grid(grid: Grid, context: Context) -> Iterator[Record]:
    """Yield one record a row of a grid with a header that we know; none of any other grid."""
    head, grid = grid.peeked(SEARCHED_ROWS + _SAMPLE)
    rows = [cells for _, cells in head]
    header = find_header(rows)
    if header is None:
        return
    titles = "\n".join("\t".join(row) for row in rows[: header.row])
    period = period_of(titles) or period_of(grid.name or "") or period_of(context.name)
    owner = _owner(titles, context.name, header, rows[header.row + 1 :])
    order = _order(header, rows[header.row + 1 :], context)
    table = _Table(header, period, owner, order, grid, context)
    known = True
    for index, (number, cells) in enumerate(grid.rows):
        if index <= header.row:
            continue
        if not _dated(cells, table.header) and names_columns(cells):
            further = header_of(cells, index)
            known = further is not None
            table = table._replace(header=further or table.header)
            continue
        if known and (record := _record(number, cells, table)) is not None:
            yield record


def _dated(cells: Sequence[str], header: Header) -> bool:
    """Whether the time's cell has a digit."""
    at = next(
        (
            header.columns[name]
            for name in ("time", "day", "received", "sent")
            if name in header.columns
        ),
        0,
    )
    return at < len(cells) and any(character.isdigit() for character in cells[at])


def _order(header: Header, rows: Sequence[Sequence[str]], context: Context) -> str | None:
    """The order of day and month in the first rows."""
    columns = [header.columns[name] for name in _TIMES if name in header.columns]
    now = context.options.now
    cells = (row[at] for row in rows for at in columns if at < len(row))
    return order_in(cells, now.date() if now else None)


def _owner(titles: str, name: str, header: Header, rows: Sequence[Sequence[str]]) -> str | None:
    """The bill's own number: stated above the table, in the file's name, or in every row."""
    plain = unicodedata.normalize("NFKC", titles)
    if found := _OWNER.search(plain) or _IN_NAME.search(name):
        return found[1]
    columns = header.columns
    sides = [("caller", "sender"), ("callee", "recipient")]
    pair = [
        columns[field]
        for names in sides
        if (field := next((name for name in names if name in columns), None))
    ]
    if len(pair) < 2:
        return None
    told = [[row[at].strip() for at in pair if at < len(row)] for row in rows]
    if {"sender", "recipient"} & set(columns) and any(
        side and not peer_of(side)[0] for both in told for side in both
    ):
        return None  # where one side is a name, or `我`, the number may be the other's throughout
    met = [numbers for both in told if (numbers := {e164(side) for side in both} - {None})]
    counted = Counter(number for numbers in met for number in numbers)
    always = [number for number, count in counted.items() if count == len(met)]
    return always[0] if len(always) == 1 and len(met) >= 2 else None


def _record(number: int, row: Sequence[str], table: _Table) -> Record | None:
    header, context = table.header, table.context
    cells = {field: row[at].strip() for field, at in header.columns.items() if at < len(row)}
    if not any(cell not in _EMPTY for cell in cells.values()):
        return None
    if any(cell.replace(" ", "").startswith(_TOTALS) for cell in row[:3]):
        return None
    kinds = [row[at] for at in header.ways if at < len(row)]
    way = way_in(kinds, header.holds)
    phone, way = _phone(cells, way, table)
    when = moment(_time(cells, way), context.options, table.period, table.order)
    numbered = any(cells.get(field, "") not in _EMPTY for field in NUMBERS)
    if not numbered and way is None and not cells.get("text"):
        return None  # a fee, a page number, a note below the table
    if when.utc is None and not _dated(row, header) and not cells.get("text"):
        return None
    if _is_chat(header, cells, phone):
        return _chat(table.grid.place(number), when, cells, way, context)
    messages = _is_message(header, way, cells, kinds)
    warnings = [*when.doubts]
    if way is None:
        warnings.append("unknown_type")
    if _lost(phone):
        warnings.append("number_lost_in_spreadsheet")
    direction = way.direction if way else None
    talk = None
    if not messages and direction not in ("missed", "rejected"):
        talk = duration_s(cells.get("duration", ""), header.seconds)
    text = cells.get("text")
    if text is not None and len(text) > TEXT_FIELD:
        text = text[:TEXT_FIELD]
        warnings.append("text_cut")
    return Record(
        kind="sms" if messages else "call",
        source_file=context.name,
        source_locator=table.grid.place(number),
        when_utc=when.utc,
        when_raw=when.raw,
        when_precision=when.precision,
        zone_source=when.zone_source,
        direction=direction,
        peer_number_raw=phone if phone or "number" in cells else None,
        peer_number_e164=None if _lost(phone) else e164(phone),
        peer_name=_name(cells, direction),
        owner_sim=masked_sim(cells.get("sim")),
        text=text.replace("\r\n", "\n") if text is not None else None,
        duration_s=talk,
        conversation=_name(cells, direction)
        if is_withheld(phone) or _lost(phone)
        else unguard(phone),
        warnings=tuple(warnings),
    )


def _name(cells: Mapping[str, str], direction: str | None) -> str | None:
    """The other side's name; who stands there as a number, or as the owner, has none here."""
    sides = ("recipient", "sender") if direction in _SENT else ("sender", "recipient")
    told = (cells.get(side, "") for side in sides)
    named = (side for side in told if side and not is_own_word(side) and not peer_of(side)[0])
    name = cells.get("name") or next(named, "")
    return None if name in _EMPTY or is_withheld(name) else name


def _lost(phone: str) -> bool:
    """Whether a spreadsheet keeps only the beginning of the number: `1.38E+10`."""
    return "E+" in phone.upper()


def _is_message(
    header: Header, way: Way | None, cells: Mapping[str, str], kinds: Sequence[str]
) -> bool:
    if header.holds == "messages":
        return True
    if way is not None and way.call is not None:
        return not way.call
    if any(names_message(kind) for kind in kinds):
        return True
    return "duration" not in cells and "called" not in cells


def _phone(cells: Mapping[str, str], way: Way | None, table: _Table) -> tuple[str, Way | None]:
    """The other side's number, and the way when only the owner's place tells it.

    Bills with a column for each side name the owner in one of them.
    """
    if "number" in cells:
        return cells["number"], way
    both = "sender" in cells and "recipient" in cells
    caller = cells.get("caller", "") or _stated(cells.get("sender", ""), both)
    callee = cells.get("callee", "") or _stated(cells.get("recipient", ""), both)
    ours = e164(table.owner or unguard(cells.get("own", "")) or "")
    by_owner, to_owner = _is_own(caller, ours), _is_own(callee, ours)
    if way is None and caller and callee:
        if by_owner == to_owner:
            return "", None  # whose bill this is nobody says
        way = Way("out" if by_owner else "in", None)
    elif way is None and (by_owner or to_owner):
        way = Way("out" if by_owner else "in", None)
    sent = way is not None and way.direction in _SENT
    side = (callee or caller) if sent else (caller or callee)
    return "" if _is_own(side, ours) else side, way


def _stated(side: str, both: bool) -> str:
    """Who wrote or got a message, where it is a number or the owner; a name is none of these.

    `我` is the owner where the other side stands beside it; alone it is one sender among others.
    """
    return side if peer_of(side)[0] or (both and is_own_word(side)) else ""


def _is_own(side: str, ours: str | None) -> bool:
    return is_own_word(side) or (ours is not None and e164(side) == ours)


def _is_chat(header: Header, cells: Mapping[str, str], phone: str) -> bool:
    """A sender by name, a time and a text, and nobody's number: a chat."""
    return not phone and "text" in cells and bool({"sender", "recipient"} & set(header.columns))


def _chat(
    place: Mapping[str, Any],
    when: Moment,
    cells: Mapping[str, str],
    way: Way | None,
    context: Context,
) -> Record:
    sender, recipient = cells.get("sender", ""), cells.get("recipient", "")
    return chat(
        context,
        place,
        when,
        sender=sender or cells.get("name") or None,
        text=cells["text"].replace("\r\n", "\n") or None,
        direction=way.direction if way else None,
        conversation=(sender if is_own_word(recipient) else recipient) or None,
    )


def _time(cells: Mapping[str, str], way: Way | None) -> str:
    if (way is None or way.direction != "out") and cells.get("received"):
        return cells["received"]
    text = cells.get("time") or cells.get("sent") or cells.get("received") or ""
    day = cells.get("day", "")
    if day and text and text != day:
        if len(text) > 10 and text.startswith(day[:10]):
            return text
        return f"{day.split()[0]} {text}"  # a spreadsheet shows midnight behind a bare day
    return text or day

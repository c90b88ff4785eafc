"""Tables of chat tools, known by their own header names, in whatever order these stand.

iMazing (messages, WhatsApp), WeChatMsg/留痕 (old), Memotrace (new), chatlog, PyWxDump, WeFlow.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final, NamedTuple

from evidence.readers.errors import UnreadableError
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.syntax.texts import rows_of, whole_text
from evidence.readers.tables.cell_times import moment
from evidence.readers.tables.grid import Grid

from . import imazing_names
from .chats import attached, chat, peer_of
from .wechat_objects import weflow
from .wechat_rows import chatlog, conversations, memotrace, pywxdump, wechatmsg

VERSION: Final = "4"

Cells = Mapping[str, str]
Place = Mapping[str, Any]
HEAD: Final = 32_768  # characters in which the header stands
SEARCHED_ROWS: Final = 12  # a tool's own lines stand above the header
_SEPARATORS: Final = (",", ";", "\t")
_HEADS: Final = {
    "imazing": frozenset({"chat session", "message date", "type", "text"}),
    "wechatmsg": frozenset({"localid", "type", "issender", "createtime", "strcontent"}),
    "memotrace": frozenset({"消息id", "类型", "发送人", "时间", "内容"}),
    "chatlog": frozenset({"time", "sender", "talker", "content"}),
    "pywxdump": frozenset({"msgsvrid", "type_name", "is_sender", "talker", "msg", "createtime"}),
    "weflow_table": frozenset({"时间", "发送者身份", "消息类型", "内容"}),
}
# What other versions or chats of the same tool have in its place.
_OTHERS: Final = {
    "imazing": frozenset({"chat session", "sent date", "type", "text"}),
    "pywxdump": frozenset(
        {"msgsvrid", "type_name", "is_sender", "talker", "content", "createtime"}
    ),
}
_SMS: Final = frozenset({"sms", "mms", "text message", "短信", "彩信"})


Maker = Callable[[Cells, Place, "Table"], Record | None]


class Header(NamedTuple):
    """Whose table it is, and the row of its header."""

    tool: str
    row: int


def recognise(text: str) -> str | None:
    """The tool whose table a text is, by its first rows, or None."""
    found = _heads(text.lstrip("\ufeff\r\n ")[:HEAD])
    return found[0].tool if found else None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a row; places are the physical lines on which the rows begin.

    Raises:
        OverLimitError, UnreadableError: too large, no text, or quotes that never close.
    """
    text = whole_text(file, context)
    found = _heads(text.lstrip("\r\n ")[:HEAD])
    if found is None:
        raise UnreadableError("the table has no header that we know")
    try:
        yield from records_of_grid(Grid(rows_of(text, found[1])), context)
    except csv.Error as cause:
        raise UnreadableError("the table's quotes never close") from cause


def records_of_grid(grid: Grid, context: Context) -> Iterator[Record]:
    """Yield one record a row of a tool's table; none of any other grid."""
    rows = Grid(((number, cells) for number, cells in grid.rows if any(cells)), grid.name)
    head, rows = rows.peeked(SEARCHED_ROWS)
    found = header_of([cells for _, cells in head])
    if found is None:
        return
    titles = [cells for _, cells in head[: found.row]]
    header = head[found.row][1]
    translated = imazing_names.in_english(header) if found.tool == "imazing" else None
    if translated:
        context.notes.unverified()
    names = translated or [_plain(cell) for cell in header]
    make = _READERS[found.tool]
    told: Iterator[tuple[int, Cells]] = (
        (number, dict(zip(names, _aligned(row, names), strict=False)))
        for number, row in islice(rows.rows, found.row + 1, None)
    )
    table = Table(context, rows, titles)
    if found.tool == "wechatmsg":  # a conversation's name stands in the other side's rows only
        held = list(told)
        table = table._replace(names=conversations(cells for _, cells in held))
        told = iter(held)
    for number, cells in told:
        if (record := make(cells, rows.place(number), table)) is not None:
            yield record


class Table(NamedTuple):
    """What a row is read with: the file, its grid, what stands above the header."""

    context: Context
    grid: Grid
    titles: Sequence[Sequence[str]] = ()
    names: Mapping[str, str] = NO_FACTS

    def stated(self, name: str) -> str | None:
        """The cell behind the one that says `name`."""
        for row in self.titles:
            for at, cell in enumerate(row):
                if cell.strip() == name:
                    return next((value for value in row[at + 1 :] if value.strip()), None)
        return None


def header_of(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header of a chat tool's table among the first rows, or None."""
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        named = {_plain(cell) for cell in row}
        for tool, wanted in _HEADS.items():
            if wanted <= named or _OTHERS.get(tool, wanted) <= named:
                return Header(tool, index)
        if imazing_names.in_english(row):
            return Header("imazing", index)
    return None


def _heads(text: str) -> tuple[Header, str] | None:
    for separator in _SEPARATORS:
        try:
            rows = [row for _, row in islice(rows_of(text, separator), SEARCHED_ROWS)]
        except csv.Error:
            continue
        if found := header_of(rows):
            return found, separator
    return None


def _plain(cell: str) -> str:
    return cell.strip("\ufeff \"'").lower()


def _aligned(row: list[str], header: Sequence[str]) -> list[str]:
    """Before 0.2.7 WeChatMsg wrote one name less than it wrote values: align by the epoch."""
    if len(row) == len(header) + 1 and "createtime" in header:
        at = header.index("createtime")
        if not _is_epoch(row[at]) and _is_epoch(row[at + 1]):
            return row[1:]
    return row


def _is_epoch(cell: str) -> bool:
    return len(cell) == 10 and cell.isdecimal()


def _imazing(cells: Cells, place: Place, table: Table) -> Record | None:
    """Messages and WhatsApp: `Sender ID` is empty for the owner's own, the peer is the session."""
    context = table.context
    when = moment(cells.get("message date") or cells.get("sent date") or "", context.options, None)
    way = imazing_names.WAYS.get(imazing_names.word(cells.get("type", "")))
    notice = imazing_names.word(cells.get("type", "")) in imazing_names.NOTICES
    service = cells.get("service", "").strip()
    session = cells.get("chat session", "").strip() or None
    if way == "out" and imazing_names.word(cells.get("status", "")) in imazing_names.UNSENT:
        way = "failed"
    warnings: tuple[str, ...] = () if way or notice else ("unknown_type",)
    if cells.get("deleted date"):
        warnings += ("message_deleted",)
    elif cells.get("edited date"):
        warnings += ("message_edited",)
    file = cells.get("attachment", "").strip()
    kind = cells.get("attachment type", "").strip() or None
    record = chat(
        context,
        place,
        when,
        sender=None,
        text=cells.get("text", "").replace("\r\n", "\n") or None,
        kind="system" if notice else "sms" if service.lower() in _SMS else "chat",
        direction=way,
        conversation=session,
        attachments=(attached(file, context, kind),) if file else (),
        warnings=warnings,
        facts={name: cells[name] for name in ("service", "subject") if cells.get(name)},
    )
    if notice:
        return record
    sender = cells.get("sender id", "").strip() or (session if way in ("out", "failed") else None)
    number, subscriber, name = peer_of(sender)
    return record._replace(
        peer_number_raw=number or (name if name and "@" in name else None),
        peer_number_e164=subscriber,
        peer_name=cells.get("sender name", "").strip() or name if way == "in" else name,
    )


def _weflow(cells: Cells, place: Place, table: Table) -> Record | None:
    """Names, ids and a role above which the conversation stands; `我` in private chats only."""
    talker = table.stated("微信ID") or ""
    session = {"wxid": talker, "displayname": table.stated("备注") or table.stated("昵称") or ""}
    role = cells.get("发送者身份", "").strip()
    own = None if talker.endswith("@chatroom") else role == "我"
    told = {
        "type": cells.get("消息类型", ""),
        "content": cells.get("内容", ""),
        "formattedtime": cells.get("时间", ""),
        "senderusername": cells.get("发送者微信id", ""),
        "senderdisplayname": role or cells.get("发送者昵称", ""),
        "issend": "" if own is None else str(int(own)),
    }
    return weflow(told, place, table.context, session, told=own is not None)


def _wechatmsg(cells: Cells, place: Place, table: Table) -> Record:
    return wechatmsg(cells, place, table.context, table.names)


def _pywxdump(cells: Cells, place: Place, table: Table) -> Record:
    """Older versions keep text and path in one column, `{"src": "", "msg": ""}`."""
    body = cells.get("content", "")
    if not body or "msg" in cells:
        return pywxdump(cells, place, table.context)
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    parts = told if isinstance(told, dict) else {"msg": body}
    named = {name: str(parts.get(name) or "") for name in ("msg", "src")}
    return pywxdump({**cells, **named}, place, table.context)


def _plainly(make: Callable[[Cells, Place, Context], Record]) -> Maker:
    return lambda cells, place, table: make(cells, place, table.context)


_READERS: Final[Mapping[str, Maker]] = {
    "imazing": _imazing,
    "wechatmsg": _wechatmsg,
    "memotrace": _plainly(memotrace),
    "chatlog": _plainly(chatlog),
    "pywxdump": _pywxdump,
    "weflow_table": _weflow,
}

"""CSV tables of chat tools, known by their own header names, in whatever order these stand.

iMazing (messages, WhatsApp), WeChatMsg/留痕 (old), Memotrace (new), chatlog.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from .chats import chat, peer_of
from .clock import Moment, from_epoch
from .errors import UnreadableError
from .reading import Context
from .record import Record
from .table_values import moment
from .texts import rows_of, whole_text
from .wechat_content import content_of, is_system, kind_of_number, without_sender

VERSION: Final = "1"

Cells = Mapping[str, str]
_SEPARATORS: Final = (",", ";", "\t")
_HEADS: Final = {
    "imazing": frozenset({"chat session", "message date", "type", "text"}),
    "wechatmsg": frozenset({"localid", "type", "issender", "createtime", "strcontent"}),
    "memotrace": frozenset({"消息id", "类型", "发送人", "时间", "内容"}),
    "chatlog": frozenset({"time", "sender", "talker", "content"}),
}
_WHATSAPP: Final = frozenset({"chat session", "sent date", "type", "text"})
_WAYS: Final = {"incoming": "in", "outgoing": "out", "接收": "in", "发送": "out"}
_UNSENT: Final = frozenset({"failed", "not sent", "not delivered", "error", "发送失败"})
_SMS: Final = frozenset({"sms", "mms", "text message"})


def recognise(text: str) -> str | None:
    """`imazing`, `wechatmsg`, `memotrace`, `chatlog`, or None, by the first row of a text."""
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    found = _header(first)
    return found[0] if found else None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a row; places are the physical lines on which the rows begin.

    Raises:
        OverLimitError, UnreadableError: too large, no text, or quotes that never close.
    """
    text = whole_text(file, context)
    found = _header(text.lstrip("\r\n ").split("\n", 1)[0])
    if found is None:
        raise UnreadableError("the table has no header that we know")
    name, separator = found
    make = _READERS[name]
    try:
        for line, cells in _cells(text, separator):
            if (record := make(cells, line, context)) is not None:
                yield record
    except csv.Error as cause:
        raise UnreadableError("the table's quotes never close") from cause


def _header(line: str) -> tuple[str, str] | None:
    for separator in _SEPARATORS:
        try:
            row = next(csv.reader([line.rstrip("\r")], delimiter=separator), [])
        except csv.Error:
            continue
        named = {_plain(cell) for cell in row}
        for name, wanted in _HEADS.items():
            if wanted <= named or (name == "imazing" and named >= _WHATSAPP):
                return name, separator
    return None


def _plain(cell: str) -> str:
    return cell.strip("\ufeff \"'").lower()


def _cells(text: str, separator: str) -> Iterator[tuple[int, Cells]]:
    """The rows below the header, by its names; blank ones are passed over."""
    rows = ((line, row) for line, row in rows_of(text, separator) if any(row))
    _, first = next(rows, (0, []))
    header = [_plain(cell) for cell in first]
    for line, row in rows:
        yield line, dict(zip(header, _aligned(row, header), strict=False))


def _aligned(row: list[str], header: Sequence[str]) -> list[str]:
    """Before 0.2.7 WeChatMsg wrote one name less than it wrote values: align by the epoch."""
    if len(row) == len(header) + 1 and "createtime" in header:
        at = header.index("createtime")
        if not _is_epoch(row[at]) and _is_epoch(row[at + 1]):
            return row[1:]
    return row


def _is_epoch(cell: str) -> bool:
    return len(cell) == 10 and cell.isdecimal()


def _imazing(cells: Cells, line: int, context: Context) -> Record | None:
    """Messages and WhatsApp: `Sender ID` is empty for the owner's own, the peer is the session."""
    when = moment(cells.get("message date") or cells.get("sent date") or "", context.options, None)
    way = _WAYS.get(cells.get("type", "").strip().lower())
    notice = cells.get("type", "").strip().lower() in ("notification", "通知")
    service = cells.get("service", "").strip()
    session = cells.get("chat session", "").strip() or None
    if way == "out" and cells.get("status", "").strip().lower() in _UNSENT:
        way = "failed"
    warnings: tuple[str, ...] = () if way or notice else ("unknown_type",)
    if cells.get("deleted date"):
        warnings += ("message_deleted",)
    elif cells.get("edited date"):
        warnings += ("message_edited",)
    file = cells.get("attachment", "").strip()
    facts = {name: cells[name] for name in ("service", "subject") if cells.get(name)}
    record = chat(
        context,
        {"line": line},
        when,
        sender=None,
        text=cells.get("text", "").replace("\r\n", "\n") or None,
        kind="system" if notice else "sms" if service.lower() in _SMS else "chat",
        direction=way,
        conversation=session,
        attachments=(_file(file, cells.get("attachment type", "")),) if file else (),
        warnings=warnings,
        facts=facts,
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


def _file(name: str, kind: str) -> dict[str, object]:
    told = {"name": name, "content_type": kind.strip() or None, "format": None, "size": None}
    return {**told, "sha256": None, "locator": None}


def _wechatmsg(cells: Cells, line: int, context: Context) -> Record | None:
    """`CreateTime` in seconds, `IsSender` 1 is the owner; `Remark` before `NickName`."""
    number = cells.get("type", "").strip()
    own = cells.get("issender", "").strip() == "1"
    person = cells.get("remark") or cells.get("nickname") or cells.get("sender") or None
    talker = cells.get("talkerid", "")
    body, author = without_sender(cells.get("strcontent", "").replace("\r\n", "\n"))
    content = content_of(number, cells.get("subtype", "").strip(), body)
    kind = kind_of_number(number)
    return chat(
        context,
        {"line": line},
        from_epoch(cells.get("createtime", "").strip(), context.options.now),
        sender=None if kind == "system" else person or author,
        text=content.text,
        kind=kind,
        direction=content.direction or ("out" if own else "in"),
        conversation=person if not own and "@chatroom" not in talker else talker or None,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": cells["sender"]} if cells.get("sender") else {})},
    )


def _memotrace(cells: Cells, line: int, context: Context) -> Record | None:
    """Local time, no direction: the owner is one of the senders."""
    notice = is_system(cells.get("类型", ""))
    stem = context.name.rsplit(".", 1)[0]
    return chat(
        context,
        {"line": line},
        moment(cells.get("时间", ""), context.options, None),
        sender=None if notice else cells.get("发送人", "").strip() or None,
        text=cells.get("内容", "").replace("\r\n", "\n") or None,
        kind="system" if notice else "chat",
        conversation=stem or None,
        facts={"message_type": cells["类型"]} if cells.get("类型") else {},
    )


def _chatlog(cells: Cells, line: int, context: Context) -> Record | None:
    """In a private chat whoever is not the talker is the owner; in a group only `self` is."""
    sender, talker = cells.get("sender", "").strip(), cells.get("talker", "").strip()
    notice = kind_of_number(cells.get("type", "").strip()) == "system"
    way = None
    if sender == "self":
        way = "out"
    elif talker and not talker.endswith("@chatroom"):
        way = "in" if sender == talker else "out"
    return chat(
        context,
        {"line": line},
        _chatlog_time(cells.get("time", ""), context),
        sender=None if notice else cells.get("sendername", "").strip() or sender or None,
        text=cells.get("content", "").replace("\r\n", "\n") or None,
        kind="system" if notice else "chat",
        direction=way,
        conversation=cells.get("talkername", "").strip() or talker or None,
    )


def _chatlog_time(cell: str, context: Context) -> Moment:
    return moment(cell, context.options, None)


_READERS: Final[Mapping[str, Callable[[Cells, int, Context], Record | None]]] = {
    "imazing": _imazing,
    "wechatmsg": _wechatmsg,
    "memotrace": _memotrace,
    "chatlog": _chatlog,
}

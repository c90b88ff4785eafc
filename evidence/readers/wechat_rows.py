"""One message of a WeChat tool, as a row of its table or an object of its JSON tells it.

Names of fields are in small letters, values are texts; an absent field is an empty one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from .chats import attached, chat
from .clock import Moment, from_epoch
from .reading import Context
from .record import Record
from .table_values import moment
from .wechat_content import (
    Content,
    content_of,
    content_of_word,
    kind_of_number,
    kind_of_word,
    type_numbers,
    without_sender,
)

Cells = Mapping[str, str]
Place = Mapping[str, Any]
_YES: Final = frozenset({"1", "true", "yes", "是"})
_NO: Final = frozenset({"0", "false", "no", "否"})
_PATH: Final = re.compile(r"\.{0,2}[/\\]?(?:[^/\\\n<>]{1,120}[/\\]){1,8}[^/\\\n<>]{1,200}\.\w{2,5}")
_SEPARATOR: Final = re.compile(r"[\d\-/年月日]{0,12}\s*\d{1,2}:\d{2}(?::\d{2})?")
_GROUP: Final = "@chatroom"


def wechatmsg(cells: Cells, place: Place, context: Context) -> Record:
    """`CreateTime` in seconds, `IsSender` 1 is the owner; `Remark` before `NickName`."""
    number, subtype = type_numbers(cells.get("type", ""), cells.get("subtype", ""))
    own = cells.get("issender", "").strip() == "1"
    person = cells.get("remark") or cells.get("nickname") or cells.get("sender") or None
    talker = cells.get("talkerid", "")
    body, author = without_sender(cells.get("strcontent", "").replace("\r\n", "\n"))
    content = content_of(number, subtype, body)
    kind = kind_of_number(number)
    return chat(
        context,
        place,
        from_epoch(cells.get("createtime", "").strip(), context.options.now),
        sender=None if kind == "system" else person or author,
        text=content.text,
        kind=kind,
        direction=content.direction or ("out" if own else "in"),
        conversation=person if not own and _GROUP not in talker else talker or None,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": cells["sender"]} if cells.get("sender") else {})},
    )


def memotrace(cells: Cells, place: Place, context: Context) -> Record:
    """Local time, no direction: the owner is one of the senders."""
    word = cells.get("类型", "").strip()
    kind = kind_of_word(word)
    content = content_of_word(word, cells.get("内容", "").replace("\r\n", "\n"))
    stem = context.name.rsplit(".", 1)[0]
    return chat(
        context,
        place,
        moment(cells.get("时间", ""), context.options, None),
        sender=None if kind == "system" else cells.get("发送人", "").strip() or None,
        text=content.text,
        kind=kind,
        direction=content.direction,
        conversation=stem or None,
        duration_s=content.duration_s,
        facts=content.facts,
    )


def chatlog(cells: Cells, place: Place, context: Context) -> Record:
    """`isSelf`; without it, in a private chat whoever is not the talker is the owner."""
    sender, talker = cells.get("sender", "").strip(), cells.get("talker", "").strip()
    number, subtype = type_numbers(cells.get("type", ""), cells.get("subtype", ""))
    kind = "system" if sender == "系统消息" else kind_of_number(number)
    body = cells.get("content", "").replace("\r\n", "\n")
    content = content_of(number, subtype, body) if number else Content(body or None)
    own = _flag(cells.get("isself", ""))
    if own is None and sender == "self":
        own = True
    elif own is None and talker and not talker.endswith(_GROUP):
        own = sender != talker
    text = content.text or cells.get("contents.title") or None
    return chat(
        context,
        place,
        moment(cells.get("time", ""), context.options, None),
        sender=None if kind == "system" else cells.get("sendername", "").strip() or sender or None,
        text=text,
        kind=kind,
        direction=content.direction or _way(own),
        conversation=cells.get("talkername", "").strip() or talker or None,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )


def pywxdump(cells: Cells, place: Place, context: Context) -> Record:
    """Chinese words for types, local time; files by the paths that `src` gives."""
    word = cells.get("type_name", "").strip()
    kind = kind_of_word(word)
    body = cells.get("msg") or cells.get("content.msg") or ""
    content = content_of_word(word, body.replace("\r\n", "\n"))
    file = (cells.get("src") or cells.get("content.src") or "").strip()
    talker, room = cells.get("talker", "").strip(), cells.get("room_name", "").strip()
    own = _flag(cells.get("is_sender", ""))
    return chat(
        context,
        place,
        moment(cells.get("createtime", ""), context.options, None),
        sender=None if kind == "system" else talker or None,
        text=content.text,
        kind=kind,
        direction=content.direction or _way(own),
        conversation=room or _stem(context),
        attachments=(attached(file, context),) if file else (),
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": talker} if talker and kind != "system" else {})},
    )


def weflow(
    cells: Cells, place: Place, context: Context, session: Cells, *, told: bool = True
) -> Record:
    """WeFlow and echotrace: `isSend` 1, 0, or nothing at all for a notice.

    `told`: whether the file says of each message who wrote it.
    """
    word = cells.get("type", "").strip()
    sender = cells.get("senderusername", "").strip()
    own = _flag(cells.get("issend", ""))
    kind = kind_of_word(word)
    if kind == "chat" and told and own is None:
        kind = "system"
    body = cells.get("content", "").replace("\r\n", "\n")
    files: tuple[Mapping[str, Any], ...] = ()
    if kind == "chat" and _PATH.fullmatch(body.strip()) and "文本" not in word:
        files, body = (attached(body.strip(), context),), ""
    content = content_of_word(word, body)
    at = cells.get("createtime", "").strip()
    return chat(
        context,
        place,
        from_epoch(at, context.options.now)
        if at
        else moment(cells.get("formattedtime", ""), context.options, None),
        sender=None
        if kind == "system"
        else cells.get("senderdisplayname", "").strip() or sender or None,
        text=content.text,
        kind=kind,
        direction=content.direction or _way(own),
        conversation=session.get("remark")
        or session.get("displayname")
        or session.get("nickname")
        or session.get("wxid")
        or _stem(context),
        attachments=files,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )


def keeper(cells: Cells, place: Place, context: Context) -> Record:
    """chatlog-keeper: seconds with a fraction, the sender's id."""
    number, subtype = type_numbers(cells.get("msg_type", ""), "")
    kind = kind_of_number(number)
    body, author = without_sender(_first(cells, "content", "text", "msg").replace("\r\n", "\n"))
    content = content_of(number, subtype, body)
    sender = cells.get("sender_wxid", "").strip() or author or ""
    name = _first(cells, "sender_name", "sender_display", "sender").strip()
    return chat(
        context,
        place,
        _seconds(cells.get("ts", ""), context),
        sender=None if kind == "system" else name or sender or None,
        text=content.text,
        kind=kind,
        direction=content.direction or _way(_flag(cells.get("is_self", ""))),
        conversation=_first(cells, "conversation_name", "conversation_id") or None,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )


def _first(cells: Cells, *names: str) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _flag(cell: str) -> bool | None:
    said = cell.strip().lower()
    return True if said in _YES else False if said in _NO else None


def _way(own: bool | None) -> str | None:
    return None if own is None else "out" if own else "in"


def _seconds(raw: str, context: Context) -> Moment:
    """Seconds with a fraction."""
    whole, _, part = raw.strip().partition(".")
    if not whole.isdecimal() or not part.strip("0").isdecimal():
        return from_epoch(whole, context.options.now)._replace(raw=raw)
    return from_epoch(f"{whole}{part:0<3.3}", context.options.now)._replace(raw=raw)


def _stem(context: Context) -> str | None:
    """The conversation by the name of its file."""
    return context.name.rsplit(".", 1)[0] or None


def page_message(cells: Cells, place: Place, context: Context) -> Record | None:
    """An object of a MemoTrace page; type 0 is a notice, or the time above messages: no record."""
    number, subtype = type_numbers(cells.get("type", ""), cells.get("sub_type", ""))
    body = html.unescape(_first(cells, "text", "content", "title")).replace("\r\n", "\n")
    notice = number == "0" or kind_of_number(number) == "system"
    if notice and (_SEPARATOR.fullmatch(body.strip()) or not body.strip()):
        return None
    files: tuple[Mapping[str, Any], ...] = ()
    path = cells.get("path") or body
    if number in ("3", "34", "43", "49") and _PATH.fullmatch(path.strip()):
        files, body = (attached(path.strip(), context),), cells.get("voice_to_text", "")
    content = content_of(number, subtype, body) if body and not notice else Content(body or None)
    name = _first(cells, "displayname", "display_name", "sender_name").strip()
    return chat(
        context,
        place,
        from_epoch(cells.get("timestamp", "").strip(), context.options.now),
        sender=None if notice else name or None,
        text=content.text,
        kind="system" if notice else kind_of_number(number),
        direction=content.direction or _way(_flag(cells.get("is_send", ""))),
        conversation=_stem(context),
        attachments=files,
        duration_s=content.duration_s,
        facts=content.facts,
    )

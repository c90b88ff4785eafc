"""Messages that WeChat tools keep as objects: WeFlow, echotrace, chatlog-keeper, MemoTrace."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.tables.cell_times import moment
from evidence.readers.values.clock import Moment, from_epoch

from .chats import attached, chat
from .wechat_content import (
    Content,
    content_of,
    content_of_word,
    kind_of_number,
    kind_of_word,
    type_numbers,
    without_sender,
)
from .wechat_rows import GROUP, Cells, Place, first_of, flag_of, stem_of, way_of

_PATH: Final = re.compile(r"\.{0,2}[/\\]?(?:[^/\\\n<>]{1,120}[/\\]){1,8}[^/\\\n<>]{1,200}\.\w{2,5}")
_SEPARATOR: Final = re.compile(r"[\d\-/年月日]{0,12}\s*\d{1,2}:\d{2}(?::\d{2})?")


def weflow(
    cells: Cells, place: Place, context: Context, session: Cells, *, told: bool = True
) -> Record:
    """WeFlow and echotrace: `isSend` 1, 0, or nothing at all for a notice.

    `told`: whether the file says of each message who wrote it.
    """
    word = cells.get("type", "").strip()
    sender = cells.get("senderusername", "").strip()
    own = flag_of(cells.get("issend", ""))
    kind = kind_of_word(word)
    if kind == "chat" and told and own is None:
        kind = "system"
    body = cells.get("content", "").replace("\r\n", "\n")
    in_group = session.get("wxid", "").endswith(GROUP) or "群" in session.get("type", "")
    if in_group:
        rest, author = without_sender(body)
        body = rest if author and author == (sender or author) else body
    files: tuple[Mapping[str, Any], ...] = ()
    if kind == "chat" and _PATH.fullmatch(body.strip()) and "文本" not in word:
        files, body = (attached(body.strip(), context),), ""
    content = content_of_word(word, body)
    at = cells.get("createtime", "").strip()
    named = first_of(session, "remark", "displayname", "nickname")
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
        direction=content.direction or way_of(own),
        conversation=named or session.get("wxid") or stem_of(context),
        private=bool(named) and not in_group,
        attachments=files,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )


def keeper(cells: Cells, place: Place, context: Context) -> Record:
    """chatlog-keeper: seconds with a fraction, the sender's id."""
    number, subtype = type_numbers(cells.get("msg_type", ""), "")
    kind = kind_of_number(number)
    body, author = without_sender(first_of(cells, "content", "text", "msg").replace("\r\n", "\n"))
    content = content_of(number, subtype, body)
    sender = cells.get("sender_wxid", "").strip() or author or ""
    name = first_of(cells, "sender_name", "sender_display", "sender").strip()
    return chat(
        context,
        place,
        _seconds(cells.get("ts", ""), context),
        sender=None if kind == "system" else name or sender or None,
        text=content.text,
        kind=kind,
        direction=content.direction or way_of(flag_of(cells.get("is_self", ""))),
        conversation=first_of(cells, "conversation_name", "chat_name", "conversation_id") or None,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )


def page_message(cells: Cells, place: Place, context: Context) -> Record | None:
    """An object of a MemoTrace page; type 0 is a notice, or the time above messages: no record."""
    number, subtype = type_numbers(cells.get("type", ""), cells.get("sub_type", ""))
    body = html.unescape(first_of(cells, "text", "content", "title")).replace("\r\n", "\n")
    notice = number == "0" or kind_of_number(number) == "system"
    if notice and (_SEPARATOR.fullmatch(body.strip()) or not body.strip()):
        return None
    files: tuple[Mapping[str, Any], ...] = ()
    path = cells.get("path") or body
    if number in ("3", "34", "43", "49") and _PATH.fullmatch(path.strip()):
        files, body = (attached(path.strip(), context),), cells.get("voice_to_text", "")
    content = content_of(number, subtype, body) if body and not notice else Content(body or None)
    name = first_of(cells, "displayname", "display_name", "sender_name").strip()
    return chat(
        context,
        place,
        from_epoch(cells.get("timestamp", "").strip(), context.options.now),
        sender=None if notice else name or None,
        text=content.text,
        kind="system" if notice else kind_of_number(number),
        direction=content.direction or way_of(flag_of(cells.get("is_send", ""))),
        conversation=stem_of(context),
        attachments=files,
        duration_s=content.duration_s,
        facts=content.facts,
    )


def _seconds(raw: str, context: Context) -> Moment:
    """Seconds with a fraction."""
    whole, _, part = raw.strip().partition(".")
    if not whole.isdecimal() or not part.strip("0").isdecimal():
        return from_epoch(whole, context.options.now)._replace(raw=raw)
    return from_epoch(f"{whole}{part:0<3.3}", context.options.now)._replace(raw=raw)

"""One message of a WeChat tool, as a row of its table or an object of its JSON tells it.

Names of fields are in small letters, values are texts; an absent field is an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.tables.cell_times import moment
from evidence.readers.values.clock import from_epoch

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

Cells = Mapping[str, str]
Place = Mapping[str, Any]
_YES: Final = frozenset({"1", "true", "yes", "是"})
_NO: Final = frozenset({"0", "false", "no", "否"})
GROUP: Final = "@chatroom"  # ends the id of one


def wechatmsg(
    cells: Cells, place: Place, context: Context, names: Mapping[str, str] = NO_FACTS
) -> Record:
    """`CreateTime` in seconds, `IsSender` 1 is the owner; `Remark` before `NickName`.

    `names`: of the conversations, by `TalkerId`.
    """
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
        conversation=names.get(talker) or talker or person,
        private=talker in names,
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": cells["sender"]} if cells.get("sender") else {})},
    )


def conversations(rows: Iterable[Cells]) -> dict[str, str]:
    """The name of each `TalkerId`: that of the one other side; a group has several."""
    sides: dict[str, set[str]] = {}
    for cells in rows:
        if (
            cells.get("issender", "").strip() == "0"
            and kind_of_number(cells.get("type", "")) != "system"
        ):
            name = cells.get("remark") or cells.get("nickname") or cells.get("sender") or ""
            sides.setdefault(cells.get("talkerid", ""), set()).add(name)
    return {
        talker: name
        for talker, names in sides.items()
        if len(names) == 1 and not talker.endswith(GROUP)
        for name in names
        if name
    }


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
    own = flag_of(cells.get("isself", ""))
    if own is None and sender == "self":
        own = True
    elif own is None and talker and not talker.endswith(GROUP):
        own = sender != talker
    text = content.text or cells.get("contents.title") or None
    named = cells.get("talkername", "").strip()
    return chat(
        context,
        place,
        moment(cells.get("time", ""), context.options, None),
        sender=None if kind == "system" else cells.get("sendername", "").strip() or sender or None,
        text=text,
        kind=kind,
        direction=content.direction or way_of(own),
        conversation=named or talker or None,
        private=bool(named) and not talker.endswith(GROUP),
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
    own = flag_of(cells.get("is_sender", ""))
    return chat(
        context,
        place,
        moment(cells.get("createtime", ""), context.options, None),
        sender=None if kind == "system" else talker or None,
        text=content.text,
        kind=kind,
        direction=content.direction or way_of(own),
        conversation=room or stem_of(context),
        attachments=(attached(file, context),) if file else (),
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": talker} if talker and kind != "system" else {})},
    )


def first_of(cells: Cells, *names: str) -> str:
    """The first of these fields that says something."""
    return next((cells[name] for name in names if cells.get(name)), "")


def flag_of(cell: str) -> bool | None:
    """Yes, no, or nothing said."""
    said = cell.strip().lower()
    return True if said in _YES else False if said in _NO else None


def way_of(own: bool | None) -> str | None:
    """The direction by whether the owner wrote."""
    return None if own is None else "out" if own else "in"


def stem_of(context: Context) -> str | None:
    """The conversation by the name of its file."""
    return context.name.rsplit(".", 1)[0] or None

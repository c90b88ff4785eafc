"""The head of a QQ message: when, and who; the same in the text and in the MHT export."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from evidence.readers.reading import Context, Options
from evidence.readers.record import Record
from evidence.readers.syntax.texts import legible
from evidence.readers.values.clock import Moment, from_wall, hour_of_day

from .chats import chat
from .wechat_content import content_of

_HALF: Final = "[AaPp][Mm]|上午|下午|凌晨|早上|中午|晚上"
CLOCK: Final = (
    rf"(?:(?P<before>{_HALF}) ?)?(?P<h>\d{{1,2}}):(?P<m>\d{{2}}):(?P<s>\d{{2}})"
    rf"(?: ?(?P<after>{_HALF}))?"
)
_HEAD: Final = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}) {CLOCK}(?: (?P<who>.*))?$"
)
# The last bracket is the account; what stands in another one belongs to the name.
_ACCOUNT: Final = re.compile(
    r"(?P<name>.*?)(?:\((?P<number>\d{4,12}|[^()\s]+@[^()\s]+)\)"
    r"|<(?P<mail>\d{4,12}|[^<>\s]+@[^<>\s]+)>)$"
)
_TITLE: Final = re.compile(r"【([^【】]{1,32})】(?=.)")
_SYSTEM: Final = frozenset({"10000", "1000000"})
_SYSTEM_NAMES: Final = frozenset({"系统消息", "系統消息"})
_PLACEHOLDERS: Final = re.compile(r"(?:\[(?:图片|圖片|语音|語音|视频|視頻|文件|动画表情)\]\s*)+")
_RECALLED: Final = re.compile(r".{0,60}?撤回了(?:一条|一條)(?:成员|成員)?(?:消息|訊息)[。.]?")
_TALKED: Final = r"通话时长\s*[:：]?\s*\d{1,3}(?::\d{2}){1,2}"
_CALL: Final = re.compile(
    rf"{_TALKED}|\[?(?:语音|视频|語音|視頻)(?:通话|聊天|通話)\]?[\s:：]*"
    rf"(?:{_TALKED}|对方已取消|已取消|未接听|对方已拒绝|已拒绝|忙线未接听)"
)


class Sender(NamedTuple):
    """Who wrote, as far as the head says."""

    name: str | None
    account: str | None  # QQ number, or mail of an account without one
    title: str | None  # in a group: 管理员, 群主, a level

    @property
    def is_system(self) -> bool:
        """Whether the app itself speaks, under its own number or name."""
        return self.account in _SYSTEM or (self.account is None and self.name in _SYSTEM_NAMES)


class Head(NamedTuple):
    """The line that a message begins with."""

    moment: Moment
    sender: Sender
    bracketed: bool


def head_of(line: str, options: Options) -> Head | None:
    """The head that a line is, or None."""
    if not line[:4].isdecimal() or (found := _HEAD.match(line)) is None:
        return None
    day = (int(found["year"]), int(found["month"]), int(found["day"]))
    end = found.start("who") if found["who"] is not None else found.end()
    moment = at_clock(day, found, line[:end].rstrip(), options)
    sender = sender_of(found["who"] or "")
    return Head(moment, sender, sender.account is not None)


def at_clock(day: tuple[int, int, int], clock: re.Match[str], raw: str, options: Options) -> Moment:
    """The time of a clock (`CLOCK`) on a day."""
    hour = hour_of_day(int(clock["h"]), clock["before"] or clock["after"])
    parts = (*day, hour, int(clock["m"]), int(clock["s"]))
    return from_wall(parts, raw=raw, zone=options.tz, now=options.now)


def sender_of(who: str) -> Sender:
    """`【title】name(number)`, `name<mail>` or only a name."""
    who = who.strip()
    account = None
    if found := _ACCOUNT.match(who):
        who, account = found["name"], found["number"] or found["mail"]
    title = _TITLE.match(who)
    if title:
        who = who[title.end() :]
    return Sender(who.strip() or account, account, title[1] if title else None)


def message(
    context: Context,
    place: dict[str, Any],
    moment: Moment,
    sender: Sender,
    text: str,
    notice: bool = False,
    doubts: tuple[str, ...] = (),
    **named: Any,
) -> Record:
    """One message, or a `notice` of the app; `named` as in `chat`, of what one export has only."""
    text = legible(text, context.notes)
    facts: dict[str, Any] = {}
    if sender.account is not None:
        facts["sender_id"] = sender.account
    if sender.title is not None:
        facts["title"] = sender.title
    kind = "chat"
    warnings: tuple[str, ...] = ()
    recalled = len(text) < 160 and _RECALLED.fullmatch(text) is not None
    if notice or sender.is_system:
        kind = "system"
    elif len(text) < 64 and _CALL.fullmatch(text):
        call = content_of("50", "", text)
        kind = "call"
        named = {"duration_s": call.duration_s, "direction": call.direction, **named}
    elif recalled:
        warnings = ("message_deleted",)
    elif len(text) < 256 and _PLACEHOLDERS.fullmatch(text) and not named.get("attachments"):
        warnings = ("media_omitted",)
    record = chat(
        context,
        place,
        moment,
        sender=None if kind == "system" else sender.name,
        text=text or None,
        kind=kind,
        warnings=(*doubts, *warnings),
        facts=facts,
        **named,
    )
    if record.peer_number_raw is None or sender.name != sender.account:
        return record
    # a nameless account's number is no telephone
    return record._replace(peer_number_raw=None, peer_number_e164=None, peer_name=sender.name)

"""Which way a message or call went, by the words that apps and operators write into cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .spelling import simplified

_MESSAGE_WORDS: Final = {
    "in": "接收 收 收到 已接收 收件箱 接受 接收短信 短信接收 收短信 下行 mt received receive "
    "inbox incoming_sms",
    "out": "发送 发 已发送 发出 发件箱 已发 发送成功 发送短信 短信发送 发短信 上行 mo sent send "
    "outgoing_sms",
    "draft": "草稿 草稿箱 draft drafts",
    "outbox": "正在发送 发送中 待发 待发送 outbox sending",
    "queued": "排队中 queued",
    "failed": "发送失败 未发送 发送不成功 failed",
}
_CALL_WORDS: Final = {
    "in": "呼入 来电 接听 已接 已接来电 已接听 接入 被叫 呼入电话 被叫通话 incoming answered",
    "out": "呼出 去电 拨出 已拨 已拨电话 拨打 主叫 呼出电话 拨号 主叫通话 outgoing dialed dialled",
    "missed": "未接 未接来电 未接听 未接电话 未应答 missed noanswer",
    "rejected": "拒接 挂断 已拒接 已挂断 拒绝 已拒绝 拒接来电 rejected declined refused",
    "blocked": "拦截 黑名单 已拦截 被拦截 拦截来电 骚扰拦截 blocked",
    "forwarded": "呼转 呼叫转移 前转 呼叫前转 无条件呼转 无条件前转 遇忙呼转 转移 forwarded",
    "voicemail": "语音信箱 语音邮箱 留言 voicemail",
}
_BOTH: Final = {"in": "in 入", "out": "out 出"}
_CODES: Final = {
    "messages": {"1": "in", "2": "out", "3": "draft", "4": "outbox", "5": "failed", "6": "queued"},
    "calls": {
        "1": "in", "2": "out", "3": "missed", "4": "voicemail", "5": "rejected", "6": "blocked",
    },
}  # fmt: skip
# Words within longer ones (`国内漫游被叫`, `VoLTE主叫`), the surest first.
_WITHIN: Final = (
    ("forwarded", True, ("呼转", "前转", "转移")),
    ("out", True, ("主叫", "呼出", "拨出", "去电", "outgoing")),
    ("missed", True, ("未接", "missed")),
    ("rejected", True, ("拒接", "拒绝", "rejected")),
    ("blocked", True, ("拦截", "黑名单", "blocked")),
    ("voicemail", True, ("语音信箱", "voicemail")),
    ("in", True, ("被叫", "呼入", "来电", "incoming")),
    ("failed", False, ("发送失败",)),
    ("draft", False, ("草稿",)),
    ("out", False, ("发送", "发出", "发信", "上行")),
    ("in", False, ("接收", "收到", "收件", "收信", "下行")),
)
_OWN: Final = frozenset({"我", "本人", "自己", "本机", "本机号码", "机主", "me", "myself"})
_MESSAGE_SERVICES: Final = ("短信", "彩信")
# What a call that came in turned out to be.
_ENDS: Final = frozenset({"missed", "rejected", "blocked", "voicemail", "forwarded"})


class Way(NamedTuple):
    """A direction and whether its word is one of calls; None: of both."""

    direction: str
    call: bool | None


_WORDS: Final[dict[str, Way]] = {
    **{word: Way(way, False) for way, words in _MESSAGE_WORDS.items() for word in words.split()},
    **{word: Way(way, True) for way, words in _CALL_WORDS.items() for word in words.split()},
    **{word: Way(way, None) for way, words in _BOTH.items() for word in words.split()},
}


@lru_cache(maxsize=4096)
def way_of(cell: str, holds: str) -> Way | None:
    """The way that a cell's word or code names; `holds` is what the table is of."""
    plain = simplified(cell).lower().replace(" ", "").removesuffix(".0")
    if not plain or len(plain) > 40:
        return None
    if known := _WORDS.get(plain):
        return known
    if code := _CODES[holds].get(plain):
        return Way(code, None)
    for direction, call, words in _WITHIN:
        if any(word in plain for word in words):
            return Way(direction, call)
    return None


def way_in(cells: Sequence[str], holds: str) -> Way | None:
    """The way that several cells name together: `呼入` beside `未接` was missed."""
    found: Way | None = None
    for cell in cells:
        way = way_of(cell, holds)
        if way is None:
            continue
        if found is None or (found.direction == "in" and way.direction in _ENDS):
            found = way
        elif found.direction in _ENDS and way.direction == "out":
            found = way  # what the owner dialled and nobody took went out
        elif found.direction == "out" and way.direction in ("failed", "draft", "outbox", "queued"):
            found = way
    return found


def is_own_word(cell: str) -> bool:
    """Whether a cell calls the owner of the phone by no name: `我`, `本机`."""
    return simplified(cell).strip().lower() in _OWN


def names_message(cell: str) -> bool:
    """Whether a cell names a message service (`梦网短信`), which way or not."""
    return simplified(cell).strip().endswith(_MESSAGE_SERVICES)

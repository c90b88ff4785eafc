"""What a WeChat message holds, by its type number; its XML comes from the other side."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from evidence.readers.record import NO_FACTS

_SYSTEM: Final = frozenset({"10000", "10002"})
_CALL: Final = "50"
_TYPES: Final = {
    "3": "image",
    "34": "voice",
    "42": "card",
    "43": "video",
    "47": "sticker",
    "48": "place",
    "49": "app",
    "50": "call",
}
_NAMED: Final = {"42": ("nickname",), "48": ("poiname", "label")}  # what their XML says in words
_APP_TYPES: Final = {
    "5": "link",
    "6": "file",
    "19": "forwarded",
    "57": "quote",
    "2000": "transfer",
    "2001": "red_packet",
}
_ALIASES: Final = {"436207665": "2001", "419430449": "2000"}  # Android's own numbers
_WORDS: Final = {  # the surest first; an empty code is a plain text
    "文本": "", "引用": "quote", "转账": "transfer", "红包": "red_packet", "表情": "sticker",
    "图片": "image", "语音": "voice", "视频号": "app", "视频": "video", "文件": "file",
    "位置": "place", "名片": "card", "聊天记录": "forwarded", "合并转发": "forwarded",
    "卡片": "link", "链接": "link", "分享": "link", "小程序": "app", "音乐": "link", "文字": "",
}  # fmt: skip
_NOTICES: Final = (
    "revokemsg/replacemsg",
    "revokemsg/content",
    "sysmsgtemplate/content_template/plain",
)
_LINK: Final = re.compile(r"\s*<a [^<>]*revoke_edit[^<>]*>[^<>]*</a>")
_MARKUP: Final = re.compile(r"</?[A-Za-z_][^<>]*>")
_SECONDS: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:秒|s\b|″|\")")
_SENDER: Final = re.compile(r"^(?P<id>[A-Za-z][\w\-]{3,40}|\d{4,20}@\w+):\n")
_VOICE: Final = re.compile(r"voicelength=\"(\d{1,7})\"")
_TALKED: Final = re.compile(r"通话时长\s*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_MISSED: Final = ("对方已取消", "未接听", "忙线未接听")
_REJECTED: Final = ("已拒绝",)
_TRANSFERS: Final = {
    "1": "sent", "3": "received", "4": "returned", "5": "received", "7": "sent", "8": "sent",
}  # fmt: skip
_QUOTED: Final = 1000  # characters of a quoted message that are kept beside the answer
LONGEST_XML: Final = 256 * 1024  # characters that are parsed


class Content(NamedTuple):
    """The readable text, and what the type adds to it."""

    text: str | None
    duration_s: float | None = None
    direction: str | None = None
    facts: Mapping[str, Any] = NO_FACTS


def kind_of_number(number: str) -> str:
    """The kind of record for a type number."""
    if number in _SYSTEM:
        return "system"
    return "call" if number == _CALL else "chat"


def type_numbers(number: str, subtype: str) -> tuple[str, str]:
    """Type and inner type; version 4 packs the inner one into the upper half of the number."""
    plain = number.strip().removesuffix(".0")
    if plain.isdecimal() and len(plain) < 20 and int(plain) >> 32:
        return str(int(plain) & 0xFFFFFFFF), str(int(plain) >> 32)
    return _ALIASES.get(plain, plain), subtype.strip()


def kind_of_word(word: str) -> str:
    """The kind of record for a tool's word for a type."""
    plain = word.strip()
    if any(part in plain for part in ("系统", "撤回", "拍一拍")):
        return "system"
    return "call" if "通话" in plain else "chat"


def content_of_word(word: str, text: str) -> Content:
    """As `content_of`, for tools that write types as words and contents for people to read."""
    plain = word.strip()
    kind = kind_of_word(plain)
    if kind == "call":
        return _call(text)
    if kind == "system":
        return Content(notice_text(text))
    code = next((code for part, code in _WORDS.items() if part in plain), None)
    if code is None:
        return Content(text or None, facts={"message_type": plain} if plain else NO_FACTS)
    if not code:
        return Content(text or None)
    if text.lstrip().startswith("<"):
        number = next((number for number, name in _TYPES.items() if name == code), "49")
        return content_of(number, "", text)
    length = _SECONDS.search(text[:64]) if code == "voice" else None
    seconds = float(length[1]) if length else None
    return Content(text or None, duration_s=seconds, facts={"message_type": code})


def notice_text(text: str) -> str | None:
    """A notice of the app as a person sees it: without links to edit again, without markup."""
    root = _parsed(text)
    if root is not None and root.tag == "sysmsg":
        said = next((root.find(path) for path in _NOTICES if root.find(path) is not None), None)
        text = "".join(said.itertext()) if said is not None else text
    if "<" in text:
        text = _LINK.sub("", text.replace("<![CDATA[", "").replace("]]>", ""))
        text = _MARKUP.sub("", text)
    return html.unescape(text).strip() or None


def without_sender(text: str) -> tuple[str, str | None]:
    """In groups the text begins with the sender's id, a colon and a line end."""
    found = _SENDER.match(text)
    return (text[found.end() :], found["id"]) if found else (text, None)


def content_of(number: str, subtype: str, text: str) -> Content:
    """What the content of one message says; XML that is not plain stays as written."""
    kind = _TYPES.get(number)
    if number == _CALL:
        return _call(text)
    if number in _SYSTEM:
        return Content(notice_text(text))
    if number in ("2000", "2001"):
        return _app(number, text)
    if kind is None:
        return Content(text or None)
    facts = {"message_type": kind}
    if number == "34":
        found = _VOICE.search(text[:4096])
        length = int(found[1]) / 1000 if found else None
        return Content(None if found else text or None, duration_s=length, facts=facts)
    if number == "49":
        return _app(subtype, text)
    if number in _NAMED and (root := _parsed(text)) is not None:
        parts = [part.get(name, "") for part in root.iter() for name in _NAMED[number]]
        return Content("\n".join(part for part in parts if part) or None, facts=facts)
    return Content(None if text.lstrip().startswith("<") else text or None, facts=facts)


def _call(text: str) -> Content:
    facts = {"message_type": "call"}
    if found := _TALKED.search(text[:256]):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return Content(text, duration_s=hours * 3600 + minutes * 60 + seconds, facts=facts)
    if any(word in text for word in _MISSED):
        return Content(text, direction="missed", facts=facts)
    if any(word in text for word in _REJECTED):
        return Content(text, direction="rejected", facts=facts)
    return Content(text or None, facts=facts)


def _app(subtype: str, text: str) -> Content:
    """Links, files, quotes, transfers: the title, and of transfers what it says of the sum."""
    root = _parsed(text)
    message = None if root is None else root.find("appmsg") if root.tag != "appmsg" else root
    if message is None:
        return Content(text or None, facts={"message_type": _APP_TYPES.get(subtype, "app")})
    inner = (message.findtext("type") or subtype).strip()
    facts = {"message_type": _APP_TYPES.get(inner, "app")}
    title, said = _said(message, "title"), _said(message, "des")
    parts = [title, said] if inner in ("2000", "2001") else [title or said]
    if inner == "2000" and (amount := _said(message, "wcpayinfo/feedesc")):
        parts = [title, amount, _said(message, "wcpayinfo/pay_memo")]
        facts["amount"] = amount
        if state := _TRANSFERS.get(_said(message, "wcpayinfo/paysubtype")):
            facts["transfer"] = state
    elif inner == "2001" and (wish := _said(message, "wcpayinfo/sendertitle")):
        parts = [title, wish]
    elif inner == "57" and (quoted := _said(message, "refermsg/content")):
        facts["quoted"] = quoted[:_QUOTED] if not quoted.startswith("<") else ""
    return Content("\n".join(part for part in parts if part) or None, facts=facts)


def _said(message: ElementTree.Element, path: str) -> str:
    return (message.findtext(path) or "").strip()


def _parsed(text: str) -> ElementTree.Element | None:
    start = text.lstrip()
    if (
        not start.startswith("<")
        or len(start) > LONGEST_XML
        or "<!" in start.replace("<![CDATA[", "")
    ):
        return None
    try:
        return ElementTree.fromstring(start)  # noqa: S314 - without a DOCTYPE there are no entities
    except (ElementTree.ParseError, ValueError):
        return None

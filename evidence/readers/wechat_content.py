"""What a WeChat message holds, by its type number; its XML comes from the other side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from .record import NO_FACTS

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
_APP_TYPES: Final = {
    "5": "link",
    "6": "file",
    "19": "forwarded",
    "57": "quote",
    "2000": "transfer",
    "2001": "red_packet",
}
_SENDER: Final = re.compile(r"^(?P<id>[A-Za-z][\w\-]{3,40}|\d{4,20}@\w+):\n")
_VOICE: Final = re.compile(r"voicelength=\"(\d{1,7})\"")
_TALKED: Final = re.compile(r"通话时长\s*(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_MISSED: Final = ("对方已取消", "未接听", "忙线未接听")
_REJECTED: Final = ("已拒绝",)
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


def is_system(word: str) -> bool:
    """Whether a tool's word names a notice of the app."""
    return word.strip() in ("系统消息", "系统通知", "撤回消息", "系统")


def without_sender(text: str) -> tuple[str, str | None]:
    """In groups the text begins with the sender's id, a colon and a line end."""
    found = _SENDER.match(text)
    return (text[found.end() :], found["id"]) if found else (text, None)


def content_of(number: str, subtype: str, text: str) -> Content:
    """What the content of one message says; XML that is not plain stays as written."""
    kind = _TYPES.get(number)
    if number == _CALL:
        return _call(text)
    if kind is None:
        return Content(text or None)
    facts = {"message_type": kind}
    if number == "34":
        found = _VOICE.search(text[:4096])
        length = int(found[1]) / 1000 if found else None
        return Content(None if found else text or None, duration_s=length, facts=facts)
    if number == "49":
        return _app(subtype, text)
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
    title = (message.findtext("title") or "").strip()
    said = (message.findtext("des") or "").strip()
    parts = [title, said] if inner in ("2000", "2001") else [title or said]
    facts = {"message_type": _APP_TYPES.get(inner, "app")}
    return Content("\n".join(part for part in parts if part) or None, facts=facts)


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

"""Chats of WeChat as web pages: WechatExporter, WeFlow, MemoTrace/WeChatMsg.

Nothing that a page points to is followed; its scripts are text to us.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO, Final

from evidence.readers.errors import UnreadableError
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.html_tokens import Tag, plain, tokens
from evidence.readers.syntax.js_objects import objects
from evidence.readers.syntax.texts import whole_text
from evidence.readers.tables.cell_times import moment
from evidence.readers.values.clock import ABSENT, from_epoch

from .chats import attached, chat
from .wechat_content import content_of, content_of_word, kind_of_number, type_numbers
from .wechat_objects import page_message

VERSION: Final = "2"

_WEFLOW: Final = re.compile(r"window\.WEFLOW_DATA\s*=\s*(?=\[)")
_MEMOTRACE: Final = re.compile(r"\bchatMessages\s*=\s*(?=\[)")
_EXPORTER: Final = re.compile(
    r"<div class=[\"']msg (?:(?:chat|media)[ -](?:left|right|notice)|chat-notice)\b"
)
# What WechatExporter shows later stands as strings in a script: in the page or in files beside it.
_LATER: Final = re.compile(r"(?:\bwindow\.moreWechatMsgs|\bvar msgArray)\s*=\s*(?=\[)")
_SCRIPT: Final = re.compile(
    r"\(function\(\)\s*\{\s*var msgArray\s*=\s*\[\s*\"[^<]{0,40}<div class=\\\"msg "
)
_FOLDER: Final = re.compile(r"(?:^|/)([^/]+)_files/")
_TITLE: Final = re.compile(r"<title>([^<]{1,200})</title>", re.I)
_AFTER_TITLE: Final = re.compile(r"\s*-\s*(?:微信)?聊天记录\s*$")
_NOTICE: Final = re.compile(r"^(?:系统消息|System Message)[：:]\s*")
_MEDIA: Final = ("img", "audio", "source", "video")
_SOURCES: Final = ("rawurl", "data-full", "src")


def recognise(text: str) -> str | None:
    """The format id of a page by its beginning, or None."""
    if _WEFLOW.search(text):
        return "weflow_page"
    if _MEMOTRACE.search(text):
        return "memotrace_page"
    if _EXPORTER.search(text) or ("微信聊天记录</title>" in text and "chat-notice" in text):
        return "wechat_exporter_page"
    return None


def is_script(text: str) -> bool:
    """Whether a text is a script of WechatExporter with further messages of a page."""
    return _SCRIPT.match(text) is not None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; places count the page's messages from 1.

    Raises:
        OverLimitError, UnreadableError: more than 64 MiB, no text, or no such page.
    """
    text = whole_text(file, context)
    found = _TITLE.search(text)
    title = _AFTER_TITLE.sub("", plain(found[1])).strip() if found else ""
    kind = recognise(text)
    if is_script(text.lstrip()):
        page = _FOLDER.search(context.folder)
        yield from _exporter("", _later(text, context), page[1] if page else "", context)
    elif kind == "weflow_page":
        context.notes.unverified()
        yield from _weflow(text, title, context)
    elif kind == "memotrace_page":
        context.notes.unverified()
        yield from _memotrace(text, title, context)
    elif kind == "wechat_exporter_page":
        yield from _exporter(text, _later(text, context), title, context)
    else:
        raise UnreadableError("the page is no chat that we know")


def _place(number: int) -> Mapping[str, Any]:
    return {"row": number, "table": "messages"}


def _memotrace(text: str, title: str, context: Context) -> Iterator[Record]:
    begins = _MEMOTRACE.search(text)
    for number, cells in enumerate(objects(text, begins.end() if begins else len(text)), 1):
        record = page_message(cells, _place(number), context)
        if record is not None:
            yield record._replace(conversation=title or record.conversation)


def _weflow(text: str, title: str, context: Context) -> Iterator[Record]:
    """Time and side of each message, and its bubble as HTML."""
    begins = _WEFLOW.search(text)
    for number, cells in enumerate(objects(text, begins.end() if begins else len(text)), 1):
        parts, files = _bubble(cells.get("b", ""))
        own = cells.get("s", "").strip() == "1"
        body = parts.get("message-text", "").strip()
        content = content_of_word("通话" if "通话]" in body[:12] else "文本", body)
        kind = "call" if "通话]" in body[:12] else "chat"
        yield chat(
            context,
            _place(number),
            from_epoch(cells.get("t", ""), context.options.now),
            sender=parts.get("sender-name", "").strip() or (None if own else title or None),
            text=content.text,
            kind=kind,
            direction=content.direction or ("out" if own else "in"),
            conversation=title or None,
            attachments=tuple(attached(name, context) for name in files),
            duration_s=content.duration_s,
            facts=content.facts,
        )


_PARTS: Final = ("message-time", "sender-name", "message-text", "quoted-sender", "quoted-text")


def _bubble(markup: str) -> tuple[dict[str, str], list[str]]:
    """Text by the class of the block that it stands in, and the files that are shown."""
    parts: dict[str, str] = {}
    files: list[str] = []
    inside: list[str] = []
    for token in tokens(markup):
        if isinstance(token, str):
            part = next((name for name in reversed(inside) if name in _PARTS), "")
            parts[part] = parts.get(part, "") + token
        elif token.name == "br":
            part = next((name for name in reversed(inside) if name in _PARTS), "")
            parts[part] = parts.get(part, "") + "\n"
        elif token.name in _MEDIA and not token.closes:
            files.extend(_source(token))
        elif token.closes:
            if inside:
                inside.pop()
        elif not token.is_void:
            inside.append(token.attributes().get("class", ""))
    return parts, files


def _source(tag: Tag) -> Iterator[str]:
    """The file that a picture, sound or film shows; data within the page and the web are none."""
    told = tag.attributes()
    name = next((told[key] for key in _SOURCES if told.get(key)), "")
    if name and not re.match(r"(?i)data:|https?:|//", name) and "emoji" not in name.lower():
        yield name


class _Message:
    """One message of WechatExporter's page while its tags go by."""

    def __init__(self, sides: set[str], told: Mapping[str, str]) -> None:
        self.notice = any("notice" in side for side in sides)
        self.own = any("right" in side for side in sides)
        self.media = "media" in told.get("class", "")
        self.number = told.get("msgtype", "")
        self.identity = ""
        self.name: list[str] = []
        self.time: list[str] = []
        self.body: list[str] = []
        self.files: list[str] = []
        self.depth = 1
        self._box = ""
        self._box_depth = 0
        self._named = False

    def text(self, text: str) -> None:
        if self._box == "nt-box":
            (self.name if self._named else self.time).append(text)
        elif self.notice or self._box:
            self.body.append(text)

    def tag(self, tag: Tag) -> None:
        if tag.name == "br":
            self.body.append("\n")
        elif tag.name == "div":
            self.depth += -1 if tag.closes else 1
            kinds = () if tag.closes else tag.attributes().get("class", "").split()
            box = next((kind for kind in kinds if kind in ("nt-box", "content-box")), "")
            if box and not self._box:
                self._box, self._box_depth = box, self.depth
            elif tag.closes and self._box and self.depth < self._box_depth:
                self._box = ""
        elif tag.name == "span" and self._box == "nt-box":
            self._named = not tag.closes
            if not tag.closes:
                self.identity = tag.attributes().get("wxid", "")
        elif tag.name in (*_MEDIA, "a") and self._box == "content-box" and not tag.closes:
            self.files.extend(_source(tag))


def _later(text: str, context: Context) -> str:
    """The markup of the messages that a script holds."""
    begin = _LATER.search(text)
    if begin is None:
        return ""
    try:
        listed, _ = json.JSONDecoder().raw_decode(text, begin.end())
    except (ValueError, RecursionError):
        context.notes.warn("file_truncated")
        return ""
    return "".join(one for one in listed if isinstance(one, str))


def _exporter(text: str, later: str, title: str, context: Context) -> Iterator[Record]:
    message: _Message | None = None
    number = 0
    for token in chain(tokens(text), tokens(later)):
        if isinstance(token, str):
            if message is not None:
                message.text(token)
            continue
        if message is None:
            sides = _sides(token)
            if sides:
                number += 1
                message = _Message(sides, token.attributes())
            continue
        message.tag(token)
        if message.depth == 0:
            yield _told(message, number, title, context)
            message = None
    if message is not None:
        context.notes.warn("file_truncated")


def _sides(tag: Tag) -> set[str]:
    """What the class of a message's outer block says of it; empty for any other block."""
    if tag.name != "div" or tag.closes or "msg" not in tag.rest:
        return set()
    kinds = set(tag.attributes().get("class", "").split())
    if "msg" not in kinds or "content-box" in kinds:
        return set()
    return {kind for kind in kinds if re.fullmatch(r"(?:chat-|media-)?(?:left|right|notice)", kind)}


def _told(message: _Message, number: int, title: str, context: Context) -> Record:
    lines = (line.strip() for line in "".join(message.body).split("\n"))
    body = "" if message.media and message.files else "\n".join(lines).strip("\n")
    when = "".join(message.time).strip()
    code, inner = type_numbers(message.number, "")
    kind = "system" if message.notice else kind_of_number(code)
    if kind == "system":
        body = _NOTICE.sub("", body)
    content = content_of(code, inner, body) if kind != "system" else None
    facts = dict(content.facts) if content else {}
    if message.identity and kind != "system":
        facts["wechat_id"] = message.identity
    return chat(
        context,
        _place(number),
        moment(when, context.options, None) if when else ABSENT,
        sender=None if kind == "system" else "".join(message.name).strip() or None,
        text=content.text if content else body or None,
        kind=kind,
        direction=(content.direction if content else None) or ("out" if message.own else "in"),
        conversation=title or None,
        attachments=tuple(attached(name, context) for name in dict.fromkeys(message.files)),
        duration_s=content.duration_s if content else None,
        facts=facts,
    )

"""Pages of wechat-dump: blocks `chatItem me` and `chatItem you ID`, the time in a title.

The pictures and sounds lie in the page itself and are left there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.errors import UnreadableError
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.html_tokens import Tag, plain, tokens
from evidence.readers.syntax.texts import whole_text
from evidence.readers.tables.cell_times import moment
from evidence.readers.values.clock import ABSENT

from .chats import chat

VERSION: Final = "1"

_TITLE: Final = re.compile(r"<title>Chat with ([^<]{0,200})</title>")
_ITEM: Final = re.compile(r"chatItem (?:(?P<me>me)|you (?P<id>\S{1,100}))")
_MEDIA: Final = ("img", "audio", "source", "video")


def is_dump(text: str) -> bool:
    """Whether a page begins as the tool writes it; its own scripts may hide the messages."""
    return _TITLE.search(text[:4096]) is not None and ("chatItem" in text or "chatPanel" in text)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; places count the page's messages from 1.

    Raises:
        OverLimitError, UnreadableError: more than 64 MiB, no text, or no such page.
    """
    text = whole_text(file, context)
    found = _TITLE.search(text)
    if found is None:
        raise UnreadableError("the page is no chat that we know")
    context.notes.unverified()
    title = plain(found[1]).strip()
    item: _Item | None = None
    number = 0
    for token in tokens(text):
        if isinstance(token, str):
            if item is not None:
                item.text(token)
            continue
        begins = _begins(token)
        if begins is not None:
            if item is not None:
                yield _told(item, number, title, context)
            number += 1
            item = _Item(begins["id"])
        elif item is not None:
            item.tag(token)
    if item is not None:
        yield _told(item, number, title, context)


def _begins(token: Tag) -> re.Match[str] | None:
    if token.closes or token.name != "div" or "chatItem" not in token.rest:
        return None
    return _ITEM.fullmatch(token.attributes().get("class", "").strip())


class _Item:
    """One message while its tags go by."""

    def __init__(self, identity: str | None) -> None:
        self.identity = identity  # None: the owner's
        self.when = ""
        self.name: list[str] = []
        self.body: list[str] = []
        self.has_media = False
        self._depth = 1
        self._content = 0  # the depth of its block; 0: not inside
        self._is_name = False

    def tag(self, tag: Tag) -> None:
        """The next tag behind the message's own."""
        if tag.name == "div":
            self._depth += -1 if tag.closes else 1
            told = {} if tag.closes else tag.attributes()
            if told.get("class", "").startswith("cloudPannel"):
                self.when = told.get("title", "")
            elif told.get("class", "").startswith("cloudContent"):
                self._content = self._depth
            elif self._depth < self._content:
                self._content = 0
        elif tag.name == "pre":
            self._is_name = not tag.closes and not self._content and self._depth > 0
        elif tag.name == "br" and self._content:
            self.body.append("\n")
        elif tag.name in _MEDIA and not tag.closes and self._depth > 0:
            self.has_media = True

    def text(self, text: str) -> None:
        """The next text inside it."""
        if self._content:
            self.body.append(text)
        elif self._is_name:
            self.name.append(text)


def _told(item: _Item, number: int, title: str, context: Context) -> Record:
    own = item.identity is None
    name = "".join(item.name).strip() or (None if own else title or None)
    body = "".join(item.body).strip("\n").strip()
    return chat(
        context,
        {"row": number, "table": "messages"},
        moment(item.when, context.options, None) if item.when else ABSENT,
        sender=name,
        text=body or None,
        direction="out" if own else "in",
        conversation=title or None,
        warnings=("media_omitted",) if item.has_media and not body else (),
        facts={} if own else {"wechat_id": item.identity},
    )

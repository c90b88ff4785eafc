"""Telegram Desktop's `messages.html`, `messages2.html` …: a thousand messages each.

Notices have no time of their own but the day above them; a message of the same person as the one
before it names nobody. What a call was stands in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.html_tokens import Tag, tokens
from evidence.readers.syntax.texts import legible, whole_text

from .chats import chat
from .telegram_draft import FILES, LINE_END, Draft, day_of, is_day, moment_of, tidy
from .telegram_values import is_copy

VERSION: Final = "1"

_NUMBER: Final = re.compile(r"message(-?\d{1,15})$")
_FIRST: Final = re.compile(
    r"<div class=\"message (?:default|service)[^\"<>]{0,64}\" id=\"message-?\d{1,15}\">"
)
_GO_TO: Final = re.compile(r"message(\d{1,15})$")
# The class of a box, and what is in it.
_BOXES: Final = {
    "photo_wrap": "photo",
    "sticker_wrap": "sticker",
    "animated_wrap": "animation",
    "video_file_wrap": "video_file",
    "media_photo": "photo",
    "media_video": "video_file",
    "media_voice_message": "voice_message",
    "media_audio_file": "audio_file",
    "media_file": "file",
    "media_contact": "contact",
    "media_location": "location",
    "media_live_location": "location",
    "media_venue": "location",
    "media_game": "game",
    "media_invoice": "invoice",
    "media_poll": "poll",
    "media_call": "call",
}
# The first class of a box whose words are kept, and under which name.
_KEPT: Final = {
    "from_name": "from",
    "text": "text",
    "title": "title",
    "description": "description",
    "status": "status",
    "question": "question",
    "answer": "answer",
    "signature": "signature",
}
_ASIDE: Final = frozenset({"userpic_wrap", "reactions", "bot_buttons_table"})
_LINES: Final = frozenset({"br", "p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST: Final = 1_000  # boxes in each other that are remembered
_NEAR: Final = 8  # boxes that an end tag may close at once


def is_telegram(text: str) -> bool:
    """Whether the beginning of an HTML text is a page of messages of this export."""
    return _FIRST.search(text) is not None and ("page_header" in text or "page_wrap" in text)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message, call or notice; the place is the line where its box begins.

    Raises:
        OverLimitError, UnreadableError: too large, or no text.
    """
    text = whole_text(file, context)
    page = _Page(context)
    line, counted = 1, 0
    for token in tokens(text):
        if isinstance(token, str):
            page.words(token)
            continue
        if token.closes:
            draft = page.close(token)
        else:
            line, counted = line + text.count("\n", counted, token.at), token.at
            draft = page.open(token, line)
        if draft is not None and (record := page.record(draft)) is not None:
            yield record
    if page.draft is not None:
        context.notes.warn("file_truncated")


class _Page:
    """Where we are: the open boxes, the chat, the day, the last who wrote."""

    def __init__(self, context: Context) -> None:
        self.draft: Draft | None = None
        self._context = context
        self._boxes: list[tuple[str, str | None]] = []  # element, name its words are kept under
        self._heading: list[str] = []
        self._conversation: str | None = None
        self._day = ""
        self._sender: str | None = None

    def open(self, tag: Tag, line: int) -> Draft | None:
        """A start tag; where a message begins inside another, that one is given."""
        if len(self._boxes) >= _DEEPEST and self.draft is None:
            del self._boxes[:-_NEAR]
        values = tag.attributes()
        classes = values.get("class", "").split()
        given = None
        if "message" in classes and (found := _NUMBER.match(values.get("id", ""))):
            given, self.draft = (
                self.draft,
                Draft(
                    number=int(found[1]),
                    line=line,
                    service="service" in classes,
                    joined="joined" in classes,
                    depth=len(self._boxes),
                ),
            )
        kept = self._kept(tag, values, classes) if classes or tag.name == "a" else None
        if tag.name in _LINES:
            self.words(LINE_END)
        if not tag.is_void and len(self._boxes) < _DEEPEST:
            self._boxes.append((tag.name, kept))
        return given

    def _kept(self, tag: Tag, values: Mapping[str, str], classes: list[str]) -> str | None:
        """The name under which the words of a box are kept; what else it tells is noted."""
        draft = self.draft
        if draft is None:
            return "heading" if classes == ["text", "bold"] and not self._conversation else None
        if "date" in classes:
            if not draft.title and not draft.forwarded:
                draft.title = values.get("title", "")
            return "aside"
        if draft.service and classes == ["body", "details"]:
            return draft.keep("service")
        if classes == ["details"] or not _ASIDE.isdisjoint(classes):
            return "aside"
        if "reply_to" in classes:
            return "reply"
        if tag.name == "a" and self._inside() == "reply":
            number = _GO_TO.search(values.get("href", ""))
            draft.reply_to = int(number[1]) if number else None
        elif classes[:2] == ["forwarded", "body"]:
            draft.forwarded = True
        elif box := next((_BOXES[name] for name in classes if name in _BOXES), None):
            draft.box = box
            if box in FILES | {"contact"} and values.get("href"):
                draft.links.append(values["href"])
        elif classes and (name := _KEPT.get(classes[0])):
            return draft.keep("forwarded" if name == "from" and draft.forwarded else name)
        return None

    def close(self, tag: Tag) -> Draft | None:
        """An end tag; gives the message whose box it closes."""
        if all(name != tag.name for name, _ in self._boxes[-_NEAR:]):
            return None
        while self._boxes:
            name, kept = self._boxes.pop()
            if kept == "heading":
                self._conversation = tidy("".join(self._heading)) or None
            if name == tag.name:
                break
        if self.draft is None or len(self._boxes) > self.draft.depth:
            return None
        draft, self.draft = self.draft, None
        return draft

    def words(self, text: str) -> None:
        """Text, kept under the name of the innermost box that has one."""
        kept = self._inside()
        if kept == "heading":
            self._heading.append(text)
        elif kept is not None and self.draft is not None and kept in self.draft.words:
            self.draft.words[kept][-1].append(text)

    def _inside(self) -> str | None:
        return next((kept for _, kept in reversed(self._boxes[-4 * _NEAR :]) if kept), None)

    def record(self, draft: Draft) -> Record | None:
        """The record of a complete message; the line of a day and a second copy give none."""
        context = self._context
        place = {"line": draft.line}
        text = draft.said("service") if draft.service else draft.text
        if draft.service:
            if draft.number < 0 or is_day(text or ""):
                self._day = text or ""
                return None
            moment, self._sender = day_of(self._day, context.options), None
        else:
            moment = moment_of(draft.title, context.options)
            if not draft.joined:
                self._sender = draft.person("from")
        if is_copy(context, self._conversation, draft.number, moment.utc, place):
            return None
        call = draft.box == "call"
        return chat(
            context,
            place,
            moment,
            sender=self._sender,
            text=None if call or not text else legible(text, context.notes),
            kind="system" if draft.service else "call" if call else "chat",
            direction=draft.call if call else None,
            conversation=self._conversation,
            attachments=draft.files(context),
            duration_s=draft.seconds,
            warnings=("media_omitted",) if draft.is_omitted else (),
            facts=_facts(draft),
        )


def _facts(draft: Draft) -> dict[str, Any]:
    facts: dict[str, Any] = {"message_id": draft.number}
    if draft.kind is not None and draft.box != "call":
        facts["message_type"] = draft.kind
    if draft.reply_to is not None:
        facts["reply_to"] = draft.reply_to
    if draft.forwarded and (source := draft.person("forwarded")):
        facts["forwarded_from"] = source
    if author := draft.said("signature"):
        facts["author"] = author
    return facts

"""QQ chats as qq-chat-exporter writes them: `chatInfo`, then `messages`.

Only readers of it are public: the version decides whether times are ISO or milliseconds, and how a
notice or a recalled message is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.json_items import ANY, Broken, CutOffError, items
from evidence.readers.values.clock import Moment, from_epoch, with_offset

from .chats import attached, chat

VERSION: Final = "1"

LONGEST_NAME: Final = 1024  # characters
_MESSAGES: Final = ("messages", ANY)
_CHAT: Final = ("chatInfo",)
_TOTAL: Final = ("statistics", "totalMessages")
_ABSENT: Final = frozenset({"image", "video", "audio", "voice", "file"})


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; the place is its object's bytes.

    Raises:
        OverLimitError, UnreadableError: one message is too large; the JSON is damaged.
    """
    info: Mapping[str, Any] = {}
    elements = 0
    try:
        for item in items(file, lambda path: path in (_MESSAGES, _CHAT), context.notes):
            if item.path == _CHAT:
                info = item.value if isinstance(item.value, dict) else {}
            elif item.path == _TOTAL and isinstance(item.value, int):
                context.notes.announced = item.value
            elif item.path == _MESSAGES:
                elements += 1
                place = {"bytes": [item.start, item.end]}
                if isinstance(item.value, Broken) or not isinstance(item.value, dict):
                    context.notes.warn("malformed_row_skipped", place)
                    continue
                yield _record(item.value, place, info, context)
    except CutOffError:
        context.notes.warn("file_truncated")
    if context.notes.announced not in (None, elements):
        context.notes.warn("count_differs")


def _record(
    message: Mapping[str, Any],
    place: Mapping[str, Any],
    info: Mapping[str, Any],
    context: Context,
) -> Record:
    sender = _object(message, "sender")
    content = _object(message, "content")
    uin, uid = _word(sender, "uin"), _word(sender, "uid")
    name = _first(sender, ("remark", "groupCard", "name", "nickname")) or uin or uid
    system = message.get("system") is True or message.get("isSystemMessage") is True
    text = content.get("text")
    files, omitted = _files(content, context)
    warnings: tuple[str, ...] = ("media_omitted",) if omitted else ()
    if message.get("recalled") is True or message.get("isRecalled") is True:
        warnings += ("message_deleted",)
    record = chat(
        context,
        place,
        _moment(message, context),
        sender=None if system else name,
        text=text or None if isinstance(text, str) else None,
        kind="system" if system else "chat",
        direction=_direction(uin, uid, info),
        conversation=_word(info, "name"),
        attachments=files,
        warnings=warnings,
        facts={"sender_id": uin or uid} if uin or uid else {},
    )
    if record.peer_number_raw is None or name != uin:
        return record
    # a nameless account's number is no telephone
    return record._replace(peer_number_raw=None, peer_number_e164=None, peer_name=name)


def _direction(uin: str | None, uid: str | None, info: Mapping[str, Any]) -> str | None:
    """By the account that exported, where the file tells it."""
    for mine, theirs in ((info.get("selfUin"), uin), (info.get("selfUid"), uid)):
        if mine and theirs:
            return "out" if str(mine) == theirs else "in"
    return None


def _moment(message: Mapping[str, Any], context: Context) -> Moment:
    now = context.options.now
    for name in ("timestamp", "time", "msgTime"):
        value = message.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return from_epoch(str(value), now)
        if isinstance(value, str) and value:
            return from_epoch(value, now) if value.isdecimal() else with_offset(value, now)
    return Moment(None, "")


def _files(
    content: Mapping[str, Any], context: Context
) -> tuple[tuple[Mapping[str, Any], ...], bool]:
    """The resources of a message, and whether one has no file beside the export."""
    resources = content.get("resources")
    files: list[Mapping[str, Any]] = []
    omitted = False
    for resource in resources if isinstance(resources, list) else []:
        if not isinstance(resource, dict):
            continue
        path = _first(resource, ("localPath", "filename", "fileName", "name"))
        if path is None:
            omitted = omitted or resource.get("type") in _ABSENT
            continue
        name = _first(resource, ("filename", "fileName", "name"))
        size = resource.get("size")
        known = size if isinstance(size, int) and 0 <= size < 2**53 else None
        files.append(attached(path, context, name=name, size=known))
    return tuple(files), omitted


def _object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = (_word(value, name) for name in names)
    return next((word for word in found if word), None)


def _word(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)[:32]
    if not isinstance(found, str):
        return None
    return found[:LONGEST_NAME] or None

"""Which program wrote a JSON text, by the names at its beginning."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

from evidence.readers.chat_exports import wechat_shapes
from evidence.readers.errors import ReadingError
from evidence.readers.reading import Notes

from .json_items import ANY, CutOffError, Opened, Path, items

LOOKED_AT: Final = 4_000  # values

Shape = dict[Path, Any]
_CHATS: Final = frozenset(
    {
        "personal_chat",
        "bot_chat",
        "private_group",
        "private_supergroup",
        "public_supergroup",
        "private_channel",
        "public_channel",
        "saved_messages",
        "replies",
        "verify_codes",
    }
)
_ACCOUNT: Final = (
    ("chats", "list"),
    ("left_chats", "list"),
    ("contacts", "list"),
    ("frequent_contacts", "list"),
    ("sessions", "list"),
    ("web_sessions", "list"),
)


def recognise_damaged(head: bytes) -> str | None:
    """As `recognise`, for UTF-8 with bytes that are none.

    Telegram Desktop leaves two of a line separator's three bytes behind its escape.
    """
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return recognise(text) if text[:1] in ("{", "[") else None


def recognise(text: str) -> str | None:
    """The format id of a JSON text by its first 64 KiB, or None."""
    shape: Shape = {}
    try:
        file = io.BytesIO(text.encode("utf-8", "replace"))
        for count, item in enumerate(items(file, _never, Notes())):
            value = "[" if isinstance(item.value, Opened) and item.value.array else item.value
            shape.setdefault(item.path, value)
            if count >= LOOKED_AT:
                break
    except (CutOffError, ReadingError):
        pass  # what was seen before decides
    return next((name for name, fits in _FORMATS if fits(shape)), None)


def _never(_: Path) -> bool:
    return False


def _is_telegram(shape: Shape) -> bool:
    if ("personal_information", "user_id") in shape:
        return True
    if any(shape.get(path) == "[" for path in _ACCOUNT) and ("about",) in shape:
        return True
    if ("chats", "list", ANY, "messages") in shape:
        return ("chats", "list", ANY, "type") in shape
    if shape.get(("messages",)) != "[":
        return False
    if shape.get(("type",)) in _CHATS:
        return True
    first = ("messages", ANY)
    dated = (*first, "date") in shape or (*first, "date_unixtime") in shape
    return shape.get((*first, "type")) in ("message", "service") and any(
        dated and (*first, name) in shape for name in ("from", "from_id", "actor", "actor_id")
    )


def _is_qq(shape: Shape) -> bool:
    if ("chatInfo", "name") not in shape:
        return False
    return shape.get(("messages",)) == "[" or any(path[:1] == ("metadata",) for path in shape)


_FORMATS: Final[tuple[tuple[str, Callable[[Shape], bool]], ...]] = (
    ("telegram", _is_telegram),
    ("qq_json", _is_qq),
    *wechat_shapes.FORMATS,
)

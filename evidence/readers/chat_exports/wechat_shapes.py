"""Which WeChat tool wrote a JSON text, by the names at its beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from evidence.readers.syntax.json_items import ANY, Path

from .wechat_json import tool_of

Shape = Mapping[Path, Any]
_LISTS: Final = ("messages", "items", "data")


def _tool(shape: Shape) -> str | None:
    """The tool by the names of the first message that is seen."""
    for place in (*((name, ANY) for name in _LISTS), (ANY,)):
        names = {path[-1].lower(): 1 for path in shape if path[:-1] == place}
        if names and (tool := tool_of(names)):
            return tool
    return None


def _is_weflow(shape: Shape) -> bool:
    """Its own mark; a picture before the messages may hide them."""
    if any(path[0] == "weflow" for path in shape if path):
        return ("session", "wxid") in shape or ("messages",) in shape
    return False


def _is_echotrace(shape: Shape) -> bool:
    named = {path[-1] for path in shape if path[:1] == ("session",)}
    if {"wxid", "displayName", "type"} <= named:
        return _tool(shape) in (None, "weflow")
    return bool(named) and ("messages", ANY, "senderUsername") in shape


def _is_chatlab(shape: Shape) -> bool:
    return any(path[0] == "chatlab" for path in shape if path) and ("messages",) in shape


def _by(tool: str) -> Callable[[Shape], bool]:
    return lambda shape: _tool(shape) == tool


FORMATS: Final[tuple[tuple[str, Callable[[Shape], bool]], ...]] = (
    ("weflow", _is_weflow),
    ("echotrace", _is_echotrace),
    ("chatlab", _is_chatlab),
    ("wechatmsg_json", _by("wechatmsg")),
    ("pywxdump_json", _by("pywxdump")),
    ("chatlog_keeper", _by("chatlog_keeper")),
    ("chatlog_json", _by("chatlog")),
    ("memotrace_json", _by("memotrace_page")),
)

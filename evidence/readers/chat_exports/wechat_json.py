"""JSON of WeChat tools: WeFlow, echotrace, ChatLab, chatlog, chatlog-keeper, PyWxDump, WeChatMsg.

Which tool wrote a message shows by its names; what stands around the messages tells of whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.json_items import ANY, CutOffError, Path, items

from .wechat_chatlab import chatlab
from .wechat_objects import keeper, page_message, weflow
from .wechat_rows import Cells, Place, chatlog, pywxdump, wechatmsg

VERSION: Final = "2"

Around = Mapping[str, Cells]
Maker = Callable[[Cells, Place, Context, Around], Record | None]

_LISTS: Final = (("messages", ANY), ("items", ANY), ("data", ANY), (ANY,))
_AROUND: Final = (("session",), ("meta",), ("members", ANY), ("senders", ANY))
UNVERIFIED: Final = frozenset({"chatlog_keeper", "chatlab", "memotrace_page"})


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a message; places are the bytes of its object.

    Raises:
        OverLimitError, UnreadableError: one object is too large, or this is no JSON.
    """
    around: dict[str, dict[str, str]] = {}
    try:
        for item in items(file, _is_wanted, context.notes):
            if not isinstance(item.value, dict):
                continue
            if item.path in _AROUND:
                _note(around, item.path, cells_of(item.value))
                continue
            if item.path not in _LISTS:
                continue
            cells = cells_of(item.value)
            place = {"bytes": [item.start, item.end]}
            tool = tool_of(cells)
            if tool is None:
                context.notes.warn("malformed_row_skipped", place)
                continue
            if tool in UNVERIFIED:
                context.notes.unverified()
            if (record := _MAKERS[tool](cells, place, context, around)) is not None:
                yield record
    except CutOffError:
        context.notes.warn("file_truncated")


def cells_of(value: Mapping[str, Any]) -> dict[str, str]:
    """The members of an object as texts, by names in small letters; one level of inner objects."""
    cells: dict[str, str] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            for further, deep in inner.items():
                if isinstance(deep, str | int | float):
                    cells[f"{name}.{further}".lower()] = _text(deep)
        elif not isinstance(inner, list):
            cells[name.lower()] = _text(inner)
    return cells


def tool_of(names: Mapping[str, Any]) -> str | None:
    """The tool that writes messages with these names (in small letters)."""
    return next((tool for tool, wanted in _NAMES if wanted <= set(names)), None)


_NAMES: Final = (
    ("wechatmsg", {"issender", "createtime", "strcontent", "type"}),
    ("pywxdump", {"is_sender", "type_name", "talker", "createtime"}),
    ("chatlog_keeper", {"ts", "is_self", "conversation_id"}),
    ("weflow", {"createtime", "type", "content", "issend"}),
    ("chatlog", {"time", "talker", "sender", "content"}),
    ("chatlab", {"sender", "timestamp", "type", "content"}),
    ("memotrace_page", {"is_send", "timestamp", "type"}),
)


def _is_wanted(path: Path) -> bool:
    return path in _LISTS or path in _AROUND


def _note(around: dict[str, dict[str, str]], path: Path, cells: dict[str, str]) -> None:
    if path[-1] != ANY:
        around[path[0]] = cells
        return
    key = cells.get("platformid") or cells.get("senderid") or ""
    around.setdefault("names", {})[key] = (
        cells.get("groupnickname") or cells.get("displayname") or cells.get("accountname") or key
    )
    if cells.get("wxid"):
        around.setdefault("ids", {})[key] = cells["wxid"]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _weflow(cells: Cells, place: Place, context: Context, around: Around) -> Record:
    """A notice has an `isSend` of null."""
    told = dict(cells)
    if not told.get("senderusername") and (key := told.get("senderid")):
        told["senderusername"] = around.get("ids", {}).get(key, "")
        told["senderdisplayname"] = around.get("names", {}).get(key, "")
    return weflow(told, place, context, around.get("session", {}))


def _chatlab(cells: Cells, place: Place, context: Context, around: Around) -> Record:
    return chatlab(cells, place, context, around.get("meta", {}), around.get("names", {}))


def _plainly(make: Callable[[Cells, Place, Context], Record | None]) -> Maker:
    return lambda cells, place, context, _around: make(cells, place, context)


_MAKERS: Final[Mapping[str, Maker]] = {
    "wechatmsg": _plainly(wechatmsg),
    "pywxdump": _plainly(pywxdump),
    "chatlog_keeper": _plainly(keeper),
    "chatlog": _plainly(chatlog),
    "weflow": _weflow,
    "chatlab": _chatlab,
    "memotrace_page": _plainly(page_message),
}

"""One message of the ChatLab exchange form, which several tools write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.values.clock import from_epoch

from .chats import chat
from .wechat_content import Content, content_of_word, notice_text
from .wechat_rows import Cells, Place

# The form's numbers, as the words that other tools write.
_WORDS: Final = {
    "0": "文本", "1": "图片", "2": "语音", "3": "视频", "4": "文件", "5": "表情", "7": "链接",
    "8": "位置", "20": "红包", "21": "转账", "22": "拍一拍", "23": "通话", "24": "分享",
    "25": "引用", "26": "合并转发", "27": "名片", "80": "系统", "81": "撤回",
}  # fmt: skip
_SYSTEM: Final = frozenset({"22", "80", "81"})


def chatlab(
    cells: Cells, place: Place, context: Context, meta: Cells, names: Mapping[str, str]
) -> Record:
    """Seconds, the sender's id; the owner is named for the whole file, or not at all."""
    number = cells.get("type", "").strip()
    kind = "system" if number in _SYSTEM else "call" if number == "23" else "chat"
    body = cells.get("content", "").replace("\r\n", "\n")
    content = (
        Content(notice_text(body))
        if kind == "system"
        else content_of_word(_WORDS.get(number, ""), body)
    )
    sender = cells.get("sender", "").strip()
    name = cells.get("groupnickname") or cells.get("accountname") or names.get(sender) or sender
    owner = meta.get("ownerid", "").strip()
    way = ("out" if sender == owner else "in") if owner and sender else None
    return chat(
        context,
        place,
        from_epoch(cells.get("timestamp", "").partition(".")[0], context.options.now),
        sender=None if kind == "system" else name or None,
        text=content.text,
        kind=kind,
        direction=content.direction or way,
        conversation=meta.get("name") or None,
        private=meta.get("type") == "private",
        duration_s=content.duration_s,
        facts={**content.facts, **({"wechat_id": sender} if sender and kind != "system" else {})},
    )

"""Columns of iMazing's tables in Chinese: its English names, by what they are called there.

The tool speaks the language of its computer; no file in Chinese is public, so that many words are
taken for one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evidence.readers.tables.spelling import simplified

_PEOPLE: Final = ("发件人", "发送者", "发送人", "发信人", "发送方", "寄件人", "传送者")
_SYNONYMS: Final = {
    "chat session": "聊天会话 会话 聊天 对话 聊天对话 聊天名称 会话名称 聊天室 聊天记录 聊天主题",
    "message id": "消息id 信息id 讯息id",
    "message date": "消息日期 信息日期 消息时间 信息时间 日期 时间 日期时间",
    "sent date": "发送日期 发送时间 发出日期 传送日期 已发送日期",
    "delivered date": "送达日期 已送达日期 送达时间 传递日期 递送日期 交付日期",
    "read date": "已读日期 阅读日期 读取日期 已读时间 读取时间 查看日期",
    "edited date": "编辑日期 已编辑日期 编辑时间 修改日期",
    "deleted date": "删除日期 已删除日期 删除时间",
    "service": "服务 服务类型",
    "type": "类型 消息类型 信息类型",
    "sender id": " ".join(
        f"{who}{what}" for who in _PEOPLE for what in ("id", "标识", "标识符", "号码", "账号")
    ),
    "sender name": " ".join(
        f"{who}{what}" for who in _PEOPLE for what in ("姓名", "名称", "名字", "")
    ),
    "status": "状态 消息状态",
    "forwarded": "转发 已转发 转发自",
    "replying to": "回复 回复给 回复至 回复对象 答复 答复给",
    "subject": "主题 标题",
    "text": "文本 正文 内容 文字 消息 文本内容 消息内容",
    "reactions": "回应 反应 互动 表情回应 点按回应",
    "attachment": "附件 附件名称",
    "attachment type": "附件类型 附件种类",
    "attachment info": "附件信息 附件详情",
}
_NAMES: Final = {word: name for name, words in _SYNONYMS.items() for word in words.split()}
# What the tables of other programs have, too, does not tell whose one is.
_OWN: Final = frozenset({"delivered date", "read date", "sender id", "service"})
_NEEDED: Final = frozenset({"chat session", "type", "text"})

WAYS: Final = {
    **dict.fromkeys(("incoming", "接收", "收到", "传入", "收件", "已接收", "接收的", "收"), "in"),
    **dict.fromkeys(("outgoing", "发送", "发出", "传出", "外发", "已发送", "发送的", "发"), "out"),
}
NOTICES: Final = frozenset({"notification", "通知", "系统通知", "系统消息"})
UNSENT: Final = frozenset(
    {"failed", "not sent", "not delivered", "error", "发送失败", "未发送", "未送达", "失败", "错误"}
)


def in_english(row: Sequence[str]) -> list[str] | None:
    """The English names of a header in Chinese; None: it is none of iMazing's."""
    names = [_NAMES.get(_bare(cell), _bare(cell)) for cell in row]
    found = set(names)
    is_chinese = any(name not in _SYNONYMS for name in map(_bare, row))
    dated = {"message date", "sent date"} & found
    if is_chinese and found >= _NEEDED and dated and len(found & _OWN) >= 2:
        return names
    return None


def word(cell: str) -> str:
    """A cell's word as the sets above have it."""
    return simplified(cell).strip().lower()


def _bare(cell: str) -> str:
    plain = simplified(cell).strip("\ufeff \"'").lower()
    return plain if plain.isascii() else plain.replace(" ", "")

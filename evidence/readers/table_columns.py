"""Which column of a table means what: headers by their synonyms, wherever the header row stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

SEARCHED_ROWS: Final = 20  # title lines stand above the header of bills

_SYNONYMS: Final = {
    "number": "号码 电话 电话号码 手机号 手机号码 联系号码 联系电话 对方号码 对方电话 "
    "通话号码 来电号码 发件人号码 address number phone phonenumber",
    "caller": "主叫号码 主叫",
    "callee": "被叫号码 被叫",
    "name": "姓名 联系人 联系人姓名 名称 备注 name contact contactname",
    "received": "接收时间 收到时间",
    "sent": "发送时间",
    "time": "时间 日期时间 短信时间 通话时间 起始时间 通话起始时间 通话开始时间 开始时间 呼叫时间 "
    "拨打时间 通信时间 date time datetime timestamp",
    "day": "日期 通话日期",
    "text": "内容 短信内容 正文 信息内容 消息 消息内容 body message content text",
    "called": "呼叫类型 通信方式 通话方式 呼叫方式 主被叫",
    "kind": "类型 收发 收发类型 方向 状态 通话类型 短信类型 传送方式 type folder direction",
    "sim": "卡 sim卡 卡槽 sim",
    "duration": "通话时长 时长 通信时长 通话时间长度 持续时间 duration",
}
_MEANING: Final = {word: field for field, words in _SYNONYMS.items() for word in words.split()}
_FOREIGN: Final = frozenset(
    {"消息ID", "localId", "TalkerId"}
)  # chat tools with readers of their own
_BRACKETS: Final = re.compile(r"[(\[【<{].*?[)\]】>}]|[\s\"'“”:：*#_\-]+")


class Header(NamedTuple):
    """Where the columns are: field → index; `row` is the index of the header row itself."""

    row: int
    columns: Mapping[str, int]

    @property
    def holds(self) -> str:
        """`messages` or `calls`."""
        if "text" in self.columns or {"sent", "received"} & set(self.columns):
            return "messages"
        return "calls"


def meaning(cell: str) -> str | None:
    """The field that a header cell names, without blanks, brackets and units."""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", cell).lstrip("\ufeff")).lower()
    return _MEANING.get(plain)


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first rows, or None: then the table is none that we know.

    It names a number, a time, and either a text, a duration or a direction; or a person, a time
    and a text. Less could be any table.
    """
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if any(cell.strip("\ufeff ") in _FOREIGN for cell in row):
            return None
        columns: dict[str, int] = {}
        for column, cell in enumerate(row[:100]):
            field = meaning(cell)
            if field is not None:
                columns.setdefault(field, column)
        named = set(columns)
        number = {"number", "caller", "callee"} & named
        when = {"time", "day", "sent", "received"} & named
        what = {"text", "duration", "called", "kind"} & named
        if when and ((number and what) or {"name", "text"} <= named):
            return Header(index, columns)
    return None

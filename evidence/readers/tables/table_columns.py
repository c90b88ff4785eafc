"""Which column of a table means what: headers by their synonyms, wherever the header row stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .spelling import simplified
from .table_ways import way_of

SEARCHED_ROWS: Final = 30  # title lines stand above the header of bills
COLUMNS: Final = 100

_SYNONYMS: Final = {
    # the other side's number for certain; then columns that may be the owner's own
    "peer": "对方号码 对方电话 对方电话号码 对方手机 对方手机号 对方手机号码 对方 对端号码 对端 "
    "通话号码 通话对方 通话对象 通讯号码 通信号码 对方通话号码 联系号码 来电号码 来往号码 交往号码 "
    "收发号码 短信号码 发送接收号码 收发方号码 对方账号 "
    "othernumber otherparty peernumber remotenumber",
    "number": "号码 电话 电话号码 手机 手机号 手机号码 联系电话 联系人号码 联系人电话 "
    "联系人手机号 address number phone phonenumber tel telephone mobile contactnumber callnumber",
    "own": "本机号码 本机号 本机 己方号码 用户号码 计费号码 业务号码 服务号码 机主号码 我方号码 "
    "ownnumber mynumber",
    "caller": "主叫号码 主叫 主叫方 主叫方号码 主叫电话 主叫用户 主叫用户号码 发件人号码 发送号码 "
    "发送方号码 发件号码 callingnumber caller callernumber fromnumber",
    "callee": "被叫号码 被叫 被叫方 被叫方号码 被叫电话 被叫用户 被叫用户号码 收件人号码 接收号码 "
    "接收方号码 收件号码 callednumber callee calleenumber tonumber",
    "sender": "发送人 发送者 发言人 发件人 发送方 发信人 说话人 昵称 发送者昵称 发送人昵称 "
    "sender sendername from author",
    "recipient": "接收人 接收者 收件人 接收方 收信人 recipient receiver to",
    "name": "姓名 联系人 联系人姓名 联系人名称 对方姓名 对方名称 名称 名字 "
    "name contact contactname displayname",
    "remark": "备注 备注名",
    "received": "接收时间 收到时间 接收日期 收到日期 receivedtime datereceived",
    "sent": "发送时间 发出时间 发送日期 发出日期 senttime datesent",
    "time": "时间 日期时间 时间日期 短信时间 起始时间 起始日期时间 通话起始时间 通话开始时间 "
    "开始时间 开始日期时间 呼叫开始时间 呼叫起始时间 呼叫时间 拨打时间 来电时间 通信时间 "
    "通信起始时间 通信开始时间 通讯时间 通话日期时间 通话发生时间 发生时间 收发时间 "
    "消息时间 记录时间 发送接收时间 时刻 起始时刻 开始时刻 通话时刻 通话起始时刻 发起时间 "
    "拨出时间 接听时间 业务时间 业务发生时间 业务开始时间 开始通话时间 "
    "time datetime timestamp created starttime calltime messagetime dateandtime calldate",
    "perhaps_time": "通话时间",  # a length, when another column is the time
    "day": "日期 通话日期 起始日期 通信日期 呼叫日期 开始日期 短信日期 通话起始日期 业务日期 date",
    "text": "内容 短信内容 正文 信息内容 消息 消息内容 聊天内容 短信正文 短信 信息 文本 "
    "body message content text messagebody messagetext smsbody",
    "called": "呼叫类型 通信方式 通话方式 呼叫方式 主被叫 主被叫类型 主被叫标识 主被叫标志 "
    "通讯方式 呼叫方向 呼叫类别 通信类型 话单类型 通话方向 通话状态 呼叫状态 "
    "主叫被叫 呼入呼出 呼出呼入 拨入拨出 呼叫标识 呼叫标志 来去电 来电去电 呼叫状况 通话标识 "
    "calltype",
    "kind": "类型 收发 收发类型 收发方式 收发标识 收发标志 方向 状态 通话类型 短信类型 传送方式 "
    "传输方式 通讯类型 信息类型 消息类型 消息方向 发送接收 接收发送 收发状态 业务类型 短信状态 "
    "类别 信息状态 消息状态 信息方向 收发方向 "
    "type folder direction messagetype status box incomingoutgoing",
    "sim": "卡 sim卡 卡槽 sim simslot",
    "duration": "通话时长 时长 通信时长 通话时间长度 持续时间 呼叫时长 通讯时长 计费时长 通话长度 "
    "持续时长 通话总时长 总时长 使用时长 通话时长秒 时长分秒 通话时长分秒 "
    "时间长度 通话秒数 时长秒 duration callduration durationinseconds durationsec durations",
    "fee": "通话费 基本费 小计 费用 通信费 实收通信费 套餐优惠 费用合计 话费 金额 应收费用",
}
_MEANING: Final = {word: field for field, words in _SYNONYMS.items() for word in words.split()}
_WAYS: Final = ("called", "kind")
NUMBERS: Final = ("peer", "number", "caller", "callee")
# chat tools with readers of their own
_FOREIGN: Final = frozenset({"消息ID", "localId", "TalkerId", "MsgSvrID"})
_BRACKETS: Final = re.compile(r"[(\[【<{「《].*?[)\]】>}」》]|[\s\"'“”‘’『』:：*#&_\-/、]+")
_ENCLOSED: Final = re.compile(r"[(\[【<{「《](?P<name>[^()\[\]【】<>{}「」《》]+)[)\]】>}」》]")
_MINUTES: Final = re.compile(r"[(\[【](?:单位[:：])?\s*(?:分|分钟|min|minutes?)\s*[)\]】]", re.I)
_MILLISECONDS: Final = re.compile(r"[(\[【](?:单位[:：])?\s*(?:毫秒|ms)\s*[)\]】]", re.I)


class Header(NamedTuple):
    """Where the columns are: field → index; `row` is the index of the header row itself.

    Attributes:
        ways: every column that may say which way a message or call went.
        seconds: what one unit of the plain numbers of the duration column is.
    """

    row: int
    columns: Mapping[str, int]
    ways: tuple[int, ...] = ()
    seconds: float = 1

    @property
    def holds(self) -> str:
        """`messages` or `calls`."""
        columns = self.columns
        if "text" in columns or ("received" in columns or "sent" in columns):
            return "messages"
        return "calls"


@lru_cache(maxsize=4096)
def meaning(cell: str) -> str | None:
    """The field that a header cell names, without blanks, brackets and units."""
    if len(cell) > 60:
        return None
    bare = simplified(cell).strip("\ufeff \t\"'“”‘’")
    if enclosed := _ENCLOSED.fullmatch(bare):  # `【号码】`: a name, not a remark behind one
        bare = enclosed["name"]
    return _MEANING.get(_BRACKETS.sub("", bare).lower())


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first rows, or None: then the table is none that we know.

    It names a number, a time, and either a text, a duration or a direction; or a person, a time
    and a text. Less could be any table.
    """
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if any(cell.strip("\ufeff ") in _FOREIGN for cell in row):
            return None
        header = header_of(row, index)
        if header is not None and (_is_sure(header) or _tells_ways(rows[index + 1 :], header)):
            return header
    return None


def _is_sure(header: Header) -> bool:
    """A text, a length or a way of calling; names, numbers, times and kinds any list may have."""
    return bool({"text", "duration", "called"} & set(header.columns))


def _tells_ways(rows: Sequence[Sequence[str]], header: Header) -> bool:
    """Whether a cell says which way something went, in words."""
    cells = (row[at] for row in rows for at in header.ways if at < len(row))
    return any(not cell.strip().isdecimal() and way_of(cell, "calls") for cell in cells)


def header_of(row: Sequence[str], index: int) -> Header | None:
    """The row as a header, or None."""
    columns: dict[str, int] = {}
    ways: list[int] = []
    for column, cell in enumerate(row[:COLUMNS]):
        field = meaning(cell)
        if field is not None:
            columns.setdefault(field, column)
            if field in _WAYS:
                ways.append(column)
    _settle(columns)
    named = set(columns)
    when = {"time", "day", "sent", "received"} & named
    what = {"text", "duration", "called", "kind"} & named
    person = {"name", "sender", "recipient"} & named
    if not when or not ((named & {*NUMBERS} and what) or (person and "text" in named)):
        return None
    return Header(index, columns, tuple(ways), _unit(row, columns))


def _settle(columns: dict[str, int]) -> None:
    """Names that mean one thing or another by what stands beside them."""
    perhaps = columns.pop("perhaps_time", None)
    if perhaps is not None:
        is_timed = bool({"time", "sent", "received"} & set(columns))
        # beside a day it is a length, unless another column is that already
        is_length = is_timed or ("day" in columns and "duration" not in columns)
        columns.setdefault("duration" if is_length else "time", perhaps)
    remark = columns.pop("remark", None)
    if remark is not None and "fee" not in columns:
        columns.setdefault("name", remark)
    if "peer" in columns:
        if "number" in columns:
            columns.setdefault("own", columns["number"])
        columns["number"] = columns["peer"]
    elif {"caller", "callee"} <= set(columns) and "number" in columns:
        columns.setdefault("own", columns.pop("number"))


def _unit(row: Sequence[str], columns: Mapping[str, int]) -> float:
    if "duration" not in columns:
        return 1
    said = unicodedata.normalize("NFKC", row[columns["duration"]])
    if _MINUTES.search(said):
        return 60
    return 0.001 if _MILLISECONDS.search(said) else 1


def names_columns(row: Sequence[str]) -> bool:
    """Whether a row within a table is a header of some kind: names, no values.

    Bills put several tables into one; what stands below a header that we do not know is not ours.
    """
    cells = [cell for cell in row if cell.strip()]
    if len(cells) < 3 or any(character.isdigit() for cell in cells for character in cell):
        return False
    return sum(meaning(cell) is not None for cell in cells) >= 2

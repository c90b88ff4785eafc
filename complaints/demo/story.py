"""What happened in the invented case: messages, calls and one chat, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
COLLECTOR, SECOND, THIRD = "15400000001", "15400000002", "15400000003"
AUNT = "15400000088"
BANK = "95599000"
LENDER = "星河样例小额贷款有限公司"
LICENSED_LENDER = "星河样例消费金融有限公司"
APP = "星河样例借款"

Direction = Literal["in", "out"]


@dataclass(frozen=True)
class Message:
    """One SMS. `name` is what the phone's address book says, empty when unknown."""

    at: datetime
    number: str
    direction: Direction
    text: str
    name: str = ""


@dataclass(frozen=True)
class Call:
    """One call. An incoming call of 0 seconds was missed."""

    at: datetime
    number: str
    direction: Direction
    seconds: int
    name: str = ""


@dataclass(frozen=True)
class Bubble:
    """One chat bubble, `in` on the left side."""

    direction: Direction
    text: str


def _at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=BEIJING)


_TOLD = json.loads(Path(__file__).with_name("story.json").read_text(encoding="utf-8"))

MESSAGES = tuple(
    Message(**{**told, "at": datetime.fromisoformat(told["at"])}) for told in _TOLD["messages"]
)


def calls() -> tuple[Call, ...]:
    """Return the calls: busy days of the third number, and ordinary ones between."""
    busy = [
        Call(_at(day, clock), THIRD, "in", 0 if place % 3 else 42)
        for day, clocks in _TOLD["busy_days"].items()
        for place, clock in enumerate(clocks)
    ]
    ordinary = [
        Call(_at("2026-10-12", "15:02"), AUNT, "out", 305, "小姨（样例）"),
        Call(_at("2026-11-05", "12:00"), BANK, "in", 61),
    ]
    return tuple(sorted(busy + ordinary, key=lambda call: call.at))


CHAT_TITLE = "催收小王（样例）"
CHAT_TIME = "2026年11月3日 22:49"
CHAT = tuple(Bubble(**told) for told in _TOLD["chat"])

RECORDING_NUMBER = THIRD
RECORDING_AT = _at("2026-11-03", "22:41")
RECORDING_SECONDS = 6
EXPORTED_AT = _at("2026-11-20", "20:00")
FILED_FROM = EXPORTED_AT + timedelta(days=1)

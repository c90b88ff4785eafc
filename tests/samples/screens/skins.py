"""How chat apps look: colours, faces, name bars, where and how they write the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Colour = tuple[int, int, int]
WEEK = "一二三四五六日"
WEEK_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Skin:
    """One app in one mode. `inside`: each bubble has its clock in a corner, days stand above."""

    app: str
    page: Colour
    bar: Colour
    ink: Colour
    came: Colour  # bubbles of the other side
    went: Colour
    went_ink: Colour
    faces: str  # square, round, none
    title: str  # centre, left
    inside: bool
    separator: Callable[[datetime, datetime], str]  # when it was said, when it is looked at
    placeholder: str
    subtitle: str = ""
    rounding: float = 0.35  # of the font size


def word_of(hour: int) -> str:
    """The part of the day as Chinese phones name it."""
    for first, word in ((18, "晚上"), (13, "下午"), (11, "中午"), (6, "早上"), (0, "凌晨")):
        if hour >= first:
            return word
    raise ValueError(hour)


def chinese_clock(at: datetime) -> str:
    """`下午3:05`."""
    return f"{word_of(at.hour)}{at.hour % 12 or 12}:{at.minute:02d}"


def chinese(at: datetime, now: datetime) -> str:
    """`下午3:05`, `昨天 下午3:05`, `星期三 下午3:05`, `3月5日 下午3:05`; WeChat."""
    days = (now.date() - at.date()).days
    clock = chinese_clock(at)
    if days == 0:
        return clock
    if days == 1:
        return f"昨天 {clock}"
    if days < 7:
        return f"星期{WEEK[at.weekday()]} {clock}"
    year = f"{at.year}年" if at.year != now.year else ""
    return f"{year}{at.month}月{at.day}日 {clock}"


def numbers(at: datetime, now: datetime) -> str:
    """`15:05`, `昨天 15:05`, `3/5 15:05`, `2025/3/5 15:05`: QQ."""
    days = (now.date() - at.date()).days
    clock = f"{at:%H:%M}"
    if days == 0:
        return clock
    if days == 1:
        return f"昨天 {clock}"
    year = f"{at.year}/" if at.year != now.year else ""
    return f"{year}{at.month}/{at.day} {clock}"


def with_weekday(at: datetime, now: datetime) -> str:
    """`今天 15:05`, `3月5日 周二 15:05`: message apps of Android phones."""
    if at.date() == now.date():
        return f"今天 {at:%H:%M}"
    if at.date() == now.date() - timedelta(days=1):
        return f"昨天 {at:%H:%M}"
    year = f"{at.year}年" if at.year != now.year else ""
    return f"{year}{at.month}月{at.day}日 周{WEEK[at.weekday()]} {at:%H:%M}"


def day_alone(at: datetime, now: datetime) -> str:
    """`今天`, `昨天`, `星期三`, `2026年3月5日`: WhatsApp."""
    days = (now.date() - at.date()).days
    if days < 7:
        return ("今天", "昨天", *[f"星期{WEEK[at.weekday()]}"] * 5)[days]
    return f"{at.year}年{at.month}月{at.day}日"


def english(at: datetime, now: datetime) -> str:
    """`3:05 PM`, `Yesterday 3:05 PM`, `Wednesday 3:05 PM`, `Mar 5, 2026, 3:05 PM`."""
    days = (now.date() - at.date()).days
    clock = f"{at.hour % 12 or 12}:{at:%M %p}"
    if days == 0:
        return clock
    if days == 1:
        return f"Yesterday {clock}"
    if days < 7:
        return f"{WEEK_EN[at.weekday()]} {clock}"
    return f"{at:%b} {at.day}, {at.year}, {clock}"


SKINS = {
    "wechat": Skin(
        "wechat", (237, 237, 237), (237, 237, 237), (25, 25, 25), (255, 255, 255), (149, 236, 105),
        (20, 20, 20), "square", "centre", False, chinese, "",
    ),
    "wechat_dark": Skin(
        "wechat", (17, 17, 17), (17, 17, 17), (210, 210, 210), (44, 44, 44), (62, 178, 117),
        (10, 20, 14), "square", "centre", False, chinese, "",
    ),
    "wechat_english": Skin(
        "wechat", (237, 237, 237), (237, 237, 237), (25, 25, 25), (255, 255, 255), (149, 236, 105),
        (20, 20, 20), "square", "centre", False, english, "",
    ),
    "qq": Skin(
        "qq", (242, 243, 247), (250, 250, 252), (3, 8, 26), (255, 255, 255), (0, 153, 255),
        (255, 255, 255), "round", "left", False, numbers, "", rounding=0.45,
    ),
    "qq_dark": Skin(
        "qq", (18, 18, 18), (28, 28, 30), (226, 226, 226), (44, 44, 48), (28, 96, 166),
        (240, 240, 240), "round", "left", False, numbers, "", rounding=0.45,
    ),
    "sms": Skin(
        "sms", (255, 255, 255), (255, 255, 255), (20, 20, 20), (240, 240, 240), (205, 228, 255),
        (20, 20, 20), "none", "centre", False, with_weekday, "短信", rounding=0.6,
    ),
    "sms_dark": Skin(
        "sms", (0, 0, 0), (0, 0, 0), (225, 225, 225), (38, 38, 40), (10, 110, 220),
        (255, 255, 255), "none", "centre", False, with_weekday, "短信", rounding=0.6,
    ),
    "whatsapp": Skin(
        "whatsapp", (239, 231, 222), (255, 255, 255), (17, 27, 33), (255, 255, 255),
        (217, 253, 211), (17, 27, 33), "none", "left", True, day_alone, "输入消息", "在线",
    ),
    "whatsapp_dark": Skin(
        "whatsapp", (11, 20, 26), (31, 44, 52), (233, 237, 239), (31, 44, 52), (0, 92, 75),
        (233, 237, 239), "none", "left", True, day_alone, "输入消息", "在线",
    ),
}  # fmt: skip

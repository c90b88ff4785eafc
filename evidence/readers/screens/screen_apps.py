"""Which chat app a screenshot shows: by the file's name, else by how the page looks."""

from __future__ import annotations

from typing import Final

from .bubble_patches import Colour
from .bubbles import Page

# Packages and labels that phones write into the names of screenshots.
_NAMES: Final = {
    "com.tencent.mm": "wechat",
    "wechat": "wechat",
    "weixin": "wechat",
    "微信": "wechat",
    "com.tencent.wework": "wecom",
    "企业微信": "wecom",
    "com.tencent.mobileqq": "qq",
    "qq": "qq",
    "com.alibaba.android.rimet": "dingtalk",
    "dingtalk": "dingtalk",
    "钉钉": "dingtalk",
    "com.whatsapp": "whatsapp",
    "whatsapp": "whatsapp",
    "com.android.mms": "sms",
    "com.android.messaging": "sms",
    "com.google.android.apps.messaging": "sms",
    "com.samsung.android.messaging": "sms",
    "messages": "sms",
    "短信": "sms",
    "信息": "sms",
}
# Bubbles of one's own messages, light and dark; whether faces stand beside, clocks within.
_LOOKS: Final[tuple[tuple[str, Colour, bool, bool], ...]] = (
    ("wechat", (149, 236, 105), True, False),
    ("wechat", (62, 178, 117), True, False),
    ("qq", (0, 153, 255), True, False),
    ("qq", (28, 96, 166), True, False),
    ("whatsapp", (217, 253, 211), False, True),
    ("whatsapp", (0, 92, 75), False, True),
)
_ALIKE: Final = 24  # of 255 a channel


def by_name(label: str | None) -> str | None:
    """The app that a file's name ends in, or None."""
    return _NAMES.get((label or "").strip().lower())


def by_look(page: Page) -> str | None:
    """The app that has such bubbles of one's own, or None: a guess, said to be one."""
    own = [one for one in page.bubbles if one.side == "right" and one.colour is not None]
    if not own:
        return None
    has_clocks = sum(one.clock is not None for one in page.bubbles) * 2 > len(page.bubbles)
    for app, colour, has_faces, inside in _LOOKS:
        is_alike = all(
            max(abs(a - b) for a, b in zip(one.colour or (), colour, strict=True)) <= _ALIKE
            for one in own
        )
        if is_alike and has_faces == page.has_faces and inside == has_clocks:
            return app
    return None

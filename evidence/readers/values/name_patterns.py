"""The file names that recorders, cameras and chat apps really write, first hit wins."""

from __future__ import annotations

import re
from typing import Final

# Base name without extension, NFC. Order matters: a Huawei name also fits narrower patterns.
PATTERNS: Final = tuple(
    (app, kind, re.compile(pattern))
    for app, kind, pattern in (
        (
            "bcr",
            "recording",
            r"^(?P<d>\d{8})_(?P<t>\d{6})(?:\.(?P<ms>\d{1,3}))?(?P<off>[+-]\d{4}|Z)"
            r"(?:_(?P<dir>in|out|conference))?(?:_sim(?P<sim>\d))?"
            r"(?:_(?P<num>[+]?[0-9][0-9 ()\-]{1,23}))?(?:_(?P<name>.+))?$",
        ),
        (
            "miui",
            "recording",
            r"^(?P<pre>通话录音|通話錄音|Call ?[Rr]ecording|Вызов)@(?P<callers>.+)_(?P<ts>\d{14})$",
        ),
        ("hyperos", "recording", r"^(?P<name>.+?)\((?P<num>[0-9 ]{3,20})\)_(?P<ts>\d{14})$"),
        (
            "huawei",
            "recording",
            r"^(?:(?P<name>.+)@)?(?P<num>[+]?[0-9][0-9 ]{2,22})_(?P<ts>\d{14}|\d{8}_\d{6})$",
        ),
        (
            "samsung",
            "recording",
            r"^(?:Call recording|通话录音|通話錄音|통화 녹음)[ _]"
            r"(?P<who>.+?)_(?P<d>\d{6})_(?P<t>\d{6})$",
        ),
        ("harmonyos", "recording", r"^通话录音[ _](?P<num>[+]?\d{3,20})[ _](?P<ts>\d{14})$"),
        (
            "cube_acr",
            "recording",
            r"^(?P<src>[a-z]{2,12})_(?P<d>\d{8})-(?P<t>\d{6})(?:_(?P<who>.+))?$",
        ),
        ("lg", "recording", r"^(?P<flag>[01])d(?P<ts>\d{14})p(?P<num>.+)$"),
        ("small_recorder", "recording", r"^(?P<dir>From|To)_(?P<num>[+]?\d+)_(?P<ms13>\d{13})$"),
        ("axet", "recording", r"^(?P<d>\d{4}-\d{2}-\d{2}) (?P<t>\d{2}\.\d{2}\.\d{2})$"),
        (
            "miui_screenshot",
            "screenshot",
            r"^Screenshot_(?P<d>\d{4}-\d{2}-\d{2})-(?P<t>\d{2}-\d{2}-\d{2})"
            r"(?:-(?P<ms>\d{1,3}))?(?:_(?P<pkg>[A-Za-z][\w.]+))?$",
        ),
        (
            "android_screenshot",
            "screenshot",
            r"^Screenshot_(?P<d>\d{8})[-_](?P<t>\d{6})(?:[-_](?P<pkg>.+))?$",
        ),
        ("screenshot_cn", "screenshot", r"^(?:截图|截屏|屏幕截图|长截图)[_ ]?(?P<ts>\d{14})"),
        ("camera", "camera", r"^(?:IMG|VID)_?(?P<d>\d{8})_?(?P<t>\d{6})(?:_\w+)?$"),
        ("ios", "camera", r"^IMG_E?\d{4}$"),
        ("wechat", "chat_media", r"^mmexport(?:[0-9a-f]{32}_)?(?P<ms13>\d{13})$"),
        ("wechat", "camera", r"^wx_camera_(?P<ms13>\d{13})$"),
        ("wechat_pc", "chat_media", r"^微信图片_(?P<ts>\d{14})(?:_\d+)*$"),
        ("wechat_pc", "screenshot", r"^微信截图_(?P<ts>\d{14})(?:_\d+)*$"),
        ("qq_pc", "chat_media", r"^QQ图片(?P<ts>\d{14})$"),
        ("qq_pc", "screenshot", r"^QQ截图(?P<ts>\d{14})$"),
        ("whatsapp", "chat_media", r"^(?P<k>IMG|VID|AUD|PTT|STK|DOC)-(?P<day>\d{8})-WA\d{4}$"),
        (
            "whatsapp",
            "chat_media",
            r"^\d{8}-(?P<k>PHOTO|AUDIO|VIDEO|STICKER|GIF)-(?P<dt>\d{4}(?:-\d{2}){5})$",
        ),
        (
            "screen_recorder",
            "screen_recording",
            r"^(?:Screenrecorder-(?P<a>\d{4}(?:-\d{2}){5})(?:-\d+)?|SVID_(?P<b>\d{8}_\d{6})_\d+"
            r"|Screen_Recording_(?P<c>\d{8}-\d{6})(?:_.+)?|RPReplay_Final(?P<s10>\d{10}))$",
        ),
    )
)

# One caller of a MIUI name; the phone cuts the whole name to 50 characters, so a bracket may lack.
MIUI_CALL: Final = re.compile(
    r"(?P<name>[^()]*(?:\([^()]*\)[^()]*)*?)\((?P<num>[0-9ps ]{2,24})\)?(?:_|$)"
)
HINT_TIME: Final = re.compile(r"(?<!\d)(?P<d>20\d{6})[_\- ]?(?P<t>\d{6})(?!\d)")
HINT_EPOCH: Final = re.compile(r"(?<!\d)(?P<ms13>1[0-9]\d{11})(?!\d)")
HINT_NUMBER: Final = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11}|400\d{7}|95\d{3,6}|106\d{5,17})(?!\d)"
)
SOUND_EXTENSIONS: Final = frozenset(
    ("amr", "awb", "3gp", "3ga", "m4a", "mp4", "aac", "mp3", "wav", "ogg", "oga", "opus", "flac")
)
# A picture or a note beside a recording may repeat its name; it is no recording.
NOT_SOUND: Final = frozenset(
    ("jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "json", "txt", "xml")
)

"""Message exports of Android programs and vMessage files."""

from __future__ import annotations

import json

from tests.samples.bombs import file_entity
from tests.samples.exports import NOON, backup, call, mms, sms
from tests.samples.vmessages import (
    FEATURE_PHONE,
    IRMS,
    MOTOROLA,
    NOKIA,
    crlf,
    mediatek,
    nokia_backup,
)

TEXT = '<part seq="0" ct="text/plain" name="t" chset="106" text="第一段" />'
PICTURE = (
    '<part seq="1" ct="image/jpeg" name="null" cl="a.jpg" text="null" '
    'data="iVBORw0KGgoAAQIDBAUGBwgJ" />'
)

NOTE = {
    "timestamp_unix_ms": NOON,
    "timestamp": "2024-10-27T11:33:20.123+08:00",
    "direction": "out",
    "sim_slot": 2,
    "call_log_name": "客服",
    "calls": [{"phone_number": "+8613700000001", "caller_name": None, "contact_name": "李雷"}],
    "output": {"recording": {"duration_secs_total": 35.25, "frames_total": 564_000}},
}

SAMPLES = {
    "xml": backup(sms("你好&#55357;&#56397;"), mms(TEXT + PICTURE), sms("再见"), call()),
    "utf16": backup(sms("你好")).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "super": (
        b'<?xml version=\'1.0\'?><alllogs count="1"><log number="13700000001" '
        b'time="05.03.2024 07:08:09" type="2" name="" dur="12" new="0"/></alllogs>'
    ),
    "entities": file_entity(),
    "recorder": json.dumps(NOTE, indent=4).encode(),
    "nokia_backup": nokia_backup(NOKIA),
    "vmessage": crlf(mediatek() + NOKIA + MOTOROLA + IRMS + FEATURE_PHONE),
}

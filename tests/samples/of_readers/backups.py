"""Backups of phones, and archives."""

from __future__ import annotations

import gzip
import plistlib
import tempfile
from pathlib import Path

from tests.samples.backups import (
    CALLS,
    MESSAGES,
    TELEPHONY,
    android_backup,
    android_mms,
    android_sms,
    listed,
    message,
    miui_backup,
    miui_call,
    miui_sms,
)
from tests.samples.databases import NUMBER, with_log
from tests.samples.exports import NOON, backup, sms, zipped

SMS_LIST = f"{TELEPHONY}/d_f/000000_sms_backup"
MMS_LIST = f"{TELEPHONY}/d_f/000000_mms_backup"


def _database_and_log() -> bytes:
    """A database of messages and the log in which its last one still lies."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [(NUMBER, NOON, 1, text) for text in "甲乙"]
        database, log = with_log(Path(folder), *rows)
    return zipped({"mmssms.db": database, "mmssms.db-wal": log})


SAMPLES = {
    "adb": android_backup(
        {SMS_LIST: listed(android_sms("甲")), MMS_LIST: listed(android_mms("丙"))}
    ),
    "adb_packed": android_backup({SMS_LIST: listed(android_sms("甲"))}, packed=True),
    "adb_list": listed(android_sms("甲"), packed=False),
    "miui": miui_backup({MESSAGES: message((1, miui_sms("甲")))}),
    "miui_calls": miui_backup({CALLS: message((1, miui_call()))}),
    "huawei": b'<?xml version="1.0"?><info.xml><table>BackupFileInfo</table></info.xml>',
    "samsung": b"\x6b\x39\xa4\x74" + bytes(range(200)),
    "lone_log": b"\x37\x7f\x06\x82" + bytes(60),
    "iphone": zipped({"b/Manifest.plist": plistlib.dumps({"IsEncrypted": False})}),
    "database_and_log": _database_and_log(),
    "zip": zipped({"sms.xml": backup(sms()), "a.png": b"\x89PNG"}),
    "gzip": gzip.compress(backup(sms()), mtime=0),
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(64)),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(range(64)),
}

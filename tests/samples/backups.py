"""Backups as phones write them, with invented content; each returns the file's bytes."""

from __future__ import annotations

import io
import json
import tarfile
import zlib
from collections.abc import Mapping
from typing import Any

from .exports import NOON, NUMBER

TELEPHONY = "apps/com.android.providers.telephony"
MESSAGES = "apps/com.android.mms/miui_bak/_tmp_bak"
CALLS = "apps/com.android.contacts/miui_bak/_tmp_bak"


def tarred(members: Mapping[str, bytes], **more: Any) -> bytes:
    """A TAR with these plain files; `more` goes to `tarfile.open`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", **{"format": tarfile.PAX_FORMAT, **more}) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def android_backup(
    members: Mapping[str, bytes] | bytes, *, packed: bool = False, locked: bool = False
) -> bytes:
    """An `adb backup`; bytes in place of members are taken as its TAR."""
    tar = members if isinstance(members, bytes) else tarred(members)
    head = f"ANDROID BACKUP\n5\n{int(packed)}\n{'AES-256' if locked else 'none'}\n".encode()
    return head + (zlib.compress(tar) if packed else tar)


def miui_backup(
    members: Mapping[str, bytes], *, package: str = "com.android.mms 短信", locked: bool = False
) -> bytes:
    """A `.bak` of MIUI's local backup."""
    lock = "1\n6c6f636b6564\n" if locked else "0\n"
    return f"MIUI BACKUP\n2\n{package}\n-1\n{lock}".encode() + android_backup(members)


def varint(value: int) -> bytes:
    """A whole number as Protocol Buffers writes it."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def message(*fields: tuple[int, int | str | bytes]) -> bytes:
    """A message of Protocol Buffers with these fields in this order."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            raw = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(raw)) + raw
    return out


def miui_sms(text: str = "还钱", *, kind: int = 1, date: int = NOON, number: str = NUMBER) -> bytes:
    """One text message of MIUI's payload."""
    return message(
        (1, ""), (2, "7"), (3, kind), (4, number), (6, text), (7, date), (8, 1), (10, -1)
    )


def miui_call(*, kind: int = 1, duration: int = 35, number: str = NUMBER) -> bytes:
    """One call of MIUI's payload."""
    return message((2, "9"), (3, number), (4, NOON), (5, duration), (6, kind), (7, 0))


def android_sms(body: str = "还钱", *, kind: int = 1, **more: Any) -> dict[str, Any]:
    """One text message of `…_sms_backup`."""
    fixed = {"self_phone": "13700000009", "address": NUMBER, "body": body, "date": str(NOON)}
    return {**fixed, "date_sent": "0", "status": "-1", "type": str(kind), "read": "1", **more}


def android_mms(body: str = "好", *, box: int = 1, **more: Any) -> dict[str, Any]:
    """One multimedia message of `…_mms_backup`; its date is in seconds."""
    addresses = [
        {"type": 137, "address": NUMBER if box == 1 else "insert-address-token", "charset": 106},
        {"type": 151, "address": "insert-address-token" if box == 1 else NUMBER, "charset": 106},
    ]
    fixed = {"date": str(NOON // 1000), "m_type": "132" if box == 1 else "128", "msg_box": str(box)}
    return {**fixed, "mms_addresses": addresses, "mms_body": body, "mms_charset": 106, **more}


def listed(*messages: Mapping[str, Any], packed: bool = True) -> bytes:
    """The array of a `…_backup` member."""
    raw = json.dumps(messages).encode()
    return zlib.compress(raw) if packed else raw

"""What a file is, by its content only; names and declared types lie."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from . import android_messages, chat_table, whatsapp_lines
from .encodings import decode_head
from .limits import KIB
from .magic import binary_format
from .table import recognise

WINDOW: Final = 64 * KIB
UNKNOWN: Final = "unknown"

_PROLOG: Final = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.S)
_ROOTS: Final = {"smses": "sms_backup", "calls": "sms_backup", "alllogs": "super_backup"}
_LISTS: Final = {"MIUI-backup": "miui_list", "info.xml": "huawei_backup"}  # what lies beside
_ROOT: Final = re.compile(r"<([A-Za-z_][\w:.\-]*)")
_ENTITY: Final = re.compile(r"<!DOCTYPE[^>]*?(?:\[|\b(?:smses|calls|alllogs)\b)|<!ENTITY")


def sniff(file: BinaryIO) -> str:
    """The format id of a seekable file; its position is 0 afterwards. `unknown` is an answer."""
    file.seek(0)
    head = file.read(WINDOW)
    file.seek(0)
    return sniff_head(head)


def sniff_head(head: bytes) -> str:
    """As `sniff`, for the first 64 KiB of a file that cannot be sought in."""
    if not head:
        return UNKNOWN
    if found := binary_format(head):
        return found
    if inflated := android_messages.inflated_head(head):
        return "android_messages" if _is_android(inflated) else UNKNOWN
    decoded = decode_head(head)
    if decoded is None:
        return UNKNOWN
    return _text(decoded[0])


def _is_android(inflated: bytes) -> bool:
    decoded = decode_head(inflated)
    return decoded is not None and android_messages.recognise(decoded[0])


def _text(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n\0")
    if start.startswith("<"):
        return _markup(start)
    if start[:10].upper() == "BEGIN:VMSG":
        return "vmessage"
    if android_messages.recognise(start):
        return "android_messages"
    if whatsapp_lines.recognise(start):
        return "whatsapp"
    return chat_table.recognise(start) or recognise(text) or UNKNOWN


def _markup(text: str) -> str:
    if text.startswith("<?xml") and _ENTITY.search(text):
        return "xml_entities"
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    if root is None:
        return UNKNOWN
    name = root.group(1)
    if name in _ROOTS:
        return "xml_entities" if "<!DOCTYPE" in text[: root.start()] else _ROOTS[name]
    return _LISTS.get(name) or {"svg": "svg", "html": "html"}.get(name.lower(), UNKNOWN)

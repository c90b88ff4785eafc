"""What a file is, by its content only; names and declared types lie."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from . import (
    android_messages,
    chat_table,
    nokia_backup,
    recorder_sidecar,
    whatsapp_lines,
)
from .encodings import decode_head
from .limits import KIB
from .magic import binary_format
from .markup_tables import grids_of_page
from .table import holding, recognise
from .table_columns import SEARCHED_ROWS
from .workbook_marks import further, workbook_format

WINDOW: Final = 64 * KIB
UNKNOWN: Final = "unknown"

_PROLOG: Final = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.S)
_ROOTS: Final = {"smses": "sms_backup", "calls": "sms_backup", "alllogs": "super_backup"}
_LISTS: Final = {"MIUI-backup": "miui_list", "info.xml": "huawei_backup"}  # what lies beside
_ROOT: Final = re.compile(r"<([A-Za-z_][\w:.\-]*)")
_SPREADSHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_ENTITY: Final = re.compile(r"<!DOCTYPE[^>]*?(?:\[|\b(?:smses|calls|alllogs)\b)|<!ENTITY")


def sniff(file: BinaryIO) -> str:
    """The format id of a seekable file; its position is 0 afterwards. `unknown` is an answer."""
    file.seek(0)
    head = file.read(WINDOW)
    found = sniff_head(head)
    if found in ("ole", "zip"):  # what tells them from others may stand further behind
        found = workbook_format(found, further(file, head))
    file.seek(0)
    return "nokia_backup" if found == UNKNOWN and nokia_backup.recognise(file) else found


def sniff_head(head: bytes) -> str:
    """As `sniff`, for the first 64 KiB of a file that cannot be sought in."""
    if not head:
        return UNKNOWN
    if found := binary_format(head):
        return workbook_format(found, head)
    if inflated := android_messages.inflated_head(head):
        return "android_messages" if _is_android(inflated) else UNKNOWN
    decoded = decode_head(head)
    if decoded is None:
        return "nokia_backup" if nokia_backup.recognise_head(head) else UNKNOWN
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
    if recorder_sidecar.recognise(start):
        return "recorder_sidecar"
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
    if name.rpartition(":")[2] == "Workbook" and _SPREADSHEET in text:
        return "xml_table"
    if name.lower() == "svg":
        return "svg"
    if "<t" in text.lower() and _has_table(text):
        return "html_table"
    return "html" if name.lower() == "html" else _LISTS.get(name, UNKNOWN)


def _has_table(text: str) -> bool:
    """Whether a page has a table of messages or calls, or one of a chat tool."""
    for grid in grids_of_page(text):
        head = [cells for _, cells in grid.peeked(SEARCHED_ROWS)[0]]
        if holding([head]) or chat_table.header_of(head):
            return True
    return False

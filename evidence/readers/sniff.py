"""What a file is, by its content only; names and declared types lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO, Final

from .chat_exports import (
    chat_table,
    imessage_text,
    qq_exporter_text,
    qq_mht,
    qq_text,
    signal_text,
    telegram_html,
    wechat_dump_page,
    wechat_page,
    wechat_text,
    welink_text,
    whatsapp_lines,
)
from .containers import android_messages, mail_parts
from .limits import KIB
from .magic import binary_format
from .messages import nokia_backup
from .recordings import recorder_sidecar
from .syntax import json_shapes
from .syntax.encodings import decode_head, mended
from .tables.markup_tables import grids_of_page
from .tables.table import holding, recognise
from .tables.table_columns import SEARCHED_ROWS
from .tables.workbook_marks import further, workbook_format

WINDOW: Final = 64 * KIB
UNKNOWN: Final = "unknown"

_PROLOG: Final = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!(?i:DOCTYPE)[^\[>]*(?:\[.*?\]\s*)?>)*", re.S
)
_ROOTS: Final = {
    "smses": "sms_backup",
    "calls": "sms_backup",
    "alllogs": "super_backup",
    "allsms": "super_backup",
}
_LISTS: Final = {"MIUI-backup": "miui_list", "info.xml": "huawei_backup"}  # what lies beside
_ROOT: Final = re.compile(r"<([A-Za-z_][\w:.\-]*)")
_SPREADSHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet"
# Asked in this order: what has a mark of its own before what only has lines of a certain look.
_TEXTS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("android_messages", android_messages.recognise),
    ("recorder_sidecar", recorder_sidecar.recognise),
    ("qq_mht", qq_mht.recognise),
    ("qq_exporter_text", qq_exporter_text.recognise),
    ("qq_text", qq_text.recognise),
    ("signal_text", signal_text.recognise),
    ("imessage_text", imessage_text.recognise),
    ("welink_text", welink_text.recognise),
    ("wechat_exporter_page", wechat_page.is_script),
    ("whatsapp", whatsapp_lines.recognise),
)
_ENTITY: Final = re.compile(r"<!DOCTYPE[^>]*?(?:\[|\b(?:smses|calls|alllogs|allsms)\b)|<!ENTITY")


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
    if decoded is not None:
        return _text(decoded[0])
    if found := _damaged(head):
        return found
    if nokia_backup.recognise_head(head):
        return "nokia_backup"
    return json_shapes.recognise_damaged(head) or UNKNOWN


def _damaged(head: bytes) -> str | None:
    """A text with bytes of no encoding is still known by its mark: an export of messages."""
    text = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if "\0" in text[:200]:
        return None
    if text[:10].upper() == "BEGIN:VMSG":
        return "vmessage"
    if text.startswith("<"):
        return _markup(text)
    few = mended(head)
    found = _text(few[0]) if few is not None else UNKNOWN
    return found if found != UNKNOWN else None


def _is_android(inflated: bytes) -> bool:
    decoded = decode_head(inflated)
    return decoded is not None and android_messages.recognise(decoded[0])


def _text(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n\0")
    if start.startswith("<"):
        return _markup(start)
    if start[:10].upper() == "BEGIN:VMSG":
        return "vmessage"
    if start[:1] in ("{", "[") and (found := json_shapes.recognise(start)):
        return found
    for format_id, recognises in _TEXTS:
        if recognises(start):
            return format_id
    return (
        chat_table.recognise(start)
        or wechat_text.recognise(start)
        or mail_parts.recognise(start)
        or recognise(text)
        or UNKNOWN
    )


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
    if name.lower() == "html" and telegram_html.is_telegram(text):
        return "telegram_html"
    if page := wechat_page.recognise(text):
        return page
    if wechat_dump_page.is_dump(text):
        return "wechat_dump_page"
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

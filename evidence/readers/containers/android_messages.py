"""The messages of an `adb backup`: JSON arrays `…_sms_backup` and `…_mms_backup`, often deflated.

The keys are those of the telephony provider's tables; all values may be texts.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import TEXT_BYTES
from evidence.readers.messages import phone_records
from evidence.readers.messages.phone_records import FROM, OWNER, TO, sim_of
from evidence.readers.reading import Context
from evidence.readers.record import Record

from .backup_header import Inflated

VERSION: Final = "2"
ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")

_START: Final = re.compile(r"^\s*\[\s*\{\s*\"")
_KEY: Final = re.compile(r'"(self_phone|recipients|mms_addresses|mms_body|date_sent|msg_box)"\s*:')
_DATE: Final = re.compile(r'"date"\s*:')
_PLAIN: Final = tuple(re.compile(rf'"{name}"\s*:') for name in ("address", "body", "type"))


def recognise(text: str) -> bool:
    """Whether a text begins like such an array."""
    first = text[:16_384]
    if not (_START.match(first) and _DATE.search(first)):
        return False
    return bool(_KEY.search(first)) or all(key.search(first) for key in _PLAIN)


def inflated_head(head: bytes) -> bytes:
    """The first unpacked bytes of a deflated file; empty when it is none."""
    if head[:2] not in ZLIB:
        return b""
    try:
        return Inflated(io.BytesIO(head)).read(16_384)
    except UnreadableError:
        return b""


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record for each object, in the order of the array; `row` counts them from 0.

    Raises:
        OverLimitError: more than 64 MiB.
        UnreadableError: no array of objects.
    """
    context.notes.encoding = "utf-8"
    for index, message in enumerate(_array(file)):
        if not isinstance(message, dict):
            context.notes.warn("malformed_row_skipped", {"row": index})
            continue
        place = {"row": index}
        if "msg_box" in message or "mms_addresses" in message or "m_type" in message:
            yield _mms(message, place, context)
        else:
            yield _sms(message, place, context)


def message_at(file: BinaryIO, index: int) -> Mapping[str, Any]:
    """The object that stands there, counted from 0.

    Raises:
        OverLimitError, UnreadableError: as `read`; there is no such object.
    """
    found = _array(file)
    if not 0 <= index < len(found) or not isinstance(found[index], dict):
        raise UnreadableError("there is no such message")
    message: Mapping[str, Any] = found[index]
    return message


def _array(file: BinaryIO) -> list[Any]:
    packed = file.read(2)
    file.seek(0)
    source = Inflated(file) if packed in ZLIB else file
    raw = bytearray()
    while piece := source.read(TEXT_BYTES + 1 - len(raw)):
        raw += piece
        if len(raw) > TEXT_BYTES:
            raise OverLimitError("text_bytes", TEXT_BYTES)
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        raise UnreadableError("the array of messages is damaged") from cause
    if not isinstance(found, list):
        raise UnreadableError("the file holds no array of messages")
    return found


def _sms(message: Mapping[str, Any], place: Mapping[str, Any], context: Context) -> Record:
    return phone_records.sms(
        context,
        place,
        number=_text(message, "address") or _joined(message.get("recipients")),
        date=_text(message, "date"),
        kind=_text(message, "type"),
        text=_text(message, "body"),
        sim=sim_of(_text(message, "self_phone")),
        sent=_text(message, "date_sent"),
        subject=_text(message, "subject"),
    )


def _mms(message: Mapping[str, Any], place: Mapping[str, Any], context: Context) -> Record:
    senders: list[str] = []
    receivers: list[str] = []
    addresses = message.get("mms_addresses")
    for address in addresses if isinstance(addresses, list) else ():
        if not isinstance(address, dict):
            continue
        number, kind = _text(address, "address"), _text(address, "type")
        if number and number != OWNER and kind in (FROM, TO):
            (senders if kind == FROM else receivers).append(number)
    body = _text(message, "mms_body")
    return phone_records.mms(
        context,
        place,
        date=_text(message, "date"),
        box=_text(message, "msg_box"),
        shape=_text(message, "m_type"),
        senders=senders,
        receivers=receivers,
        everyone=_joined(message.get("recipients")) or "~".join((*senders, *receivers)) or None,
        texts=() if body is None else (body,),
        sim=sim_of(_text(message, "self_phone")),
        sent=_text(message, "date_sent"),
        subject=_text(message, "sub"),
    )


def _text(message: Mapping[str, Any], key: str) -> str | None:
    """A value as text; lone halves of a character, which JSON may hold, are replaced."""
    value = message.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _joined(numbers: Any) -> str | None:
    if not isinstance(numbers, list):
        return None
    return "~".join(number for number in numbers if isinstance(number, str)) or None

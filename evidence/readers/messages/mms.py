"""One `<mms>` of an SMS Backup & Restore file, gathered from its tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.magic import media_format
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.syntax.base64_sink import Base64Sink, Decoded
from evidence.readers.syntax.encodings import decode
from evidence.readers.syntax.xml_tags import Tag
from evidence.readers.values.clock import from_epoch
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim

DIRECTIONS: Final = {"1": "in", "2": "out", "3": "draft", "4": "outbox", "5": "failed"}
_FROM: Final = "137"
_OWNER: Final = "insert-address-token"
_DATA: Final = re.compile(rb"\sdata\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NO_NAMES: Final = frozenset({"(Unknown)", "null", ""})


class Mms:
    """Takes the parts and addresses of one message, then makes its record."""

    def __init__(self, values: Mapping[str, str], start: int, context: Context) -> None:
        self._values = values
        self._start = start
        self._context = context
        self._texts: list[str] = []
        self._attachments: list[dict[str, Any]] = []
        self._senders: list[str] = []
        self._warnings: list[str] = []

    def part(self, values: Mapping[str, str], tag: Tag) -> None:
        """One `<part>`: text is joined, layout skipped, all else becomes an attachment."""
        declared = values.get("ct", "").lower()
        if declared == "application/smil":
            return
        text = values.get("text", "null")
        if declared.startswith("text/plain") and text != "null":
            self._texts.append(text)
            return
        decoded = tag.spilled.get("data") or _decode(tag.attributes)
        if declared.startswith("text/plain"):
            if decoded.size:
                self._texts.append(_text_of(decoded.head))
            return
        if decoded.damaged:
            self._warnings.append("attachment_damaged")
        self._attachments.append(
            {
                "name": _first(values, "cl", "fn", "name"),
                "content_type": declared or None,
                "format": media_format(decoded.head),
                "size": decoded.size,
                "sha256": decoded.sha256 if decoded.size else None,
                "locator": {"bytes": [tag.start, tag.end]},
            }
        )

    def address(self, values: Mapping[str, str]) -> None:
        """One `<addr>`; only who sent it is of use."""
        if values.get("type") == _FROM and values.get("address", "null") != "null":
            self._senders.append(values["address"])

    def finish(self, end: int) -> Record:
        """The record; `end` is the offset behind `</mms>`."""
        values = self._values
        moment = from_epoch(values.get("date", ""), self._context.options.now)
        self._warnings.extend(moment.doubts)
        direction = DIRECTIONS.get(values.get("msg_box", ""))
        if direction is None:
            direction = {"128": "out", "132": "in", "130": "in"}.get(values.get("m_type", ""))
            self._warnings.append("unknown_type")
        if values.get("m_type") == "130":
            self._warnings.append("mms_not_downloaded")
        everyone = values.get("address", "")
        number = self._peer(everyone, direction)
        name = values.get("contact_name", "")
        text = "\n".join(self._texts) if self._texts else None
        if text is not None and "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text is not None and len(text) > TEXT_FIELD:
            text = text[:TEXT_FIELD]
            self._warnings.append("text_cut")
        subject = values.get("sub", "null")
        return Record(
            kind="mms",
            source_file=self._context.name,
            source_locator={"bytes": [self._start, end]},
            when_utc=moment.utc,
            when_raw=moment.raw,
            when_precision=moment.precision,
            zone_source=moment.zone_source,
            direction=direction,
            peer_number_raw=number or None,
            peer_number_e164=e164(number),
            peer_name=None if name in _NO_NAMES else name,
            owner_sim=masked_sim(values.get("sub_id") or values.get("sim_slot")),
            text=text,
            attachments=tuple(self._attachments),
            conversation=None if is_withheld(everyone) else everyone,
            warnings=tuple(self._warnings),
            facts=NO_FACTS if subject in ("null", "") else {"subject": subject},
        )

    def _peer(self, everyone: str, direction: str | None) -> str:
        """In a group the sender's own number; otherwise the other side as the file names it."""
        if everyone == "null":
            everyone = ""
        if direction == "in" and ("~" in everyone or is_withheld(everyone)):
            for sender in self._senders:
                if sender != _OWNER:
                    return sender
        return everyone


def _text_of(raw: bytes) -> str:
    try:
        return decode(raw)[0]
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _decode(raw: bytes) -> Decoded:
    sink = Base64Sink()
    if found := _DATA.search(raw):
        value = found.group(1) or found.group(2) or b""
        sink.feed(b"" if value == b"null" else value)
    return sink.finish()


def _first(values: Mapping[str, str], *names: str) -> str | None:
    for name in names:
        if values.get(name, "null") not in ("null", ""):
            return values[name]
    return None

"""vMessage files (.vmsg, .vmg, .vmt): text messages in the dialects of many makers.

One or many messages a file. Places are the line of each `BEGIN:VMSG`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from evidence.readers.errors import OverLimitError
from evidence.readers.limits import TEXT_BYTES
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.encodings import marked
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim

from .vmessage_values import Property, moment, split, text_of

VERSION: Final = "5"

_BOXES: Final = {
    "INBOX": "in",
    "SENDBOX": "out",
    "SENTBOX": "out",
    "SENT": "out",
    "OUTBOX": "outbox",
    "DRAFT": "draft",
    "DRAFTBOX": "draft",
    "DRAFTS": "draft",
    "FAILED": "failed",
    "FAILBOX": "failed",
    "QUEUED": "queued",
}
_TYPES: Final = {"DELIVER": "in", "SUBMIT": "out"}
_BODY_NAMES: Final = frozenset({"SUBJECT", "TEXT"})
_SKIPPED: Final = frozenset({"PARTS", "ADDRS"})  # Motorola's multimedia blocks
_END_OF_BODY: Final = b"END:VBODY"
_DOUBLED: Final = 4  # empty lines between all others; no message is that short


@dataclass(slots=True)
class _Message:
    line: int
    values: dict[str, str] = field(default_factory=dict)
    cards: list[dict[str, str]] = field(default_factory=list)
    body: Property | None = None
    free: list[bytes] = field(default_factory=list)
    skipped: bool = False


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one `sms` for each whole message; a message that was cut off is left out.

    Raises:
        OverLimitError: more than 64 MiB.
    """
    raw = file.read(TEXT_BYTES + 1)
    if len(raw) > TEXT_BYTES:
        raise OverLimitError("text_bytes", TEXT_BYTES)
    encoding, skip = marked(raw)
    context.notes.encoding = encoding or "utf-8"
    if encoding and encoding != "utf-8":
        raw, skip = raw.decode(encoding, "replace").encode("utf-8", "replace"), 0
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    yield from records(raw[skip:], context)


def records(raw: bytes, context: Context) -> Iterator[Record]:
    """As `read`, for UTF-8 (or bytes that the messages themselves name a charset for)."""
    reader = _Lines(context)
    for number, line in _numbered(raw):
        message = reader.take(number, line)
        if message is not None:
            yield _record(message, context)
    if reader.is_open:
        context.notes.warn("file_truncated")


def _numbered(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line with its number; where a transfer has doubled the line ends, every second one."""
    lines = [line.rstrip(b"\r") for line in raw.split(b"\n")]
    between = lines[1::2]
    doubled = len(between) >= _DOUBLED and not any(between)
    for number, line in enumerate(lines, start=1):
        if number % 2 or not doubled:
            yield number, line


class _Lines:
    """Takes line by line; hands out a message at its `END:VMSG`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._message: _Message | None = None
        self._block: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether a message has begun and not ended."""
        return self._message is not None

    def take(self, number: int, line: bytes) -> _Message | None:
        """The message that this line ends, if any."""
        if self._message is not None and self._block[-1:] == ["VBODY"]:
            if line.strip().upper() == _END_OF_BODY:
                self._block.pop()
            else:
                self._in_body(self._message, line)
            return None
        name, _, value = line.strip().partition(b":")
        mark = value.strip().upper().decode("ascii", "replace")
        if name.upper() == b"BEGIN":
            self._begin(number, mark)
        elif name.upper() == b"END":
            if self._block[-1:] == [mark]:
                self._block.pop()
            if mark == "VMSG":
                done, self._message, self._block = self._message, None, []
                return done
        elif self._message is not None and self._block[-1:] != ["SKIPPED"]:
            self._outside_body(self._message, line)
        return None

    def _begin(self, number: int, mark: str) -> None:
        if mark == "VMSG":
            if self._message is not None:  # the one before was cut off
                self._context.notes.warn("file_truncated", {"line": self._message.line})
            self._message, self._block = _Message(number), []
            return
        self._block.append(mark)
        if self._message is None:
            return
        if mark == "VCARD":
            self._message.cards.append({})
        elif mark in _SKIPPED:
            self._message.skipped = True

    def _outside_body(self, message: _Message, line: bytes) -> None:
        found = split(line)
        if found is None:
            return
        if self._block[-1:] == ["VCARD"]:
            message.cards[-1].setdefault(found.name, text_of(found).strip())
        else:
            message.values.setdefault(found.name, found.value.decode("utf-8", "replace").strip())

    def _in_body(self, message: _Message, line: bytes) -> None:
        if message.body is not None:
            message.body = message.body.with_line(line)
            return
        found = split(line)
        if found is not None and not message.free:
            if found.name in _BODY_NAMES:
                message.body = found
                return
            is_date = found.name == "DATE" and "DATE" not in message.values  # a second one is text
            if is_date or found.name.startswith("X-"):
                message.values.setdefault(
                    found.name, found.value.decode("utf-8", "replace").strip()
                )
                return
        message.free.append(line)


def _record(message: _Message, context: Context) -> Record:
    values = message.values
    direction = _direction(values)
    number, name = _peer(message.cards, direction)
    when = moment(values.get("X-NOK-DT"), values.get("DATE", ""), context.options)
    if message.body is not None:
        text = text_of(message.body)
    else:
        text = text_of(Property("TEXT", (), b"\n".join(message.free)))
    text = text.replace("/END:VBODY", "END:VBODY")  # so the writer hid one that a message quotes
    warnings = [*when.doubts]
    if direction is None:
        warnings.append("unknown_type")
    if message.skipped:
        warnings.append("parts_skipped")
    return Record(
        kind="sms",
        source_file=context.name,
        source_locator={"line": message.line},
        when_utc=when.utc,
        when_raw=when.raw,
        when_precision=when.precision,
        zone_source=when.zone_source,
        direction=direction,
        peer_number_raw=number,
        peer_number_e164=e164(number or ""),
        peer_name=name,
        owner_sim=masked_sim(values.get("X-SIMID")),
        text=text,
        conversation=None if is_withheld(number or "") else number,
        warnings=tuple(warnings),
    )


def _direction(values: dict[str, str]) -> str | None:
    """The box wins: some phones write DELIVER even for what they sent."""
    if (box := values.get("X-BOX", "").upper()) in _BOXES:
        return _BOXES[box]
    if (box := values.get("X-IRMC-BOX", "").upper()) in _BOXES:
        return "out" if box == "OUTBOX" else _BOXES[box]
    return _TYPES.get(values.get("X-MESSAGE-TYPE", "").upper())


def _peer(cards: list[dict[str, str]], direction: str | None) -> tuple[str | None, str | None]:
    """Number and name of the card that has a number: the first of a sender, the last receiver."""
    filled = [card for card in cards if card.get("TEL") or card.get("FROMTEL")]
    if not filled:
        return None, None
    card = filled[-1] if direction == "out" else filled[0]
    name = card.get("FN") or (card.get("N") or "").replace(";", "").strip()
    return card.get("TEL") or card.get("FROMTEL"), name or None

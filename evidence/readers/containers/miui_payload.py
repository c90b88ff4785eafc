"""What MIUI's own backup of messages and calls holds: Protocol Buffers whose fields we know.

The messages stand in field 1, on newer builds within field 4 (texts) and field 9 (multimedia) of
one root; the calls in field 1, as a rule within field 2. See docs/formats/reading.md, "Backups".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from evidence.readers.messages import phone_records
from evidence.readers.messages.phone_records import FROM, OWNER, TO
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.protobuf import Field, fields

_KINDS: Final = frozenset(str(kind) for kind in range(1, 7))
_SIGN: Final = 1 << 63
_PARTS, _ADDRESSES = 34, 33


class _Entry:
    """One message or call: the first value of each field."""

    def __init__(self, content: bytes, begin: int, end: int, found: Sequence[Field]) -> None:
        self._content = content
        self._found = found
        self._first: dict[int, Field] = {}
        for field in found:
            self._first.setdefault(field.number, field)
        self.place = {"bytes": [begin, end]}

    def has_number(self, *numbers: int) -> bool:
        """Whether all these fields are there and hold whole numbers."""
        return all(
            number in self._first and self._first[number].value is not None for number in numbers
        )

    def has_bytes(self, number: int) -> bool:
        """Whether the field is there and holds bytes."""
        return number in self._first and self._first[number].value is None

    def number(self, number: int) -> str | None:
        """A whole number as text, signed."""
        field = self._first.get(number)
        if field is None or field.value is None:
            return None
        return str(field.value - (1 << 64) if field.value >= _SIGN else field.value)

    def text(self, number: int) -> str | None:
        """A field's bytes as text; empty is absent."""
        if not self.has_bytes(number):
            return None
        field = self._first[number]
        return self._content[field.begin : field.end].decode("utf-8", "replace") or None

    def size(self, number: int) -> int | None:
        """How many bytes a field holds."""
        field = self._first.get(number)
        return None if field is None or field.value is not None else field.end - field.begin

    def within(self, number: int) -> Iterator[_Entry]:
        """The messages in a repeated field."""
        for field in self._found:
            if field.number == number and (entry := _entry(self._content, field)) is not None:
                yield entry


def records(content: bytes, context: Context) -> Iterator[Record] | None:
    """The records of a payload, or None when it is no payload of messages or calls.

    Args:
        content: the whole payload; it is one only when it parses to its last byte.
        context: of the payload; places are bytes of it.
    """
    top = fields(content)
    if not top:
        return None
    level = top
    if not _any(content, level):  # they stand one level deeper
        level = [
            inner
            for field in top
            if field.value is None
            for inner in fields(content, field.begin, field.end) or ()
            if inner.number == 1
        ]
        if not _any(content, level):
            return None
    return _read(content, level, context)


def _any(content: bytes, level: Sequence[Field]) -> bool:
    return any(
        (entry := _entry(content, field)) is not None and _reader(entry) is not None
        for field in level
    )


def _read(content: bytes, level: Sequence[Field], context: Context) -> Iterator[Record]:
    """Entry by entry: parsed when it is its turn, for there may be hundreds of thousands."""
    for field in level:
        entry = _entry(content, field)
        if entry is not None and (reader := _reader(entry)) is not None:
            yield reader(entry, context)


def _entry(content: bytes, field: Field) -> _Entry | None:
    if field.value is not None:
        return None
    found = fields(content, field.begin, field.end)
    return _Entry(content, field.begin, field.end, found) if found else None


def _reader(entry: _Entry) -> Callable[[_Entry, Context], Record] | None:
    """What an entry is, by the kinds of its fields."""
    if entry.has_number(4, 6) and not entry.has_number(3):
        return _call
    if entry.has_number(7) and (entry.has_bytes(4) or entry.has_bytes(6)):
        return _sms
    if entry.has_number(3, 5) and not entry.has_number(7):
        return _mms
    return None


def _sms(entry: _Entry, context: Context) -> Record:
    """2 id, 3 type, 4 number, 5 subject, 6 text, 7 date, 11 the network's date."""
    kind = entry.number(3)
    return phone_records.sms(
        context,
        entry.place,
        number=entry.text(4),
        date=entry.number(7),
        kind=kind if kind in _KINDS else "2",  # these phones know "received" and "otherwise"
        text=entry.text(6),
        sent=entry.number(11),
        subject=entry.text(5),
    )


def _call(entry: _Entry, context: Context) -> Record:
    """2 id, 3 number, 4 date, 5 seconds, 6 type."""
    return phone_records.call(
        context,
        entry.place,
        number=entry.text(3),
        date=entry.number(4),
        kind=entry.number(6),
        duration=int(entry.number(5) or 0),
    )


def _mms(entry: _Entry, context: Context) -> Record:
    """3 date, 4 the network's, 5 box, 8 subject, 14 shape, 33 addresses, 34 parts."""
    senders: list[str] = []
    receivers: list[str] = []
    for address in entry.within(_ADDRESSES):
        number, kind = address.text(1), address.number(2)
        if number and number != OWNER and kind in (FROM, TO):
            (senders if kind == FROM else receivers).append(number)
    texts: list[str] = []
    attachments: list[dict[str, Any]] = []
    for part in entry.within(_PARTS):
        declared = (part.text(2) or "").lower()
        if declared.startswith("text/plain"):
            texts.append(part.text(11) or part.text(12) or "")
        elif declared != "application/smil":
            attachments.append(
                {
                    "name": part.text(8) or part.text(6) or part.text(3),
                    "content_type": declared or None,
                    "format": None,
                    "size": part.size(12),
                    "sha256": None,
                    "locator": part.place,
                }
            )
    everyone = "~".join(dict.fromkeys((*senders, *receivers))) or None
    return phone_records.mms(
        context,
        entry.place,
        date=entry.number(3),
        box=entry.number(5),
        shape=entry.number(14),
        senders=senders,
        receivers=receivers,
        everyone=everyone,
        texts=texts,
        attachments=attachments,
        sent=entry.number(4),
        subject=entry.text(8),
    )

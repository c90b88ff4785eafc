"""One record: one message, call, bubble, picture or recording, as its file tells it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

KINDS: Final = (
    "sms",
    "mms",
    "call",
    "chat",
    "system",
    "reaction",
    "attachment",
    "image",
    "recording",
)
DIRECTIONS: Final = (
    "in",
    "out",
    "missed",
    "rejected",
    "blocked",
    "voicemail",
    "forwarded",
    "draft",
    "outbox",
    "queued",
    "failed",
    "system",
)
NO_FACTS: Final[Mapping[str, Any]] = MappingProxyType({})


class Record(NamedTuple):
    """A reading of one place in one file; the file itself stays the evidence.

    A named tuple, not a dataclass: a million of them are made for one export.

    Attributes:
        kind: one of `KINDS`.
        when_utc: aware UTC, or None when the file does not say.
        when_raw: the time exactly as written.
        when_precision: ms, s, min, day, none.
        zone_source: epoch, offset, assumed, none: how `when_utc` got its zone.
        direction: one of `DIRECTIONS`, or None when the file does not say who owns the phone.
        peer_number_e164: only for real subscriber numbers; service numbers have none.
        owner_sim: slot number or a masked serial.
        duration_s: seconds of talk; None when the file has no honest value.
        attachments: objects with name, content_type, format, size, sha256, locator, as known.
        source_locator: where in the file; see docs/formats/reading.md.
        warnings: codes of what is doubtful about this record.
        facts: further keys of the JSON line (pictures, recordings, subject, date_sent).
    """

    kind: str
    source_file: str
    source_locator: Mapping[str, Any]
    when_utc: datetime | None = None
    when_raw: str | None = None
    when_precision: str = "none"
    zone_source: str = "none"
    direction: str | None = None
    peer_number_raw: str | None = None
    peer_number_e164: str | None = None
    peer_name: str | None = None
    owner_sim: str | None = None
    text: str | None = None
    duration_s: float | None = None
    attachments: tuple[Mapping[str, Any], ...] = ()
    conversation: str | None = None
    warnings: tuple[str, ...] = ()
    facts: Mapping[str, Any] = NO_FACTS

    def as_json(self) -> dict[str, Any]:
        """The record as one line of `python -m evidence.readers`."""
        line: dict[str, Any] = {
            "kind": self.kind,
            "when_utc": iso(self.when_utc, self.when_precision),
            "when_raw": self.when_raw,
            "when_precision": self.when_precision,
            "zone_source": self.zone_source,
            "direction": self.direction,
            "peer_number_raw": self.peer_number_raw,
            "peer_number_e164": self.peer_number_e164,
            "peer_name": self.peer_name,
            "owner_sim": self.owner_sim,
            "text": self.text,
            "duration_s": self.duration_s,
            "attachments": self.attachments,
            "conversation": self.conversation,
            "source_file": self.source_file,
            "source_locator": self.source_locator,
            "warnings": self.warnings,
        }
        if self.facts:
            line.update(self.facts)
        return line

    def as_line(self) -> str:
        """`as_json` as JSON text, several times faster than the general encoder."""
        (
            kind,
            source,
            locator,
            when,
            raw,
            precision,
            zone,
            direction,
            number,
            subscriber,
            name,
            sim,
            text,
            talk,
            attachments,
            conversation,
            warnings,
            facts,
        ) = self
        quoted = _string
        at = "null" if when is None else f'"{iso(when, precision)}"'
        line = (
            f'{{"kind":"{kind}","when_utc":{at}'
            f',"when_raw":{"null" if raw is None else quoted(raw)}'
            f',"when_precision":"{precision}","zone_source":"{zone}"'
            f',"direction":{"null" if direction is None else quoted(direction)}'
            f',"peer_number_raw":{"null" if number is None else quoted(number)}'
            f',"peer_number_e164":{"null" if subscriber is None else quoted(subscriber)}'
            f',"peer_name":{"null" if name is None else quoted(name)}'
            f',"owner_sim":{"null" if sim is None else quoted(sim)}'
            f',"text":{"null" if text is None else quoted(text)}'
            f',"duration_s":{"null" if talk is None else repr(talk)}'
            f',"attachments":{_general(attachments) if attachments else "[]"}'
            f',"conversation":{"null" if conversation is None else quoted(conversation)}'
            f',"source_file":{quoted(source)},"source_locator":{_place(locator)}'
            f',"warnings":{_general(warnings) if warnings else "[]"}'
        )
        if not facts:
            return line + "}"
        if len(facts) == 1 and "date_sent" in facts:
            return f'{line},"date_sent":{quoted(facts["date_sent"])}}}'
        return f"{line},{_general(dict(facts))[1:]}"


_string: Final[Callable[[str], str]] = json.encoder.encode_basestring
_general: Final[Callable[[Any], str]] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode


def _place(locator: Mapping[str, Any]) -> str:
    if len(locator) == 1 and "bytes" in locator:
        start, end = locator["bytes"]
        return f'{{"bytes":[{start},{end}]}}'
    return _general(locator)


class _DayTexts(dict[int, str]):
    """The text of each day met so far, by its ordinal: most records fall on the same few."""

    def __missing__(self, ordinal: int) -> str:
        text = self[ordinal] = date.fromordinal(ordinal).isoformat()
        return text


_DAYS: Final = _DayTexts()
_TWO: Final = tuple(f"{number:02}" for number in range(60))


def iso(at: datetime | None, precision: str = "s") -> str | None:
    """`2024-10-27T03:33:20.123Z`: UTC, milliseconds only where the source has them."""
    if at is None:
        return None
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    day = _DAYS[at.toordinal()]
    clock = f"{day}T{_TWO[at.hour]}:{_TWO[at.minute]}:{_TWO[at.second]}"
    return f"{clock}.{at.microsecond // 1000:03}Z" if precision == "ms" else clock + "Z"

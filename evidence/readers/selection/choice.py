"""What a person chose of an export: conversations, numbers, a period, files inside it.

A conversation has a key that the same export gives again and again: `n:` and a number, `c:` and
a title, `p:` and a name, `-` where the file names none of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from evidence.readers.record import Record
from evidence.readers.values.phone_numbers import e164, is_withheld, unguard

NO_CONVERSATION: Final = "-"
FILE: Final = "attachment"  # the kind of a record that tells of a file inside an export
KEY_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records of an export are kept.

    Attributes:
        is_everything: every conversation; files are named one by one all the same.
        conversations, numbers: a record of one of either is chosen.
        files: places of files inside the export, as `source_locator["member"]` names them.
        since, until: days in `tz`, both included; a record without a time is in no period.
        tz: an IANA name.
    """

    is_everything: bool = False
    conversations: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    tz: str = "Asia/Shanghai"

    def takes(self, record: Record) -> bool:
        """Whether this record is one of the chosen."""
        if record.kind == FILE:
            return file_key(record) in self.files
        return self._is_of_them(record) and self._is_in_period(record)

    def _is_of_them(self, record: Record) -> bool:
        if self.is_everything or conversation_key(record) in self.conversations:
            return True
        return bool(self.numbers) and number_of(record) in self.numbers

    def _is_in_period(self, record: Record) -> bool:
        if self.since is None and self.until is None:
            return True
        if record.when_utc is None:
            return False
        day = record.when_utc.astimezone(ZoneInfo(self.tz)).date()
        return (self.since or date.min) <= day <= (self.until or date.max)

    def as_json(self) -> dict[str, Any]:
        """As `choice_of` takes it."""
        return {
            "everything": self.is_everything,
            "conversations": sorted(self.conversations),
            "numbers": sorted(self.numbers),
            "files": sorted(self.files),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "tz": self.tz,
        }


EVERYTHING: Final = Choice(is_everything=True)


def choice_of(value: Mapping[str, Any]) -> Choice:
    """What `Choice.as_json` gave."""
    return Choice(
        is_everything=value["everything"],
        conversations=frozenset(value["conversations"]),
        numbers=frozenset(value["numbers"]),
        files=frozenset(value["files"]),
        since=date.fromisoformat(value["since"]) if value["since"] else None,
        until=date.fromisoformat(value["until"]) if value["until"] else None,
        tz=value["tz"],
    )


def number_of(record: Record) -> str:
    """The number by which a record is grouped; "" where it has none or it was withheld."""
    if record.peer_number_e164:
        return record.peer_number_e164
    raw = record.peer_number_raw or ""
    return "" if is_withheld(raw) else _short(unguard(raw))


def conversation_key(record: Record) -> str:
    """To which conversation of its export a record belongs."""
    number, conversation = number_of(record), (record.conversation or "").strip()
    if conversation and conversation != (record.peer_number_raw or "").strip():
        subscriber = e164(conversation)
        return f"n:{subscriber}" if subscriber else f"c:{_short(conversation)}"
    if number:
        return f"n:{number}"
    name = (record.peer_name or "").strip()
    return f"p:{_short(name)}" if name else NO_CONVERSATION


def file_key(record: Record) -> str:
    """The place of a file inside its export; "" for any other record."""
    member = record.source_locator.get("member") if record.kind == FILE else None
    return member if isinstance(member, str) else ""


def _short(text: str) -> str:
    """A name of bounded length; a longer one is told apart by its digest."""
    if len(text) <= KEY_CHARACTERS:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[: KEY_CHARACTERS // 2]}…{digest[:16]}"

"""What an export holds, conversation by conversation, so that a person can choose before anything
is kept. Read once through; no record is in it, only counts, times and one masked line each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from evidence.readers.record import Record, iso

from .choice import NO_CONVERSATION, conversation_key, file_key, number_of
from .codes import masked

CONVERSATIONS: Final = 5000  # listed; what is beyond comes with "everything" only
NUMBERS: Final = 50  # listed of one conversation
FILES: Final = 5000
TITLE: Final = 100  # characters
SAMPLE: Final = 40
LONGEST_LOOK: Final = 400  # characters of a text that are looked through for codes


@dataclass(slots=True)
class Conversation:
    """One conversation while it is counted."""

    title: str = ""
    name: str = ""
    records: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None
    sample: str = ""

    def take(self, record: Record, number: str) -> None:
        """Count one record in."""
        self.records += 1
        self.by_kind[record.kind] += 1
        self.title = self.title or (record.conversation or "")[:TITLE]
        self.name = self.name or (record.peer_name or "")[:TITLE]
        if number and (number in self.numbers or len(self.numbers) < NUMBERS):
            self.numbers[number] += 1
        at = record.when_utc
        is_newest = at is not None and (self.last is None or at >= self.last)
        if at is not None:
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)
        if record.text and (is_newest or not self.sample):
            self.sample = masked(record.text[:LONGEST_LOOK]).replace("\n", " ")[:SAMPLE]

    def as_json(self, key: str) -> dict[str, Any]:
        """One entry of `Survey.as_json`."""
        return {
            "key": key,
            "title": self.title,
            "name": self.name,
            "records": self.records,
            "by_kind": dict(self.by_kind),
            "numbers": [{"number": n, "records": c} for n, c in self.numbers.most_common()],
            "first_utc": iso(self.first),
            "last_utc": iso(self.last),
            "sample": self.sample,
        }


class Survey:
    """Counts the records of one export; `needs_choice` tells whether somebody must be asked."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}
        self._numbers: set[str] = set()
        self._files: list[dict[str, Any]] = []
        self._records = 0
        self._unlisted = 0
        self._files_unlisted = 0

    def take(self, record: Record) -> None:
        """Count one record in."""
        if file := file_key(record):
            self._take_file(file, record)
            return
        self._records += 1
        key, number = conversation_key(record), number_of(record)
        if number and len(self._numbers) < CONVERSATIONS:
            self._numbers.add(number)
        found = self._conversations.get(key)
        if found is None:
            if len(self._conversations) >= CONVERSATIONS:
                self._unlisted += 1
                return
            found = self._conversations[key] = Conversation()
        found.take(record, number)

    @property
    def needs_choice(self) -> bool:
        """More than one conversation or number, or files that nobody has chosen yet."""
        talks = len(self._conversations.keys() - {NO_CONVERSATION})
        return talks > 1 or len(self._numbers) > 1 or bool(self._files)

    def as_json(self) -> dict[str, Any]:
        """Conversations, the one with most records first, and files by their place."""
        ordered = sorted(self._conversations.items(), key=lambda each: -each[1].records)
        return {
            "records": self._records,
            "conversations": [found.as_json(key) for key, found in ordered],
            "unlisted": self._unlisted,
            "files": self._files,
            "files_unlisted": self._files_unlisted,
        }

    def _take_file(self, key: str, record: Record) -> None:
        if len(self._files) >= FILES:
            self._files_unlisted += 1
            return
        told: Mapping[str, Any] = next(iter(record.attachments), {})
        self._files.append(
            {"key": key, "name": told.get("name") or key, "format": told.get("format") or "",
             "size": told.get("size")}
        )  # fmt: skip


def survey_of(records: Iterable[Record]) -> Survey:
    """Go once through all of them."""
    survey = Survey()
    for record in records:
        survey.take(record)
    return survey

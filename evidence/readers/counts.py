"""What the summary of a reading counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from .record import Record
from .values.days import Days


class Counts:
    """Kinds, directions, first and last time, days, warnings of the records taken so far."""

    def __init__(self, tz: str) -> None:
        self.records = 0
        self.by_kind: Counter[str] = Counter()
        self.by_direction: Counter[str] = Counter()  # one that is not known counts as `none`
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.days = Days(tz)

    def take(self, record: Record) -> None:
        """One record more."""
        self.records += 1
        self.by_kind[record.kind] += 1
        self.by_direction[record.direction or "none"] += 1
        at = record.when_utc
        if at is not None:
            self.days.take(at)
            self._extend(at, at)

    def join(self, later: Counts) -> None:
        """All that the next stretch of the same file counted."""
        self.records += later.records
        self.by_kind.update(later.by_kind)
        self.by_direction.update(later.by_direction)
        self.days.join(later.days)
        if later.first is not None and later.last is not None:
            self._extend(later.first, later.last)

    def _extend(self, first: datetime, last: datetime) -> None:
        if self.first is None or first < self.first:
            self.first = first
        if self.last is None or last > self.last:
            self.last = last

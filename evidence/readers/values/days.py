"""Of which days a file tells, and of which between its first and last it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

GAPS: Final = 50  # listed, the longest first to be kept
DAY: Final = timedelta(days=1)


class Days:
    """Collects the days of records in one zone."""

    def __init__(self, tz: str) -> None:
        self._zone = ZoneInfo(tz)
        self._seen: set[date] = set()
        self._from = self._until = datetime.min.replace(tzinfo=UTC)  # of the day taken last

    def take(self, at: datetime) -> None:
        """One record's time, in UTC; most fall on the day of the one before."""
        if self._from <= at < self._until:
            return
        day = at.astimezone(self._zone).date()
        self._seen.add(day)
        self._from = datetime.combine(day, time(), self._zone).astimezone(UTC)
        self._until = datetime.combine(day + DAY, time(), self._zone).astimezone(UTC)

    def join(self, other: Days) -> None:
        """The days of other records in the same zone."""
        self._seen |= other._seen

    def as_json(self) -> dict[str, Any]:
        """`{"with", "missing", "gaps": [[first day, last day], ...]}`: days without any record.

        That a day is missing does not say that anything was taken away.
        """
        days = sorted(self._seen)
        gaps = [
            (before + DAY, after - DAY) for before, after in pairwise(days) if after - before > DAY
        ]
        missing = sum((last - first).days + 1 for first, last in gaps)
        longest = sorted(gaps, key=lambda gap: gap[0] - gap[1])[:GAPS]
        listed = [[first.isoformat(), last.isoformat()] for first, last in sorted(longest)]
        return {"with": len(days), "missing": missing, "gaps": listed}

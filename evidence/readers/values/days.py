"""Of which days a file tells, and of which between its first and last it does not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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

    def take(self, at: datetime) -> None:
        """One record's time."""
        self._seen.add(at.astimezone(self._zone).date())

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

"""What a finding over a timeline says: which events, against which limit, counted how.

A finding states a count and its source, never that something was unlawful. Its event ids are its
exhibits' places: who calls maps them to exhibits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from evidence.abuse.kinds import KINDS
from evidence.abuse.limits import Limit
from evidence.abuse.timeline import Event

ZONE = "Asia/Shanghai"
NO_FACTS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Finding:
    """A pattern over the timeline, or one label over all messages of one lender.

    `label` is one of the twelve or None; `source` names the basis and how far it was checked;
    `missing_days` are the days between its first and its last event of which the timeline holds
    nothing at all, as (first, last) of each gap: there nothing was counted, for or against.
    """

    label: str | None
    kind: str
    event_ids: tuple[str, ...]
    rule: str
    rule_version: int
    source: str
    authority_level: str
    reason_zh: str
    reason_en: str
    counting_zh: str
    counting_en: str
    zone: str = ZONE
    missing_days: tuple[tuple[date, date], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # JSON values only

    def told(self) -> dict[str, Any]:
        """The facts with all that says how they were counted, as JSON values."""
        return {
            "authority_level": self.authority_level,
            "zone": self.zone,
            "counting_zh": self.counting_zh,
            "counting_en": self.counting_en,
            "missing_days": [[gap[0].isoformat(), gap[1].isoformat()] for gap in self.missing_days],
            **self.facts,
        }


class Held:
    """The days of which a timeline holds anything: what lies between two of them is not known."""

    def __init__(self, days: Iterable[date]) -> None:
        """Keep the gaps between the given days."""
        self._gaps = [
            (before + timedelta(days=1), after - timedelta(days=1))
            for before, after in pairwise(sorted(set(days)))
            if (after - before).days > 1
        ]

    def missing(self, first: date, last: date) -> tuple[tuple[date, date], ...]:
        """The gaps within a span that begins and ends with a day that is held."""
        return tuple(gap for gap in self._gaps if first < gap[0] and gap[1] < last)


def past(
    limit: Limit,
    kind: str,
    events: Sequence[Event],
    held: Held,
    *,
    zh: str,
    en: str,
    has_label: bool = True,
    facts: Mapping[str, Any] = NO_FACTS,
) -> Finding:
    """A finding of events that pass a limit.

    Args:
        limit: what was passed.
        kind: code of the kind of abuse.
        events: all and only those of the finding, in time order.
        held: the days of the whole timeline.
        zh: what was counted, as a Chinese sentence.
        en: the same in English.
        has_label: False for a pattern whose texts carry their own label.
        facts: more of it, as JSON values.
    """
    return Finding(
        label=KINDS[kind].label if has_label else None,
        kind=kind,
        event_ids=tuple(event.id for event in events),
        rule=limit.rule,
        rule_version=limit.version,
        source=source_of(limit),
        authority_level=limit.authority_level,
        reason_zh=f"{zh}依据：{limit.source_zh}。",
        reason_en=f"{en} Basis: {source_of(limit)}.",
        counting_zh=limit.counting_zh,
        counting_en=limit.counting_en,
        missing_days=held.missing(events[0].day, events[-1].day),
        facts={"count": len(events), "limit": limit.value, "numbers": numbers(events), **facts},
    )


def numbers(events: Iterable[Event]) -> dict[str, int]:
    """How many of the events came from each line, in order of their first."""
    counted: dict[str, int] = {}
    for event in events:
        counted[event.counterparty or ""] = counted.get(event.counterparty or "", 0) + 1
    return counted


def source_of(limit: Limit) -> str:
    """A limit's source with how binding it is and how well it was checked."""
    return f"{limit.source} ({limit.authority_level}; {limit.verification})"

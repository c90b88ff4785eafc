"""What a timeline holds, counted, with no limit to pass: never a finding.

Calls by day, by lender and by number; answered, unanswered and not known apart; the longest run of
days; every line of a lender; third persons reached, when, and told what. A lawful timeline is
described in the same words as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence.abuse.contacts import Contacts, Suggest
from evidence.abuse.counting import days, group
from evidence.abuse.findings import ZONE, numbers
from evidence.abuse.timeline import Event, Timeline
from evidence.abuse.worded import told_persons

DESCRIPTION_VERSION = "1.0.0"
COUNTING_ZH = (
    "只计催收一方打来、发来的；按北京时间自然日；同一机构各号码合并，并按号码分列；接通、未接、接通与否不明"
    "分列；没有任何记录的日子单列，不作无联系论。"
)
COUNTING_EN = (
    "Only what came from the creditor side; by calendar day in Beijing; lines of one lender "
    "together, and by number; answered, unanswered and not known apart; days of which nothing is "
    "held are named, and are not taken for days without contact."
)


def describe(timeline: Timeline, *, suggest: Suggest) -> dict[str, Any]:
    """One timeline counted, as JSON values; `lenders` is empty when nobody collects.

    Args:
        timeline: the case.
        suggest: gives the suggestions for one event, as for `patterns.find`.
    """
    contacts = Contacts.of(timeline, suggest)
    held = days(event.day for event in timeline.events)
    gaps = contacts.held.missing(held.first, held.last) if held else ()
    return {
        "version": DESCRIPTION_VERSION,
        "zone": ZONE,
        "counting_zh": COUNTING_ZH,
        "counting_en": COUNTING_EN,
        "first_day": held.first.isoformat() if held else None,
        "last_day": held.last.isoformat() if held else None,
        "missing_days": [[first.isoformat(), last.isoformat()] for first, last in gaps],
        "lenders": [
            _lender(lender, events, contacts)
            for lender, events in group(contacts.all, contacts.lender).items()
        ],
    }


def _lender(lender: str, events: Sequence[Event], contacts: Contacts) -> dict[str, Any]:
    run = days(event.day for event in events)
    return {
        "lender": lender,
        "numbers": numbers(events),
        **_outcomes(events),
        "longest_run": {
            "days": run.longest_run if run else 0,
            "first": run.run_from.isoformat() if run else None,
            "last": run.run_until.isoformat() if run else None,
        },
        "by_day": [
            {
                "day": day.isoformat(),
                **_outcomes(on_day),
                "by_number": {
                    number: _outcomes(of_number)
                    for number, of_number in group(on_day, lambda event: event.counterparty).items()
                },
            }
            for day, on_day in group(events, lambda event: event.day).items()
        ],
        "third_persons": told_persons(events, contacts),
    }


def _outcomes(events: Sequence[Event]) -> dict[str, int]:
    calls = [event for event in events if event.type == "call"]
    effective = sum(1 for event in calls if event.is_effective_call)
    unanswered = sum(1 for event in calls if event.is_unanswered_call)
    return {
        "calls": len(calls),
        "answered": effective,
        "unanswered": unanswered,
        "not_known": len(calls) - effective - unanswered,
        "messages": len(events) - len(calls),
    }

"""How often: calls of one lender to one person on one day, and bursts within an hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from evidence.abuse.contacts import Contacts
from evidence.abuse.counting import bursts, group
from evidence.abuse.findings import Finding, past
from evidence.abuse.limits import limits
from evidence.abuse.parties import Standing, reached
from evidence.abuse.timeline import Event

HOUR = timedelta(minutes=60)

_CODE_SENDER = re.compile(r"verif|\bcodes?\b|otp|captcha|验证码|校验码|动态码", re.IGNORECASE)


def daily(contacts: Contacts) -> list[Finding]:
    """Too many answered calls, or unanswered attempts, on one day by one lender to one person."""
    calls = [event for event in contacts.all if event.type == "call"]
    days = group(
        calls,
        lambda event: (contacts.lender(event), reached(event, contacts.timeline), event.day),
    )
    return [
        finding
        for (_, _, day), events in days.items()
        for finding in _of_day(contacts, day, events)
    ]


def _of_day(contacts: Contacts, day: date, events: Sequence[Event]) -> list[Finding]:
    taken = [event for event in events if event.is_effective_call]
    missed = [event for event in events if event.is_unanswered_call]
    unknown = [event for event in events if event.is_call_not_known]
    effective = limits()["effective_calls_per_day"]
    unanswered = limits()["unanswered_attempts_per_day"]
    together = limits()["calls_not_known_per_day"]
    facts = {
        "day": day.isoformat(),
        "answered": len(taken),
        "unanswered": len(missed),
        "not_known": len(unknown),
    }
    found = []
    if effective.is_passed(len(taken)):
        zh = f"{day} 同一机构接通 {len(taken)} 次来电，超过每日 {effective.value} 次。"
        en = f"{len(taken)} answered calls by one lender on {day}, over {effective.value} a day."
        found.append(
            past(effective, "HIGH_FREQUENCY", taken, contacts.held, zh=zh, en=en, facts=facts)
        )
    if unanswered.is_passed(len(missed)):
        zh = f"{day} 同一机构未接来电 {len(missed)} 次，超过每日 {unanswered.value} 次。"
        en = f"{len(missed)} unanswered attempts by one lender on {day}, over the limit."
        found.append(
            past(unanswered, "HIGH_FREQUENCY", missed, contacts.held, zh=zh, en=en, facts=facts)
        )
    either = [*taken, *missed, *unknown]
    if not found and unknown and together.is_passed(len(either)):
        counted = sorted(either, key=lambda event: event.at)
        zh = f"{day} 同一机构来电 {len(counted)} 次，其中 {len(unknown)} 次接通与否不明。"
        en = (
            f"{len(counted)} calls by one lender on {day}, {len(unknown)} of them not known to be "
            "taken or missed; one of the daily limits is passed either way."
        )
        found.append(
            past(together, "HIGH_FREQUENCY", counted, contacts.held, zh=zh, en=en, facts=facts)
        )
    return found


def bombing(contacts: Contacts) -> list[Finding]:
    """Bursts of calls and messages, by one lender or by unknown lines and code senders together."""
    limit = limits()["burst_per_hour"]
    found = []
    for who, events in group(contacts.timeline.events, lambda one: _bomber(one, contacts)).items():
        if who is None:
            continue
        for burst in bursts(events, at_least=limit.value, within=HOUR):
            zh = f"60 分钟内 {len(burst)} 次来电或短信。"
            en = f"{len(burst)} calls or messages within 60 minutes."
            minutes = int((burst[-1].at - burst[0].at).total_seconds() // 60)
            found.append(
                past(
                    limit,
                    "CALL_BOMBING",
                    burst,
                    contacts.held,
                    zh=zh,
                    en=en,
                    facts={
                        "day": burst[0].day.isoformat(),
                        "minutes": minutes,
                        "calls": sum(1 for event in burst if event.type == "call"),
                    },
                )
            )
    return found


def _bomber(event: Event, contacts: Contacts) -> str | None:
    """With whose wave an event counts: a lender's, that of nobody known (""), or none (None)."""
    line = contacts.line(event)
    if event.direction != "in" or (line is not None and line.standing is Standing.PERSON):
        return None
    if line is not None and line.standing is Standing.COLLECTOR:
        return line.lender
    if line is None or line.standing is Standing.UNKNOWN:
        return ""
    # An ordinary line rings or writes for its own reasons; of those, codes alone are a bomb's load.
    role = contacts.timeline.parties.get(event.counterparty or "", "")
    is_code = event.text is not None and (
        _CODE_SENDER.search(role) is not None or contacts.texts.said(event.text).is_code
    )
    return "" if is_code else None

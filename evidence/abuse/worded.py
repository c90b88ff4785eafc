"""What the texts say, one finding for each lender and label; calls to third persons join in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidence.abuse.contacts import Contacts
from evidence.abuse.findings import Finding, numbers, source_of
from evidence.abuse.limits import limits
from evidence.abuse.parties import third_person
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.timeline import Event

_SOURCE = "docs/formats/abuse-rules.md"
_COUNTING_ZH = "规则在文字中找到用语的每条消息，按机构合计；是否成立由人判断。"
_COUNTING_EN = (
    "Each message in whose words a rule matched, by lender; whether it holds, people judge."
)
_ABOUT_OTHERS = ("contact_blasting", "privacy_disclosure")

Worded = dict[str, Sequence[Suggestion]]  # event id -> its suggestions of one label


def labels(contacts: Contacts) -> list[Finding]:
    """One finding for each lender and label; quiet hours are counted elsewhere."""
    found: dict[tuple[str, str], dict[str, list[Suggestion]]] = {}
    calls_to_others = limits()["third_persons"]
    others = {
        event.id
        for event in contacts.all
        if event.type == "call" and third_person(event, contacts.timeline) is not None
    }
    events = {}
    for event in contacts.timeline.events:
        suggestions = contacts.suggestions.get(event.id, ())
        if not suggestions and event.id not in others:
            continue
        events[event.id] = event
        for one in suggestions:
            if one.label != "off_hours":
                key = (contacts.lender(event), one.label)
                found.setdefault(key, {}).setdefault(event.id, []).append(one)
        if event.id in others and calls_to_others.is_passed(len(others)):
            key = (contacts.lender(event), "contact_blasting")
            found.setdefault(key, {}).setdefault(event.id, [])
    return [
        _finding(label, [events[key] for key in worded], worded, contacts)
        for (_, label), worded in found.items()
    ]


def _finding(
    label: str,
    events: Sequence[Event],
    worded: Mapping[str, Sequence[Suggestion]],
    contacts: Contacts,
) -> Finding:
    all_of_it = [one for suggestions in worded.values() for one in suggestions]
    calls = sum(1 for suggestions in worded.values() if not suggestions)
    reasons_zh = list(dict.fromkeys(one.reason_zh for one in all_of_it))
    reasons_en = list(dict.fromkeys(one.reason_en for one in all_of_it))
    rules = sorted({one.rule for one in all_of_it})
    source, counting_zh, counting_en = _SOURCE, _COUNTING_ZH, _COUNTING_EN
    level = "none"
    if calls:
        limit = limits()["third_persons"]
        reasons_zh.append(f"{calls} 次来电打给债务人以外的人。")
        reasons_en.append(f"{calls} calls to somebody other than the debtor.")
        rules.append(limit.rule)
        source, level = f"{source}; {source_of(limit)}", limit.authority_level
        counting_zh = f"{counting_zh}{limit.counting_zh}"
        counting_en = f"{counting_en} {limit.counting_en}"
    facts: dict[str, Any] = {"count": len(events), "numbers": numbers(events)}
    if label in _ABOUT_OTHERS:
        facts["third_persons"] = told_persons(events, contacts)
    return Finding(
        label=label,
        kind=all_of_it[0].kind if all_of_it else "CONTACT_BLAST",
        event_ids=tuple(event.id for event in events),
        rule=",".join(rules),
        rule_version=max([one.rule_version for one in all_of_it], default=1),
        source=source,
        authority_level=level,
        reason_zh="".join(reasons_zh),
        reason_en=" ".join(reasons_en),
        counting_zh=counting_zh,
        counting_en=counting_en,
        missing_days=contacts.held.missing(events[0].day, events[-1].day),
        facts=facts,
    )


def told_persons(events: Sequence[Event], contacts: Contacts) -> list[dict[str, Any]]:
    """Third persons among those reached: who, when, and told what, as far as texts show it.

    `told` lists the labels found in the words; it is empty where the words show none, and null for
    a call of which no words are held.
    """
    persons: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        person = third_person(event, contacts.timeline)
        if person is None:
            continue
        suggestions = contacts.suggestions.get(event.id, ())
        told = None if event.text is None else sorted({one.label for one in suggestions})
        persons.setdefault(person, []).append(
            {"event": event.id, "at": event.at.isoformat(), "told": told}
        )
    return [
        {
            "person": person,
            "role": contacts.timeline.parties.get(person, ""),
            "contacts": reached,
            "told_of_debt": any("privacy_disclosure" in (one["told"] or ()) for one in reached),
        }
        for person, reached in persons.items()
    ]

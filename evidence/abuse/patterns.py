"""Findings over a whole timeline: what single messages cannot show.

Pure functions of the timeline and the limits (`data/limits.toml`): days and quiet hours are those
of Asia/Shanghai, lines of one lender count together, each finding names all and only its events.
A finding states a count and its source, never that something was unlawful.
`python -m evidence.abuse.patterns` reads one timeline a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TextIO

from evidence.abuse.context import Message
from evidence.abuse.counting import bursts, group
from evidence.abuse.errors import AbuseInputError
from evidence.abuse.kinds import KINDS, LABELS
from evidence.abuse.limits import Limit, limits
from evidence.abuse.normalise import normalise
from evidence.abuse.parties import Line, Standing, lines, standing, third_person
from evidence.abuse.rulebook import rulebook
from evidence.abuse.sequences import after_refusal, copies, new_numbers
from evidence.abuse.tagger import Suggestion, is_quiet_time, speaks_as_creditor, tag
from evidence.abuse.timeline import Event, Timeline

PATTERNS_VERSION = "1.0.0"
EXIT_BAD_INPUT = 2
HOUR = timedelta(minutes=60)

Suggest = Callable[[Event, Timeline], Sequence[Suggestion]]


@dataclass(frozen=True)
class Finding:
    """A pattern over the timeline, or one label over all messages of one lender.

    `label` is one of the twelve or None; `source` names the basis and how far it was checked.
    """

    label: str | None
    kind: str
    event_ids: tuple[str, ...]
    rule: str
    rule_version: int
    source: str
    reason_zh: str
    reason_en: str
    facts: Mapping[str, Any]


def suggest_for(event: Event, timeline: Timeline) -> list[Suggestion]:
    """The tagger's suggestions for one event's text, with what the timeline knows of it."""
    if event.text is None or event.direction != "in":
        return []
    person = third_person(event, timeline)
    recipient = None if person is None else f"third person: {timeline.parties.get(person, person)}"
    if person is None and event.recipient is not None:
        recipient = timeline.parties.get(event.recipient, event.recipient)
    return tag(event.text, at=event.at, direction="in", recipient=recipient)


def find(timeline: Timeline, *, suggest: Suggest = suggest_for) -> list[Finding]:
    """All findings of one timeline, in a stable order; empty for lawful contact.

    Args:
        timeline: the case.
        suggest: gives the suggestions for one event; pass stored (confirmed) tags to use those.
    """
    suggestions = {event.id: _suggestions(event, timeline, suggest) for event in timeline.events}
    by_line = lines(timeline, _collecting(timeline, suggestions))
    contacts = [event for event in timeline.events if _is_contact(event, by_line)]
    found = _message_findings(timeline, suggestions, contacts, by_line)
    found += _quiet_hours(contacts, suggestions, by_line)
    found += _frequency(timeline, contacts, by_line)
    found += _bombing(timeline, by_line)
    found += _orders(timeline, contacts, by_line)
    order = {label: place for place, label in enumerate(LABELS)}
    return sorted(
        found, key=lambda one: (order.get(one.label or "", len(order)), one.rule, one.event_ids)
    )


def _suggestions(event: Event, timeline: Timeline, suggest: Suggest) -> Sequence[Suggestion]:
    """Suggestions of events whose sender may be the creditor side at all."""
    role = timeline.parties.get(event.counterparty or "", "")
    if event.direction != "in" or event.text is None or standing(role) is Standing.PERSON:
        return ()
    return suggest(event, timeline)


def _collecting(
    timeline: Timeline, suggestions: Mapping[str, Sequence[Suggestion]]
) -> dict[str, bool]:
    """Which lines write like a collector of an overdue debt."""
    collecting: dict[str, bool] = {}
    for event in timeline.events:
        key = event.counterparty
        if key is None or event.direction != "in" or event.text is None or collecting.get(key):
            continue
        collecting[key] = bool(suggestions[event.id]) or speaks_as_creditor(event.text)
    return collecting


def _is_contact(event: Event, by_line: Mapping[str, Line]) -> bool:
    """Whether the creditor side contacted somebody by this call or message."""
    if event.direction != "in" or event.type not in ("call", "message", "sms", "chat", "voicemail"):
        return False
    line = by_line.get(event.counterparty or "")
    return line is not None and line.standing is Standing.COLLECTOR


def _lender_of(event: Event, by_line: Mapping[str, Line]) -> str:
    line = by_line.get(event.counterparty or "")
    return line.lender if line else ""


def _ids(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(event.id for event in events)


def _source(limit: Limit) -> str:
    return f"{limit.source} ({limit.authority_level}; {limit.verification})"


def _over(
    limit: Limit, kind: str, events: Sequence[Event], zh: str, en: str, **facts: Any
) -> Finding:
    return Finding(
        label=KINDS[kind].label,
        kind=kind,
        event_ids=_ids(events),
        rule=limit.rule,
        rule_version=limit.version,
        source=_source(limit),
        reason_zh=f"{zh}依据：{limit.source_zh}。",
        reason_en=f"{en} Basis: {_source(limit)}.",
        facts={"count": len(events), "limit": limit.value, "zone": "Asia/Shanghai", **facts},
    )


def _message_findings(
    timeline: Timeline,
    suggestions: Mapping[str, Sequence[Suggestion]],
    contacts: Sequence[Event],
    by_line: Mapping[str, Line],
) -> list[Finding]:
    """One finding for each lender and label found in texts; calls to third persons join in."""
    found: dict[tuple[str, str], dict[str, list[Suggestion]]] = {}
    for event in timeline.events:
        for one in suggestions[event.id]:
            if one.label != "off_hours":
                key = (_lender_of(event, by_line), one.label)
                found.setdefault(key, {}).setdefault(event.id, []).append(one)
    for event in contacts:
        if event.type == "call" and third_person(event, timeline) is not None:
            key = (_lender_of(event, by_line), "contact_blasting")
            found.setdefault(key, {}).setdefault(event.id, [])
    place = {event.id: number for number, event in enumerate(timeline.events)}
    return [
        _label_finding(label, dict(sorted(events.items(), key=lambda item: place[item[0]])))
        for (_, label), events in found.items()
    ]


def _label_finding(label: str, events: Mapping[str, Sequence[Suggestion]]) -> Finding:
    all_of_it = [one for suggestions in events.values() for one in suggestions]
    calls = sum(1 for suggestions in events.values() if not suggestions)
    reasons_zh = list(dict.fromkeys(one.reason_zh for one in all_of_it))
    reasons_en = list(dict.fromkeys(one.reason_en for one in all_of_it))
    rules = sorted({one.rule for one in all_of_it})
    source = "docs/formats/abuse-rules.md"
    if calls:
        limit = limits()["third_persons"]
        reasons_zh.append(f"{calls} 次来电打给债务人以外的人。")
        reasons_en.append(f"{calls} calls to somebody other than the debtor.")
        rules.append(limit.rule)
        source = f"{source}; {_source(limit)}"
    return Finding(
        label=label,
        kind=all_of_it[0].kind if all_of_it else "CONTACT_BLAST",
        event_ids=tuple(events),
        rule=",".join(rules),
        rule_version=max([one.rule_version for one in all_of_it], default=1),
        source=source,
        reason_zh="".join(reasons_zh),
        reason_en=" ".join(reasons_en),
        facts={"count": len(events)},
    )


def _quiet_hours(
    contacts: Sequence[Event],
    suggestions: Mapping[str, Sequence[Suggestion]],
    by_line: Mapping[str, Line],
) -> list[Finding]:
    """Collection contacts in quiet time, one finding a lender."""
    quiet = [event for event in contacts if is_quiet_time(event.at) and _counts(event, suggestions)]
    limit = limits()["quiet_hours"]
    return [
        _over(
            limit,
            "OFF_HOURS",
            events,
            f"{len(events)} 次催收联系发生在北京时间 22:00 至次日 8:00 之间。",
            f"{len(events)} collection contacts between 22:00 and 08:00 Beijing time.",
        )
        for events in group(quiet, lambda event: _lender_of(event, by_line)).values()
        if limit.is_passed(len(events))
    ]


def _counts(event: Event, suggestions: Mapping[str, Sequence[Suggestion]]) -> bool:
    """Calls count; a message counts unless it is a receipt, a bill not yet due or a notice."""
    if event.text is None or event.type == "call":
        return True
    if any(one.label == "off_hours" for one in suggestions[event.id]):
        return True
    message = Message(normalise(event.text), rulebook())
    return not any(map(message.holds, ("receipt", "court_notice", "pre_due", "code")))


def _frequency(
    timeline: Timeline, contacts: Sequence[Event], by_line: Mapping[str, Line]
) -> list[Finding]:
    """Too many effective calls, or unanswered attempts, on one day by one lender to one person."""
    found = []
    effective, unanswered = (
        limits()["effective_calls_per_day"],
        limits()["unanswered_attempts_per_day"],
    )
    days = group(
        contacts,
        lambda event: (_lender_of(event, by_line), third_person(event, timeline), event.day),
    )
    for (_, _, day), events in days.items():
        taken = [event for event in events if event.is_effective_call]
        missed = [event for event in events if event.is_unanswered_call]
        if effective.is_passed(len(taken)):
            zh = f"{day} 同一机构接通 {len(taken)} 次来电，超过每日 {effective.value} 次。"
            en = (
                f"{len(taken)} answered calls by one lender on {day}, over {effective.value} a day."
            )
            found.append(_over(effective, "HIGH_FREQUENCY", taken, zh, en, day=day.isoformat()))
        if unanswered.is_passed(len(missed)):
            zh = f"{day} 同一机构未接来电 {len(missed)} 次，超过每日 {unanswered.value} 次。"
            en = f"{len(missed)} unanswered attempts by one lender on {day}, over the limit."
            found.append(_over(unanswered, "HIGH_FREQUENCY", missed, zh, en, day=day.isoformat()))
    return found


def _bombing(timeline: Timeline, by_line: Mapping[str, Line]) -> list[Finding]:
    """Bursts of calls and messages, by one lender or by unknown lines and code senders together."""

    def bomber(event: Event) -> str | None:
        line = by_line.get(event.counterparty or "")
        if event.direction != "in" or (line is not None and line.standing is Standing.PERSON):
            return None
        if line is not None and line.standing is Standing.COLLECTOR:
            return line.lender
        return ""  # nobody knows who is behind a wave of codes and unknown numbers

    limit = limits()["burst_per_hour"]
    found = []
    for who, events in group(timeline.events, bomber).items():
        if who is None:
            continue
        for burst in bursts(events, at_least=limit.value, within=HOUR):
            zh = f"60 分钟内 {len(burst)} 次来电或短信。"
            en = f"{len(burst)} calls or messages within 60 minutes."
            found.append(_over(limit, "CALL_BOMBING", burst, zh, en))
    return found


def _orders(
    timeline: Timeline, contacts: Sequence[Event], by_line: Mapping[str, Line]
) -> list[Finding]:
    """Patterns of order; these have a kind and no label."""
    after, fresh, several = (
        limits()["contact_after_refusal"],
        limits()["new_numbers_after_blocking"],
        limits()["same_text_to_several"],
    )
    found = [
        _over(
            after,
            "CONTACT_AFTER_REFUSAL",
            events,
            f"对方拒绝或结清之后仍联系 {len(events)} 次。",
            f"{len(events)} contacts after a refusal or settlement.",
        )
        for events in after_refusal(timeline, contacts, by_line).values()
    ]
    found += [
        _over(
            fresh,
            "ANONYMOUS_NUMBER",
            events,
            f"拉黑之后用新号码联系 {len(events)} 次。",
            f"{len(events)} contacts from new numbers after one was blocked.",
        )
        for events in new_numbers(timeline, contacts, by_line).values()
    ]
    for events in copies(contacts, timeline):
        one = _over(
            several,
            "CONTACT_BLAST",
            events,
            f"同一内容发给多人，共 {len(events)} 条。",
            f"The same text went to several persons, {len(events)} messages.",
        )
        found.append(_without_label(one))
    return found


def _without_label(finding: Finding) -> Finding:
    """The same finding as a pattern only: the texts carry their own label."""
    return Finding(**{**finding.__dict__, "label": None})


def answer(line: str) -> dict[str, Any]:
    """The output object for one timeline line; raises `AbuseInputError`."""
    try:
        raw = json.loads(line)
    except json.JSONDecodeError:
        raise AbuseInputError(field="line", why="is not JSON") from None
    timeline = Timeline.from_json(raw)
    return {
        "id": raw.get("id"),
        "findings": [
            {
                "label": one.label,
                "kind": one.kind,
                "event_ids": list(one.event_ids),
                "rule": one.rule,
                "rule_version": one.rule_version,
                "source": one.source,
                "reason": one.reason_zh,
            }
            for one in find(timeline)
        ],
    }


def main(source: TextIO, out: TextIO, err: TextIO) -> int:
    """Exit 0 when every line was answered, 2 at the first that could not be read."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            found = answer(line)
        except AbuseInputError as refused:
            out.flush()
            err.write(f"line {number}: {refused.code}: {refused}\n")
            return EXIT_BAD_INPUT
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.stdin, sys.stdout, sys.stderr))

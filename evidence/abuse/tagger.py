"""Suggest which abuse a message contains, with the words, the rule and the reason.

A suggestion is never a verdict: a person confirms or rejects it. What the labels mean is in
docs/formats/abuse-rules.md; the rules are data in `rules/`.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from evidence.abuse.context import Message, Speaker, is_third_person, speaker
from evidence.abuse.errors import AbuseInputError
from evidence.abuse.kinds import KINDS, LABELS
from evidence.abuse.model import model, signs_of_context, signs_of_wording
from evidence.abuse.normalise import normalise
from evidence.abuse.rulebook import Rule, rulebook
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.whole_message import by_wording

TAGGER_VERSION = "2.1.0"

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUIET_FROM = time(22, 0)  # included
QUIET_UNTIL = time(8, 0)  # not included

_OFF_HOURS_RULE = "N-001"
_MATCHES_PER_RULE = 3
_NEGATED = re.compile(
    r"(?:不会|决不|绝不|绝不会|不得|禁止|严禁|切勿|请勿|不允许|不可以|并未|不曾|从未|没有|不能|无权|不要)"
    r"(?:再|去|对|向|被|有|任何|随意)?[^,。!?;:]{0,4}$"
)


def is_quiet_time(at: datetime) -> bool:
    """Whether an aware moment lies in 22:00 ≤ t < 08:00 in Asia/Shanghai."""
    if at.tzinfo is None:
        raise AbuseInputError(field="at", why="has no offset from UTC")
    local = at.astimezone(SHANGHAI).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def tag(
    text: str,
    *,
    at: datetime | None = None,
    direction: str | None = None,
    recipient: str | None = None,
) -> list[Suggestion]:
    """Suggest tags for one message.

    Args:
        text: as received; nothing is changed in it.
        at: aware time of the message; without it quiet hours are never suggested.
        direction: "in", "out" (written by the device's owner), or None: decide from the wording.
        recipient: who received it, in free text ("mother", "担保人"); None: not known.

    Returns:
        Suggestions in order of their place; empty when nothing applies. Labels of the creditor
        side's messages only.

    Raises:
        AbuseInputError: `at` has no offset.
    """
    if direction == "out":
        return []
    message, who = heard(text, direction=direction, recipient=recipient)
    if who.side == "service" and message.holds("code"):
        return []  # a code that somebody asked for, whatever else stands beside it
    found = _weighed(message, who, direction=direction, recipient=recipient)
    if at is not None and is_quiet_time(at) and (found or _is_collection(message, who)):
        found.append(_off_hours(text, at))
    return sorted(found, key=lambda one: (one.start, one.end, one.rule))


def _weighed(
    message: Message, who: Speaker, *, direction: str | None, recipient: str | None
) -> list[Suggestion]:
    """The labels that the model lets stand: with the rules' words where a rule found them, else
    with the clause that weighed most.
    """
    by_rules = apply_rules(message, who)
    wording = signs_of_wording(message.plain.text)
    context = signs_of_context(
        message, who, direction=direction, to_third=is_third_person(recipient)
    )
    standing = model().standing(wording, context)
    found = [one for one in by_rules if one.label in standing]
    named = {one.label for one in found}
    found += [
        by_wording(label, chance, message)
        for label, chance in standing.items()
        if label not in named
    ]
    return found


def found_by_rules(
    text: str, *, direction: str | None = None, recipient: str | None = None
) -> list[Suggestion]:
    """What the rules alone find, before the model weighs it; for testing and judging rules."""
    return apply_rules(*heard(text, direction=direction, recipient=recipient))


def heard(text: str, *, direction: str | None, recipient: str | None) -> tuple[Message, Speaker]:
    """A message with whom it speaks to, and who speaks."""
    message = Message(normalise(text), rulebook())
    to_third = is_third_person(recipient)
    if to_third is None:
        to_third = message.holds("speaks_of_debtor") and not message.holds("guarantor")
    if to_third:
        message.features.add("to_third")
    return message, speaker(message, direction=direction, to_third=to_third)


def apply_rules(message: Message, who: Speaker) -> list[Suggestion]:
    """What all rules find, whoever speaks; the message remembers it for the model."""
    message.features.update(f"side:{side}" for side, score in who.scores.items() if score >= 2)
    possible = message.possible
    return [
        found
        for rule in message.book.rules
        if rule.patterns.bits & possible
        for found in _apply(rule, message)
    ]


def speaks_as_creditor(message: Message) -> bool:
    """Whether a message alone shows its sender as one who collects an overdue debt."""
    who = speaker(message, direction="in", to_third=None)
    return who.side == "creditor" and message.holds("overdue") and _is_collection(message, who)


def labels(suggestions: list[Suggestion]) -> list[str]:
    """The labels of some suggestions, each once, in the order of `LABELS`."""
    present = {one.label for one in suggestions}
    return [label for label in LABELS if label in present]


def _apply(rule: Rule, message: Message) -> list[Suggestion]:
    """All that one rule finds; marks its label as found for the rules after it."""
    if not all(map(message.holds, rule.when)) or any(map(message.holds, rule.when_not)):
        return []
    spans = _spans(rule, message)
    if not spans or message.contains(rule.unless):
        return []
    label = KINDS[rule.kind].label
    if label is None:
        return []
    message.features.update((f"found:{label}", f"rule:{rule.id}"))
    found = []
    for start, end in spans:
        original_start, original_end = message.plain.original_span(start, end)
        found.append(
            Suggestion(
                kind=rule.kind,
                label=label,
                start=original_start,
                end=original_end,
                rule=rule.id,
                rule_version=rule.version,
                reason_zh=rule.reason_zh,
                reason_en=rule.reason_en,
                confidence=rule.confidence,
            )
        )
    return found


def _spans(rule: Rule, message: Message) -> list[tuple[int, int]]:
    """Where a rule matches: not negated, no span twice, at most a few."""
    spans: list[tuple[int, int]] = []
    text = message.plain.text
    for pattern in rule.patterns.among(message.possible):
        for match in pattern.regex.finditer(text):
            start, end = match.span()
            if start == end or any(
                start < old_end and old_start < end for old_start, old_end in spans
            ):
                continue
            if rule.negatable and _NEGATED.search(text, max(0, start - 12), start):
                continue
            spans.append((start, end))
            if len(spans) == _MATCHES_PER_RULE:
                return spans
    return spans


def _is_collection(message: Message, who: Speaker) -> bool:
    """Whether this is a contact to collect an overdue debt (labelling.md, edge case 15)."""
    if any(map(message.holds, ("court_notice", "receipt"))):
        return False
    if message.holds("overdue"):
        # A bank's gentle reminder of an overdue loan sounds like a service: it is one, at night.
        return who.side == "creditor" or (who.side == "service" and message.holds("debt"))
    if who.side != "creditor" or message.holds("pre_due"):
        return False
    return message.holds("debt") and message.holds("demand")


def _off_hours(text: str, at: datetime) -> Suggestion:
    local = at.astimezone(SHANGHAI)
    return Suggestion(
        kind="OFF_HOURS",
        label="off_hours",
        start=0,
        end=len(text),
        rule=_OFF_HOURS_RULE,
        rule_version=1,
        reason_zh=f"北京时间 {local:%H:%M} 的催收联系，在 22:00 至次日 8:00 之间。",
        reason_en=f"A collection contact at {local:%H:%M} Beijing time, between 22:00 and 08:00.",
        confidence=0.95,
    )

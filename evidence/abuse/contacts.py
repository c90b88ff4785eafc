"""Which events of a timeline are contacts by the creditor side, and what their texts show.

Only these are counted. The borrower's own calls, codes, couriers, ordinary bank notices, receipts
and bills that are not yet due are not collection, whoever sends them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence.abuse.context import Message
from evidence.abuse.findings import Held
from evidence.abuse.normalise import normalise
from evidence.abuse.parties import Line, Standing, lines, standing
from evidence.abuse.rulebook import rulebook
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.tagger import speaks_as_creditor
from evidence.abuse.timeline import Event, Timeline
from evidence.abuse.turning import Turn, turn_of

Suggest = Callable[[Event, Timeline], Sequence[Suggestion]]

_WRITTEN = ("message", "sms", "chat")
_CONTACT_TYPES = ("call", *_WRITTEN, "voicemail")
_DIGIT = re.compile(r"\d")
# Arrears of water, power, a telephone: a bill for a service, no loan that somebody collects.
_SERVICE_BILL = re.compile(
    r"(?:电|水|燃?气|煤气|话|宽带|流量|物业|停车|取暖|供暖|学|保)费|电话费|充值"
)
_LOAN = re.compile(r"贷|借|信用卡|分期|本金|利息|催收|欠款|债")


@dataclass(frozen=True)
class Said:
    """What a text is by its own words."""

    is_code: bool
    is_notice: bool  # a receipt, a bill not yet due, a court's notice
    is_dunning: bool  # asks for an overdue debt
    is_collectors: bool  # reads as written by one who collects


class Texts:
    """What texts are, each judged once; texts that differ in digits alone are one text."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[str, Said] = {}

    def said(self, text: str) -> Said:
        """Judge one text."""
        key = _DIGIT.sub("0", text)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _judge(text)
        return known


def _is_service_bill(text: str) -> bool:
    return _SERVICE_BILL.search(text) is not None and _LOAN.search(text) is None


def _judge(text: str) -> Said:
    message = Message(normalise(text), rulebook())
    is_notice = message.holds("receipt") or message.holds("court_notice") or _is_service_bill(text)
    is_overdue = message.holds("overdue")
    is_bill = message.holds("pre_due")
    is_code = message.holds("code")
    demands = message.holds("debt") and message.holds("demand") and not is_bill
    return Said(
        is_code=is_code,
        is_notice=is_notice or (is_bill and not is_overdue),
        is_dunning=not (is_notice or is_code) and (is_overdue or demands),
        # the weighing of who speaks is the dear part: only a text about arrears can need it
        is_collectors=is_overdue and not is_notice and speaks_as_creditor(message),
    )


@dataclass(frozen=True)
class Contacts:
    """A timeline with who collects in it and which of its events are their contacts."""

    timeline: Timeline
    suggestions: Mapping[str, Sequence[Suggestion]]  # by event id; events without any are not in it
    lines: Mapping[str, Line]  # by party key
    texts: Texts

    @classmethod
    def of(cls, timeline: Timeline, suggest: Suggest) -> Contacts:
        """Ask for the suggestions of every text and judge every line by role and texts."""
        texts = Texts()
        suggestions = _suggestions(timeline, suggest)
        collecting = _collecting(timeline, suggestions, texts)
        return cls(timeline, suggestions, lines(timeline, collecting), texts)

    def line(self, event: Event) -> Line | None:
        """Whose line an event is on."""
        return self.lines.get(event.counterparty or "")

    def lender(self, event: Event) -> str:
        """The lender with whom an event counts; empty when it has no counterparty."""
        line = self.line(event)
        return line.lender if line else ""

    def dunning(self, event: Event) -> bool:
        """Whether a contact asks for the debt or abuses; a call counts, its words are not known."""
        if event.text is None or event.type == "call":
            return True
        return event.id in self.suggestions or self.texts.said(event.text).is_dunning

    @cached_property
    def all(self) -> list[Event]:
        """The creditor side's contacts, in time order."""
        return [event for event in self.timeline.events if self._is_contact(event)]

    @cached_property
    def turns(self) -> dict[str, Turn]:
        """By event id: what a refusal, settlement or block ends."""
        turns = ((event.id, turn_of(event)) for event in self.timeline.events)
        return {key: turn for key, turn in turns if turn is not None}

    @cached_property
    def held(self) -> Held:
        """The days of which the timeline holds anything."""
        return Held(event.day for event in self.timeline.events)

    def _is_contact(self, event: Event) -> bool:
        if event.direction != "in" or event.type not in _CONTACT_TYPES:
            return False
        line = self.line(event)
        if line is None or line.standing is not Standing.COLLECTOR:
            return False
        if event.type == "call" or event.id in self.suggestions:
            return True
        if event.text is None:
            return not line.is_service
        said = self.texts.said(event.text)
        # A lender's own line also sends notices, greetings and offers; an agency's line does not.
        return said.is_dunning if line.is_service else not (said.is_code or said.is_notice)


def _suggestions(timeline: Timeline, suggest: Suggest) -> dict[str, Sequence[Suggestion]]:
    """Suggestions of events whose sender may be the creditor side at all."""
    people = {key for key, role in timeline.parties.items() if standing(role) is Standing.PERSON}
    found = {}
    for event in timeline.events:
        if event.direction == "in" and event.text is not None and event.counterparty not in people:
            suggested = suggest(event, timeline)
            if any(one.label != "off_hours" for one in suggested) or (
                suggested and not _is_service_bill(event.text)
            ):
                found[event.id] = suggested
    return found


def _collecting(
    timeline: Timeline, suggestions: Mapping[str, Sequence[Suggestion]], texts: Texts
) -> dict[str, bool]:
    """Which lines write like a collector of an overdue debt."""
    collecting: dict[str, bool] = {}
    for event in timeline.events:
        key = event.counterparty
        if key is None or event.direction != "in" or event.text is None or collecting.get(key):
            continue
        collecting[key] = event.id in suggestions or texts.said(event.text).is_collectors
    return collecting

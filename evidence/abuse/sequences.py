"""Patterns of order: contact after a refusal or settlement, new numbers after blocking, copies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidence.abuse.contacts import Contacts
from evidence.abuse.findings import Finding, past
from evidence.abuse.limits import limits
from evidence.abuse.normalise import normalise
from evidence.abuse.parties import third_person
from evidence.abuse.timeline import Event
from evidence.abuse.turning import Turn

ANYBODY = "*"

# A copy is compared without forms of address, digits, signs and blanks.
_VARIABLE = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?:先生|女士|小姐|老师|经理)|[\W\d_]+|[父母]亲|爸爸|妈妈|"
    r"[哥姐弟妹叔舅姨姑]{1,2}|儿子|女儿|老婆|老公|丈夫|妻子"
)
_SHORTEST_COPY = 6  # characters; shorter texts ("在吗") repeat by chance


@dataclass
class _Ended:
    """What has been ended so far, for which lender (None: all), and by which events."""

    with_person: dict[tuple[str | None, str], Event] = field(default_factory=dict)
    altogether: dict[str | None, tuple[Turn, Event]] = field(default_factory=dict)

    def person(self, lender: str, person: str) -> Event | None:
        """The refusal that ends a lender's contact with a third person."""
        for key in ((lender, person), (None, person), (lender, ANYBODY), (None, ANYBODY)):
            if key in self.with_person:
                return self.with_person[key]
        return None

    def all(self, lender: str) -> tuple[Turn, Event] | None:
        """What ends a lender's contact with everybody."""
        return self.altogether.get(lender) or self.altogether.get(None)


def after_refusal(contacts: Contacts) -> list[Finding]:
    """Contacts by lender after the contacted third person refused, or after settlement.

    A refusal counts for the lender it was told to (for all when nobody is named). The debtor's own
    wish not to be called ends nothing while the debt is open.
    """
    ended = _Ended()
    found: dict[str, list[Event]] = {}
    because: dict[str, dict[str, str]] = {}  # lender -> id of the ending event -> what it was
    in_contacts = {event.id for event in contacts.all}
    for event in contacts.timeline.events:
        turn = contacts.turns.get(event.id)
        is_ended = ended.with_person or ended.altogether
        if is_ended and event.id in in_contacts and turn is not Turn.SETTLEMENT:
            lender = contacts.lender(event)
            cause = _cause(event, lender, ended, contacts)
            if cause is not None:
                found.setdefault(lender, []).append(event)
                because.setdefault(lender, {})[cause[1].id] = str(cause[0])
        if turn is not None:
            _note(event, turn, ended, contacts)
    limit = limits()["contact_after_refusal"]
    return [
        past(
            limit,
            "CONTACT_AFTER_REFUSAL",
            events,
            contacts.held,
            zh=f"对方拒绝或结清之后仍联系 {len(events)} 次。",
            en=f"{len(events)} contacts after a refusal or settlement.",
            facts={
                "after": [{"event": key, "what": what} for key, what in because[lender].items()]
            },
        )
        for lender, events in found.items()
        if limit.is_passed(len(events))
    ]


def _cause(
    event: Event, lender: str, ended: _Ended, contacts: Contacts
) -> tuple[Turn, Event] | None:
    """What makes a contact one after a refusal; None when nothing does."""
    person = third_person(event, contacts.timeline)
    refusal = None if person is None else ended.person(lender, person)
    if refusal is not None:
        return Turn.REFUSAL, refusal
    # After settlement a certificate, a survey or thanks is no collection; a demand is.
    return ended.all(lender) if contacts.dunning(event) else None


def _note(event: Event, turn: Turn, ended: _Ended, contacts: Contacts) -> None:
    """Remember what one event ends."""
    line = contacts.line(event)
    addressed = line.lender if line else None
    if turn is Turn.REFUSAL:
        person = event.uploaded_by or event.recipient if event.direction == "out_witness" else None
        ended.with_person.setdefault((addressed, person or ANYBODY), event)
    elif turn in (Turn.SETTLEMENT, Turn.CLAIM_OF_SETTLEMENT, Turn.WITHDRAWAL):
        ended.altogether.setdefault(addressed, (turn, event))


def new_numbers(contacts: Contacts) -> list[Finding]:
    """Contacts by lender from lines first seen after one of its lines was blocked."""
    seen: dict[str, set[str]] = {}
    blocks: dict[str, list[str]] = {}
    fresh: dict[str, set[str]] = {}
    found: dict[str, list[Event]] = {}
    in_contacts = {event.id for event in contacts.all}
    for event in contacts.timeline.events:
        is_contact = event.id in in_contacts
        is_block = contacts.turns.get(event.id) is Turn.BLOCK
        line = contacts.line(event) if is_contact or is_block else None
        if line is None or event.counterparty is None:
            continue
        if is_block:
            blocks.setdefault(line.lender, []).append(event.id)
        if not is_contact:
            continue
        known = seen.setdefault(line.lender, set())
        if line.lender in blocks and event.counterparty not in known and not event.was_blocked:
            fresh.setdefault(line.lender, set()).add(event.counterparty)
        known.add(event.counterparty)
        if event.counterparty in fresh.get(line.lender, set()):
            found.setdefault(line.lender, []).append(event)
    limit = limits()["new_numbers_after_blocking"]
    return [
        past(
            limit,
            "ANONYMOUS_NUMBER",
            events,
            contacts.held,
            zh=f"拉黑之后用新号码联系 {len(events)} 次。",
            en=f"{len(events)} contacts from new numbers after one was blocked.",
            facts={"after": [{"event": key, "what": str(Turn.BLOCK)} for key in blocks[lender]]},
        )
        for lender, events in found.items()
        if limit.is_passed(len(fresh[lender]))
    ]


def copies(contacts: Contacts) -> list[Finding]:
    """Messages of one lender with the same text that reached at least two persons."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for event in contacts.all:
        if event.text is None or event.type == "call":
            continue
        reduced = _VARIABLE.sub("", normalise(event.text).text)
        if len(reduced) >= _SHORTEST_COPY:
            groups.setdefault((contacts.lender(event), reduced), []).append(event)
    limit = limits()["same_text_to_several"]
    found = []
    for events in groups.values():
        persons = {third_person(event, contacts.timeline) for event in events}
        if not limit.is_passed(len(persons)):
            continue
        found.append(
            past(
                limit,
                "CONTACT_BLAST",
                events,
                contacts.held,
                zh=f"同一内容发给多人，共 {len(events)} 条。",
                en=f"The same text went to several persons, {len(events)} messages.",
                has_label=False,  # the texts carry their own
                facts={"persons": sorted(person or "" for person in persons)},
            )
        )
    return found

"""The numbers of a case: how often, whose, and how one knows; by the texts and by the person.

The texts' grounds are worked out anew each time (`abuse.linking`); the person's words are rows that
stay (`NumberRole`). Neither is written over the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.language import text
from evidence.abuse.linking import By, Ground, How, Message, Tie, link
from evidence.abuse.pictures import letter
from evidence.models import (
    Case,
    NumberRole,
    Reading,
    Record,
    SegmentDecision,
    Tag,
    TagDecision,
)
from evidence.models.screens import told_elsewhere
from evidence.models.timelines import APART, TOWARDS, current_roles, timeline_of

Role = NumberRole.Role
NAMED = 3  # other numbers that one sentence names; the rest are counted
SHOWN = 5  # records that one ground shows by id
BATCH = 2000
ALL = Q()


@dataclass(frozen=True)
class Said:
    """One ground as a sentence, beside what it stands on."""

    how: str
    lender: str
    value: str
    others: tuple[str, ...]
    records: tuple[str, ...]  # the first few
    record_count: int
    sentence: str


@dataclass(frozen=True)
class Number:
    """One number of a case and all that is known of it."""

    number: str
    name: str
    records: int
    calls: int
    first: datetime | None
    last: datetime | None
    role: str = Role.UNKNOWN
    how_known: str = ""
    lender: str = ""
    said_at: datetime | None = None
    tied_to: str = ""
    tied_by: str = By.NOTHING
    grounds: tuple[Said, ...] = field(default=())
    conflicts: tuple[str, ...] = ()


def numbers_of(case: Case, language: str) -> list[Number]:
    """All numbers of a case, those with most records first."""
    rows = (
        _records(case, ALL)
        .exclude(peer_number="")
        .order_by()
        .values_list("peer_number")
        .annotate(
            name=Max("peer_name"),
            found=Count("pk"),
            calls=Count("pk", filter=Q(kind="call")),
            first=Min("when_utc"),
            last=Max("when_utc"),
        )
        .order_by("-found", "peer_number")
    )
    roles = current_roles(case)
    ties = _ties(case, roles, ALL)
    return [_number(Number(*row), roles.get(row[0]), ties.get(row[0]), language) for row in rows]


def ties_of(case: Case, within: Q = ALL) -> dict[str, Tie]:
    """Which lender each number belongs to, by the person and by the texts.

    Args:
        case: whose records.
        within: of these records alone, where not all may be told.
    """
    return _ties(case, current_roles(case), within)


def _ties(case: Case, roles: Mapping[str, NumberRole], within: Q) -> dict[str, Tie]:
    messages, lines = _told(case, within)
    return link(
        messages,
        {number: role.lender for number, role in roles.items()},
        lines=lines,
        apart={number for number, role in roles.items() if role.role in APART},
    )


def third_persons(case: Case, language: str) -> dict[str, int]:
    """By alias, how often relatives, friends and colleagues were reached, as far as one knows.

    A witness's own upload counts with what came in there; of a number that the person said is a
    relative's, the records about abuse count, unless a person rejected that.
    """
    reached: Counter[str] = Counter()
    for event in timeline_of(case).events:
        if event.direction == "in" and event.recipient:
            reached[event.recipient] += 1
    theirs = [row.number for row in current_roles(case).values() if row.role == Role.WITNESS]
    newest = TagDecision.objects.filter(tag=OuterRef("pk")).order_by("-at", "-id")
    told = (
        Tag.objects.filter(item__case=case, record__peer_number__in=theirs)
        .shown()
        .annotate(decided=Coalesce(Subquery(newest.values("decision")[:1]), Value("")))
        .exclude(decided=TagDecision.Decision.REJECTED)
    )
    for number, count in (
        told.order_by().values_list("record__peer_number").annotate(Count("record", distinct=True))
    ):
        reached[number] += count
    ordered = sorted(reached.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        f"（{text('third-person', language, letter=letter(place))}）": count
        for place, (_, count) in enumerate(ordered)
    }


def sentence(ground: Ground, line: str, language: str) -> str:
    """A ground in words.

    Args:
        ground: what is known.
        line: of which number it is a ground.
        language: a language of the catalogue.
    """
    key = f"ground-{ground.how}"
    if ground.how is How.CALL_BACK and ground.value != line:
        key += "-own"
    value = _local(ground.value) if ground.how is How.CALL_BACK else ground.value
    said = text(key, language, value=value, others=_listed(ground.others, language))
    if not ground.lender or not ground.others:
        return said
    return text("ground-leads", language, ground=said, lender=ground.lender)


def _number(found: Number, role: NumberRole | None, tie: Tie | None, language: str) -> Number:
    values = dict(vars(found))
    if role is not None:
        values |= {"role": role.role, "how_known": role.how_known, "lender": role.lender}
        values |= {"said_at": role.created_at}
    if tie is not None:
        values |= {"tied_to": tie.lender, "tied_by": tie.by, "conflicts": tie.conflicts}
        values |= {"grounds": tuple(_said(one, found.number, language) for one in tie.grounds)}
    return Number(**values)


def _said(ground: Ground, line: str, language: str) -> Said:
    return Said(
        how=ground.how,
        lender=ground.lender,
        value=ground.value,
        others=ground.others,
        records=ground.records[:SHOWN],
        record_count=len(ground.records),
        sentence=sentence(ground, line, language),
    )


def _records(case: Case, within: Q) -> QuerySet[Record]:
    current = Reading.objects.filter(item__case=case).current()
    return (
        Record.objects.filter(within, case=case, reading__in=current)
        .exclude(pk__in=told_elsewhere(case).values("record"))
        .order_by("when_utc", "reading_id", "index")
    )


def _told(case: Case, within: Q) -> tuple[list[Message], set[str]]:
    """What was written towards the person and what people heard the other side say; all numbers."""
    columns = ("pk", "peer_number", "peer_name", "direction", "kind", "reading__item", "text")
    messages: list[Message] = []
    numbers: set[str] = set()
    recordings: dict[Any, tuple[str, str]] = {}
    # Read once for all three: `within` may name thousands of records.
    for row in _records(case, within).values_list(*columns).iterator(BATCH):
        pk, number, name, direction, kind, item, words = row
        numbers.add(number)
        if direction in TOWARDS and words and (number or name):
            messages.append(Message(str(pk), number or name, words))
        if kind == "recording" and number:
            recordings[item] = (str(pk), number)
    heard = SegmentDecision.objects.heard().exclude(speaker=SegmentDecision.Speaker.SELF)
    said = heard.filter(segment__transcript__item__in=recordings).order_by("segment__index")
    for item, words in said.values_list("segment__transcript__item", "words"):
        messages.append(Message(*recordings[item], words))
    return messages, numbers - {""}


def _listed(numbers: Sequence[str], language: str) -> str:
    named = text("ground-and", language).join(_local(one) for one in numbers[:NAMED])
    if len(numbers) <= NAMED:
        return named
    return text("ground-and-more", language, named=named, count=len(numbers))


def _local(number: str) -> str:
    return number.removeprefix("+86")

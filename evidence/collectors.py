"""What of a case takes part in the comparing of collectors, and what its borrower is told of it.

Only what the borrower confirmed counts, of a sealed item, from the other side. Numbers are turned
into marks here each time; no table says which mark is which number (docs/matching.md).
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.language import text
from evidence import jobs, matching
from evidence.abuse.bands import BANDS, MOST, NEW_PER_DAY, SETTLED_AFTER, Span
from evidence.abuse.collectors import Identifier, Sort, is_from_collector, number_of, traces_of
from evidence.integrity import marks
from evidence.models import (
    Case,
    CollectorBand,
    CollectorMark,
    EvidenceItem,
    NumberRole,
    SegmentDecision,
    Tag,
    TimeStampToken,
)
from evidence.models.matching import MatchingConsent
from evidence.models.timelines import APART, TIMEZONE, TOWARDS, current_roles
from evidence.vault import matching_key
from evidence.vault.matching_key import MatchingKey, MatchingKeyError

MATCH = "match"  # the stage that counts, once a day
HOUSE_ID = uuid.UUID("6d617463-6800-4000-8000-000000000000")  # all cases, as a job's subject
BEIJING = ZoneInfo(TIMEZONE)
# What the borrower brought; a witness agreed to something else, and what we made tells nothing new.
BROUGHT = (EvidenceItem.Origin.UPLOAD, EvidenceItem.Origin.EXTRACTED)
WORDS = 6  # paragraphs of the consent
FIGURES = {"least": BANDS[0], "most": MOST, "new": NEW_PER_DAY, "days": SETTLED_AFTER.days}
NAMED = (NumberRole.Role.LENDER, NumberRole.Role.COLLECTOR)


class State(StrEnum):
    """How it stands with a case; as the API names it."""

    OFF = "off"
    NOT_AGREED = "not_agreed"
    WAITING = "waiting"  # agreed, and not counted since
    COUNTED = "counted"


@dataclass(frozen=True)
class Seen:
    """One identifier of the case. `least` is None while those who met it are too few."""

    sort: Sort
    value: str
    is_counted: bool
    least: int | None
    first_month: date | None
    last_month: date | None


@dataclass(frozen=True)
class Standing:
    """What is told of one case: its own identifiers, and of each a band."""

    state: State
    given_at: datetime | None = None
    counted_at: datetime | None = None
    seen: tuple[Seen, ...] = ()


def confirmed(case: Case) -> dict[Identifier, Span]:
    """The identifiers that the borrower's confirmed acts name, those of most acts first."""
    roles = current_roles(case)
    apart = {number for number, role in roles.items() if role.role in APART}
    named = {number for number, role in roles.items() if role.role in NAMED}
    acts, spans = Counter[Identifier](), dict[Identifier, Span]()
    read: dict[str, bool] = {}  # several acts stand on the same words
    for tag in _acts_of(case):
        words = tag.words
        if words and words not in read:
            read[words] = is_from_collector(words)
        if words and not read[words]:
            continue
        month = _month(tag)
        for identifier in _named_by(tag, apart, named):
            acts[identifier] += 1
            span = Span(month, month)
            spans[identifier] = spans.get(identifier, span).joined(span)
    return {one: spans[one] for one in sorted(spans, key=lambda one: (-acts[one], one))}


def mark_of(identifier: Identifier, key: MatchingKey) -> str:
    """The mark by which it is compared."""
    return marks.compared(key.secret, sort=identifier.sort, value=identifier.value)


def standing(case: Case) -> Standing:
    """What may be told of the case, to its borrower and to nobody more."""
    if not matching.is_on_for(case):
        return Standing(State.OFF)
    consent = matching.consent_of(case)
    if consent is None:
        return Standing(State.NOT_AGREED)
    counted_at = _counted_at()
    if counted_at is None or counted_at < consent.given_at:
        return Standing(State.WAITING, consent.given_at)
    seen = tuple(_seen(case, consent))
    return Standing(State.COUNTED, consent.given_at, counted_at, seen)


def sentence(seen: Seen, language: str) -> str:
    """What is told of one identifier, in words."""
    sort = text(f"matching-sort-{seen.sort}", language)
    if not seen.is_counted:
        return text("matching-not-yet", language, sort=sort)
    if seen.least is None:
        return text("matching-too-few", language, sort=sort, least=BANDS[0])
    told = text("matching-seen", language, sort=sort, least=seen.least)
    if seen.first_month is None or seen.last_month is None:
        return told
    first, last = f"{seen.first_month:%Y-%m}", f"{seen.last_month:%Y-%m}"
    if first == last:
        return told + text("matching-in-month", language, month=first)
    return told + text("matching-months", language, first=first, last=last)


def state_in_words(state: State, language: str) -> str:
    """How it stands, in words."""
    return text(f"matching-state-{state}", language)


def words(language: str) -> list[str]:
    """What the borrower agrees to, one thought each; a change makes `matching.TEXT_VERSION`."""
    return [text(f"matching-words-{place}", language, **FIGURES) for place in range(1, WORDS + 1)]


def drop_what_is_gone(case_id: uuid.UUID) -> int:
    """Delete at once the marks that the case's records bear no more; return how many.

    Within the transaction that took the records away. New ones wait for the next count.
    """
    rows = CollectorMark.objects.filter(consent=case_id)
    if not rows.exists():
        return 0
    try:
        key = matching_key.current()
    except MatchingKeyError:
        return int(rows.delete()[0])
    case = Case.objects.get(pk=case_id)
    there = {
        marks.of_case(key.secret, mark_of(one, key), case_id=case_id) for one in confirmed(case)
    }
    return int(rows.exclude(mark__in=there).delete()[0])


def _acts_of(case: Case) -> Iterator[Tag]:
    """Tags that the borrower confirmed, on records of the other side, of sealed items."""
    sealed = TimeStampToken.objects.filter(item=OuterRef("item"))
    rows = (
        Tag.objects.filter(
            Exists(sealed),
            item__case=case,
            item__key__isnull=False,
            item__origin__in=BROUGHT,
            record__isnull=False,
        )
        .standing(by=case.borrower_id)
        .select_related("record", "heard")
    )
    yield from rows.iterator(2000)


def _named_by(tag: Tag, apart: set[str], named: set[str]) -> Iterator[Identifier]:
    record = tag.record
    if record is None or record.peer_number in apart:
        return
    if tag.heard is not None:
        if tag.heard.speaker == SegmentDecision.Speaker.SELF:
            return
    elif record.direction not in TOWARDS:
        return
    if found := number_of(record.peer_number, is_named=record.peer_number in named):
        yield found
    yield from traces_of(tag.words, apart=apart)


def _month(tag: Tag) -> date | None:
    """The month in Beijing, as the record claims it; none that has not come yet."""
    at = tag.record.when_utc if tag.record is not None else None
    if at is None or at > timezone.now():
        return None
    return at.astimezone(BEIJING).date().replace(day=1)


def _counted_at() -> datetime | None:
    job = jobs.Job.objects.filter(stage=MATCH, subject_id=HOUSE_ID).first()
    return job.done_at if job is not None else None


def _seen(case: Case, consent: MatchingConsent) -> Iterator[Seen]:
    """The case's own identifiers; a band only of those that have been counted in this very case."""
    key = matching_key.current()
    mine = {identifier: mark_of(identifier, key) for identifier in confirmed(case)}
    counted = set(consent.marks.filter(key_name=key.name).values_list("mark", flat=True))
    of_case = {
        one: marks.of_case(key.secret, mark, case_id=case.pk) in counted
        for one, mark in mine.items()
    }
    asked = [mark for one, mark in mine.items() if of_case[one]]
    told = CollectorBand.objects.filter(key_name=key.name).in_bulk(asked)
    for one, mark in mine.items():
        band = told.get(mark)
        yield Seen(
            one.sort,
            one.value,
            of_case[one],
            band.least if band else None,
            band.first_month if band else None,
            band.last_month if band else None,
        )

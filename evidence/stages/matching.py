"""Once a day: count in how many borrowers' cases each collector was met, as far as they agreed.

All is counted anew each time: marks of before stay only where their number is still confirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from evidence import collectors, matching
from evidence.abuse import bands
from evidence.abuse.bands import Span
from evidence.custody import Actor
from evidence.integrity import marks
from evidence.models import CollectorBand, CollectorMark, Job, MatchingConsent
from evidence.vault import matching_key
from evidence.vault.matching_key import MatchingKey

COUNTER = Actor.system("matching")
EVERY_DAY_AT = time(4, 0)  # in Beijing: nobody sees a count change with a tap of theirs
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """What one consenting case brings to the count."""

    consent: MatchingConsent
    borrower: UUID
    is_settled: bool
    spans: Mapping[str, Span] = field(repr=False)  # by mark as compared


@dataclass(frozen=True)
class Outcome:
    """The count, before it is kept."""

    key: MatchingKey
    told: list[Told]


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether another count should be asked for; `last`: when one ended, None for never."""
    local = now.astimezone(collectors.BEIJING)
    today = datetime.combine(local.date(), EVERY_DAY_AT, collectors.BEIJING)
    newest = today if today <= local else today - timedelta(days=1)
    return last is None or last < newest


def prepare(job: Job) -> Outcome | None:
    """Look over every consenting case; None where it is switched off.

    Raises:
        evidence.vault.matching_key.MatchingKeyError: nothing can be counted just now.
    """
    if not matching.is_on():
        return None
    key, now = matching_key.current(), timezone.now()
    by_borrower: dict[UUID, list[MatchingConsent]] = defaultdict(list)
    for consent in matching.standing().select_related("case").order_by("given_at", "pk"):
        by_borrower[consent.case.borrower_id].append(consent)
    return Outcome(key, [one for each in by_borrower.values() for one in _told(each, key, now)])


def keep(job: Job, outcome: Outcome | None) -> None:
    """Write the marks and bands of the cases whose consent still stands; all others go."""
    if outcome is None:
        matching.end_all(actor=COUNTER)
        return
    held = {one.pk: one.given_at for one in matching.standing().select_for_update(of=("self",))}
    told = [one for one in outcome.told if held.get(one.consent.pk) == one.consent.given_at]
    CollectorMark.objects.all().delete()
    rows = (row for one in told for row in _rows(one, outcome.key))
    CollectorMark.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    CollectorBand.objects.all().delete()
    CollectorBand.objects.bulk_create(_bands(told, outcome.key), batch_size=ROWS_AT_ONCE)


def _told(consents: list[MatchingConsent], key: MatchingKey, now: datetime) -> list[Told]:
    """What one borrower's cases bring, together within what one person may bring."""
    could: dict[tuple[UUID, str], Span] = {}
    for consent in consents:
        for identifier, span in collectors.confirmed(consent.case).items():
            could[(consent.pk, collectors.mark_of(identifier, key))] = span
    rows = CollectorMark.objects.filter(consent__in=consents)
    counted = set(rows.filter(key_name=key.name).values_list("consent", "mark"))
    known = {one for one in could if (one[0], _of_case(key, *one)) in counted}
    carried = rows.exclude(key_name=key.name).count()
    taken = bands.taking_part(list(could), known, carried=carried)
    return [
        Told(
            consent=consent,
            borrower=consent.case.borrower_id,
            is_settled=consent.given_at + bands.SETTLED_AFTER <= now,
            spans={mark: could[(pk, mark)] for pk, mark in taken if pk == consent.pk},
        )
        for consent in consents
    ]


def _of_case(key: MatchingKey, case_id: UUID, mark: str) -> str:
    return marks.of_case(key.secret, mark, case_id=case_id)


def _rows(told: Told, key: MatchingKey) -> list[CollectorMark]:
    return [
        CollectorMark(
            consent=told.consent, mark=_of_case(key, told.consent.pk, mark), key_name=key.name
        )
        for mark in told.spans
    ]


def _bands(told: list[Told], key: MatchingKey) -> list[CollectorBand]:
    """Of borrowers, not cases; and of those whose consent is no news."""
    by_borrower: dict[UUID, dict[str, Span]] = defaultdict(dict)
    for one in told:
        if one.is_settled:
            of_borrower = by_borrower[one.borrower]
            for mark, span in one.spans.items():
                of_borrower[mark] = of_borrower[mark].joined(span) if mark in of_borrower else span

    def allowance(mark: str) -> int:
        return marks.allowance(key.secret, mark, below=bands.ALLOWANCE)

    return [
        CollectorBand(
            mark=mark,
            key_name=key.name,
            least=band.least,
            first_month=band.first,
            last_month=band.last,
        )
        for mark, band in bands.bands(by_borrower.values(), allowance_of=allowance).items()
    ]

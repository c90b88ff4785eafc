"""People whose cases are compared: each brings an export, confirms it, agrees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from evidence import collectors, decisions, jobs, matching, tasks
from evidence.abuse.collectors import Identifier, Sort
from evidence.integrity import marks
from evidence.models import (
    Case,
    CollectorBand,
    EvidenceItem,
    MatchingConsent,
    Reading,
    Record,
)
from evidence.vault import matching_key
from tests import make

NUMBER = "+8613700000001"
OTHER = "+8613700000002"
THREAT = "再不还钱，就让你全家都不得安宁，小心你孩子上学的路"
LONG_AGO = timedelta(days=30)
FIRST = 1772377200000  # 2026-03-01 in Beijing


def export(*texts: tuple[str, str], at_ms: int = FIRST) -> bytes:
    """An export of text messages: (number, words) each, a minute apart."""
    rows = "".join(
        f'<sms protocol="0" address="{line}" date="{at_ms + at * 60_000}" type="1" '
        f'subject="null" body="{body}" read="1" status="-1" contact_name="(Unknown)" />'
        for at, (line, body) in enumerate(texts)
    )
    head = "<?xml version='1.0' encoding='UTF-8'?>"
    return f"{head}<smses count='{len(texts)}'>{rows}</smses>".encode()


def bring(into: Case, *texts: tuple[str, str], at_ms: int = FIRST) -> EvidenceItem:
    """An export of these texts, sealed, read, kept whole and tagged."""
    item = make.item(into, export(*texts, at_ms=at_ms), kind="message_export")
    make.chosen(item)
    return item


def confirmed(borrower: User, *numbers: str, words: str = THREAT, at_ms: int = FIRST) -> Case:
    """A case in which these numbers wrote the words, every suggestion confirmed."""
    case = make.case(borrower)
    bring(case, *((number, words) for number in numbers), at_ms=at_ms)
    make.confirm_all(case)
    return case


def met(
    borrower: User,
    *numbers: str,
    words: str = THREAT,
    at_ms: int = FIRST,
    direction: str = "in",
    origin: str = "upload",
) -> Case:
    """The same as `confirmed`, without the reader: rows as it would write them, a person's tags.

    For crowds: how a case comes to its records has tests of its own.
    """
    case = make.case(borrower)
    fill(case, *numbers, words=words, at_ms=at_ms, direction=direction, origin=origin)
    return case


def fill(
    case: Case,
    *numbers: str,
    words: str = THREAT,
    at_ms: int = FIRST,
    direction: str = "in",
    origin: str = "upload",
) -> None:
    """One item with such records into a case that is there."""
    item = make.item(case, f"{case.pk}".encode(), kind="message_export", origin=origin)
    tasks.work(tasks.SEAL)
    jobs.Job.objects.filter(subject_id=item.pk, stage__in=(tasks.READ, tasks.DIGEST)).delete()
    # The newest reading counts: a worker that had the job already changes nothing.
    now, at = timezone.now() + timedelta(hours=1), datetime.fromtimestamp(at_ms / 1000, UTC)
    reading = Reading.objects.create(item=item, engine_version="0", format="x", created_at=now)
    for place, number in enumerate(numbers):
        record = Record.objects.create(
            reading=reading,
            case=case,
            index=place,
            placed_at=at,
            when_utc=at,
            when_precision="second",
            kind="sms",
            direction=direction,
            peer_number=number,
            text=words,
            raw=b"{}",
        )
        said = {"kind": "THREAT", "start": 0, "end": len(words), "reason": ""}
        decisions.propose(record, **said, by=case.borrower)


def agreed(case: Case, *, ago: timedelta = LONG_AGO) -> Case:
    """Its borrower agreed, so long ago."""
    matching.agree(case, version=matching.TEXT_VERSION, by=case.borrower)
    MatchingConsent.objects.filter(pk=case.pk).update(given_at=timezone.now() - ago)
    return case


def several(number: str, count: int, *, at_ms: int = FIRST) -> list[Case]:
    """So many people, each with a case in which the number wrote, all agreed long ago."""
    return [agreed(met(make.user(), number, at_ms=at_ms)) for _ in range(count)]


def count() -> None:
    """The daily count, as a worker does it."""
    jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
    tasks.work(collectors.MATCH)
    job = jobs.Job.objects.get(stage=collectors.MATCH, subject_id=collectors.HOUSE_ID)
    assert not job.last_problem, job.last_problem


def least_of(case: Case, value: str = NUMBER) -> int | None:
    """What the borrower of a case is told of one of its identifiers."""
    [found] = [one for one in collectors.standing(case).seen if one.value == value]
    return found.least


def values(of: Iterable[Identifier]) -> list[str]:
    """The identifiers' values alone."""
    return [one.value for one in of]


def allowance_of(number: str) -> int:
    """What is taken off for a number in this house."""
    key = matching_key.current()
    mark = collectors.mark_of(Identifier(Sort.NUMBER, number), key)
    return marks.allowance(key.secret, mark, below=3)


def number_with_allowance(wanted: int) -> str:
    """An invented mobile number of which so many are taken off in this house."""
    for tail in range(100, 200):
        number = f"+8613700000{tail}"
        if allowance_of(number) == wanted:
            return number
    raise AssertionError("a hundred numbers and none")


def bands() -> list[tuple[int, str | None, str | None]]:
    """All that is kept for being told, months as YYYY-MM."""
    return sorted((one.least, _month(one.first_month), _month(one.last_month)) for one in _rows())


def _rows() -> list[CollectorBand]:
    return list(CollectorBand.objects.all())


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None

"""Erasure, restore and packages: what was compared goes with its case, and enters no paper."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints import tasks
from complaints.models import Package
from complaints.stages import asking, handing, leaving
from evidence import collectors, erasure, jobs
from evidence.custody import Actor, Subject
from evidence.models import Case, CollectorMark, MatchingConsent
from evidence.stages import matching as counting
from tests import dump, make
from tests.evidence.matching import people
from tests.evidence.matching.conftest import switched_on as switched_on
from tests.evidence.matching.people import NUMBER, OTHER
from tests.road import searching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault", "switched_on")]


@pytest.fixture
def counted() -> list[Case]:
    """Six people's cases that met one number, counted."""
    cases = people.several(NUMBER, 6)
    people.count()
    return cases


def marks_of(case: Case) -> list[str]:
    return list(CollectorMark.objects.filter(consent=case.pk).values_list("mark", flat=True))


def test_an_erased_case_takes_consent_and_marks_along(counted: list[Case]) -> None:
    gone, marks = counted[0], marks_of(counted[0])
    assert marks
    leaving.erase_case(gone, actor=leaving.ERASER, at=timezone.now())

    assert dump.traces(dump.rows(), marks) == []
    assert not MatchingConsent.objects.filter(pk=gone.pk).exists()
    assert erasure.is_erased(Subject.CASE, gone.pk)
    people.count()
    assert CollectorMark.objects.count() == 5


def test_an_erased_account_takes_those_of_all_its_cases_along(counted: list[Case]) -> None:
    person = counted[0].borrower
    people.agreed(people.met(person, OTHER))
    people.count()
    assert CollectorMark.objects.filter(consent__case__borrower=person).count() == 2
    leaving.erase_account(person, actor=leaving.ERASER, at=timezone.now())

    assert not MatchingConsent.objects.filter(case__borrower=person).exists()
    assert CollectorMark.objects.count() == 5


def test_they_go_before_anything_else_of_the_case(counted: list[Case]) -> None:
    erasure.destroy_keys(counted[0].pk)

    assert not MatchingConsent.objects.filter(pk=counted[0].pk).exists()


def test_an_erased_item_takes_its_own_marks_along_and_leaves_the_others(borrower: User) -> None:
    case = people.agreed(people.confirmed(borrower, NUMBER))
    people.bring(case, (OTHER, people.THREAT))
    make.confirm_all(case)
    people.count()
    [item] = case.items.filter(readings__records__peer_number=OTHER)
    stays = [one.value for one in collectors.standing(case).seen if one.value != OTHER]
    leaving.erase_item(item, actor=leaving.ERASER, at=timezone.now())

    assert len(marks_of(case)) == 1
    assert [one.value for one in collectors.standing(case).seen] == stays == [NUMBER]


def test_a_case_that_is_erased_while_it_is_counted_is_not_kept(counted: list[Case]) -> None:
    jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
    job = jobs.lease(collectors.MATCH)
    assert job is not None
    outcome = counting.prepare(job)
    leaving.erase_case(counted[0], actor=leaving.ERASER, at=timezone.now())
    counting.keep(job, outcome)

    assert marks_of(counted[0]) == []
    assert CollectorMark.objects.count() == 5


def test_nothing_of_it_is_in_a_package(
    borrower: User, settings: Any, tmp_path: Path, counted: list[Case]
) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case = people.agreed(make.confirmed_case(borrower))
    people.count()
    [seen] = [one for one in collectors.standing(case).seen if one.value == NUMBER]
    assert seen.least == 3
    row = asking.ask(make.complaint(case), user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    row = Package.objects.select_related("item", "complaint").get(pk=row.pk)
    assert row.is_offered

    words = {collectors.sentence(seen, tongue) for tongue in ("zh-CN", "en")}
    words |= {"别人确认的骚扰", "other people confirmed", "match_collectors", *marks_of(case)}
    secrets = {word: word.encode() for word in words}
    with handing.open_zip(row, actor=Actor.of(borrower)) as file:
        package = zipfile.ZipFile(io.BytesIO(file.read()))
        told = [
            found
            for name in package.namelist()
            for found in searching.found(secrets, name, package.read(name))
        ]
    assert told == []

"""complaints/stages/parting.py and its paths: asked with the passphrase, done on the day."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import ErasureRequest, User
from complaints import tasks
from complaints.stages import leaving, parting
from evidence import custody, erasure, jobs
from evidence.custody import Act, Subject
from evidence.models import Case, EvidenceItem, Job
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

MINE = "/api/me/erasure/"
SAID = {"passphrase": make.PASSPHRASE}
JSON = "application/json"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path, house: object) -> None:
    """A folder of keys of this test's own: the list of erasures lies in it."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def item(borrower: User) -> EvidenceItem:
    return make.item(make.case(borrower))


def path_of(scope: str, item: EvidenceItem) -> str:
    paths = {
        "item": f"/api/items/{item.pk}/erasure/",
        "case": f"/api/cases/{item.case_id}/erasure/",
    }
    return paths.get(scope, MINE)


def ask(item: EvidenceItem, scope: str = "case", **said: str) -> Any:
    browser = make.signed_in(item.case.borrower)
    return browser.post(path_of(scope, item), {**SAID, **said}, JSON)


def work() -> None:
    jobs.work(parting.STAGE, tasks.ROAD)


def let_the_day_come() -> None:
    then = timezone.now() - timedelta(seconds=1)
    ErasureRequest.objects.update(due_at=then)
    Job.objects.filter(stage=parting.STAGE).update(next_at=then)


def is_erased(scope: str, item: EvidenceItem) -> bool:
    ids = {"item": item.pk, "case": item.case_id, "account": item.case.borrower_id}
    return erasure.is_erased(Subject(scope), ids[scope])


@pytest.mark.parametrize("scope", ["case", "account"])
def test_nothing_is_erased_before_the_day_and_all_of_it_on_the_day(
    item: EvidenceItem, scope: str
) -> None:
    answer = ask(item, scope)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    Job.objects.filter(stage=parting.STAGE).update(next_at=timezone.now())  # somebody hurries
    work()
    assert not is_erased(scope, item)
    let_the_day_come()
    work()
    assert is_erased(scope, item)
    assert not ErasureRequest.objects.waiting().exists()
    assert leaving.replay() == 0


def test_one_item_goes_at_once(item: EvidenceItem) -> None:
    assert ask(item, "item").status_code == 202
    work()
    assert is_erased("item", item)
    assert not is_erased("case", item)


@pytest.mark.parametrize("scope", ["item", "case", "account"])
def test_another_passphrase_asks_for_nothing(item: EvidenceItem, scope: str) -> None:
    answer = ask(item, scope, passphrase="not that one at all")
    assert (answer.status_code, answer.json()["code"]) == (403, "passphrase_wrong")
    assert not ErasureRequest.objects.exists()
    assert not Job.objects.filter(stage=parting.STAGE).exists()


def test_what_was_taken_back_is_never_done(item: EvidenceItem) -> None:
    request = ask(item).json()["id"]
    browser = make.signed_in(item.case.borrower)
    assert browser.delete(f"{MINE}{request}/").status_code == 204
    assert browser.get(MINE).json()["results"] == []
    let_the_day_come()
    work()
    assert not is_erased("case", item)
    again = browser.delete(f"{MINE}{request}/")
    assert (again.status_code, again.json()["code"]) == (409, "erasure_begun")
    acts = custody.log_of(Subject.CASE, item.case_id).values_list("act", flat=True)
    assert [act for act in acts if "erasure" in act] == [
        Act.ERASURE_ASKED,
        Act.ERASURE_CANCELLED,
    ]


def test_what_has_begun_cannot_be_taken_back(item: EvidenceItem) -> None:
    request = ask(item).json()["id"]
    ErasureRequest.objects.update(begun_at=timezone.now())
    browser = make.signed_in(item.case.borrower)
    assert browser.delete(f"{MINE}{request}/").status_code == 409
    let_the_day_come()
    work()  # its first worker died; another ends it
    assert is_erased("case", item)


def test_asking_twice_is_asking_once(item: EvidenceItem) -> None:
    first, second = ask(item).json(), ask(item).json()
    assert first == second
    assert Job.objects.filter(stage=parting.STAGE).count() == 1


@pytest.mark.parametrize("scope", ["item", "case", "account"])
def test_a_held_case_is_erased_by_nobody_and_its_borrower_sees_why(
    item: EvidenceItem, scope: str
) -> None:
    call_command("hold_case", item.case_id, reason="court")
    ask(item, scope)
    let_the_day_come()
    work()
    [seen] = make.signed_in(item.case.borrower).get(MINE).json()["results"]
    assert (seen["state"], seen["held_reason"]) == ("held", "court")
    with pytest.raises(CommandError, match="held by law"):
        call_command("erase", case=item.case_id, yes=True)
    assert not is_erased(scope, item)

    call_command("hold_case", item.case_id, end=True)
    let_the_day_come()
    work()
    assert is_erased(scope, item)


def test_an_item_that_went_with_its_case_is_no_fault(item: EvidenceItem) -> None:
    ask(item, "item")
    leaving.erase_case(Case.objects.get(pk=item.case_id), actor=leaving.ERASER, at=timezone.now())
    work()
    assert not ErasureRequest.objects.waiting().exists()
    assert not Job.objects.open().exclude(stage="sequence").filter(last_problem__gt="").exists()

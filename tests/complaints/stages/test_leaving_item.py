"""complaints/stages/leaving.py: one item is erased, the others of its case stay as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from complaints import tasks
from complaints.fates import FATES, Fate
from complaints.models import Complaint, Exhibit, Package
from complaints.stages import asking, drafting, leaving
from evidence import custody, decisions, erasure, jobs, usage
from evidence.custody import Act, Actor, Subject
from evidence.errors import ErasedBeforeError
from evidence.log import chains
from evidence.models import (
    Case,
    EvidenceItem,
    Job,
    NumberRole,
    Reading,
    Record,
    Segment,
    Tag,
    Transcript,
)
from evidence.models import TagDecision as Decision
from evidence.vault import blobs, shelf
from tests import dump, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

GONE, STAYS = "青鸾七四一", "白鹤八五二"
THREAT = "再不还钱就去你单位闹，让你全家不得安宁"
STEPS = ("destroy_item_keys", "discard_item_bytes", "delete_item_rows", "leave_item_tombstones")
BY_THEMSELVES = {
    "evidence.ItemKey",
    "complaints.Exhibit",
    "complaints.Package",
    "complaints.Redaction",
    "complaints.WitnessStatement",
    # What was told of a filing stays; its receipt then names an item of which a tombstone is left.
    "complaints.Filing",
    "complaints.FilingOutcome",
}


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path, house: object) -> None:
    """A folder of keys of this test's own: the list of erasures lies in it."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    settings.SCRATCH_DIR = tmp_path / "scratch"


@pytest.fixture
def case(borrower: User) -> Case:
    """Two exports, read and confirmed, both exhibits of one finished complaint."""
    case = make.case(borrower)
    for mark, name in ((GONE, "甲"), (STAYS, "乙")):
        said = make.declaration(file_name=f"{mark}.xml", how=name)
        make.item(case, make.sms_export(f"{THREAT} {mark}"), kind="message_export",
                  declaration=said)  # fmt: skip
    make.go_the_road()
    tags = Tag.objects.filter(item__case=case)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    drafting.finish(make.complaint(case), actor=Actor.of(borrower))
    return case


def of(mark: str) -> EvidenceItem:
    return EvidenceItem.objects.get(declared__file_name=f"{mark}.xml")


def erase(item: EvidenceItem) -> None:
    leaving.erase_item(item, actor=leaving.ERASER, at=timezone.now())


def with_package(case: Case) -> Package:
    package = asking.ask(Complaint.objects.get(case=case), user=case.borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    package.refresh_from_db()
    assert package.is_offered
    return package


def test_every_table_that_tells_of_an_item_is_in_the_walk() -> None:
    told = {EvidenceItem, Reading, Record, Tag, Transcript, Segment}
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if any(column.related_model in told for column in model._meta.concrete_fields)
    }
    deleted = {label for label in pointing if FATES[label] == Fate.DELETED}
    assert deleted == {model._meta.label for model, _ in erasure.OF_ITEM} | BY_THEMSELVES


def test_its_words_are_in_no_row_and_the_other_item_is_untouched(case: Case) -> None:
    gone, stays = of(GONE), of(STAYS)
    before = make.plain_bytes(stays)
    decided = Decision.objects.filter(tag__item=stays).count()
    erase(gone)
    assert dump.traces(dump.rows(), [GONE]) == []
    assert not shelf.has(gone.vault_name)
    assert make.plain_bytes(stays) == before
    assert Decision.objects.filter(tag__item=stays).count() == decided > 0
    assert not custody.log_of(Subject.ITEM, stays.pk).filter(act=Act.ERASED).exists()
    assert not erasure.is_erased(Subject.CASE, case.pk)


def test_its_chain_ends_with_a_tombstone_and_the_log_holds(case: Case) -> None:
    item = of(GONE)
    erase(item)
    last = custody.log_of(Subject.ITEM, item.pk).last()
    assert last is not None
    assert last.act == Act.ERASED
    assert list(chains.walk(chains.LogWalk())) == []


def test_packages_that_may_show_it_go_and_the_complaint_is_a_draft_again(case: Case) -> None:
    package = with_package(case)
    item = of(GONE)
    erase(item)
    assert not Package.objects.exists()
    assert package.item is not None
    assert not shelf.has(package.item.vault_name)
    assert erasure.is_erased(Subject.ITEM, package.pk)
    [complaint] = Complaint.objects.all()
    assert complaint.finished_at is None
    assert not Exhibit.objects.filter(item=item).exists()
    assert complaint.exhibits.filter(item=of(STAYS)).exists()


def test_a_package_made_afterwards_is_left_alone_by_every_replay(case: Case) -> None:
    erase(of(GONE))
    make.go_the_road()
    drafting.finish(Complaint.objects.get(case=case), actor=Actor.of(case.borrower))
    package = with_package(case)
    assert leaving.replay() == 0
    assert Package.objects.get(pk=package.pk).is_offered


def test_it_waits_for_a_package_that_is_being_made(case: Case) -> None:
    package = asking.ask(Complaint.objects.get(case=case), user=case.borrower)
    assert jobs.lease(asking.STAGE) is not None
    item = of(GONE)
    with pytest.raises(leaving.PackageUnderWayError):
        erase(item)
    assert make.plain_bytes(item)
    assert Package.objects.filter(pk=package.pk).exists()


def test_what_a_worker_kept_although_its_row_was_gone_is_taken_by_the_next_start(
    case: Case,
) -> None:
    item = of(GONE)
    kept = make.item(case, b"a package with it", origin="package", declaration=None)
    erase(item)
    late = make.item(case, b"another, kept too late", origin="package", declaration=None)
    assert not shelf.has(kept.vault_name)
    assert leaving.replay() == 1
    assert not shelf.has(late.vault_name)
    assert leaving.replay() == 0


def test_a_number_goes_with_the_last_record_that_has_it(case: Case) -> None:
    both, alone = Record.objects.values_list("peer_number", flat=True)[0], "13700000002"
    Record.objects.filter(reading__item=of(GONE)).update(peer_number=alone)
    for number in (both, alone):
        NumberRole.objects.create(
            case=case, number=number, role="collector", by=case.borrower, created_at=timezone.now()
        )
    erase(of(GONE))
    assert [row.number for row in NumberRole.objects.all()] == [both]


def test_patterns_are_looked_for_again_in_what_is_left(case: Case) -> None:
    erase(of(GONE))
    assert Job.objects.open().filter(stage="find", subject_id=case.pk).exists()
    make.go_the_road()
    assert not Job.objects.open().filter(stage="find").exists()


def test_an_erased_item_is_404_and_counts_no_longer(case: Case) -> None:
    item = of(GONE)
    used = usage.bytes_used(case.borrower)
    erase(item)
    browser = make.signed_in(case.borrower)
    assert browser.get(f"/api/items/{item.pk}/").status_code == 404
    listed = browser.get(f"/api/cases/{case.pk}/items/").json()["results"]
    assert [one["id"] for one in listed] == [str(of(STAYS).pk)]
    assert browser.get(f"/api/cases/{case.pk}/").json()["items"] == 1
    assert usage.bytes_used(case.borrower) == used - item.size


def test_the_same_file_is_not_taken_again_into_that_case(case: Case) -> None:
    item = of(GONE)
    raw = make.plain_bytes(item)
    erase(item)
    with pytest.raises(ErasedBeforeError):
        make.item(case, raw, kind="message_export")
    assert make.item(make.case(case.borrower, agreed=False), raw).sha256 == item.sha256


@pytest.mark.parametrize("step", STEPS)
def test_a_walk_that_broke_off_is_ended_by_the_replay(
    case: Case, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = of(GONE)

    def cut(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(erasure, step, cut)
        with pytest.raises(KeyboardInterrupt):
            erase(item)
    assert leaving.replay() == 1
    assert dump.traces(dump.rows(), [GONE]) == []
    assert not shelf.has(item.vault_name)
    assert leaving.replay() == 0


def test_bytes_that_an_old_copy_of_the_vault_brings_back_go_again(case: Case) -> None:
    vault = Path(blobs._vault().path(""))
    item = of(GONE)
    shutil.copytree(vault, vault.parent / "copy")
    erase(item)
    shutil.copytree(vault.parent / "copy", vault, dirs_exist_ok=True)
    assert leaving.replay() == 1
    assert not shelf.has(item.vault_name)


def test_the_command_says_first_and_names_what_is_not_there(case: Case) -> None:
    item = of(GONE)
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase", item=item.pk)
    call_command("erase", item=item.pk, yes=True)
    with pytest.raises(CommandError, match="no such item"):
        call_command("erase", item=item.pk, yes=True)

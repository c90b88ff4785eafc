"""complaints/stages: a package is asked for, built, verified, kept as an item, handed over."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from accounts.errors import QuotaSpentError
from accounts.models import User
from complaints import tasks
from complaints.bundle import layout
from complaints.bundle.package_files import read_zip
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Result, Word
from complaints.models import Complaint, Package
from complaints.preflight import PreflightBlocksError
from complaints.stages import asking, handing, packaging, reviewing
from complaints.stages.handing import PackageNotOfferedError
from complaints.stages.packaging import PackageNotVerifiedError
from evidence import cases, custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.models import EvidenceItem, Job
from evidence.vault import keyring
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return make.complaint(make.confirmed_case(borrower))


def built(complaint: Complaint, user: User) -> Package:
    row = asking.ask(complaint, user=user)
    jobs.work(asking.STAGE, tasks.ROAD)
    return Package.objects.select_related("item", "complaint").get(pk=row.pk)


def test_what_is_offered_verifies_with_the_house_key_pinned(
    complaint: Complaint, borrower: User
) -> None:
    row = built(complaint, borrower)

    assert row.is_offered
    with handing.open_zip(row, actor=Actor.of(borrower)) as file:
        verdict = check_zip(file, Trusted.of([keyring.house().fingerprint]))
    assert verdict.verdict is Word.UNCHANGED
    assert verdict.signer_known


def test_it_is_an_item_like_any_other_with_receipt_token_and_log(
    complaint: Complaint, borrower: User
) -> None:
    row = built(complaint, borrower)

    assert row.item is not None
    assert row.item.origin == EvidenceItem.Origin.PACKAGE
    assert row.item.tokens.count() == 1
    assert row.item.receipt.signature
    acts = list(custody.log_of(Subject.ITEM, row.item.pk).values_list("act", flat=True))
    assert acts[:2] == [Act.RECEIVED, Act.SEALED]


def test_its_exhibits_have_an_sm3_although_nobody_waited_for_it(
    complaint: Complaint, borrower: User
) -> None:
    row = built(complaint, borrower)

    with handing.open_zip(row, actor=Actor.of(borrower)) as file:
        verdict = check_zip(file)
        package = read_zip(file)
        [exhibit] = json.load(package.file(layout.SM3).open())["exhibits"]
    made_for_it = EvidenceItem.objects.get(origin=EvidenceItem.Origin.REDACTION)
    assert not made_for_it.digests.exists()
    assert exhibit["sm3"] == hashlib.new("sm3", make.plain_bytes(made_for_it)).hexdigest()
    assert [check.result for check in verdict.checks if check.name == "sm3"] == [Result.PASS]


def test_an_sm3_that_is_known_by_then_is_taken_over(complaint: Complaint, borrower: User) -> None:
    built(complaint, borrower)
    make.go_the_road()

    row = built(complaint, borrower)

    made_for_it = EvidenceItem.objects.get(origin=EvidenceItem.Origin.REDACTION)
    with handing.open_zip(row, actor=Actor.of(borrower)) as file:
        package = read_zip(file)
        [exhibit] = json.load(package.file(layout.SM3).open())["exhibits"]
        told = b"".join(one.open().read() for one in package.files if "/custody/" in one.path)
    assert exhibit["sm3"] == made_for_it.digests.get().digest
    assert b"digested" in told


def test_nothing_of_the_rest_of_an_export_is_in_the_package(
    complaint: Complaint, borrower: User
) -> None:
    export = complaint.exhibits.get().item
    shown = set(complaint.exhibits.get().record_ids)
    hidden = [record.text for record in complaint.case.records.all() if str(record.pk) not in shown]

    row = built(complaint, borrower)

    with (
        handing.open_zip(row, actor=Actor.of(borrower)) as file,
        zipfile.ZipFile(file) as archive,
    ):
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert export.sha256.encode() not in everything
    sm3 = export.digests.get().digest
    assert sm3.encode() not in everything
    assert bytes.fromhex(sm3) not in everything
    for text in hidden:
        assert text.encode() not in everything


def test_each_handing_over_is_a_recorded_release(complaint: Complaint, borrower: User) -> None:
    row, actor = built(complaint, borrower), Actor.of(borrower)
    assert row.item is not None

    with handing.open_zip(row, actor=actor), handing.open_bag(row, actor=actor) as bag:
        assert check_zip(bag).verdict is Word.UNCHANGED
    with handing.open_paper(row, actor=actor) as paper:
        assert paper.read(5) == b"%PDF-"

    released = custody.log_of(Subject.ITEM, row.item.pk).filter(act=Act.RELEASED)
    assert released.count() == 3


def test_a_package_that_does_not_verify_is_never_offered(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = packaging.folder.write_zip

    def with_a_planted_file(package: Any, out: Any) -> None:
        whole(package, out)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(f"{package.case}/3_EXHIBITS/Z-1.txt", b"planted")

    monkeypatch.setattr(packaging.folder, "write_zip", with_a_planted_file)

    row = built(complaint, borrower)

    assert not row.is_offered
    assert Job.objects.get(subject_id=row.pk).last_problem == PackageNotVerifiedError.code
    assert not EvidenceItem.objects.filter(origin=EvidenceItem.Origin.PACKAGE).exists()
    with pytest.raises(PackageNotOfferedError):
        handing.open_zip(row, actor=Actor.of(borrower))


def test_a_worker_killed_after_keeping_finds_what_it_kept(
    complaint: Complaint, borrower: User
) -> None:
    row = asking.ask(complaint, user=borrower)
    job = jobs.lease(asking.STAGE)
    assert job is not None
    first = packaging.prepare(job)  # and here the worker dies: `keep` never runs

    again = packaging.prepare(job)

    assert again.item.pk == first.item.pk == row.pk
    assert again.document_sha256 == first.document_sha256
    assert EvidenceItem.objects.filter(origin=EvidenceItem.Origin.PACKAGE).count() == 1


def test_the_same_records_are_kept_once_for_two_packages(
    complaint: Complaint, borrower: User
) -> None:
    built(complaint, borrower)
    built(complaint, borrower)

    assert EvidenceItem.objects.filter(origin=EvidenceItem.Origin.REDACTION).count() == 1


def test_it_is_not_asked_for_while_a_blocking_check_holds(
    borrower: User, complaint: Complaint
) -> None:
    complaint.answers = {**complaint.answers, "addressee_name": ""}
    complaint.save()

    with pytest.raises(PreflightBlocksError):
        asking.ask(complaint, user=borrower)
    assert not Package.objects.exists()


def test_a_day_has_so_many_packages(complaint: Complaint, borrower: User, settings: Any) -> None:
    settings.QUOTA_PACKAGES_PER_DAY = 1
    asking.ask(complaint, user=borrower)

    with pytest.raises(QuotaSpentError):
        asking.ask(complaint, user=borrower)


def test_only_the_approved_draft_is_called_reviewed(complaint: Complaint, borrower: User) -> None:
    reviewer, approver = make.user("reviewer"), make.user("approver")
    cases.open_to_review(complaint.case, by=borrower)
    reviewing.claim(complaint.case, reviewer=reviewer)
    for person in (reviewer, approver):
        for exhibit in complaint.exhibits.all():
            custody.record(Subject.ITEM, exhibit.item_id, Act.OPENED, actor=Actor.of(person))
        reviewing.decide(complaint, reviewer=person, decision="approved")

    assert packaging._review(complaint).approved_by == approver.username
    complaint.answers = {**complaint.answers, "occupation": "店员"}
    complaint.save()
    assert packaging._review(complaint).approved_by == ""

"""complaints/stages/leaving.py: an erasure leaves nothing of the person, and the log holds."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import emptying
from accounts.models import Consent, RecoveryCode, User
from complaints import tasks
from complaints.fates import FATES, Fate
from complaints.models import (
    Complaint,
    Filing,
    FilingOutcome,
    Package,
    ReviewClaim,
    ReviewDecision,
    ReviewNote,
)
from complaints.stages import asking, drafting, leaving
from evidence import cases, consents, custody, decisions, erasure, jobs, release
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.integrity import event as events
from evidence.log import chains
from evidence.models import Case, EvidenceItem, Job, NumberRole, Provenance, Tag, Upload
from evidence.vault import blobs, erasure_list, shelf
from evidence.verification import verify_item
from tests import dump, make
from tests.evidence.uploads.sender import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

MARK = "青鸾七四一"  # stands in every text; nowhere else in the house
NAME = "qingluan-741"
FILE_NAME = "导出-七四一.xml"
SAID = "再不还钱就去你单位闹，让你全家不得安宁"
STORY = "那一晚我没有睡着七四一"
NUMBER = "13700000001"  # the sender of make.sms_export
STEPS = ("destroy_keys", "discard_bytes", "delete_rows", "leave_tombstones", "forget_freed_pages")


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path, house: object) -> Path:
    """A folder of keys of this test's own: the list of erasures lies in it."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return tmp_path / "keys"


@pytest.fixture
def full(reviewer: User) -> Case:
    """Somebody's whole case: each table of a person has rows, each text the mark."""
    person = make.user(username=NAME)
    case = make.case(person, title=MARK)
    said = make.declaration(file_name=FILE_NAME, device=MARK, how=MARK)
    threat = f"{SAID} {MARK}"
    make.item(case, make.sms_export(threat), kind="message_export", declaration=said)
    cases.open_to_review(case, by=person)
    now = timezone.now()
    NumberRole.objects.create(
        case=case, number=NUMBER, role="collector", how_known=MARK, lender=MARK, by=person,
        created_at=now,
    )  # fmt: skip
    make.go_the_road()
    confirm(case)
    complaint = drafting.finish(make.complaint(case, background=STORY), actor=Actor.of(person))
    asking.ask(complaint, user=person)
    Complaint.objects.update(answers={**complaint.answers, "said": MARK})
    filed = Filing.objects.create(
        complaint=complaint, filed_on=now.date(), reference=MARK, note=MARK, recorded_at=now
    )
    FilingOutcome.objects.create(
        filing=filed, outcome="refused", on=now.date(), reference=MARK, recorded_at=now
    )
    decision = ReviewDecision.objects.create(
        complaint=complaint, reviewer=reviewer, decision="returned", draft_sha256="0" * 64, at=now
    )
    ReviewNote.objects.create(decision=decision, text=MARK)
    ReviewClaim.objects.create(case=case, reviewer=reviewer, claimed_at=now)
    RecoveryCode.objects.create(user=person, hashed=MARK, created_at=now)
    Authenticator.objects.create(user=person, type="totp", data={"secret": MARK})
    Sender(make.signed_in(person), case, length=700_000, body=MARK.encode() * 10)
    return case


def confirm(case: Case) -> None:
    for tag in Tag.objects.filter(item__case=case):
        decisions.decide(tag, decision="confirmed", by=case.borrower, reason=MARK)


def traces() -> list[str]:
    """The tables and files in which any of the person's words stand."""
    places = (settings.VAULT_DIR, settings.UPLOADS_DIR, settings.SCRATCH_DIR, settings.KEYS_DIR)
    shared = (settings.VAR_DIR / "cache", settings.VAR_DIR / "queue")
    everywhere = chain(dump.rows(), dump.files(*places, *shared))
    return dump.traces(everywhere, [NAME, MARK, NUMBER, FILE_NAME, SAID, STORY])


def erase(case: Case) -> None:
    leaving.erase_account(case.borrower, actor=leaving.ERASER, at=timezone.now())


def test_every_model_has_a_fate() -> None:
    assert set(FATES) == {model._meta.label for model in apps.get_models()}


def test_whatever_is_to_be_deleted_has_a_place_in_the_walk() -> None:
    walked = {model._meta.label for model, _ in (*erasure.LEARNED, *leaving.ROWS)}
    walked |= {model._meta.label for model in emptying.OWNED}
    walked |= {"evidence.CaseKey", "evidence.ItemKey", "evidence.Job"}  # with the keys
    walked |= {"sessions.Session", "account.EmailConfirmation"}  # with the account
    assert walked == {label for label, fate in FATES.items() if fate == Fate.DELETED}


def test_the_case_is_full_before(full: Case) -> None:
    assert {*traces()} >= {
        "accounts_recoverycode", "accounts_user", "complaints_complaint", "complaints_filing",
        "complaints_filingoutcome",
        "complaints_reviewnote", "evidence_case", "evidence_itemorigin", "evidence_numberrole",
        "evidence_record", "evidence_tagdecision", "mfa_authenticator",
    }  # fmt: skip
    for word in (NAME, MARK, NUMBER, FILE_NAME, SAID, STORY):
        assert dump.traces(dump.rows(), [word])
    assert Package.objects.exists()
    assert Provenance.objects.exists()


def test_an_erased_account_leaves_no_trace_in_any_table_or_file(full: Case) -> None:
    erase(full)
    assert traces() == []


def test_what_a_review_decision_keeps_of_a_complaint_names_no_agency(full: Case) -> None:
    erase(full)
    [left] = Complaint.objects.all()
    told = (left.agency, left.document_id, left.lender_type, left.severity, left.answers)
    assert told == ("", "", "", None, {})


def test_a_consent_is_known_by_its_event_when_its_row_is_gone(full: Case) -> None:
    erase(full)
    assert not Consent.objects.filter(user=full.borrower_id).exists()
    kept = custody.log_of(Subject.ACCOUNT, full.borrower_id).filter(act=Act.CONSENTED)
    facts = [events.decode(bytes(row.raw)).facts for row in kept]
    assert {fact["purpose"] for fact in facts} >= {*consents.REQUIRED}


@pytest.mark.parametrize("left", ["consent", "agency"])
def test_what_an_earlier_edition_left_is_taken_by_the_next_start(full: Case, left: str) -> None:
    erase(full)
    if left == "agency":
        Complaint.objects.update(agency="PSB_STATION")
    else:
        Consent.objects.create(user_id=full.borrower_id, purpose="x", given_at=timezone.now())
    assert leaving.replay() == 1
    assert not Consent.objects.exclude(user__is_active=True).exists()
    assert not Complaint.objects.exclude(agency="").exists()
    assert leaving.replay() == 0


def test_each_table_to_be_deleted_is_empty_of_the_case(full: Case) -> None:
    subjects = [full.pk, *full.items.values_list("pk", flat=True)]
    subjects += Package.objects.values_list("pk", flat=True)
    erase(full)
    assert not Job.objects.filter(subject_id__in=subjects).exists()  # the house's own go on
    gone = [apps.get_model(label) for label, fate in FATES.items() if fate == Fate.DELETED]
    gone.remove(Job)
    assert [model._meta.label for model in gone if model._base_manager.exists()] == []


def test_no_envelope_and_no_part_is_left_on_disk(full: Case, settings: Any) -> None:
    jobs.work(asking.STAGE, tasks.ROAD)
    assert full.items.filter(origin=EvidenceItem.Origin.PACKAGE).exists()
    [upload] = Upload.objects.filter(case=full)
    (settings.UPLOADS_DIR / f"{upload.pk.hex}-0123456789abcdef.aside").write_bytes(
        b"of a killed call"
    )
    erase(full)
    assert list(shelf.names()) == []
    assert [path for path in settings.UPLOADS_DIR.rglob("*") if path.is_file()] == []


def test_each_chain_ends_with_a_tombstone_and_holds(full: Case, keys: Path) -> None:
    erase(full)
    [entry] = erasure_list.read(keys)
    last = custody.log_of(Subject.CASE, full.pk).last()
    assert last is not None
    facts = events.decode(bytes(last.raw)).facts
    assert (last.act, facts["entry"]) == (Act.ERASED, entry.name)
    assert facts["rows"] > 10
    ends = [custody.log_of(Subject.ITEM, item.pk).last() for item in full.items.all()]
    assert {event.act for event in ends if event} == {Act.ERASED}
    assert list(chains.walk(chains.LogWalk())) == []


def test_an_erased_item_is_erased_and_not_at_fault(full: Case) -> None:
    item = full.items.order_by("received_at")[0]
    erase(full)
    verdict = verify_item(EvidenceItem.objects.get(pk=item.pk))
    results = {check.name: (check.result.value, check.what) for check in verdict.checks}
    assert results["bytes"] == ("unknown", "item_erased")
    assert verdict.verdict == "cannot_check"
    assert not custody.log_of(Subject.ITEM, item.pk).filter(act=Act.FAULT_FOUND).exists()


def test_nothing_opens_an_erased_item(full: Case) -> None:
    item = full.items.order_by("received_at")[0]
    erase(full)
    with pytest.raises(ItemUnreadableError):
        release.open_item(EvidenceItem.objects.get(pk=item.pk), actor=leaving.ERASER)


def test_one_erased_case_is_gone_for_its_borrower_and_the_other_stays(borrower: User) -> None:
    gone, stays = make.case(borrower), make.case(borrower, title="二", agreed=False)
    item = make.item(stays, b"still here")
    leaving.erase_case(gone, actor=leaving.ERASER, at=timezone.now())
    browser = make.signed_in(borrower)
    assert browser.get(f"/api/cases/{gone.pk}/").status_code == 404
    assert browser.get(f"/api/cases/{stays.pk}/").status_code == 200
    assert make.plain_bytes(item) == b"still here"


def test_another_persons_account_is_untouched(full: Case, stranger: User) -> None:
    item = make.item(make.case(stranger), b"of somebody else")
    erase(full)
    assert make.plain_bytes(item) == b"of somebody else"


def test_an_erased_account_is_signed_out_and_cannot_come_back(full: Case) -> None:
    browser = make.signed_in(full.borrower)
    erase(full)
    assert browser.get("/api/cases/").status_code in (401, 403)
    assert not User.objects.get(pk=full.borrower_id).has_usable_password()


@pytest.mark.parametrize("step", STEPS)
def test_a_walk_that_broke_off_is_ended_by_the_replay(full: Case, step: str) -> None:
    with broken(erasure, step), pytest.raises(PowerCutError):
        erase(full)
    leaving.replay()
    assert traces() == []
    assert list(shelf.names()) == []
    assert leaving.replay() == 0


def test_keys_go_before_bytes(full: Case) -> None:
    item = full.items.order_by("received_at")[0]
    with broken(erasure, "discard_bytes"), pytest.raises(PowerCutError):
        erase(full)
    assert shelf.has(item.vault_name)
    with pytest.raises(ItemUnreadableError):
        release.open_item(EvidenceItem.objects.get(pk=item.pk), actor=leaving.ERASER)


def test_bytes_that_an_old_copy_of_the_vault_brings_back_go_again(full: Case) -> None:
    vault = Path(blobs._vault().path(""))
    shutil.copytree(vault, vault.parent / "copy")
    erase(full)
    shutil.copytree(vault.parent / "copy", vault, dirs_exist_ok=True)
    assert leaving.replay() == 1
    assert list(shelf.names()) == []
    assert custody.log_of(Subject.ACCOUNT, full.borrower_id).filter(act=Act.ERASURE_REPLAYED)


@pytest.mark.parametrize("content", [None, b"", b"{}\n"])
def test_a_list_that_lacks_a_tombstones_entry_lets_nothing_start(
    borrower: User, keys: Path, content: bytes | None
) -> None:
    leaving.erase_case(make.case(borrower), actor=leaving.ERASER, at=timezone.now())
    (keys / erasure_list.FILE_NAME).unlink()
    if content is not None:
        (keys / erasure_list.FILE_NAME).write_bytes(content)
    with pytest.raises(CommandError):
        call_command("replay_erasures")


def test_the_operators_command_does_nothing_unless_told_so(full: Case) -> None:
    with pytest.raises(CommandError, match="1 items in 1 cases"):
        call_command("erase", account=NAME)
    assert traces()
    call_command("erase", account=NAME, yes=True, stdout=io.StringIO())
    assert traces() == []


class PowerCutError(Exception):
    """Stands for the end of the process."""


@contextmanager
def broken(module: Any, name: str) -> Iterator[None]:
    """Let one step of the walk end the process before it has done anything."""

    def cut(*args: Any, **kwargs: Any) -> None:
        raise PowerCutError(name)

    whole = getattr(module, name)
    setattr(module, name, cut)
    try:
        yield
    finally:
        setattr(module, name, whole)

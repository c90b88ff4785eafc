"""The erasure walk over an item, a case or an account; its replay from the list kept with the keys.

Order: the list (on disk), keys, bytes, rows with the tombstone. A walk that was killed is ended,
and one that a restored backup undid is done again, by `replay`. docs/erasure.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts import emptying
from accounts.models import ErasureRequest, User
from complaints.errors import ComplaintError
from complaints.models import (
    Complaint,
    Exhibit,
    Filing,
    FilingOutcome,
    Package,
    Redaction,
    ReviewClaim,
    ReviewDecision,
    ReviewNote,
    WitnessForm,
    WitnessItem,
    WitnessLink,
    WitnessStatement,
)
from evidence import custody, erasure, holds
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.models import Case, CustodyEvent, EvidenceItem, Job
from evidence.vault import erasure_list
from evidence.vault.erasure_list import Entry, ErasureListError, Scope

ERASER = Actor.system("leaving")
# Each model with the way from its rows to their case; whoever points comes before what it names.
ROWS: tuple[tuple[type[models.Model], str], ...] = (
    (ReviewNote, "decision__complaint__case"),
    (ReviewClaim, "case"),
    (FilingOutcome, "filing__complaint__case"),
    (Filing, "complaint__case"),
    (Exhibit, "complaint__case"),
    (Redaction, "complaint__case"),
    (Package, "complaint__case"),
    (WitnessForm, "statement__link__case"),
    (WitnessStatement, "link__case"),
    (WitnessItem, "link__case"),
    (WitnessLink, "case"),
)
# A complaint that a review decision names: what it told, and whom.
EMPTY: dict[str, Any] = {
    "agency": "", "document_id": "", "lender_type": "", "severity": None, "answers": {}
}  # fmt: skip


class PackageUnderWayError(ComplaintError):
    """A worker makes a package or copy in the case, perhaps of this item. Time heals it."""

    code = "package_under_way"
    heals = True


class ErasureNotDueError(ComplaintError):
    """Its day has not come; somebody asked for the job sooner."""

    code = "erasure_not_due"
    heals = True


def prepare(job: Job) -> None:
    """Carry out what a borrower asked for, once its day has come. Killed, it is done again.

    Raises:
        ErasureNotDueError, evidence.holds.CaseHeldError, PackageUnderWayError: not now.
    """
    request = ErasureRequest.objects.waiting().filter(pk=job.subject_id).first()
    if request is None:
        return  # taken back; or the account went, and this row with it
    if timezone.now() < request.due_at:
        raise ErasureNotDueError(str(request.pk))
    _refuse_now(request)
    waiting = ErasureRequest.objects.waiting().filter(pk=request.pk)
    if waiting.update(begun_at=timezone.now()):
        _carry_out(request, actor=ERASER.at_work_on(job.pk))


def keep(job: Job, outcome: None) -> None:
    """Note that it is done; of an erased account the request is gone as well."""
    waiting = ErasureRequest.objects.filter(pk=job.subject_id, begun_at__isnull=False)
    waiting.update(done_at=timezone.now())


def erase_item(item: EvidenceItem, *, actor: Actor, at: datetime) -> None:
    """Erase one item, what was made of it, and the packages of its case that may show it.

    Raises:
        PackageUnderWayError: a package or redacted copy is being made. Nothing was erased.
        evidence.holds.CaseHeldError: the law keeps it back. Nothing was erased.
        vault.erasure_list.ErasureListError: the list is damaged. Nothing was erased.
    """
    holds.refuse_held(item.case_id)
    _refuse_while_building(item.case_id)
    entry = erasure_list.append(settings.KEYS_DIR, scope=Scope.ITEM, of=item.pk, at=at)
    _walk(entry, actor=actor)


def erase_answer(link: WitnessLink, *, actor: Actor, at: datetime) -> None:
    """Erase all that a witness brought through their link; done twice it is done once.

    Raises:
        PackageUnderWayError, evidence.holds.CaseHeldError, vault.erasure_list.ErasureListError:
            as for one item. Nothing was erased, or what was begun is ended by the next try.
    """
    brought = EvidenceItem.objects.filter(pk__in=link.brought.values("pk"))
    for item in brought.order_by("received_at"):  # the first takes the others along
        if not erasure.is_erased(Subject.ITEM, item.pk):
            erase_item(item, actor=actor, at=at)
    with transaction.atomic():
        link.brought.all().delete()
        standing = WitnessLink.objects.filter(pk=link.pk)
        standing.filter(erased_at=None).update(erased_at=at)
        if standing.filter(revoked_at=None).update(revoked_at=at):
            facts = {"case": str(link.case_id)}
            custody.record(
                Subject.WITNESS_LINK, link.pk, Act.WITNESS_REVOKED, actor=actor, facts=facts
            )


def erase_case(case: Case, *, actor: Actor, at: datetime) -> None:
    """Erase one case for good. A package that others hold is beyond us.

    Raises:
        evidence.holds.CaseHeldError: the law keeps it back. Nothing was erased.
        vault.erasure_list.ErasureListError: the list is damaged. Nothing was erased.
    """
    holds.refuse_held(case.pk)
    entry = erasure_list.append(settings.KEYS_DIR, scope=Scope.CASE, of=case.pk, at=at)
    _walk(entry, actor=actor)


def erase_account(user: User, *, actor: Actor, at: datetime) -> None:
    """Erase every case of a person, then empty the account.

    Raises:
        evidence.holds.CaseHeldError: the law keeps one of them back. Nothing was erased.
        vault.erasure_list.ErasureListError: the list is damaged. Nothing was erased.
    """
    _refuse_held_account(user)
    entry = erasure_list.append(settings.KEYS_DIR, scope=Scope.ACCOUNT, of=user.pk, at=at)
    _walk(entry, actor=actor)


def replay() -> int:
    """Do again, or to its end, each erasure of the list that this database does not show.

    Returns:
        How many there were.

    Raises:
        vault.erasure_list.ErasureListError: damaged, or shorter than the tombstones here say.
    """
    entries = erasure_list.read(settings.KEYS_DIR)
    _refuse_shortened({entry.name for entry in entries})
    undone = [entry for entry in entries if _is_undone(entry)]
    for entry in undone:
        _walk(entry, actor=ERASER)
        custody.record(
            Subject(entry.scope),
            entry.id,
            Act.ERASURE_REPLAYED,
            actor=ERASER,
            facts={"entry": entry.name},
        )
    erasure.forget_freed_pages()  # the walk that was killed may have ended just before it
    return len(undone)


def _refuse_now(request: ErasureRequest) -> None:
    """What time will heal is said before the request counts as begun."""
    if request.scope == Scope.ITEM:
        item = EvidenceItem.objects.get(pk=request.subject_id)
        holds.refuse_held(item.case_id)
        _refuse_while_building(item.case_id)
    elif request.scope == Scope.CASE:
        holds.refuse_held(request.subject_id)
    else:
        _refuse_held_account(request.user)


def _refuse_held_account(user: User) -> None:
    for case_id in Case.objects.filter(borrower=user).values_list("pk", flat=True):
        holds.refuse_held(case_id)


def _carry_out(request: ErasureRequest, *, actor: Actor) -> None:
    now = timezone.now()
    if erasure.is_erased(Subject(request.scope), request.subject_id):
        return  # with its case, or by the operator
    if request.scope == Scope.ITEM:
        erase_item(EvidenceItem.objects.get(pk=request.subject_id), actor=actor, at=now)
    elif request.scope == Scope.CASE:
        erase_case(Case.objects.get(pk=request.subject_id), actor=actor, at=now)
    else:
        erase_account(request.user, actor=actor, at=now)


def _refuse_while_building(case_id: uuid.UUID) -> None:
    building = Job.objects.filter(subject_id__in=_asked_of(case_id), lease_until__gt=timezone.now())
    if building.exists():
        raise PackageUnderWayError(str(case_id))


def _walk(entry: Entry, *, actor: Actor) -> None:
    if entry.scope == Scope.ITEM:
        _erase_item(EvidenceItem.objects.get(pk=entry.id), entry, actor)
    elif entry.scope == Scope.CASE:
        _erase_case(entry.id, entry, actor)
    else:
        _erase_account(entry.id, entry, actor)
    erasure.forget_freed_pages()


def _erase_item(item: EvidenceItem, entry: Entry, actor: Actor) -> None:
    with_it = _goes_with(item)
    keys = erasure.keys_of_items(with_it)
    erasure.destroy_item_keys(with_it)
    packages, copies = _packages_with(item), _copies_with(with_it)
    asked = [pk for rows in (packages, copies) for pk in rows.values_list("pk", flat=True)]
    Job.objects.filter(subject_id__in=asked).delete()
    erasure.discard_item_bytes(with_it, actor=actor)
    with transaction.atomic():
        gone = packages.delete()[0]
        # Without its copy an exhibit goes too: it never falls back to what the copy hid.
        exhibits = Exhibit.objects.filter(
            models.Q(item__in=with_it) | models.Q(redaction__in=copies)
        )
        Complaint.objects.filter(exhibits__in=exhibits).update(finished_at=None)  # a draft again
        gone += exhibits.delete()[0] + copies.delete()[0] + _delete_witness_rows(with_it)
        gone += erasure.delete_item_rows(item.case_id, with_it)
        facts = {"rows": gone, "keys": keys, "entry": entry.name}
        erasure.leave_item_tombstones(with_it, facts=facts, actor=actor)


def _erase_case(case_id: uuid.UUID, entry: Entry, actor: Actor) -> None:
    keys = erasure.keys_of(case_id)
    erasure.destroy_keys(case_id)
    complaints = Complaint.objects.filter(case_id=case_id)
    Job.objects.filter(subject_id__in=_asked_of(case_id)).delete()
    erasure.discard_bytes(case_id, actor=actor)
    with transaction.atomic():
        gone = 0
        for model, way in ROWS:
            gone += model._default_manager.filter(**{way: case_id}).delete()[0]
        decided = models.Exists(ReviewDecision.objects.filter(complaint=models.OuterRef("pk")))
        gone += complaints.exclude(decided).delete()[0]
        complaints.update(**EMPTY)  # what is left is named by a decision
        gone += erasure.delete_rows(case_id)
        facts = {"rows": gone, "keys": keys, "entry": entry.name}
        erasure.leave_tombstones(case_id, facts=facts, actor=actor)


def _erase_account(user_id: uuid.UUID, entry: Entry, actor: Actor) -> None:
    emptying.lock(user_id)  # first of all: nothing new comes in while the walk is on its way
    cases = list(Case.objects.filter(borrower_id=user_id).values_list("pk", flat=True))
    for case_id in cases:
        _erase_case(case_id, entry, actor)
    with transaction.atomic():
        gone = ReviewClaim.objects.filter(reviewer_id=user_id).delete()[0]
        gone += emptying.empty(user_id)
        if not erasure.is_erased(Subject.ACCOUNT, user_id):
            facts = {"rows": gone, "keys": 0, "entry": entry.name}
            custody.record(Subject.ACCOUNT, user_id, Act.ERASED, actor=actor, facts=facts)


def _goes_with(item: EvidenceItem) -> set[uuid.UUID]:
    """The item, what was made of it, and the packages that may show it."""
    found = set[uuid.UUID]().union(*map(erasure.made_of, _stands_with(item)))
    if item.origin != EvidenceItem.Origin.PACKAGE:
        # By origin and time, not by row: a worker may have kept one whose row went meanwhile.
        packages = EvidenceItem.objects.filter(
            case_id=item.case_id,
            origin=EvidenceItem.Origin.PACKAGE,
            received_at__gte=item.received_at,
        )
        found |= set(packages.values_list("pk", flat=True)) - _packages_after(item)
    return found


def _stands_with(item: EvidenceItem) -> list[uuid.UUID]:
    """A witness's statement or consent goes with all else of theirs: without the other it is void.

    A picture of theirs goes alone.
    """
    row = WitnessItem.objects.filter(pk=item.pk).exclude(part=WitnessItem.Part.PICTURE).first()
    if row is None:
        return [item.pk]
    brought = WitnessItem.objects.filter(link=row.link_id).values("pk")
    return list(EvidenceItem.objects.filter(pk__in=brought).values_list("pk", flat=True))


def _delete_witness_rows(item_ids: Collection[uuid.UUID]) -> int:
    """Of a statement that goes: the choices about it and its row; its link says that it went."""
    statements = WitnessStatement.objects.filter(
        models.Q(item__in=item_ids) | models.Q(consent__in=item_ids)
    )
    links = list(statements.values_list("link", flat=True))
    gone = WitnessForm.objects.filter(statement__in=links).delete()[0]
    gone += statements.delete()[0]
    gone += WitnessItem.objects.filter(pk__in=item_ids).delete()[0]
    WitnessLink.objects.filter(pk__in=links).update(erased_at=timezone.now())
    return gone


def _packages_after(item: EvidenceItem) -> set[uuid.UUID]:
    """The packages asked for since the item's tombstone: they were made without it."""
    tombstone = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.ERASED).first()
    if tombstone is None:
        return set()
    rows = Package.objects.filter(complaint__case_id=item.case_id, asked_at__gt=tombstone.at)
    return set(rows.values_list("pk", flat=True))


def _packages_with(item: EvidenceItem) -> models.QuerySet[Package]:
    """A package tells of the whole case, so each that was made after the item came may show it."""
    rows = Package.objects.filter(complaint__case_id=item.case_id)
    if item.origin == EvidenceItem.Origin.PACKAGE:
        return rows.filter(pk=item.pk)
    earlier = models.Q(built_at__isnull=False, built_at__lt=item.received_at)
    return rows.exclude(earlier).exclude(pk__in=_packages_after(item))


def _copies_with(item_ids: Collection[uuid.UUID]) -> models.QuerySet[Redaction]:
    """The redactions of these items, and those whose copy is one of them."""
    return Redaction.objects.filter(models.Q(parent__in=item_ids) | models.Q(item__in=item_ids))


def _asked_of(case_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of packages and redactions: subjects of jobs of this room."""
    rows = [model.objects.filter(complaint__case_id=case_id) for model in (Package, Redaction)]
    return [pk for found in rows for pk in found.values_list("pk", flat=True)]


def _is_undone(entry: Entry) -> bool:
    if entry.scope == Scope.ITEM:
        item = EvidenceItem.objects.filter(pk=entry.id).first()
        return item is not None and _is_item_undone(item)
    if entry.scope == Scope.CASE:
        return Case.objects.filter(pk=entry.id).exists() and _is_case_undone(entry.id)
    if not User.objects.filter(pk=entry.id).exists():
        return False  # the backup is older than the account: nothing of it is here
    cases = Case.objects.filter(borrower_id=entry.id).values_list("pk", flat=True)
    return (
        not emptying.is_empty(entry.id)
        or not erasure.is_erased(Subject.ACCOUNT, entry.id)
        or any(_is_case_undone(case_id) for case_id in cases)
    )


def _is_item_undone(item: EvidenceItem) -> bool:
    with_it = _goes_with(item)
    return (
        not all(erasure.is_erased(Subject.ITEM, item_id) for item_id in with_it)
        or erasure.is_rest_of_items_left(with_it)
        or Exhibit.objects.filter(item__in=with_it).exists()
        or _copies_with(with_it).exists()
        or WitnessItem.objects.filter(pk__in=with_it).exists()
        or _packages_with(item).exists()
    )


def _is_case_undone(case_id: uuid.UUID) -> bool:
    if not erasure.is_erased(Subject.CASE, case_id) or erasure.is_rest_left(case_id):
        return True
    if Complaint.objects.filter(case_id=case_id).exclude(**EMPTY).exists():
        return True
    return any(model._default_manager.filter(**{way: case_id}).exists() for model, way in ROWS)


def _refuse_shortened(names: set[str]) -> None:
    """Each tombstone here names an entry of the list; one that is not there was taken out."""
    for row in CustodyEvent.objects.filter(act=Act.ERASED).iterator():
        name = events.decode(bytes(row.raw)).facts.get("entry")
        if name not in names:
            raise ErasureListError(
                f"{erasure_list.FILE_NAME} lacks the entry of a tombstone ({row.subject_type} "
                f"{row.subject_id}); bring the list back from the newest copy of the keys"
            )

"""Which items a complaint hands over, under which numbers: what carries an act, what was added."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from complaints.bundle.gaps import GapReason
from complaints.composing import acts as confirmed
from complaints.composing import statistics, witnesses
from complaints.composing.acts import ConfirmedAct
from complaints.composing.witnesses import WitnessNotAgreedError
from complaints.errors import ComplaintError, ForeignItemError
from complaints.models import Complaint, Exhibit, WitnessForm, WitnessStatement
from complaints.standing import PartlyChosenError, require_unfinished
from evidence import choosing, custody
from evidence.custody import Act, Actor, Subject
from evidence.models.items import EvidenceItem
from evidence.models.readings import Record
from evidence.models.timelines import current_roles

# An export holds a whole life: only its chosen records leave, unless the person says otherwise.
PARTIAL = (EvidenceItem.Kind.MESSAGE_EXPORT,)


class NothingWithheldError(ComplaintError):
    """The exhibit is handed over whole: there is no gap to give a reason for."""

    code = "exhibit_withholds_nothing"


def number_exhibits(complaint: Complaint, *, actor: Actor) -> list[Exhibit]:
    """Bring the exhibits in step with what the person confirmed.

    Every item with a confirmed act, or with records that a finding stands on, becomes an exhibit.
    Numbers once given stay; an item that carries no act any more loses its number unless the
    person wrote a purpose for it or chose a redacted copy of it. A witness's statement goes along
    as far as the witness agreed and the person chose. Runs as often as wanted.

    Raises:
        ComplaintFinishedError: it is complete.
    """
    require_unfinished(complaint)
    acts = confirmed.confirmed_acts(complaint)
    records = _records(complaint, acts)
    items = EvidenceItem.objects.filter(case=complaint.case, pk__in=records).order_by("received_at")
    may_go = witnesses.allowed(complaint)  # of what witnesses brought
    items = items.exclude(Q(origin=EvidenceItem.Origin.WITNESS) & ~Q(pk__in=may_go))
    documents = [item for one in witnesses.beside(complaint) for item in one.goes_along()]
    with transaction.atomic():
        for item in items:
            _number(complaint, item, records[item.pk], acts, actor)
        for item in documents:
            _number_third_persons(complaint, item, actor)
        gone = complaint.exhibits.exclude(item__in=items).exclude(item__in=documents)
        gone.filter(purpose="").exclude(form=Exhibit.Form.REDACTED).delete()
        theirs = complaint.exhibits.filter(item__origin=EvidenceItem.Origin.WITNESS)
        theirs.exclude(item__in=may_go).delete()
    return list(complaint.exhibits.all())


def add_exhibit(
    complaint: Complaint,
    item: EvidenceItem,
    *,
    group: str,
    purpose: str,
    actor: Actor,
) -> Exhibit:
    """Take an item in as an exhibit because the person says so: a contract, a receipt, a recording.

    What is an exhibit already gets the purpose and keeps number and form. The item is handed over
    as it was received.

    Raises:
        ComplaintFinishedError: it is complete.
        ForeignItemError: the item is of another case.
        PartlyChosenError: an export of which the person kept a part only.
        WitnessNotAgreedError: a witness brought it, and did not agree to this desk.
    """
    require_unfinished(complaint)
    if item.case_id != complaint.case_id:
        raise ForeignItemError(str(item.pk))
    if choosing.is_part(item.pk):
        raise PartlyChosenError(str(item.pk))
    if item.origin == EvidenceItem.Origin.WITNESS and item.pk not in witnesses.allowed(complaint):
        raise WitnessNotAgreedError(str(item.pk))
    with transaction.atomic():
        row = complaint.exhibits.filter(item=item).first()
        if row is None:
            row = _new_exhibit(complaint, item, group, Exhibit.Form.ORIGINAL, [], actor)
        row.purpose = purpose
        row.save(update_fields=["purpose"])
    return row


def say_why_withheld(complaint: Complaint, row: Exhibit, reason: GapReason) -> None:
    """Keep the person's reason for the records of an exhibit that are not handed over.

    Raises:
        ComplaintFinishedError: it is complete.
        NothingWithheldError: the exhibit is not one of chosen records.
    """
    require_unfinished(complaint)
    if row.form != Exhibit.Form.RECORDS:
        raise NothingWithheldError(row.code)
    row.gap_reason = reason
    row.save(update_fields=["gap_reason"])


def choose_witness_form(
    complaint: Complaint, statement: WitnessStatement, form: str, *, actor: Actor
) -> None:
    """Keep how a witness's statement goes along with this complaint, and number anew.

    Raises:
        ComplaintFinishedError: it is complete.
        WitnessNotAgreedError: more than the witness agreed to for this desk.
    """
    require_unfinished(complaint)
    witnesses.require_agreed(complaint, statement, form)
    WitnessForm.objects.update_or_create(
        complaint=complaint, statement=statement, defaults={"form": form}
    )
    number_exhibits(complaint, actor=actor)


def drop_exhibit(complaint: Complaint, code: str, *, actor: Actor) -> None:
    """Take back what the person added; one that carries an act comes again with the next numbering.

    Raises:
        ComplaintFinishedError: it is complete.
    """
    require_unfinished(complaint)
    for row in complaint.exhibits.all():
        if row.code == code:
            row.delete()
    number_exhibits(complaint, actor=actor)


def _records(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Item id → ids of its records that the complaint leans on (may be empty: the item itself)."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for act in acts:
        chosen = found.setdefault(act.item, set())
        if act.record:
            chosen.add(act.record.pk)
    leaned = {
        record_id
        for finding in confirmed.told_findings(complaint)
        for record_id in finding.record_ids
    }
    for record in Record.objects.filter(case=complaint.case, pk__in=leaned).select_related(
        "reading"
    ):
        found.setdefault(record.reading.item_id, set()).add(record.pk)
    return found


def _number(
    complaint: Complaint,
    item: EvidenceItem,
    records: set[uuid.UUID],
    acts: Sequence[ConfirmedAct],
    actor: Actor,
) -> None:
    is_partial = item.kind in PARTIAL or choosing.is_part(item.pk)
    form = Exhibit.Form.RECORDS if is_partial and records else Exhibit.Form.ORIGINAL
    chosen = Record.objects.filter(pk__in=records).order_by("index").values_list("pk", flat=True)
    record_ids = [str(pk) for pk in chosen] if form == Exhibit.Form.RECORDS else []
    row = complaint.exhibits.filter(item=item).first()
    if row is not None:
        if row.form == Exhibit.Form.RECORDS:
            row.record_ids = record_ids
            row.save(update_fields=["record_ids"])
        return
    _new_exhibit(complaint, item, _group(complaint, item, acts), form, record_ids, actor)


def _number_third_persons(complaint: Complaint, item: EvidenceItem, actor: Actor) -> None:
    """What a witness brought goes along whole, apart from the borrower's own."""
    if not complaint.exhibits.filter(item=item).exists():
        group = Exhibit.Group.THIRD_PERSONS
        _new_exhibit(complaint, item, group, Exhibit.Form.ORIGINAL, [], actor)


def _new_exhibit(
    complaint: Complaint,
    item: EvidenceItem,
    group: str,
    form: str,
    record_ids: list[str],
    actor: Actor,
) -> Exhibit:
    taken = complaint.exhibits.filter(group=group).order_by("-number").first()
    row = Exhibit.objects.create(
        complaint=complaint,
        item=item,
        group=group,
        number=taken.number + 1 if taken else 1,
        form=form,
        record_ids=record_ids,
    )
    custody.record(
        Subject.ITEM,
        item.pk,
        Act.EXHIBITED,
        actor=actor,
        facts={"complaint": str(complaint.pk), "exhibit": row.code, "form": str(form)},
    )
    return row


def _group(complaint: Complaint, item: EvidenceItem, acts: Sequence[ConfirmedAct]) -> str:
    """Third persons' own material stands apart; all else that carries an act is collection."""
    roles = current_roles(complaint.case)
    about = [act.record for act in acts if act.item == item.pk and act.record]
    if about and all(statistics.is_third_person(record, roles) for record in about):
        return Exhibit.Group.THIRD_PERSONS
    return Exhibit.Group.COLLECTION

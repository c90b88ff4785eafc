"""The left column: the items of a case with what is proved, read, suggested and opened."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from complaints import sighting
from complaints.console.alarms import CHECKS
from complaints.models import Exhibit
from evidence.custody import Subject
from evidence.integrity import event as events
from evidence.models import Case, CustodyEvent, EvidenceItem, Reading, Tag, Tagging, TimeStampToken

PER_PAGE = 100
# What we made ourselves (packages, records files, redactions) stands with its complaint.
GATHERED = (
    EvidenceItem.Origin.UPLOAD,
    EvidenceItem.Origin.WITNESS,
    EvidenceItem.Origin.EXTRACTED,
)


@dataclass(frozen=True)
class RailItem:
    """One item as the rail shows it."""

    item: EvidenceItem
    exhibits: tuple[str, ...]  # its numbers in the case's complaints
    check: CheckState
    is_opened: bool  # by the person who looks


@dataclass(frozen=True)
class CheckState:
    """What the newest check of an item came to; `verdict` is "" when there never was one."""

    verdict: str = ""  # unchanged, incomplete, changed, cannot_check
    failed: tuple[str, ...] = ()
    event: CustodyEvent | None = None


NEVER_CHECKED = CheckState()


def rail(case: Case, user: User, *, number: Any) -> tuple[Page[EvidenceItem], list[RailItem]]:
    """One page of the items of a case, oldest first."""
    page = Paginator(_items(case), PER_PAGE).get_page(number)
    ids = [item.pk for item in page]
    numbers, checks = _numbers(case), check_states(ids)
    seen = sighting.opened_items(ids, by=user)
    rows = [
        RailItem(item, numbers[item.pk], checks.get(item.pk, NEVER_CHECKED), item.pk in seen)
        for item in page
    ]
    return page, rows


def check_states(item_ids: list[uuid.UUID]) -> dict[uuid.UUID, CheckState]:
    """What the newest check of each of the items came to; never checked: no entry."""
    rows = CustodyEvent.objects.filter(
        subject_type=Subject.ITEM, subject_id__in=[str(pk) for pk in item_ids], act__in=CHECKS
    ).order_by("sequence")
    newest = {row.subject_id: row for row in rows}
    return {uuid.UUID(pk): _check_state(row) for pk, row in newest.items()}


def newest_tagging(item: Any) -> QuerySet[Tagging]:
    """The tagging whose suggestions count for an item (or an `OuterRef` to one)."""
    return Tagging.objects.filter(item=item).order_by("-created_at", "-sequence")[:1]


def _check_state(row: CustodyEvent) -> CheckState:
    facts = events.decode(bytes(row.raw)).facts
    return CheckState(str(facts.get("verdict", "")), tuple(facts.get("failed", ())), row)


def _items(case: Case) -> QuerySet[EvidenceItem]:
    reading = Reading.objects.filter(item=OuterRef("pk")).order_by("-created_at", "-id")
    token = TimeStampToken.objects.filter(item=OuterRef("pk"))
    open_tags = (
        Tag.objects.filter(tagging=OuterRef("tagging"), decisions__isnull=True)
        .order_by()
        .values("tagging")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        EvidenceItem.objects.kept()
        .filter(case=case, origin__in=GATHERED)
        .select_related("declared")
        .annotate(
            tagging=Subquery(newest_tagging(OuterRef("pk")).values("pk")),
            undecided=Coalesce(Subquery(open_tags), 0),
            sealed_at=Subquery(token.order_by("gen_time").values("gen_time")[:1]),
            is_outside=Exists(token.filter(is_self_issued=False)),
            read_format=Subquery(reading.values("format")[:1]),
            read_problem=Subquery(reading.values("problem")[:1]),
        )
        .order_by("received_at", "id")
    )


def _numbers(case: Case) -> dict[uuid.UUID, tuple[str, ...]]:
    numbers: dict[uuid.UUID, tuple[str, ...]] = defaultdict(tuple)
    for row in Exhibit.objects.filter(complaint__case=case).order_by("complaint_id"):
        if row.code not in numbers[row.item_id]:
            numbers[row.item_id] += (row.code,)
    return numbers

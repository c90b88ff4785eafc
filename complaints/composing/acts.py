"""What the person confirmed: the acts a complaint may tell, in time order."""

from __future__ import annotations

import copy
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils import timezone

from complaints.composing import visible
from complaints.law import routing
from complaints.models import Complaint
from evidence.abuse.limits import limits
from evidence.models.cases import Case
from evidence.models.readings import Record
from evidence.models.tags import Finding, FindingRun, Tag, TagDecision

BEIJING = ZoneInfo("Asia/Shanghai")
# Desks for one matter only: what lies beyond their rule of routing would make them send it back.
ONE_MATTER = frozenset({"CAC", "JUSTICE", "PBOC", "PLATFORM"})
# Of a record, what no page tells: not to be read where hundreds are.
UNTOLD = ("raw", "attachments", "warnings", "facts")


@dataclass(frozen=True)
class ConfirmedAct:
    """One tag that a person confirmed or corrected, and the record it is about."""

    tag: Tag
    kind: str  # code of abuse_kinds.json, as confirmed or as corrected
    record: Record | None  # None: a tag on an item that has no records
    item: uuid.UUID
    at: datetime | None  # claimed: by the record, else by the person; None when nobody says
    precision: str  # second | minute | day

    @property
    def on(self) -> date | None:
        """The day in Beijing."""
        return None if self.at is None else self.at.astimezone(BEIJING).date()


def beijing_today() -> date:
    """The calendar day that it is in Beijing."""
    return timezone.now().astimezone(BEIJING).date()


def confirmed_acts(complaint: Complaint) -> list[ConfirmedAct]:
    """The confirmed acts of the complaint's case, oldest first; undated ones last.

    A tag that the person left out of this complaint is not among them, nor what its desk does not
    look into. Of an item that is handed
    over as a redacted copy, an act tells only what the copy shows.
    """
    left_out = set(complaint.answers.get("left_out_tags", ()))
    copies = visible.redacted(complaint)
    tags = [tag for tag in standing_tags(complaint.case) if str(tag.pk) not in left_out]
    acts = (_act(tag, _told_record(tag, copies)) for tag in tags)
    return sorted((act for act in acts if is_for(complaint.agency, act.kind)), key=_order)


def acts_of(case: Case) -> list[ConfirmedAct]:
    """All confirmed acts of a case, told by no complaint in particular; oldest first."""
    return sorted((_act(tag, _as_heard(tag)) for tag in standing_tags(case)), key=_order)


def standing_tags(case: Case) -> Iterable[Tag]:
    """Tags whose newest decision is "confirmed" or "corrected", with that decision annotated."""
    rows = Tag.objects.filter(item__case=case).standing()
    # Few records bear many tags: each is read once, and without the bytes that prove it.
    records = Record.objects.defer(*UNTOLD)
    return rows.prefetch_related(Prefetch("record", records), "item__declared", "heard__segment")


def patterns_of(case: Case) -> list[Finding]:
    """The patterns over time of the newest look at the timeline: counts past a limit.

    What the rules find in single messages is not among them: that is the person's to confirm.
    """
    run = FindingRun.objects.filter(case=case).order_by("-created_at").first()
    if run is None:
        return []
    counted = {limit.rule for limit in limits().values()}
    return [finding for finding in run.findings.all() if finding.rule in counted]


def told_findings(complaint: Complaint) -> list[Finding]:
    """The patterns that this complaint tells: all but those the person left out.

    Nor those that count a record of a withheld item: a count would tell what the copy hides.
    """
    left_out = set(complaint.answers.get("left_out_rules", ()))
    hidden = Record.objects.filter(reading__item__in=visible.redacted(complaint))
    withheld = {str(pk) for pk in hidden.values_list("pk", flat=True)}
    return [
        found
        for found in patterns_of(complaint.case)
        if found.rule not in left_out
        and withheld.isdisjoint(map(str, found.record_ids))
        and is_for(complaint.agency, found.kind)
    ]


def records_of(findings: Iterable[Finding]) -> dict[str, tuple[datetime | None, uuid.UUID]]:
    """When each record of these patterns was, and whose item it is in, by the record's id."""
    ids = {str(pk) for finding in findings for pk in finding.record_ids}
    rows = Record.objects.filter(pk__in=ids).values_list("pk", "when_utc", "reading__item")
    return {str(pk): (at, item) for pk, at, item in rows}


def is_for(agency_id: str, kind: str) -> bool:
    """Whether the desk looks into this kind at all; most look into whatever is told."""
    return agency_id not in ONE_MATTER or kind in routing.kinds_of(agency_id)


def by_record(acts: Iterable[ConfirmedAct]) -> Mapping[uuid.UUID, list[ConfirmedAct]]:
    """The acts of each record (or of an item without records), in the order they came.

    Of a recording, each of the words that a person heard in it stands for itself.
    """
    grouped: dict[uuid.UUID, list[ConfirmedAct]] = defaultdict(list)
    for act in acts:
        grouped[act.tag.heard_id or (act.record.pk if act.record else act.item)].append(act)
    return grouped


def _told_record(tag: Tag, copies: visible.Redacted) -> Record | None:
    """The tag's record, as far as a redacted copy of its item shows it."""
    made, record = copies.get(tag.item_id), _as_heard(tag)
    return record if record is None or made is None else visible.in_copy(record, made)


def _as_heard(tag: Tag) -> Record | None:
    """The record; of a recording with the words that a person heard, and their seconds.

    Never saved: the record itself says nothing of words.
    """
    if tag.record is None or tag.heard is None:
        return tag.record
    told = copy.copy(tag.record)
    told.text = tag.heard.words
    segment = tag.heard.segment
    told.source_locator = {"seconds": [round(segment.start_s, 1), round(segment.end_s, 1)]}
    return told


def _act(tag: Tag, record: Record | None) -> ConfirmedAct:
    corrected = tag.decided == TagDecision.Decision.CORRECTED  # type: ignore[attr-defined]  # annotated
    kind = tag.decided_kind if corrected else tag.kind  # type: ignore[attr-defined]  # annotated
    at, precision = _happened(tag, record)
    return ConfirmedAct(tag, kind, record, tag.item_id, at, precision)


def _happened(tag: Tag, record: Record | None) -> tuple[datetime | None, str]:
    """When the act was, as the record tells it, else as the person declared for the item."""
    if record is not None and record.when_utc is not None:
        precision = {"ms": "second", "s": "second", "min": "minute"}
        return record.when_utc, precision.get(record.when_precision, "day")
    declared = getattr(tag.item, "declared", None)
    if declared is not None and declared.taken_at is not None:
        return declared.taken_at, "day"
    return None, "day"


def _order(act: ConfirmedAct) -> tuple[bool, datetime, int, float, int]:
    far = datetime.max.replace(tzinfo=BEIJING)
    place = act.record.index if act.record else 0
    said_s = act.tag.heard.segment.start_s if act.tag.heard else 0.0
    return (act.at is None, act.at or far, place, said_s, act.tag.start)

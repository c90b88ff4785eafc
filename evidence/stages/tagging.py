"""Stage 4a: suggest tags for the records of an item. A person decides; both stay.

A newer tagger, or other roles of numbers, add a run beside the earlier ones; a suggestion that
was decided already is not made again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from evidence import choosing, custody, transcripts
from evidence.abuse import tagger
from evidence.abuse.suggestion import Suggestion
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import canonical, sha256_hex
from evidence.models import (
    EvidenceItem,
    Job,
    NumberRole,
    Reading,
    Record,
    SegmentDecision,
    Tag,
    TagDecision,
    Tagging,
)
from evidence.models.tags import TAGGER

TAGGER_ACTOR = Actor.system("tagging")
OWN_WORDS = frozenset(["out", "draft", "outbox", "queued", "failed"])
EXACT = frozenset(["ms", "s", "min"])  # precisions that tell the hour
SAID_BY = {  # direction of words in a call, by who said them
    SegmentDecision.Speaker.OTHER: "in",
    SegmentDecision.Speaker.SELF: "out",
    SegmentDecision.Speaker.UNKNOWN: None,
}
BATCH = 1000

Place = tuple[uuid.UUID, uuid.UUID | None, str, int, int]  # record, words, kind, start, end


@dataclass(frozen=True)
class Proposal:
    """One suggestion for one record, or for words that a person heard in it."""

    record_id: uuid.UUID
    suggestion: Suggestion
    heard_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Outcome:
    """What the tagger said, and what it had been told. None of it is a row yet."""

    reading_id: uuid.UUID | None
    roles_sha256: str
    proposals: list[Proposal]


def prepare(job: Job) -> Outcome:
    """Go over the newest reading of the item."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    roles = roles_of(item.case_id)
    heard = list(transcripts.heard_in([item.pk]))
    told = _told(item, roles, heard)
    reading = Reading.objects.filter(item=item).order_by("-created_at", "-id").first()
    if reading is None:
        return Outcome(None, told, [])
    proposals = [*_proposals(reading, item, roles), *_heard_proposals(reading, item, roles, heard)]
    return Outcome(reading.pk, told, proposals)


def keep(job: Job, outcome: Outcome) -> None:
    """Write the run and its tags, unless the last run had the same tagger and was told the same."""
    if outcome.reading_id is None:
        return
    last = Tagging.objects.filter(reading_id=outcome.reading_id).order_by("sequence").last()
    version = tagger.TAGGER_VERSION
    if last and (last.tagger_version, last.roles_sha256) == (version, outcome.roles_sha256):
        return
    decided = _decided(job.subject_id)
    fresh = [p for p in outcome.proposals if _place(p) not in decided]
    tagging = Tagging.objects.create(
        id=uuid.uuid4(),
        item_id=job.subject_id,
        reading_id=outcome.reading_id,
        sequence=last.sequence + 1 if last else 1,
        tagger_version=version,
        roles_sha256=outcome.roles_sha256,
        tag_count=len(fresh),
        created_at=timezone.now(),
    )
    Tag.objects.bulk_create((_row(tagging, each) for each in fresh), batch_size=BATCH)
    facts = {"tagging": str(tagging.pk), "tagger_version": version, "tags": len(fresh)}
    custody.record(Subject.ITEM, job.subject_id, Act.TAGGED, actor=TAGGER_ACTOR, facts=facts)


def roles_of(case_id: uuid.UUID) -> dict[str, str]:
    """The role of each number that has one, as last said."""
    rows = NumberRole.objects.filter(case_id=case_id).order_by("created_at", "id")
    return dict(rows.values_list("number", "role"))


def _told(item: EvidenceItem, roles: dict[str, str], heard: list[SegmentDecision]) -> str:
    """The digest of what the tagger is told: roles alone where nobody has heard or chosen."""
    told: dict[str, object] = {}
    if heard:
        told["heard"] = [str(one.pk) for one in heard]
    if choice := choosing.newest(item):
        told["choice"] = str(choice.pk)
    return sha256_hex(canonical({**told, "roles": roles} if told else roles))


def _proposals(reading: Reading, item: EvidenceItem, roles: dict[str, str]) -> Iterator[Proposal]:
    recipient = _recipient(item)
    seen: set[tuple[uuid.UUID, str, str, int, int]] = set()
    for record in reading.records.exclude(text="").order_by("index").iterator(BATCH):
        if roles.get(record.peer_number) == NumberRole.Role.NOT_COLLECTION:
            continue
        for one in _suggestions(record, recipient):
            key = (record.pk, one.kind, one.rule, one.start, one.end)
            if key not in seen:
                seen.add(key)
                yield Proposal(record.pk, one)


def _heard_proposals(
    reading: Reading, item: EvidenceItem, roles: dict[str, str], heard: list[SegmentDecision]
) -> Iterator[Proposal]:
    """Of what people heard in a recording. A machine's draft is never looked at."""
    record = reading.records.filter(kind=transcripts.RECORDING).first()
    if record is None or roles.get(record.peer_number) == NumberRole.Role.NOT_COLLECTION:
        return
    at = record.when_utc if record.when_precision in EXACT else None
    recipient = _recipient(item)
    for words in heard:
        said = at + timedelta(seconds=words.segment.start_s) if at else None
        direction = SAID_BY[SegmentDecision.Speaker(words.speaker)]
        seen: set[tuple[str, str, int, int]] = set()
        for one in tagger.tag(words.words, at=said, direction=direction, recipient=recipient):
            key = (one.kind, one.rule, one.start, one.end)
            if key not in seen:
                seen.add(key)
                yield Proposal(record.pk, one, words.pk)


def _recipient(item: EvidenceItem) -> str | None:
    return "witness" if item.origin == EvidenceItem.Origin.WITNESS else None


def _suggestions(record: Record, recipient: str | None) -> list[Suggestion]:
    direction = {"in": "in"}.get(record.direction)
    if record.direction in OWN_WORDS:
        direction = "out"
    at = record.when_utc if record.when_precision in EXACT else None
    return tagger.tag(record.text, at=at, direction=direction, recipient=recipient)


def _decided(item_id: uuid.UUID) -> set[Place]:
    """Where a person decided: suggestions as they were made, and what they were corrected to."""
    rows = TagDecision.objects.filter(tag__item_id=item_id, tag__record__isnull=False)
    decided: set[Place] = set()
    for row in rows.select_related("tag"):
        tag = row.tag
        assert tag.record_id is not None  # noqa: S101 -- asked for above
        decided.add((tag.record_id, tag.heard_id, tag.kind, tag.start, tag.end))
        if row.decision == TagDecision.Decision.CORRECTED:
            start = tag.start if row.start is None else row.start
            end = tag.end if row.end is None else row.end
            decided.add((tag.record_id, tag.heard_id, row.kind, start, end))
    return decided


def _place(proposal: Proposal) -> Place:
    one = proposal.suggestion
    return (proposal.record_id, proposal.heard_id, one.kind, one.start, one.end)


def _row(tagging: Tagging, proposal: Proposal) -> Tag:
    one = proposal.suggestion
    return Tag(
        id=uuid.uuid4(),
        item_id=tagging.item_id,
        record_id=proposal.record_id,
        heard_id=proposal.heard_id,
        tagging=tagging,
        kind=one.kind,
        label=one.label,
        start=one.start,
        end=one.end,
        rule=one.rule,
        rule_version=str(one.rule_version),
        reason_zh=one.reason_zh,
        reason_en=one.reason_en,
        confidence=one.confidence,
        proposed_by=TAGGER,
        created_at=tagging.created_at,
    )

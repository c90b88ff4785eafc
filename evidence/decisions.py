"""What a person decides about tags and numbers: rows beside the suggestions, never over them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence import collectors, custody, jobs
from evidence.abuse.kinds import KINDS
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.models import (
    Case,
    EvidenceItem,
    NumberRole,
    Record,
    ScreenDecision,
    Tag,
    TagDecision,
)
from evidence.models.tags import PERSON

COMPARE, TAG, FIND = "compare", "tag", "find"  # the stages that are asked for again
NO_REASONS: Mapping[uuid.UUID, str] = MappingProxyType({})


class UnknownTagKindError(EvidenceError):
    """No such kind of abuse; or a correction that names none."""

    code = "unknown_tag_kind"


class SpanError(EvidenceError):
    """The words that a tag points to are not in the record's text."""

    code = "tag_span_outside"


def decide(
    tag: Tag,
    *,
    decision: str,
    kind: str = "",
    words: tuple[int, int] | None = None,
    reason: str = "",
    by: User,
) -> TagDecision:
    """Keep a decision beside the suggestion; a later one counts more, none is lost.

    Args:
        tag: the suggestion, or a person's own tag. It stays as it was, whatever is decided.
        decision: a `TagDecision.Decision` value.
        kind: the right kind, for `corrected` only.
        words: start and end of the right words in `tag.words`, for `corrected` only; None: the
            words that were suggested.
        reason: in the person's words.
        by: who decides.

    Raises:
        UnknownTagKindError: `corrected` without a kind of ours.
        SpanError: the right words are not in the text, or stand beside another decision.
    """
    is_correction = decision == TagDecision.Decision.CORRECTED
    if is_correction and kind not in KINDS:
        raise UnknownTagKindError("a correction names a kind")
    if words is not None and not (is_correction and 0 <= words[0] < words[1] <= len(tag.words)):
        raise SpanError(f"{words[0]}..{words[1]} of {len(tag.words)}")
    with transaction.atomic():
        made = TagDecision.objects.create(
            id=uuid.uuid4(),
            tag=tag,
            decision=decision,
            kind=kind if is_correction else "",
            start=words[0] if words else None,
            end=words[1] if words else None,
            reason=reason,
            by=by,
            at=timezone.now(),
        )
        facts = {"tag": str(tag.pk), "decision": decision, "kind": made.kind or tag.kind}
        custody.record(
            Subject.ITEM, tag.item_id, Act.DECIDED, actor=Actor.of(by), facts=facts, at=made.at
        )
    return made


@transaction.atomic
def decide_all(
    decisions: Iterable[tuple[Tag, str]], *, reasons: Mapping[uuid.UUID, str] = NO_REASONS, by: User
) -> int:
    """Keep several decisions, all or none; return how many.

    Args:
        decisions: each tag with what is decided.
        reasons: in the person's words, by tag, where they gave one.
        by: who decides.
    """
    made = [
        decide(tag, decision=decision, reason=reasons.get(tag.pk, ""), by=by)
        for tag, decision in decisions
    ]
    return len(made)


def propose(record: Record, *, kind: str, start: int, end: int, reason: str, by: User) -> Tag:
    """Keep a person's own tag on the words of a record; proposing it confirms it.

    Raises:
        UnknownTagKindError, SpanError.
    """
    if kind not in KINDS:
        raise UnknownTagKindError("no such kind")
    if not 0 <= start <= end <= len(record.text):
        raise SpanError(f"{start}..{end} of {len(record.text)}")
    with transaction.atomic():
        tag = Tag.objects.create(
            id=uuid.uuid4(),
            item_id=record.reading.item_id,
            record=record,
            kind=kind,
            label=KINDS[kind].label or "",
            start=start,
            end=end,
            reason_zh=reason,
            reason_en=reason,
            proposed_by=PERSON,
            created_at=timezone.now(),
        )
        decide(tag, decision=TagDecision.Decision.CONFIRMED, by=by)
    return tag


@transaction.atomic
def name_number(
    case: Case, number: str, *, role: str, how_known: str, lender: str, by: User
) -> NumberRole:
    """Keep whose number it is; tags and findings are looked for again with that knowledge."""
    row = NumberRole.objects.create(
        id=uuid.uuid4(),
        case=case,
        number=number,
        role=role,
        how_known=how_known,
        lender=lender,
        by=by,
        created_at=timezone.now(),
    )
    facts = {"number_role": str(row.pk), "role": role}
    custody.record(Subject.CASE, case.pk, Act.DECIDED, actor=Actor.of(by), facts=facts)
    touched = EvidenceItem.objects.filter(case=case, readings__records__peer_number=number)
    for item_id in touched.distinct().values_list("pk", flat=True):
        jobs.ask_again(TAG, item_id)
    look_for_patterns_again(case.pk)
    collectors.drop_what_is_gone(case.pk)  # a relative's number is compared with nobody's
    return row


def look_for_patterns_again(case_id: uuid.UUID) -> None:
    """Ask for the patterns over the case's timeline, after something in it changed."""
    jobs.ask_again(FIND, case_id)


@transaction.atomic
def decide_pair(
    first: EvidenceItem, second: EvidenceItem, *, decision: str, by: User
) -> ScreenDecision:
    """Keep whether two pictures show the same messages; the case's pictures are compared anew.

    Args:
        first: one of them.
        second: the other one, of the same case; their order does not matter.
        decision: a `ScreenDecision.Decision` value.
        by: who decides.
    """
    made = ScreenDecision.objects.create(
        id=uuid.uuid4(), first=first, second=second, decision=decision, by=by, at=timezone.now()
    )
    facts = {"decision": decision, "item": str(first.pk), "other": str(second.pk)}
    custody.record(
        Subject.CASE, first.case_id, Act.DECIDED, actor=Actor.of(by), facts=facts, at=made.at
    )
    compare_screens_again(first.case_id)
    return made


def compare_screens_again(case_id: uuid.UUID) -> None:
    """Ask for another look over the case's pictures."""
    jobs.ask_again(COMPARE, case_id)

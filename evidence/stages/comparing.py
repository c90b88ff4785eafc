"""Stage 3b: compare the pictures of a case: which are the same, which show one scrolling chat.

Films are compared with pictures, and both with exports, by their messages in order. All stay
evidence; a message that two of them tell counts once: in the export, else on the picture. A person
may say otherwise. The newest run counts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, combinations, product

from django.utils import timezone

from evidence import custody, talks
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import canonical, sha256_hex
from evidence.media import picture_hash
from evidence.models import (
    EvidenceItem,
    Job,
    PictureHash,
    Reading,
    Record,
    ScreenDecision,
    ScreenPair,
    ScreenRun,
    ScreenStrand,
    ScreenTwin,
)
from evidence.models.screens import newest_run
from evidence.readers.screens.screen_overlaps import Mark, Overlap, Screen, overlap
from evidence.readers.screens.screen_strands import Strand, strands
from evidence.same_messages import Shared, shared

ENGINE_VERSION = "2"
COMPARER = Actor.system("comparing")
MOST_PICTURES = 400  # of a case, the newest; each is compared with each
SHOWN = frozenset(["chat", "system"])


@dataclass(frozen=True)
class Picture:
    """One picture of a case, as far as it is compared."""

    item: uuid.UUID
    hashed: picture_hash.PictureHash
    screen: Screen


@dataclass(frozen=True)
class Found:
    """Two pictures with something in common, after what a person said."""

    first: str
    second: str
    kind: str
    message_count: int
    is_sure: bool
    counts_once: bool


@dataclass(frozen=True)
class Outcome:
    """What the look found, and the digest of what it saw."""

    screens_sha256: str
    pairs: list[Found]
    strands: list[Strand]
    twins: dict[str, str]  # a message that is told elsewhere -> the one under which it counts


def prepare(job: Job) -> Outcome:
    """Compare each picture with each other one."""
    pictures = _pictures(job.subject_id)
    said = _decisions(job.subject_id)
    pairs: list[Found] = []
    joined: list[Overlap] = []
    for one, other in combinations(pictures, 2):
        both = overlap(one.screen, other.screen)
        is_duplicate = _are_alike(one, other, both)
        if both is None and not is_duplicate:
            continue
        is_sure = is_duplicate or (both is not None and both.is_sure)
        once = _counts_once(said, one.screen.id, other.screen.id, is_sure=is_sure)
        kind = ScreenPair.Kind.DUPLICATE if is_duplicate else ScreenPair.Kind.OVERLAP
        count = len(both.pairs) if both else 0
        pairs.append(Found(one.screen.id, other.screen.id, kind, count, is_sure, once))
        if both is not None and once:
            joined.append(replace(both, is_sure=True))
    found = strands([picture.screen for picture in pictures], joined)
    twins = dict(chain.from_iterable(strand.twins.items() for strand in found))
    across = _across(job.subject_id)
    for (first, second), told in across.items():
        once = _counts_once(said, first, second, is_sure=told.is_sure)
        kind = ScreenPair.Kind.OVERLAP
        pairs.append(Found(first, second, kind, len(told.pairs), told.is_sure, once))
        if once:
            _count_once(twins, told)
    seen = {
        "engine": ENGINE_VERSION,
        "pictures": [[p.screen.id, [mark.id for mark in p.screen.marks]] for p in pictures],
        "said": sorted([*sorted(pair), decision] for pair, decision in said.items()),
        "across": [[*items, [list(pair) for pair in told.pairs]] for items, told in across.items()],
    }
    return Outcome(sha256_hex(canonical(seen)), pairs, found, twins)


def _counts_once(
    said: Mapping[frozenset[str], str], first: str, second: str, *, is_sure: bool
) -> bool:
    """Whether what two items share counts once: by a person's word, else where we are sure."""
    decision = said.get(frozenset([first, second]))
    return is_sure if decision is None else decision == ScreenDecision.Decision.JOINED


def _across(case_id: uuid.UUID) -> dict[tuple[str, str], Shared]:
    """What films share with films and pictures, and either with exports, by two items.

    The second of each two is the one under which a message counts.
    """
    pictures, films = talks.of_pictures(case_id), talks.of_films(case_id)
    words = {said.words for talk in (*pictures, *films) for said in talk.said}
    exports = talks.of_exports(case_id, words)
    two = chain(
        ((later, earlier) for earlier, later in combinations(films, 2)),
        product(films, pictures),
        product((*pictures, *films), exports),
    )
    found: dict[tuple[str, str], Shared] = {}
    for one, other in two:
        told = shared(one, other) if one.item != other.item else None
        known = found.get((one.item, other.item))
        if told is not None and (known is None or len(known.pairs) < len(told.pairs)):
            found[one.item, other.item] = told
    return found


def _count_once(twins: dict[str, str], told: Shared) -> None:
    """Let the first of each two count under the second, and so whatever counted under the first."""
    for first, second in told.pairs:
        lost, kept = twins.get(first, first), twins.get(second, second)
        if lost == kept:
            continue
        for record, other in list(twins.items()):
            if other == lost:
                twins[record] = kept
        twins[lost] = kept


def keep(job: Job, outcome: Outcome) -> None:
    """Write the run, unless the last one saw the very same."""
    last = newest_run(job.subject_id)
    if last and last.screens_sha256 == outcome.screens_sha256:
        return
    run = ScreenRun.objects.create(
        id=uuid.uuid4(),
        case_id=job.subject_id,
        engine_version=ENGINE_VERSION,
        screens_sha256=outcome.screens_sha256,
        created_at=timezone.now(),
    )
    ScreenPair.objects.bulk_create(
        ScreenPair(
            id=uuid.uuid4(),
            run=run,
            first_id=each.first,
            second_id=each.second,
            kind=each.kind,
            message_count=each.message_count,
            is_sure=each.is_sure,
            counts_once=each.counts_once,
        )
        for each in outcome.pairs
    )
    for strand in outcome.strands:
        ScreenStrand.objects.create(
            id=uuid.uuid4(),
            run=run,
            item_ids=list(strand.screens),
            record_ids=list(strand.messages),
        )
    ScreenTwin.objects.bulk_create(
        ScreenTwin(run=run, record_id=record, counts_as_id=other)
        for record, other in outcome.twins.items()
    )
    facts = {
        "run": str(run.pk),
        "version": ENGINE_VERSION,
        "pairs": len(outcome.pairs),
        "strands": len(outcome.strands),
    }
    custody.record(Subject.CASE, job.subject_id, Act.TAGGED, actor=COMPARER, facts=facts)


def _pictures(case_id: uuid.UUID) -> list[Picture]:
    """The case's pictures as read last, in the order in which they came."""
    items = EvidenceItem.objects.kept().filter(case=case_id)
    current = Reading.objects.filter(item__in=items).current()
    rows = (
        PictureHash.objects.filter(reading__in=current)
        .select_related("reading__item")
        .order_by("-reading__item__received_at", "-reading__item_id")[:MOST_PICTURES]
    )
    found = []
    for row in reversed(rows):
        records = row.reading.records.filter(kind__in=SHOWN).defer("raw").order_by("index")
        hashed = picture_hash.PictureHash(row.rows, bytes(row.cells))
        found.append(Picture(row.reading.item_id, hashed, _screen(row.reading, records)))
    return found


def _screen(reading: Reading, records: Iterable[Record]) -> Screen:
    facts = reading.facts
    width = max(1, int(facts.get("width") or 1))
    if int(facts.get("orientation") or 1) > 4:  # stored lying, read upright
        width = max(1, int(facts.get("height") or 1))
    marks = [_mark(record, 1000 / width) for record in records]
    seen = facts.get("seen_at")
    return Screen(
        id=str(reading.item_id),
        title=str(facts.get("conversation") or ""),
        marks=tuple(mark for mark in marks if mark is not None),
        seen_at=datetime.fromisoformat(seen) if isinstance(seen, str) else None,
    )


def _mark(record: Record, scale: float) -> Mark | None:
    """The bubble of a record; None for a line of text that is no bubble."""
    box = record.source_locator.get("box")
    if not record.direction or not isinstance(box, list) or len(box) != 4:
        return None
    _, top, _, height = (float(number) for number in box)
    is_exact = record.when_precision in ("ms", "s", "min")
    return Mark(
        id=str(record.pk),
        side=record.direction,
        words=record.text,
        top=top * scale,
        bottom=(top + height) * scale,
        is_cut="bubble_cut" in record.warnings,
        when=record.when_utc if is_exact else None,
    )


def _are_alike(one: Picture, other: Picture, both: Overlap | None) -> bool:
    """Whether they are one picture saved twice: alike in every cell, and no word otherwise."""
    if not picture_hash.are_alike(one.hashed, other.hashed):
        return False
    if not one.screen.marks and not other.screen.marks:
        return True
    whole = min(len(one.screen.marks), len(other.screen.marks))
    return both is not None and len(both.pairs) == whole and abs(both.shift) < 1


def _decisions(case_id: uuid.UUID) -> dict[frozenset[str], str]:
    """The last word on each two pictures."""
    rows = ScreenDecision.objects.filter(first__case=case_id).order_by("at", "id")
    return {frozenset([str(row.first_id), str(row.second_id)]): row.decision for row in rows}

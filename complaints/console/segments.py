"""A recording's draft in the console: beside the muted player, decided one by one."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from complaints.console import access, pages
from complaints.models import ReviewClaim
from complaints.stages.reviewing import NotClaimedError
from evidence import transcripts
from evidence.models import EvidenceItem, Segment, SegmentDecision

PER_PAGE = 40


@dataclass(frozen=True)
class Row:
    """One segment and every decision on it, oldest first."""

    segment: Segment
    decisions: tuple[SegmentDecision, ...]

    @property
    def standing(self) -> SegmentDecision | None:
        """The newest decision; it counts, the others stay on screen."""
        return self.decisions[-1] if self.decisions else None


def draft(item: EvidenceItem, *, number: str | None) -> dict[str, Any]:
    """What the item's page shows of its draft: how it stands, and one page of its segments."""
    standing = transcripts.standing(item)
    made = standing.transcript
    rows = Segment.objects.none() if made is None else made.segments.all()
    page: Page[Segment] = Paginator(rows.prefetch_related("decisions__by"), PER_PAGE).get_page(
        number
    )
    return {
        "heard": standing,
        "segments": page,
        "segment_rows": [Row(one, tuple(one.decisions.all())) for one in page],
        "speakers": SegmentDecision.Speaker.values,
    }


@access.only(access.HOLDERS)
@require_POST
@pages.acting(back="console:item")
def write(request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponseBase:
    """Write a line that the engine missed, after listening."""
    item, user = access.opened_item(request, case_id, item_id), access.person(request)
    if not ReviewClaim.objects.filter(case=case_id, reviewer=user).exists():
        raise NotClaimedError(str(case_id))
    line = transcripts.write(
        item,
        start_s=_seconds(request, "from"),
        end_s=_seconds(request, "to"),
        words=request.POST.get("words", "").strip()[:2000],
        speaker=_speaker(request),
        by=user,
    )
    return HttpResponseRedirect(f"{access.wanted_next(request)}#segment-{line.pk}")


@access.only(access.HOLDERS)
@require_POST
@pages.acting(back="console:case")
def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """Confirm, correct or reject what a machine claims was said, after listening."""
    case, user = access.opened_case(request, case_id), access.person(request)
    if not ReviewClaim.objects.filter(case=case, reviewer=user).exists():
        raise NotClaimedError(str(case.pk))
    rows = Segment.objects.filter(
        transcript__item__in=EvidenceItem.objects.kept().filter(case=case)
    )
    try:
        segment_id = uuid.UUID(request.POST.get("segment", ""))
    except ValueError as cause:
        raise BadRequest("no segment") from cause
    segment = get_object_or_404(rows.select_related("transcript"), pk=segment_id)
    decision, speaker = request.POST.get("decision", ""), _speaker(request)
    if decision not in SegmentDecision.Decision.values:
        raise BadRequest("no such decision")
    words = request.POST.get("words", "").strip()[:2000]
    transcripts.decide(segment, decision=decision, speaker=speaker, words=words, by=user)
    return HttpResponseRedirect(f"{access.wanted_next(request)}#segment-{segment.pk}")


def _speaker(request: HttpRequest) -> str:
    speaker = request.POST.get("speaker", "")
    if speaker not in SegmentDecision.Speaker.values:
        raise BadRequest("no such speaker")
    return speaker


def _seconds(request: HttpRequest, name: str) -> float:
    try:
        found = float(request.POST.get(name, ""))
    except ValueError as cause:
        raise BadRequest("no seconds") from cause
    return found if math.isfinite(found) else -1.0  # no recording has such a second

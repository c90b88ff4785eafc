"""A reviewer's decision on one suggestion, kept beside it."""

from __future__ import annotations

import re
import uuid

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from complaints.console import access, pages
from complaints.models import ReviewClaim
from complaints.stages.reviewing import NotClaimedError
from evidence import decisions
from evidence.models import Tag, TagDecision

LONGEST_REASON = 2000


@access.only(access.HOLDERS)
@require_POST
@pages.acting(back="console:case")
def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """Confirm, reject or correct; then go on to the next suggestion that nobody has decided."""
    case, user = access.opened_case(request, case_id), access.person(request)
    if not ReviewClaim.objects.filter(case=case, reviewer=user).exists():
        raise NotClaimedError(str(case.pk))
    tag = get_object_or_404(Tag, pk=_uuid(request.POST.get("tag")), item__case=case)
    decision = request.POST.get("decision", "")
    if decision not in TagDecision.Decision.values:
        raise BadRequest("no such decision")
    decisions.decide(
        tag,
        decision=decision,
        kind=request.POST.get("kind", ""),
        words=_place(tag, request.POST.get("words", ""), decision),
        reason=request.POST.get("reason", "").strip()[:LONGEST_REASON],
        by=user,
    )
    then = _uuid(request.POST.get("then")) or tag.pk
    return HttpResponseRedirect(f"{access.wanted_next(request)}#tag-{then}")


def _place(tag: Tag, words: str, decision: str) -> tuple[int, int] | None:
    """Where the typed words stand in the text: nearest to the suggestion, if more than once.

    Raises:
        SpanError: nowhere.
    """
    if decision != TagDecision.Decision.CORRECTED or not words.strip():
        return None
    words = words.strip()
    starts = [match.start() for match in re.finditer(re.escape(words), tag.words)]
    if not starts:
        raise decisions.SpanError("the typed words are not in the text")
    start = min(starts, key=lambda at: abs(at - tag.start))
    return start, start + len(words)


def _uuid(written: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(written or "")
    except ValueError:
        return None

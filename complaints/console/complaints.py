"""One complaint as it would be said, and what review says of it: return with words, or approve."""

from __future__ import annotations

import uuid

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from complaints import sighting
from complaints.console import access, pages
from complaints.console.cases import frame
from complaints.console.draft import draft
from complaints.console.states import State, history, stated
from complaints.models import ReviewDecision
from complaints.stages import reviewing
from evidence import cases
from evidence.custody import Actor

LONGEST_NOTE = 4000


@access.only(access.READERS)
@require_safe
def complaint(request: HttpRequest, case_id: uuid.UUID, complaint_id: uuid.UUID) -> HttpResponse:
    """Show the draft, what the desk would send back, and every decision with who and when."""
    user = access.person(request)
    found = access.opened_complaint(request, case_id, complaint_id)
    cases.viewed(found.case, by=Actor.at(request))
    now = stated(found)
    left = {row.pk for row in sighting.unopened(found, reviewer=user)}
    exhibits = list(found.exhibits.select_related("item__declared", "redaction"))
    context = {
        **frame(request, access.opened_case(request, case_id)),
        "complaint": found,
        "now": now,
        "draft": draft(found),
        "exhibits": [(row, row.pk not in left) for row in exhibits],
        "unopened": len(left),
        "history": history(found),
        "has_approved": any(row.reviewer_id == user.pk for row in now.standing.approvals),
        "is_settled": now.state in {State.APPROVED, State.RETURNED},
        "may_decide": access.is_a(request, access.DECIDERS),
    }
    return pages.page(request, "complaint", context)


@access.only(access.DECIDERS)
@require_POST
@pages.acting(back="console:complaint")
def decide(request: HttpRequest, case_id: uuid.UUID, complaint_id: uuid.UUID) -> HttpResponseBase:
    """Return or approve the very draft that was on the page."""
    found = access.opened_complaint(request, case_id, complaint_id)
    decision = request.POST.get("decision", "")
    if decision not in ReviewDecision.Decision.values:
        raise BadRequest("no such decision")
    reviewing.decide(
        found,
        reviewer=access.person(request),
        decision=decision,
        note=request.POST.get("note", "")[:LONGEST_NOTE],
        read_sha256=request.POST.get("draft", ""),
    )
    pages.notice(request, f"console-decided-{decision}")
    return redirect("console:complaint", case_id=case_id, complaint_id=complaint_id)

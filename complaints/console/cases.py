"""One case: what was gathered, its complaints, its findings, and who looked into it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from complaints.composing.document import case_number
from complaints.console import access, pages, statements
from complaints.console.rail import rail
from complaints.console.states import Stated, stated
from complaints.law import agencies
from evidence import cases, custody
from evidence.custody import Actor, Subject
from evidence.integrity import event as events
from evidence.models import Case, Finding, FindingRun

LOG_LENGTH = 30  # newest events of the case on its page


@dataclass(frozen=True)
class LogLine:
    """One event of a custody log as a page tells it: act, time, in which part, which person."""

    act: str
    at: Any
    actor_type: str
    sha256: str
    facts: str


@dataclass(frozen=True)
class ComplaintLine:
    """One complaint in a list."""

    stated: Stated
    file_number: str
    agency: str


@access.only(access.READERS)
@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the case without opening any of its items."""
    found = access.opened_case(request, case_id)
    cases.viewed(found, by=Actor.at(request))
    run = FindingRun.objects.filter(case=found).order_by("-created_at").first()
    context = {
        **frame(request, found),
        "complaints": complaint_lines(found, pages.language_of(request)),
        "witness_links": statements.lines(found),
        "findings": Finding.objects.filter(run=run) if run else [],
        "log": log_lines(Subject.CASE, found.pk)[:LOG_LENGTH],
        "opened_at": found.openings.filter(closed_at__isnull=True).values_list(
            "opened_at", flat=True
        )[:1],
    }
    return pages.page(request, "case", context)


def frame(request: HttpRequest, found: Case) -> dict[str, Any]:
    """What every page inside a case shows: the rail, who holds the case, what I may do."""
    user = access.person(request)
    page, rows = rail(found, user, number=request.GET.get("items"))
    claim = getattr(found, "review_claim", None)
    is_mine = claim is not None and claim.reviewer_id == user.pk
    return {
        "case": found,
        "rail": rows,
        "rail_page": page,
        "claim": claim,
        "is_mine": is_mine,
        "may_hold": access.is_a(request, access.HOLDERS),
        "may_decide_tags": access.is_a(request, access.HOLDERS) and is_mine,
    }


def complaint_lines(found: Case, lang: str) -> list[ComplaintLine]:
    """The complaints of a case with number, addressee and state, oldest first."""
    rows = found.complaints.prefetch_related("review_decisions", "exhibits")
    return [ComplaintLine(stated(one), case_number(one), _agency(one.agency, lang)) for one in rows]


def log_lines(subject: Subject, subject_id: uuid.UUID) -> list[LogLine]:
    """The custody log of a subject, newest event first."""
    lines = []
    for row in custody.log_of(subject, subject_id).reverse():
        event = events.decode(bytes(row.raw))
        facts = ", ".join(
            f"{name}={value}" for name, value in event.facts.items() if name != "sha256"
        )
        lines.append(LogLine(row.act, row.at, event.actor_type, row.sha256, facts))
    return lines


def _agency(agency_id: str, lang: str) -> str:
    agency = agencies.agency(agency_id)
    return agency.name_zh if lang == "zh-CN" else agency.name_en

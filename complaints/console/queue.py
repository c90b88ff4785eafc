"""The queue: the cases opened to review, who has them, what state each complaint is in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from complaints.console import access, pages
from complaints.console.states import Stated, stated
from complaints.models import Complaint, ReviewDecision
from complaints.stages import reviewing
from evidence import cases
from evidence.custody import Actor
from evidence.models import Case, CaseOpening, EvidenceItem

PER_PAGE = 20
APPROVED = ReviewDecision.Decision.APPROVED


@dataclass(frozen=True)
class Search:
    """A saved search: a name of the catalogue and what it asks of a case."""

    name: str
    asks: Callable[[User], Q]


# The second approval is looked for among cases with any approval; the row itself says the rest.
SEARCHES = (
    Search("all", lambda _: Q()),
    Search("free", lambda _: Q(review_claim__isnull=True)),
    Search("mine", lambda user: Q(review_claim__reviewer=user)),
    Search(
        "second",
        lambda user: Q(
            complaints__in=Complaint.objects.filter(review_decisions__decision=APPROVED).exclude(
                review_decisions__in=ReviewDecision.objects.filter(reviewer=user, decision=APPROVED)
            )
        ),
    ),
    Search("finished", lambda _: Q(complaints__finished_at__isnull=False)),
    Search("unsealed", lambda _: Q(unsealed__gt=0)),
)


@dataclass(frozen=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    complaints: list[Stated]


@access.only(access.EVERYBODY)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of each role: the queue, or for the operator the house."""
    is_reader = access.is_a(request, access.READERS)
    return redirect("console:queue" if is_reader else "console:operations")


@access.only(access.READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """List the opened cases, those that wait longest first."""
    user = access.person(request)
    chosen = next((one for one in SEARCHES if one.name == request.GET.get("show", "")), SEARCHES[0])
    words = request.GET.get("q", "").strip()[:100]
    cases = _searched(_opened().filter(chosen.asks(user)), words).distinct()
    found = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(case) for case in found],
        "found": found,
        "searches": _searches(user, chosen),
        "words": words,
        "chosen": chosen.name,
        "query": urlencode({"show": chosen.name, "q": words}),
        "may_hold": access.is_a(request, access.HOLDERS),
    }
    return pages.page(request, "queue", context)


@access.only(access.HOLDERS)
@require_POST
@pages.acting(back="console:case")
def claim(request: HttpRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """Take a case in hand."""
    case = access.opened_case(request, case_id)
    reviewing.claim(case, reviewer=access.person(request))
    cases.viewed(case, by=Actor.at(request))
    return redirect("console:case", case_id=case.pk)


@access.only(access.HOLDERS)
@require_POST
def release(request: HttpRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """Hand a case back: done with it, or in need of a break."""
    reviewing.release(access.opened_case(request, case_id), reviewer=access.person(request))
    pages.notice(request, "console-released")
    return redirect("console:queue")


def _opened() -> QuerySet[Case]:
    opening = CaseOpening.objects.filter(case=OuterRef("pk"), closed_at__isnull=True)
    return (
        Case.objects.opened_to_review()
        .annotate(
            opened_at=Subquery(opening.values("opened_at")[:1]),
            item_count=_counted(EvidenceItem.objects.kept()),
            unsealed=_counted(EvidenceItem.objects.kept().unsealed()),
        )
        .select_related("review_claim__reviewer")
        .prefetch_related("complaints__review_decisions", "complaints__exhibits")
        .order_by("opened_at", "id")
    )


def _counted(items: QuerySet[EvidenceItem]) -> Coalesce:
    """How many of the items belong to the case; a subquery, so that joins cannot multiply it."""
    counted = (
        items.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0)


def _searched(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    if not words:
        return cases
    asked = Q(title__icontains=words)
    with suppress(ValueError):  # no id: a word of the title
        asked |= Q(pk=uuid.UUID(words)) | Q(complaints__pk=uuid.UUID(words))
    return cases.filter(asked)


def _searches(user: User, chosen: Search) -> list[dict[str, object]]:
    return [
        {
            "name": one.name,
            "is_chosen": one is chosen,
            "count": _opened().filter(one.asks(user)).order_by().distinct().count(),
        }
        for one in SEARCHES
    ]


def _row(case: Case) -> Row:
    return Row(case, [stated(one) for one in case.complaints.all()])

"""The house for its operator: what is stuck, unsealed or failing. Ids, codes and times only."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role, User
from complaints.console import access, pages
from complaints.console.alarms import faults, vault_faults
from evidence import jobs
from evidence.models import Case, EvidenceItem, Job

PER_PAGE = 50


@access.only(access.EVERYBODY)
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Show the numbers behind the red one in the header."""
    parked = Paginator(Job.objects.parked().order_by("parked_at", "id"), PER_PAGE)
    unsealed = Paginator(EvidenceItem.objects.kept().unsealed().order_by("received_at"), PER_PAGE)
    context = {
        "parked": parked.get_page(request.GET.get("jobs")),
        "unsealed": unsealed.get_page(request.GET.get("items")),
        "faults": Paginator(faults(), PER_PAGE).get_page(request.GET.get("faults")),
        "vault": Paginator(vault_faults(), PER_PAGE).get_page(request.GET.get("vault")),
        "counts": list(_counts().items()),
        "may_retry": access.is_a(request, access.OPERATORS),
    }
    return pages.page(request, "operations", context)


@access.only(access.OPERATORS)
@require_POST
def retry(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """Ask again for a parked job, once its cause is mended."""
    job = get_object_or_404(Job.objects.parked(), pk=job_id)
    jobs.ask_again(job.stage, job.subject_id, version=job.version)
    pages.notice(request, "console-job-asked-again")
    return redirect("console:operations")


def _counts() -> dict[str, int]:
    """How much there is, told by keys of the catalogue (`console-count-…`)."""
    return {
        "borrowers": User.objects.filter(role=Role.BORROWER, is_active=True).count(),
        "staff": User.objects.exclude(role=Role.BORROWER).filter(is_active=True).count(),
        "cases": Case.objects.count(),
        "opened": Case.objects.opened_to_review().count(),
        "items": EvidenceItem.objects.kept().count(),
        "jobs": Job.objects.open().count(),
    }

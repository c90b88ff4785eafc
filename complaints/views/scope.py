"""Whose complaint is it: every view fetches through what this caller may see, or answers 404."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User
from complaints.models import Complaint, Exhibit, Filing, Package, Redaction, WitnessLink
from evidence import permissions
from evidence.models.cases import Case
from evidence.models.items import EvidenceItem


def caller(request: Request) -> User:
    """Who is signed in; every view here asks for that first."""
    user = request.user
    if not isinstance(user, User):
        raise NotAuthenticated
    return user


def own_case(request: Request, case_id: uuid.UUID) -> Case:
    """The caller's own case."""
    return get_object_or_404(Case.objects.of(request.user), pk=case_id)


def own_item(request: Request, item_id: uuid.UUID) -> EvidenceItem:
    """An evidence item of one of the caller's own cases."""
    items = EvidenceItem.objects.kept().filter(case__in=Case.objects.of(request.user))
    return get_object_or_404(items, pk=item_id)


def own_complaint(request: Request, complaint_id: uuid.UUID) -> Complaint:
    """A complaint of one of the caller's own cases."""
    return get_object_or_404(_complaints(request), pk=complaint_id)


def own_filing(request: Request, filing_id: uuid.UUID) -> Filing:
    """A filing of one of the caller's own complaints."""
    filings = Filing.objects.filter(complaint__in=_complaints(request))
    return get_object_or_404(filings.select_related("complaint"), pk=filing_id)


def own_exhibit(request: Request, complaint_id: uuid.UUID, code: str) -> Exhibit:
    """An exhibit of one of the caller's own complaints, by its printed number."""
    return exhibit_of(own_complaint(request, complaint_id), code)


def seen_exhibit(request: Request, complaint_id: uuid.UUID, code: str) -> Exhibit:
    """The same; for staff with a second factor, of a case that is open to review."""
    complaints = Complaint.objects.filter(case__in=permissions.cases(request))
    found = get_object_or_404(complaints.select_related("case"), pk=complaint_id)
    return exhibit_of(found, code)


def own_redaction(complaint: Complaint, redaction_id: uuid.UUID) -> Redaction:
    """A redaction asked for in this complaint."""
    return get_object_or_404(complaint.redactions.select_related("item"), pk=redaction_id)


def seen_redaction(request: Request, redaction_id: uuid.UUID) -> EvidenceItem:
    """The copy, where it is made, of a redaction in a case that the caller may see."""
    cases = permissions.cases(request)
    items = EvidenceItem.objects.filter(redaction__complaint__case__in=cases)
    return get_object_or_404(items, redaction=redaction_id)


def exhibit_of(complaint: Complaint, code: str) -> Exhibit:
    """An exhibit of this complaint by its number."""
    for row in complaint.exhibits.select_related("item__case", "complaint__case", "redaction"):
        if row.code == code:
            return row
    raise Http404


def own_package(request: Request, package_id: uuid.UUID) -> Package:
    """A package of one of the caller's own complaints."""
    packages = Package.objects.select_related("complaint__case", "item")
    return get_object_or_404(packages.filter(complaint__in=_complaints(request)), pk=package_id)


def own_witness_link(request: Request, link_id: uuid.UUID) -> WitnessLink:
    """A witness link of one of the caller's own cases."""
    links = WitnessLink.objects.filter(case__in=Case.objects.of(request.user))
    return get_object_or_404(links, pk=link_id)


def _complaints(request: Request) -> QuerySet[Complaint]:
    cases = Case.objects.of(request.user)
    return Complaint.objects.filter(case__in=cases).select_related("case")

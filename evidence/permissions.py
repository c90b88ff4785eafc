"""Who may see and do what: one queryset each, so that a stranger gets 404 and learns nothing."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import policy
from accounts.models import Role, User
from evidence.cases import viewed
from evidence.custody import Actor
from evidence.models import Case, Derivative, EvidenceItem, Record, Segment, Tag


class IsBorrower(BasePermission):
    """For what only the owner of a case does: bring files, name numbers, open it to review."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller signs in as a borrower."""
        return getattr(request.user, "role", None) == Role.BORROWER


def user_of(request: Request) -> User:
    """The signed-in account; the permission classes have seen to it that there is one."""
    if not isinstance(request.user, User):
        raise TypeError("a view without a permission class")
    return request.user


def cases(request: Request) -> QuerySet[Case]:
    """A borrower's own cases; for staff with a second factor, those opened to review."""
    if not policy.may_see_evidence(request):
        return Case.objects.none()
    user = user_of(request)
    return Case.objects.visible_to(user, as_staff=user.is_staff)


def items(request: Request) -> QuerySet[EvidenceItem]:
    """The items of those cases."""
    return EvidenceItem.objects.kept().filter(case__in=cases(request))


def derivatives(request: Request) -> QuerySet[Derivative]:
    """What was made from those items."""
    return Derivative.objects.filter(item__case__in=cases(request))


def records(request: Request) -> QuerySet[Record]:
    """What was read in those cases."""
    return Record.objects.filter(case__in=cases(request))


def tags(request: Request) -> QuerySet[Tag]:
    """What was suggested there."""
    return Tag.objects.filter(item__case__in=cases(request))


def segments(request: Request) -> QuerySet[Segment]:
    """What machines claim to have heard there."""
    rows = Segment.objects.filter(transcript__item__in=items(request))
    return rows.select_related("transcript")


def case_or_404(request: Request, case_id: uuid.UUID) -> Case:
    """One case that the caller may see; that staff looked into it is recorded."""
    case = get_object_or_404(cases(request), pk=case_id)
    _looked(request, case)
    return case


def item_or_404(request: Request, item_id: uuid.UUID) -> EvidenceItem:
    """One item that the caller may see; that staff looked into its case is recorded."""
    item = get_object_or_404(items(request).select_related("case"), pk=item_id)
    _looked(request, item.case)
    return item


def _looked(request: Request, case: Case) -> None:
    if user_of(request).is_staff:
        viewed(case, by=Actor.at(request))

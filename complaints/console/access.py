"""Who may come in, and to which cases: asked before every view, answered in one place.

No page of the console is shown before the second factor was used in this very session.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts import policy
from accounts.errors import SecondFactorNeededError
from accounts.models import STAFF_ROLES, Role, User
from complaints.models import Complaint
from evidence.models import Case, EvidenceItem

READERS = frozenset({Role.REVIEWER, Role.APPROVER, Role.AUDITOR})  # may see opened cases
HOLDERS = frozenset({Role.REVIEWER})  # may take a case in hand and decide suggestions
DECIDERS = frozenset({Role.REVIEWER, Role.APPROVER})  # may return or approve
OPERATORS = frozenset({Role.OPERATOR})
EVERYBODY = STAFF_ROLES

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def only(roles: frozenset[Role]) -> Callable[[View], View]:
    """Let in staff of these roles whose session a second factor opened.

    A stranger is sent to sign in, staff without the second factor to that; whoever else is
    signed in gets 403.
    """

    def guard(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to("console:sign-in", request)
            try:
                policy.require_second_factor(request)
            except SecondFactorNeededError:
                return to("console:second-factor", request)
            if person(request).role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return guard


def person(request: HttpRequest) -> User:
    """The signed-in user of a view that `only` guards.

    Raises:
        PermissionDenied: nobody of ours is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_a(request: HttpRequest, roles: frozenset[Role]) -> bool:
    """Whether the signed-in person has one of these roles."""
    return person(request).role in roles


def opened_case(request: HttpRequest, case_id: uuid.UUID) -> Case:
    """A case that its borrower has opened to review and not closed again; else 404."""
    cases = Case.objects.visible_to(person(request), as_staff=True)
    return get_object_or_404(cases.select_related("review_claim__reviewer"), pk=case_id)


def opened_item(request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID) -> EvidenceItem:
    """An item of an opened case; else 404."""
    items = EvidenceItem.objects.kept().filter(case=opened_case(request, case_id))
    return get_object_or_404(items.select_related("declared", "case", "receipt"), pk=item_id)


def opened_complaint(
    request: HttpRequest, case_id: uuid.UUID, complaint_id: uuid.UUID
) -> Complaint:
    """A complaint of an opened case; else 404."""
    complaints = Complaint.objects.filter(case=opened_case(request, case_id))
    return get_object_or_404(complaints.select_related("case"), pk=complaint_id)


def to(name: str, request: HttpRequest, **kwargs: Any) -> HttpResponseRedirect:
    """Send the person elsewhere, and remember where they wanted to go (pages only)."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(f"{reverse(name, kwargs=kwargs)}{query}")


def wanted_next(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of the console; else its first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(
        "/console/"
    )
    return wanted if is_ours else reverse("console:home")

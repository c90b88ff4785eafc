"""Who may see evidence at all, before any question of whose it is."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from .errors import SecondFactorNeededError
from .models import Role, User

# Operators run the house; they have no business with what lies in it.
SEES_EVIDENCE = frozenset({Role.BORROWER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR})


def has_second_factor(user: User) -> bool:
    """Tell whether the account has a second factor set up."""
    return bool(get_adapter().is_mfa_enabled(user))


def used_second_factor(request: HttpRequest) -> bool:
    """Tell whether this very session was opened, or confirmed since, by a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def may_see_evidence(request: HttpRequest) -> bool:
    """Tell whether the caller may see evidence: borrowers their own, staff by a second factor."""
    user = request.user
    if isinstance(user, AnonymousUser) or not isinstance(user, User) or not user.is_active:
        return False
    if user.role not in SEES_EVIDENCE:
        return False
    return not user.is_staff or (has_second_factor(user) and used_second_factor(request))


def require_second_factor(request: HttpRequest) -> None:
    """Stop staff whose session no second factor opened.

    Raises:
        SecondFactorNeededError: set one up, or sign in again with it.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_staff:
        return
    if not (has_second_factor(user) and used_second_factor(request)):
        raise SecondFactorNeededError

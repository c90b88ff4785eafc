"""How staff come in: the operator makes a one-time code, its holder signs up with it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from . import codes
from .errors import InvitationRefusedError
from .models import STAFF_ROLES, Invitation, Role, User

BITS = 160
LIFETIME = timedelta(days=7)


def make(role: Role) -> str:
    """Make an invitation to one staff role; only its digest is kept.

    Returns:
        The code, in groups of four; valid for seven days, for one account.

    Raises:
        ValueError: the role is not a staff role.
    """
    if role not in STAFF_ROLES:
        raise ValueError(f"{role} is not a staff role")
    code = codes.make(BITS)
    now = timezone.now()
    Invitation.objects.create(
        code_sha256=_digest(code), role=role, created_at=now, expires_at=now + LIFETIME
    )
    return code


def find(code: str) -> Invitation:
    """Find a standing invitation by its code.

    Raises:
        InvitationRefusedError: unknown, used or too old.
    """
    invitation = Invitation.objects.filter(
        code_sha256=_digest(code), used_at__isnull=True, expires_at__gt=timezone.now()
    ).first()
    if invitation is None:
        raise InvitationRefusedError
    return invitation


def accept(code: str, user: User) -> Role:
    """Spend an invitation and give the user its role.

    Raises:
        InvitationRefusedError: unknown, used (also a moment ago) or too old.
    """
    invitation = find(code)
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(
            used_at=timezone.now(), used_by=user
        )
        if not taken:
            raise InvitationRefusedError
        user.role = Role(invitation.role)
        user.save(update_fields=["role"])
    return Role(user.role)


def _digest(code: str) -> str:
    # 160 random bits cannot be guessed from a plain digest; a slow hash would add nothing.
    return hashlib.sha256(codes.normalise(code).encode("ascii")).hexdigest()

"""DRF's question "may this caller come in", answered by `policy`."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from . import policy


class MaySeeEvidence(BasePermission):
    """Borrowers, and staff whose session a second factor opened. Whose evidence: the querysets."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Answer 401 to a stranger, `second_factor_needed` to staff who lack only that.

        Raises:
            SecondFactorNeededError: staff without a second factor in this session.
        """
        if not request.user.is_authenticated:
            return False
        policy.require_second_factor(request)
        return policy.may_see_evidence(request)

"""The same collector in other people's cases: to agree, to take it back, and what is told."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import language
from accounts.permissions import MaySeeEvidence
from evidence import collectors, matching, permissions
from evidence.models import Case
from evidence.permissions import IsBorrower
from evidence.serializers.matching import MatchingForm, MatchingOut


class Matching(APIView):
    """One case."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses=MatchingOut)
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Show how it stands; staff see no more of it than the borrower."""
        return Response(_told(request, permissions.case_or_404(request, case_id)))


class MatchingConsent(APIView):
    """Its borrower's consent."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=MatchingForm, responses=MatchingOut)
    def put(self, request: Request, case_id: uuid.UUID) -> Response:
        """Agree; the case is in the next daily count."""
        case = permissions.case_or_404(request, case_id)
        form = MatchingForm(data=request.data)
        form.is_valid(raise_exception=True)
        matching.agree(case, **form.validated_data, by=permissions.user_of(request))
        return Response(_told(request, case))

    @extend_schema(responses={200: MatchingOut})
    def delete(self, request: Request, case_id: uuid.UUID) -> Response:
        """Take it back; all that was made of the case for it is gone when this answers."""
        case = permissions.case_or_404(request, case_id)
        matching.withdraw(case, by=permissions.user_of(request))
        return Response(_told(request, case))


def _told(request: Request, case: Case) -> Any:
    tongue, found = language.of(request), collectors.standing(case)
    return MatchingOut(
        {
            "state": found.state,
            "sentence": collectors.state_in_words(found.state, tongue),
            "version": matching.TEXT_VERSION,
            "words": collectors.words(tongue),
            "given_at": found.given_at,
            "counted_at": found.counted_at,
            "results": [
                {**vars(one), "sentence": collectors.sentence(one, tongue)} for one in found.seen
            ],
        }
    ).data

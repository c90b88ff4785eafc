"""Consent by purpose, asked before the first upload."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import language
from evidence import consents, permissions, speech_engine
from evidence.permissions import IsBorrower
from evidence.serializers.cases import PurposeOut
from evidence.serializers.incoming import ConsentForm


class ConsentList(APIView):
    """All purposes with their words."""

    permission_classes = [IsAuthenticated, IsBorrower]

    @extend_schema(responses=PurposeOut(many=True))
    def get(self, request: Request) -> Response:
        """List them; not paginated."""
        return Response(_purposes(request))

    @extend_schema(request=ConsentForm, responses=PurposeOut(many=True))
    def post(self, request: Request) -> Response:
        """Agree to some."""
        form = ConsentForm(data=request.data)
        form.is_valid(raise_exception=True)
        consents.give(permissions.user_of(request), **form.validated_data)
        return Response(_purposes(request))


class ConsentDetail(APIView):
    """One purpose."""

    permission_classes = [IsAuthenticated, IsBorrower]

    @extend_schema(responses={204: None})
    def delete(self, request: Request, purpose: str) -> Response:
        """Withdraw it; nothing new is processed for it from now on."""
        consents.withdraw(permissions.user_of(request), purpose)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _purposes(request: Request) -> Any:
    given = consents.standing(permissions.user_of(request))
    tongue = language.of(request)
    engine = speech_engine.configured()
    party = engine.party if engine else ""
    rows = []
    for purpose in consents.offered():
        row, version = given.get(purpose.name), consents.version_of(purpose.name)
        is_given = row is not None and row.text_version == version
        rows.append(
            {
                "purpose": purpose.name,
                "title": language.text(f"purpose-{purpose.name}", tongue, party=party),
                "text": language.text(f"purpose-{purpose.name}.text", tongue, party=party),
                "version": version,
                "is_required": purpose.is_required,
                "given": is_given,
                "given_at": row.given_at if row is not None and is_given else None,
            }
        )
    return PurposeOut(rows, many=True).data

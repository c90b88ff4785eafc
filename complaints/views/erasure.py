"""One's own erasures: ask with the passphrase, see the day, take it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.errors import PassphraseWrongError
from accounts.models import ErasureRequest
from accounts.serializers import PassphraseSerializer
from complaints import serializers
from complaints.stages import parting
from complaints.views import scope
from evidence.custody import Actor
from evidence.permissions import IsBorrower


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ErasureView(APIView):
    """Only a borrower erases, and only what is theirs; guesses at the passphrase are counted."""

    permission_classes = [IsAuthenticated, IsBorrower]
    throttle_scope = "recover"

    def get_throttles(self) -> list[Any]:
        """Count what carries a passphrase."""
        return [ScopedRateThrottle()] if self.request.method == "POST" else []

    def asked(self, request: Request, of: ErasureRequest.Scope, subject: uuid.UUID) -> Response:
        """Ask, when the passphrase is the person's own."""
        form = PassphraseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = scope.caller(request)
        if not user.check_password(form.validated_data["passphrase"]):
            raise PassphraseWrongError
        row = parting.ask(user, of, subject, actor=Actor.at(request))
        body = serializers.ErasureOut(described(row)).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class MyErasures(ErasureView):
    """The erasures that one asked for, and the way to ask for the whole account's."""

    @extend_schema(responses=serializers.ErasuresOut, operation_id="my_erasures")
    def get(self, request: Request) -> Response:
        """Give those that wait, newest first."""
        rows = ErasureRequest.objects.waiting().filter(user=scope.caller(request))
        answer = {"results": [described(row) for row in rows]}
        return Response(serializers.ErasuresOut(answer).data)

    @extend_schema(
        request=PassphraseSerializer,
        responses={202: serializers.ErasureOut},
        operation_id="erase_account",
    )
    def post(self, request: Request) -> Response:
        """Ask that the account and all its cases be erased on the day that the answer names."""
        return self.asked(request, ErasureRequest.Scope.ACCOUNT, scope.caller(request).pk)


class CaseErasure(ErasureView):
    """One case."""

    @extend_schema(
        request=PassphraseSerializer,
        responses={202: serializers.ErasureOut},
        operation_id="erase_case",
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Ask that the case be erased on the day that the answer names."""
        case = scope.own_case(request, case_id)
        return self.asked(request, ErasureRequest.Scope.CASE, case.pk)


class ItemErasure(ErasureView):
    """One item."""

    @extend_schema(
        request=PassphraseSerializer,
        responses={202: serializers.ErasureOut},
        operation_id="erase_item",
    )
    def post(self, request: Request, item_id: uuid.UUID) -> Response:
        """Ask that the item be erased on the day that the answer names."""
        item = scope.own_item(request, item_id)
        return self.asked(request, ErasureRequest.Scope.ITEM, item.pk)


class MyErasure(ErasureView):
    """One request that waits."""

    @extend_schema(responses={204: None}, operation_id="take_erasure_back")
    def delete(self, request: Request, request_id: uuid.UUID) -> Response:
        """Take it back; 409 when it was begun."""
        rows = ErasureRequest.objects.filter(user=scope.caller(request))
        parting.take_back(get_object_or_404(rows, pk=request_id), actor=Actor.at(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def described(row: ErasureRequest) -> dict[str, Any]:
    """What `ErasureOut` shows."""
    reason = parting.held_reason(row)
    return {
        "id": row.pk,
        "scope": row.scope,
        "subject": row.subject_id,
        "asked_at": row.asked_at,
        "due_at": row.due_at,
        "state": "held" if reason else "begun" if row.begun_at else "waiting",
        "held_reason": reason,
    }

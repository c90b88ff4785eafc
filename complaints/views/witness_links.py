"""The borrower's side of witness links: make one, see how it stands, revoke it, read the answer."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from complaints import witness_serializers as serializers
from complaints.models import WitnessLink, WitnessStatement
from complaints.stages import witnessing
from complaints.views import scope
from evidence.custody import Actor
from evidence.permissions import IsBorrower


class CaseWitnessLinks(APIView):
    """The links of one case; POST makes one more."""

    permission_classes = [IsAuthenticated, IsBorrower]
    throttle_scope = "witness"

    def get_throttles(self) -> list[Any]:
        """Count what makes links."""
        return [ScopedRateThrottle()] if self.request.method == "POST" else []

    @extend_schema(responses=serializers.WitnessLinksOut, operation_id="case_witness_links_list")
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 200 with all of them, newest first."""
        case = scope.own_case(request, case_id)
        answer = {"results": [described(link) for link in case.witness_links.all()]}
        return Response(serializers.WitnessLinksOut(answer).data)

    @extend_schema(
        request=serializers.NewWitnessLink,
        responses={201: serializers.WitnessLinkOut},
        operation_id="case_witness_links_create",
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 201 with the address to send, this once."""
        case = scope.own_case(request, case_id)
        form = serializers.NewWitnessLink(data=request.data)
        form.is_valid(raise_exception=True)
        label = form.validated_data["label"]
        link, url = witnessing.invite(case, label=label, actor=Actor.at(request))
        body = serializers.WitnessLinkOut({**described(link), "url": url}).data
        return Response(body, status=status.HTTP_201_CREATED)


class WitnessLinkDetail(APIView):
    """One link."""

    permission_classes = [IsAuthenticated, IsBorrower]

    @extend_schema(responses=serializers.WitnessLinkOut, operation_id="witness_link")
    def get(self, request: Request, link_id: uuid.UUID) -> Response:
        """Answer 200 with how it stands."""
        link = scope.own_witness_link(request, link_id)
        return Response(serializers.WitnessLinkOut(described(link)).data)

    @extend_schema(responses={204: None}, operation_id="witness_link_revoke")
    def delete(self, request: Request, link_id: uuid.UUID) -> Response:
        """Revoke it; what was answered stays."""
        link = scope.own_witness_link(request, link_id)
        witnessing.revoke(link, actor=Actor.at(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class WitnessLinkStatement(APIView):
    """What came through one link."""

    permission_classes = [IsAuthenticated, IsBorrower]

    @extend_schema(responses=serializers.StatementOut, operation_id="witness_link_statement")
    def get(self, request: Request, link_id: uuid.UUID) -> Response:
        """Answer 200 with the witness's words, 404 while there are none; the look is recorded."""
        link = scope.own_witness_link(request, link_id)
        rows = WitnessStatement.objects.select_related("item", "consent")
        row = get_object_or_404(rows, link=link)
        told = witnessing.told(row, actor=Actor.at(request))
        answer = {
            **asdict(told.consent),
            "answers": asdict(told.answers),
            "written_at": told.written.written_at,
            "item": row.item_id,
            "sha256": row.item.sha256,
            "pictures": [item.pk for item in witnessing.pictures_of(link)],
        }
        return Response(serializers.StatementOut(answer).data)


def described(link: WitnessLink) -> dict[str, Any]:
    """What `WitnessLinkOut` shows, without the address."""
    return {
        "id": link.pk,
        "label": link.label,
        "state": str(link.state(timezone.now())),
        "is_revoked": link.revoked_at is not None,
        "created_at": link.created_at,
        "expires_at": link.expires_at,
        "bound_at": link.bound_at,
        "stated_at": link.stated_at,
        "erased_at": link.erased_at,
    }

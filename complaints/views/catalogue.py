"""The law data that a client shows: agencies, lender types, and the proposal for one case."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import serializers
from complaints.law import agencies, lender
from complaints.law.routing import Addressee
from complaints.stages import addressing
from complaints.views import scope


class LenderTypes(APIView):
    """The lender types, and where a borrower finds the lender's legal name."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.LenderTypesOut, operation_id="lender_types")
    def get(self, request: Request) -> Response:
        """Answer 200."""
        answer = {
            "results": list(lender.lender_types().values()),
            "name_checklist_zh": lender.name_checklist("zh"),
            "name_checklist_en": lender.name_checklist("en"),
        }
        return Response(serializers.LenderTypesOut(answer).data)


class Agencies(APIView):
    """Every agency of the catalogue with its channels, materials and reasons to send back."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.AgenciesOut, operation_id="agencies")
    def get(self, request: Request) -> Response:
        """Answer 200."""
        answer = {"results": list(agencies.agencies().values())}
        return Response(serializers.AgenciesOut(answer).data)


class Routing(APIView):
    """Who should hear of one case, in order, each with one sentence why."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[serializers.RoutingQuery],
        responses=serializers.RoutingOut,
        operation_id="case_routing",
    )
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 200; a lender type or severity that cannot be is a problem."""
        case = scope.own_case(request, case_id)
        query = serializers.RoutingQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = addressing.propose(
            case,
            lender_type=asked["lender_type"],
            told={"danger_now": asked["danger_now"]},
            level=asked.get("severity"),
        )
        answer = {
            "kinds": found.kinds,
            "severity": found.severity.level,
            "severity_floor": found.severity.floor,
            "severity_max": found.severity.maximum,
            "severity_reason_zh": found.severity.reason_zh,
            "severity_reason_en": found.severity.reason_en,
            "addressees": [_addressee(one, request) for one in found.addressees],
        }
        return Response(serializers.RoutingOut(answer).data)


def _addressee(one: Addressee, request: Request) -> dict[str, Any]:
    agency = agencies.agency(one.agency)
    language = "en" if str(getattr(request.user, "language", "")).startswith("en") else "zh"
    pointer = agencies.pointer(one.agency, language)
    return {
        "agency": one.agency,
        "agency_zh": agency.name_zh,
        "agency_en": agency.name_en,
        "document": one.document,
        "document_id": one.document_id,
        "depth": one.depth,
        "why_zh": one.why_zh,
        "why_en": one.why_en,
        "rule": one.rule,
        "needs_legal_name": one.needs_legal_name,
        "where": list(pointer.where),
        "take": list(pointer.take),
    }

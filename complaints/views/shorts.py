"""Short forms of a case for desks that take no paper: a table of numbers, or text to paste."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import preflight, serializers
from complaints.composing import short
from complaints.law import agencies
from complaints.stages import handing
from complaints.stages.drafting import DocumentNotWrittenError
from complaints.views import scope
from complaints.views.attachments import attachment


class CaseShortTable(APIView):
    """The confirmed acts by number, for tables of numbers."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[serializers.ShortQuery],
        responses={(200, "text/csv"): OpenApiTypes.STR},
        operation_id="case_short_table",
    )
    def get(self, request: Request, case_id: uuid.UUID) -> HttpResponse:
        """Answer 200; 409 for an agency that wants no short form, or while a check stops it."""
        case = scope.own_case(request, case_id)
        agency_id = _agency(request)
        preflight.require_short(case, agency_id)
        # With the mark: table programs here take a CSV without it for GBK.
        body = "\ufeff" + short.table(case, agency_id)
        return attachment(body.encode(), f"{agency_id}.csv", "text/csv; charset=utf-8")


class CaseShortText(APIView):
    """The text to paste into the agency's own form."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[serializers.ShortQuery],
        responses={(200, "text/plain"): OpenApiTypes.STR},
        operation_id="case_short_text",
    )
    def get(self, request: Request, case_id: uuid.UUID) -> HttpResponse:
        """Answer 200; 409 for an agency that wants no short form, or while a check stops it."""
        case = scope.own_case(request, case_id)
        agency_id = _agency(request)
        preflight.require_short(case, agency_id)
        body = short.paste(case, agency_id)
        return attachment(body.encode(), f"{agency_id}.txt", "text/plain; charset=utf-8")


class CaseShortPreflight(APIView):
    """What would make the desk send the short form back."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[serializers.ShortQuery],
        responses=serializers.PreflightOut,
        operation_id="case_short_preflight",
    )
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 200; 409 for an agency that wants no short form."""
        case = scope.own_case(request, case_id)
        agency_id = _agency(request)
        found = preflight.of_short(case, agency_id)
        package = handing.newest_for(case, agency_id)
        return Response(serializers.PreflightOut.of(found, agency_id, package=package).data)


def _agency(request: Request) -> str:
    query = serializers.ShortQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    agency = agencies.agency(query.validated_data["agency"])
    if agency.depth != "short":
        raise DocumentNotWrittenError(agency.id)
    return agency.id

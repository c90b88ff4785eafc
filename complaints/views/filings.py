"""After filing: what the person was given, what came of it, and the days that follow."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import filing_serializers as serializers
from complaints.composing.acts import beijing_today, confirmed_acts
from complaints.composing.awaited import awaited
from complaints.composing.document import case_number
from complaints.composing.news import new_since_last_filing
from complaints.law import agencies, catalogue, routing
from complaints.law.calendar_file import CONTENT_TYPE, calendar_file
from complaints.law.following import Following, papers
from complaints.serializers import ComplaintOut
from complaints.stages import drafting, filing
from complaints.views import scope
from complaints.views.attachments import attachment
from complaints.views.complaints import describe
from evidence.custody import Actor
from evidence.models import EvidenceItem


class ComplaintFilings(APIView):
    """What the person was given when they filed."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.FilingsOut, operation_id="complaint_filings_list")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        answer = {"results": complaint.filings.prefetch_related("outcomes")}
        return Response(serializers.FilingsOut(answer).data)

    @extend_schema(
        request=serializers.FilingIn,
        responses={201: serializers.FilingOut},
        operation_id="complaint_filings_create",
    )
    def post(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 201; a day that has not come is refused."""
        complaint = scope.own_complaint(request, complaint_id)
        form = serializers.FilingIn(data=request.data)
        form.is_valid(raise_exception=True)
        told = {**form.validated_data, "receipt": _receipt(request, form.validated_data)}
        row = filing.record_filing(
            complaint, **told, actor=Actor.of(request.user), at=timezone.now()
        )
        return Response(serializers.FilingOut(row).data, status=status.HTTP_201_CREATED)


class FilingOutcomes(APIView):
    """What came of one filing."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.FilingOutcomeIn,
        responses={201: serializers.FilingOut},
        operation_id="filing_outcomes_create",
    )
    def post(self, request: Request, filing_id: uuid.UUID) -> Response:
        """Answer 201 with the filing as it stands then; what was told before stays."""
        row = scope.own_filing(request, filing_id)
        form = serializers.FilingOutcomeIn(data=request.data)
        form.is_valid(raise_exception=True)
        told = {**form.validated_data, "receipt": _receipt(request, form.validated_data)}
        filing.record_outcome(row, **told, at=timezone.now())
        return Response(serializers.FilingOut(row).data, status=status.HTTP_201_CREATED)


class FilingFollowUps(APIView):
    """Papers that ask to look again at what one filing was refused."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.FollowUpIn,
        responses={201: ComplaintOut},
        operation_id="filing_follow_ups_create",
    )
    def post(self, request: Request, filing_id: uuid.UUID) -> Response:
        """Answer 201 with the new complaint; 409 when nothing was refused or its time is over."""
        row = scope.own_filing(request, filing_id)
        form = serializers.FollowUpIn(data=request.data)
        form.is_valid(raise_exception=True)
        begun = drafting.begin_follow_up(
            row,
            form.validated_data["document"],
            today=beijing_today(),
            actor=Actor.of(request.user),
        )
        return Response(ComplaintOut(describe(begun)).data, status=status.HTTP_201_CREATED)


class ComplaintDeadlines(APIView):
    """The days that follow from what was filed, answered and done."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.DeadlinesOut, operation_id="complaint_deadlines")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        today, acts = beijing_today(), confirmed_acts(complaint)
        days = awaited(complaint, acts, today=today)
        answer = {
            "today": today,
            "results": [_describe(one, complaint.lender_type) for one in days],
            "new_since": new_since_last_filing(complaint, acts),
        }
        return Response(serializers.DeadlinesOut(answer).data)


class ComplaintCalendar(APIView):
    """The same days for the calendar of the person's own phone."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        responses={(200, "text/calendar"): OpenApiTypes.BINARY},
        operation_id="complaint_calendar",
    )
    def get(self, request: Request, complaint_id: uuid.UUID) -> HttpResponse:
        """Answer 200; it names agencies and days, and nobody."""
        complaint = scope.own_complaint(request, complaint_id)
        days = awaited(complaint, confirmed_acts(complaint), today=beijing_today())
        file = calendar_file(days, of=str(complaint.case_id), made_at=timezone.now())
        return attachment(file, f"{case_number(complaint)}.ics", CONTENT_TYPE)


def _receipt(request: Request, told: Mapping[str, Any]) -> EvidenceItem | None:
    return None if told["receipt"] is None else scope.own_item(request, told["receipt"])


def _describe(one: Following, lender_type: str) -> dict[str, Any]:
    found = one.deadline
    rule = catalogue.provision(found.rule)
    # Of several desks only one that takes this type of lender; a single one is next in any case.
    fitting = list(one.next_agencies)
    if len(fitting) > 1:
        fitting = [agency for agency in fitting if routing.takes(agency, lender_type)]
    return {
        "alarm": found.alarm,
        "filing": one.filing or None,
        "what_zh": found.what_zh,
        "what_en": found.what_en,
        "counted_from": found.counted_from,
        "due_on": found.due_on,
        "remind_on": found.remind_on,
        "is_ours": found.is_ours,
        "status": one.status,
        "rule": rule.id,
        "rule_zh": f"{rule.law_zh} {rule.article}".strip(),
        "rule_is_verified": found.rule_is_verified,
        "next_agencies": [_named(agencies.agency(agency)) for agency in fitting],
        "next_document": one.next_document,
        "papers": papers(one),
    }


def _named(agency: agencies.Agency) -> dict[str, str]:
    return {"agency": agency.id, "agency_zh": agency.name_zh, "agency_en": agency.name_en}

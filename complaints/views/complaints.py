"""One complaint from its beginning to "complete": interview and checks."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import interview, preflight, serializers
from complaints.bundle.gaps import GapReason
from complaints.composing.document import case_number
from complaints.composing.follow_up import is_follow_up
from complaints.law import agencies
from complaints.models import Complaint
from complaints.stages import addressing, drafting, handing
from complaints.standing import Standing, standing_of
from complaints.views import scope
from evidence.custody import Actor


class CaseComplaints(APIView):
    """The complaints of one case; POST turns the case towards one more agency."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.ComplaintsOut, operation_id="case_complaints_list")
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 200 with all of them, oldest first."""
        case = scope.own_case(request, case_id)
        found = case.complaints.select_related("case").prefetch_related("exhibits")
        answer = {"results": [describe(one) for one in found]}
        return Response(serializers.ComplaintsOut(answer).data)

    @extend_schema(
        request=serializers.NewComplaint,
        responses={201: serializers.ComplaintOut},
        operation_id="case_complaints_create",
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Answer 201; an agency that gets no document from us is a problem."""
        case = scope.own_case(request, case_id)
        form = serializers.NewComplaint(data=request.data)
        form.is_valid(raise_exception=True)
        complaint = drafting.begin(
            case,
            agency_id=form.validated_data["agency"],
            lender_type=form.validated_data["lender_type"],
            actor=Actor.of(request.user),
        )
        body = serializers.ComplaintOut(describe(complaint)).data
        return Response(body, status=status.HTTP_201_CREATED)


class ComplaintDetail(APIView):
    """One complaint; PATCH saves a step of the interview."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.ComplaintOut, operation_id="complaint")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        return Response(serializers.ComplaintOut(describe(complaint)).data)

    @extend_schema(
        request=serializers.ComplaintChange,
        responses=serializers.ComplaintOut,
        operation_id="complaint_change",
    )
    def patch(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200 with the complaint as it stands then; an empty answer takes one back."""
        complaint = scope.own_complaint(request, complaint_id)
        form = serializers.ComplaintChange(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data
        if told.get("severity") is not None:
            addressing.require_level(complaint, told["severity"])
        if "severity" in told:
            complaint = drafting.set_severity(complaint, told["severity"])
        if "answers" in told:
            complaint = drafting.answer(complaint, told["answers"], actor=Actor.of(request.user))
        return Response(serializers.ComplaintOut(describe(complaint)).data)


class ComplaintExhibits(APIView):
    """Items that the person adds by hand: a contract, a receipt, a recording."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.NewExhibit,
        responses=serializers.ComplaintOut,
        operation_id="complaint_exhibits_create",
    )
    def post(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200 with the complaint as it stands then."""
        complaint = scope.own_complaint(request, complaint_id)
        form = serializers.NewExhibit(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data
        drafting.add_exhibit(
            complaint,
            scope.own_item(request, told["item"]),
            group=told["group"],
            purpose=told["purpose"],
            actor=Actor.of(request.user),
        )
        return Response(serializers.ComplaintOut(describe(complaint)).data)


class ComplaintExhibit(APIView):
    """One exhibit by its number."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.ExhibitChange,
        responses=serializers.ComplaintOut,
        operation_id="complaint_exhibit_change",
    )
    def patch(self, request: Request, complaint_id: uuid.UUID, code: str) -> Response:
        """Answer 200; an exhibit that is handed over whole has no gap to give a reason for."""
        complaint = scope.own_complaint(request, complaint_id)
        form = serializers.ExhibitChange(data=request.data)
        form.is_valid(raise_exception=True)
        reason = GapReason(form.validated_data["gap_reason"])
        drafting.say_why_withheld(complaint, scope.exhibit_of(complaint, code), reason)
        return Response(serializers.ComplaintOut(describe(complaint)).data)

    @extend_schema(responses={200: serializers.ComplaintOut}, operation_id="complaint_exhibit_drop")
    def delete(self, request: Request, complaint_id: uuid.UUID, code: str) -> Response:
        """Answer 200; an exhibit that carries a confirmed act stays."""
        complaint = scope.own_complaint(request, complaint_id)
        drafting.drop_exhibit(complaint, code, actor=Actor.of(request.user))
        return Response(serializers.ComplaintOut(describe(complaint)).data)


class ComplaintInterview(APIView):
    """The questions of one complaint's document and the answers so far."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.InterviewOut, operation_id="complaint_interview")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        steps = interview.steps_for(complaint.document_id)
        answer = {"steps": steps, "answers": complaint.answers}
        return Response(serializers.InterviewOut(answer).data)


class ComplaintPreflight(APIView):
    """What would make the desk send it back."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.PreflightOut, operation_id="complaint_preflight")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        found = preflight.preflight(complaint)
        package = handing.newest_for(complaint.case, complaint.agency)
        return Response(serializers.PreflightOut.of(found, complaint.agency, package=package).data)


class ComplaintFinish(APIView):
    """The person says: complete. DELETE takes it back."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=None, responses=serializers.ComplaintOut, operation_id="complaint_finish"
    )
    def post(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200, or a problem that names the blocking checks."""
        complaint = scope.own_complaint(request, complaint_id)
        complaint = drafting.finish(complaint, actor=Actor.of(request.user))
        return Response(serializers.ComplaintOut(describe(complaint)).data)

    @extend_schema(responses=serializers.ComplaintOut, operation_id="complaint_reopen")
    def delete(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200: it can be changed again."""
        complaint = drafting.reopen(scope.own_complaint(request, complaint_id))
        return Response(serializers.ComplaintOut(describe(complaint)).data)


def describe(complaint: Complaint) -> dict[str, Any]:
    """What `ComplaintOut` shows of one complaint: its row and all that is derived from it."""
    agency = agencies.agency(complaint.agency)
    found = addressing.severity_of(complaint)
    standing = standing_of(complaint)
    note = getattr(standing.returned, "note", None)
    return {
        "id": complaint.pk,
        "case_id": complaint.case_id,
        "file_number": case_number(complaint),
        "agency": agency.id,
        "agency_zh": agency.name_zh,
        "agency_en": agency.name_en,
        "document_id": complaint.document_id,
        "depth": "full" if is_follow_up(complaint) else agency.depth,
        "lender_type": complaint.lender_type,
        "severity": found and found.level,
        "severity_floor": found and found.floor,
        "severity_max": found and found.maximum,
        "severity_reason_zh": found.reason_zh if found else "",
        "severity_reason_en": found.reason_en if found else "",
        "answers": complaint.answers,
        "created_at": complaint.created_at,
        "updated_at": complaint.updated_at,
        "finished_at": complaint.finished_at,
        "state": _state(complaint, standing),
        "review": {
            "open": complaint.case.is_open_to_review(),
            "approvals": len(standing.approvals),
            "is_approved": standing.is_approved,
            "returned_note": note.text if note else "",
        },
        "exhibits": complaint.exhibits.all(),
    }


def _state(complaint: Complaint, standing: Standing) -> str:
    if standing.is_approved:
        return "approved"
    if standing.returned:
        return "returned"
    return "finished" if complaint.finished_at else "draft"

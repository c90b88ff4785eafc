"""Redacted copies of an exhibit: staff may propose one, the owner of the case decides."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Role
from accounts.permissions import MaySeeEvidence
from complaints import serializers
from complaints.composing import redacted
from complaints.models import Exhibit, Redaction
from complaints.stages import redacting
from complaints.views import scope
from complaints.views.complaints import describe as describe_complaint
from evidence import jobs, release
from evidence.custody import Actor
from evidence.ranges import RANGE_HEADER, ranged


class MayRedact(BasePermission):
    """The owner, and a reviewer; whoever only looks (auditor, approver) makes no copy."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller may do what this method does."""
        role = getattr(request.user, "role", None)
        return request.method in SAFE_METHODS or role in (Role.BORROWER, Role.REVIEWER)


class ExhibitRedactions(APIView):
    """The redacted copies of one exhibit; POST asks for one more."""

    permission_classes = [MaySeeEvidence, MayRedact]

    @extend_schema(responses=serializers.RedactionsOut, operation_id="exhibit_redactions_list")
    def get(self, request: Request, complaint_id: uuid.UUID, code: str) -> Response:
        """Answer 200 with the picture's or recording's size and the copies, newest first."""
        exhibit = scope.seen_exhibit(request, complaint_id, code)
        rows = exhibit.complaint.redactions.filter(parent=exhibit.item_id).select_related("item")
        size = redacting.picture_size(exhibit.item)
        lasts_ms = redacting.recording_ms(exhibit.item)
        answer = {
            "picture": size and {"width": size[0], "height": size[1]},
            "recording": lasts_ms and {"duration_ms": lasts_ms},
            "results": [describe(row, exhibit) for row in rows],
        }
        return Response(serializers.RedactionsOut(answer).data)

    @extend_schema(
        request=serializers.NewRedaction,
        responses={202: serializers.RedactionOut},
        operation_id="exhibit_redactions_create",
    )
    def post(self, request: Request, complaint_id: uuid.UUID, code: str) -> Response:
        """Answer 202: a worker makes it. A place that is none is a problem that names it."""
        exhibit = scope.seen_exhibit(request, complaint_id, code)
        form = serializers.NewRedaction(data=request.data)
        form.is_valid(raise_exception=True)
        row = redacting.ask(
            exhibit.complaint, exhibit, user=scope.caller(request), **form.validated_data
        )
        body = serializers.RedactionOut(describe(row, exhibit)).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ExhibitForm(APIView):
    """In which form one exhibit is handed over: the owner's decision alone."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.ChosenForm,
        responses=serializers.ComplaintOut,
        operation_id="exhibit_form",
    )
    def put(self, request: Request, complaint_id: uuid.UUID, code: str) -> Response:
        """Answer 200 with the complaint as it stands then."""
        exhibit = scope.own_exhibit(request, complaint_id, code)
        form = serializers.ChosenForm(data=request.data)
        form.is_valid(raise_exception=True)
        chosen = form.validated_data["redaction"]
        row = None if chosen is None else scope.own_redaction(exhibit.complaint, chosen)
        redacting.choose(exhibit, row, actor=Actor.of(request.user))
        complaint = scope.own_complaint(request, complaint_id)
        return Response(serializers.ComplaintOut(describe_complaint(complaint)).data)


class RedactionPicture(APIView):
    """The redacted copy of a picture itself, exactly as it would be handed over."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(
        responses={(200, redacted.PICTURE[0]): OpenApiTypes.BINARY},
        operation_id="redaction_picture",
    )
    def get(self, request: Request, redaction_id: uuid.UUID) -> HttpResponseBase:
        """Answer 200, or 404 while it is not made or where it is of a recording."""
        return _copy(request, redaction_id, redacted.PICTURE)


class RedactionSound(APIView):
    """The covered copy of a recording itself, likewise; players ask for parts of it."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(
        parameters=[RANGE_HEADER],
        responses={(200, redacted.SOUND[0]): OpenApiTypes.BINARY},
        operation_id="redaction_sound",
    )
    def get(self, request: Request, sound_id: uuid.UUID) -> HttpResponseBase:
        """Answer 200 or 206, or 404 while it is not made or where it is of a picture."""
        return _copy(request, sound_id, redacted.SOUND)


def _copy(request: Request, redaction_id: uuid.UUID, wanted: tuple[str, str]) -> HttpResponseBase:
    item = scope.seen_redaction(request, redaction_id)
    if redacted.media_type(item.redaction) != wanted[0]:
        raise Http404
    return ranged(
        request._request,
        release.open_item(item, actor=Actor.at(request)),
        size=item.size,
        sha256=item.sha256,
        media_type=wanted[0],
        file_name=f"redacted-{redaction_id}.{wanted[1]}",
    )


def describe(row: Redaction, exhibit: Exhibit) -> dict[str, Any]:
    """What `RedactionOut` shows: the row, its item, and what its job says of a failure."""
    problem = "" if row.item else jobs.problem_of(redacting.STAGE, row.pk)
    unfinished = "failed" if problem else "making"
    return {
        "id": row.pk,
        "state": "made" if row.item else unfinished,
        "problem": problem,
        "boxes": row.boxes,
        "spans": row.spans,
        "frames": row.frames,
        "item": row.item_id,
        "sha256": row.item.sha256 if row.item else None,
        "size": row.item.size if row.item else None,
        "asked_at": row.asked_at,
        "made_at": row.made_at,
        "chosen": exhibit.redaction_id == row.pk,
    }

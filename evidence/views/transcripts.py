"""The draft of a recording, and what its borrower heard, segment by segment.

Staff decide in the console, where they hold the case first.
"""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import MaySeeEvidence
from evidence import permissions, transcripts
from evidence.models import Segment
from evidence.permissions import IsBorrower
from evidence.serializers.transcripts import (
    LineForm,
    SegmentForm,
    SegmentOut,
    TranscriptOut,
    transcript_json,
)


class ItemTranscript(APIView):
    """The draft of one recording."""

    def get_permissions(self) -> list[BasePermission]:
        """Whoever sees the item sees its draft; its borrower alone asks for one."""
        asks = [IsBorrower()] if self.request.method == "POST" else []
        return [MaySeeEvidence(), *asks]

    @extend_schema(responses=TranscriptOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """The newest, or why there is none; not paginated."""
        item = permissions.item_or_404(request, item_id)
        return Response(TranscriptOut(transcript_json(transcripts.standing(item))).data)

    @extend_schema(request=None, responses={202: TranscriptOut})
    def post(self, request: Request, item_id: uuid.UUID) -> Response:
        """Ask for a draft; it is made in the background."""
        item = permissions.item_or_404(request, item_id)
        transcripts.ask(item)
        body = TranscriptOut(transcript_json(transcripts.standing(item))).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ItemLines(APIView):
    """Lines that people write beside the draft."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=LineForm, responses={201: SegmentOut})
    def post(self, request: Request, item_id: uuid.UUID) -> Response:
        """Write what the engine missed, after listening; it is marked as written by a person."""
        item = permissions.item_or_404(request, item_id)
        form = LineForm(data=request.data)
        form.is_valid(raise_exception=True)
        line = transcripts.write(item, **form.validated_data, by=permissions.user_of(request))
        shown = Segment.objects.prefetch_related("decisions").get(pk=line.pk)
        return Response(SegmentOut(shown).data, status=status.HTTP_201_CREATED)


class SegmentDecide(APIView):
    """One segment."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=SegmentForm, responses={201: SegmentOut})
    def post(self, request: Request, segment_id: uuid.UUID) -> Response:
        """Confirm, correct or reject it after listening; the draft stays beside the decision."""
        segment = get_object_or_404(permissions.segments(request), pk=segment_id)
        form = SegmentForm(data=request.data)
        form.is_valid(raise_exception=True)
        transcripts.decide(segment, **form.validated_data, by=permissions.user_of(request))
        shown = Segment.objects.prefetch_related("decisions").get(pk=segment.pk)
        return Response(SegmentOut(shown).data, status=status.HTTP_201_CREATED)

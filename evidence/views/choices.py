"""What of an export is kept (the borrower's alone: staff see none); the original at one place."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.permissions import MaySeeEvidence
from evidence import choosing, permissions, places
from evidence.custody import Actor
from evidence.models import EvidenceItem
from evidence.permissions import IsBorrower
from evidence.serializers.choices import ChoiceForm, ChoiceOut, PlaceOut


class ItemChoice(APIView):
    """The choice of one item."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(responses=ChoiceOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """What there is to choose from, while nobody has chosen; what was chosen last."""
        return _told(permissions.item_or_404(request, item_id))

    @extend_schema(request=ChoiceForm, responses=ChoiceOut)
    def put(self, request: Request, item_id: uuid.UUID) -> Response:
        """Choose; the original is read by it, and what is not chosen any more is deleted."""
        item = permissions.item_or_404(request, item_id)
        form = ChoiceForm(data=request.data)
        form.is_valid(raise_exception=True)
        by = permissions.user_of(request)
        choosing.choose(item, form.wanted(), by=by, actor=Actor.at(request))
        return _told(item)


class ItemSurvey(APIView):
    """Another look into an original whose choice was made."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=None, responses={202: ChoiceOut})
    def post(self, request: Request, item_id: uuid.UUID) -> Response:
        """Ask for it; `survey` is there when a worker has looked."""
        item = permissions.item_or_404(request, item_id)
        choosing.ask_for_survey(item)
        return _told(item, status.HTTP_202_ACCEPTED)


class RecordPlace(APIView):
    """The original at the place of one record."""

    permission_classes = [MaySeeEvidence]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "place"

    @extend_schema(responses=PlaceOut)
    def get(self, request: Request, record_id: uuid.UUID) -> Response:
        """What stands there, bounded, without its neighbours; the opening is recorded."""
        rows = permissions.records(request).select_related("reading__item__case")
        record = get_object_or_404(rows, pk=record_id)
        permissions.item_or_404(request, record.reading.item_id)
        return Response(PlaceOut(places.shown(record, actor=Actor.at(request))).data)


def _told(item: EvidenceItem, code: int = status.HTTP_200_OK) -> Response:
    return Response(ChoiceOut(choosing.standing(item)).data, status=code)

"""Evidence items: bring one, list them, look at one and at its proof."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts import language
from accounts.permissions import MaySeeEvidence
from evidence import choosing, intake, permissions, release, verification
from evidence.choosing import PartlyChosenError
from evidence.custody import Actor
from evidence.errors import UseResumableUploadError
from evidence.media_types import UNKNOWN, media_type_of
from evidence.models import ItemReceipt, Reading, Record, TimeStampToken
from evidence.permissions import IsBorrower
from evidence.ranges import RANGE_HEADER, ranged
from evidence.serializers.incoming import ItemForm
from evidence.serializers.items import ItemOut, ItemsOut, VerdictOut
from evidence.serializers.receipts import BINARY, ReceiptOut, receipt_json
from evidence.serializers.records import RecordOut, TimelineOut
from evidence.views.item_values import described
from evidence.views.pages import Cursor, NewestFirst, links, page_of
from evidence.views.timeline import with_heard, with_tags

FORM_BYTES = 64 * 1024  # what a multipart body holds besides its file
WHOLE_OR_PART = {(200, "*/*"): BINARY, (206, "*/*"): BINARY}


class ItemList(APIView):
    """POST one small file; answer 201 with a receipt, or a problem whose `code` says why not."""

    parser_classes = [MultiPartParser]  # in memory only (FILE_UPLOAD_HANDLERS): nothing on disk
    permission_classes = [MaySeeEvidence, IsBorrower]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "upload"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a large body before anybody reads it."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.MULTIPART_MAX_BYTES + FORM_BYTES:
            raise UseResumableUploadError(max_bytes=settings.MULTIPART_MAX_BYTES)
        super().initial(request, *args, **kwargs)

    @extend_schema(request={"multipart/form-data": ItemForm}, responses={201: ReceiptOut})
    def post(self, request: Request) -> Response:
        """Take one file of at most 8 MiB in; larger ones come by `/api/uploads/`."""
        form = ItemForm(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        file = said["file"]
        if file.size > settings.MULTIPART_MAX_BYTES:
            raise UseResumableUploadError(max_bytes=settings.MULTIPART_MAX_BYTES)
        received = intake.receive(
            file,
            case=permissions.case_or_404(request, said["case"]),
            kind=said["kind"],
            actor=Actor.at(request),
            declaration=form.declaration(file_name=file.name, content_type=file.content_type or ""),
            claimed_sha256=said["claimed_sha256"],
        )
        answer = receipt_json(
            received.item.receipt,
            is_duplicate=received.is_duplicate,
            in_language=language.of(request),
        )
        return Response(ReceiptOut(answer).data, status=status.HTTP_201_CREATED)


class CaseItems(APIView):
    """The items of one case."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(
        operation_id="case_items_list",
        parameters=[OpenApiParameter("cursor", str, required=False)],
        responses=ItemsOut,
    )
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """List them, newest arrival first."""
        case = permissions.case_or_404(request, case_id)
        pages = NewestFirst()
        page = pages.paginate_queryset(case.items.kept(), request, view=self) or []
        items = ItemOut(described(page), many=True, context={"request": request})
        return pages.get_paginated_response(items.data)


class ItemView(APIView):
    """What every view of one item asks."""

    permission_classes = [MaySeeEvidence]


class ItemDetail(ItemView):
    """One item."""

    @extend_schema(responses=ItemOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """All that is known of it."""
        [item] = described([permissions.item_or_404(request, item_id)])
        return Response(ItemOut(item, context={"request": request}).data)


class ItemReceiptView(ItemView):
    """The receipt of one item."""

    @extend_schema(responses=ReceiptOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """As it was handed out, byte for byte."""
        kept = get_object_or_404(ItemReceipt, item=permissions.item_or_404(request, item_id))
        return Response(ReceiptOut(receipt_json(kept)).data)


class ItemContent(ItemView):
    """The bytes as received."""

    @extend_schema(
        parameters=[RANGE_HEADER], responses={(200, "*/*"): BINARY, (206, "*/*"): BINARY}
    )
    def get(self, request: Request, item_id: uuid.UUID) -> HttpResponseBase:
        """Stream them; the opening is recorded. Always as an attachment, never run.

        Staff get no export of which its owner kept a part only.
        """
        item = permissions.item_or_404(request, item_id)
        if permissions.user_of(request).is_staff and choosing.is_part(item.pk):
            raise PartlyChosenError(str(item.pk))
        reading = Reading.objects.filter(item=item).order_by("created_at").last()
        declared = getattr(item, "declared", None)
        return ranged(
            request._request,
            release.open_item(item, actor=Actor.at(request)),
            size=item.size,
            sha256=item.sha256,
            media_type=media_type_of(reading.format) if reading else UNKNOWN,
            file_name=declared.file_name if declared else str(item.pk),
        )


class ItemDerivative(ItemView):
    """What was made from an item."""

    @extend_schema(parameters=[RANGE_HEADER], responses={(200, "*/*"): BINARY})
    def get(self, request: Request, item_id: uuid.UUID, name: str) -> HttpResponseBase:
        """Stream page picture, thumbnail, waveform or playable copy; the newest there is."""
        rows = permissions.derivatives(request).select_related("item").filter(item=item_id)
        found = rows.filter(name=name).order_by("reading__created_at").last()
        made = found or get_object_or_404(rows, name=name)
        return ranged(
            request._request,
            release.open_derivative(made, actor=Actor.at(request)),
            size=made.size,
            sha256=made.sha256,
            media_type=made.media_type,
            file_name=f"{made.name}-{made.pk}",
        )


class ItemRecords(ItemView):
    """The records that were read out of one item."""

    @extend_schema(
        parameters=[OpenApiParameter("cursor", str, required=False)], responses=TimelineOut
    )
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """In the timeline's order."""
        item = permissions.item_or_404(request, item_id)
        current = Reading.objects.filter(item=item).current()
        rows = Record.objects.filter(reading__in=current)
        text = request.query_params.get("cursor")
        page = page_of(with_tags(rows), Cursor.parse(text) if text else None)
        address = request.build_absolute_uri(request.path)
        results = RecordOut(with_heard(page.rows), many=True, context={"request": request}).data
        return Response({**links(page, lambda c: f"{address}?cursor={c}"), "results": results})


class ItemToken(ItemView):
    """The time-stamp token of one item."""

    @extend_schema(
        parameters=[OpenApiParameter("source", str, required=False)],
        responses={(200, "application/timestamp-reply"): BINARY},
    )
    def get(self, request: Request, item_id: uuid.UUID) -> HttpResponse:
        """The whole RFC 3161 response in DER: `openssl ts -verify` reads it."""
        item = permissions.item_or_404(request, item_id)
        source = request.query_params.get("source", "embedded")
        rows = TimeStampToken.objects.filter(renews__isnull=True)
        token = get_object_or_404(rows, item=item, source=source)
        return HttpResponse(bytes(token.response), content_type="application/timestamp-reply")


class ItemVerdict(ItemView):
    """Does it still hold?"""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "verify"

    @extend_schema(responses=VerdictOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """Check bytes, custody log, receipt and tokens now; the look is recorded."""
        item = permissions.item_or_404(request, item_id)
        return Response(VerdictOut(verification.verify_item(item, actor=Actor.at(request))).data)

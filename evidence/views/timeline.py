"""The timeline of a case: its records in order, with their tags, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import MaySeeEvidence
from evidence import permissions, transcripts
from evidence.abuse.kinds import KINDS
from evidence.models import Reading, Record, ScreenTwin, Tag
from evidence.models.screens import told_elsewhere
from evidence.serializers.incoming import TimelineFilter
from evidence.serializers.records import RecordOut, TimelineOut
from evidence.views.pages import Cursor, links, page_of


class Timeline(APIView):
    """Messages and calls of one case, oldest first; what two pictures show stands here once."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(parameters=[TimelineFilter], responses=TimelineOut)
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """One page; `next` and `previous` keep the filters."""
        case = permissions.case_or_404(request, case_id)
        form = TimelineFilter(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(form.validated_data)
        text = asked.pop("cursor", None)
        current = Reading.objects.filter(item__case=case).current()
        shown = Record.objects.filter(case=case, reading__in=current)
        shown = shown.exclude(pk__in=told_elsewhere(case).values("record"))
        rows = filtered(shown, asked)
        page = page_of(with_tags(rows), Cursor.parse(text) if text else None)
        kept = {key: request.query_params[key] for key in asked}
        address = request.build_absolute_uri(request.path)
        around = links(page, lambda cursor: f"{address}?{urlencode({**kept, 'cursor': cursor})}")
        results = RecordOut(with_heard(page.rows), many=True, context={"request": request}).data
        return Response({**around, "results": results})


def filtered(rows: QuerySet[Record], asked: dict[str, Any]) -> QuerySet[Record]:
    """Only what was asked for: times, number, kind of record or of abuse, label."""
    if "from" in asked:
        rows = rows.filter(when_utc__gte=asked["from"])
    if "to" in asked:
        rows = rows.filter(when_utc__lt=asked["to"])
    if "number" in asked:
        rows = rows.filter(peer_number=asked["number"])
    tags = Tag.objects.filter(record=OuterRef("pk")).shown()
    if "label" in asked:
        rows = rows.filter(Exists(tags.filter(label=asked["label"])))
    if asked.get("kind") in KINDS:
        rows = rows.filter(Exists(tags.filter(kind=asked["kind"])))
    elif "kind" in asked:
        rows = rows.filter(kind=asked["kind"])
    return rows


def with_tags(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Records with what `RecordOut` reads: their item, the tags that count, the decisions."""
    tags = Tag.objects.shown().select_related("heard").prefetch_related("decisions")
    twin = ScreenTwin.objects.filter(record=OuterRef("pk")).current()
    return (
        rows.annotate(counts_as=Subquery(twin.values("counts_as")[:1]))
        .select_related("reading")
        .defer("raw", "reading__facts", "reading__records_secret")
        .prefetch_related(Prefetch("tags", queryset=tags, to_attr="shown_tags"))
    )


def with_heard(rows: Sequence[Record]) -> Sequence[Record]:
    """The same, with the words that people heard in the recordings among them."""
    items = {row.reading.item_id for row in rows if row.kind == transcripts.RECORDING}
    heard = transcripts.words_of(transcripts.heard_in(items)) if items else {}
    for row in rows:
        is_recording = row.kind == transcripts.RECORDING
        row.heard_words = heard.get(row.reading.item_id, []) if is_recording else []  # type: ignore[attr-defined]  # read by RecordOut
    return rows

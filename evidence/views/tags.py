"""What a borrower decides on tags; findings and pictures over a case; whose number it is.

Staff decide in the console, where they hold the case first.
"""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import language
from accounts.permissions import MaySeeEvidence
from evidence import decisions, permissions
from evidence.abuse import pictures
from evidence.abuse.kinds import KINDS
from evidence.abuse.pictures import Contact
from evidence.abuse.timeline import Event
from evidence.models import Case, Finding, FindingRun, Record, Tag
from evidence.models.timelines import timeline_of
from evidence.numbers import numbers_of, third_persons
from evidence.permissions import IsBorrower
from evidence.serializers.findings import FindingOut, NumberOut
from evidence.serializers.incoming import BulkDecisionForm, DecisionForm, NumberForm, TagForm
from evidence.serializers.records import KindOut, TagOut


class TagDecide(APIView):
    """One tag."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=DecisionForm, responses={201: TagOut})
    def post(self, request: Request, tag_id: uuid.UUID) -> Response:
        """Confirm, reject or correct it; the suggestion stays beside the decision."""
        tag = get_object_or_404(permissions.tags(request), pk=tag_id)
        form = DecisionForm(data=request.data)
        form.is_valid(raise_exception=True)
        decisions.decide(tag, **form.validated_data, by=permissions.user_of(request))
        return _tag_answer(request, tag)


class RecordTags(APIView):
    """The tags of one record."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=TagForm, responses={201: TagOut})
    def post(self, request: Request, record_id: uuid.UUID) -> Response:
        """Put a tag of one's own on it."""
        rows = permissions.records(request).select_related("reading")
        record = get_object_or_404(rows, pk=record_id)
        form = TagForm(data=request.data)
        form.is_valid(raise_exception=True)
        tag = decisions.propose(record, **form.validated_data, by=permissions.user_of(request))
        return _tag_answer(request, tag)


class KindList(APIView):
    """The kinds of abuse that a tag may name."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses=KindOut(many=True))
    def get(self, request: Request) -> Response:
        """All of them, in the caller's language, for a correction or a tag of one's own."""
        return Response(KindOut(list(KINDS.values()), many=True, context={"request": request}).data)


class CaseDecisions(APIView):
    """Many decisions at once."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(
        request=BulkDecisionForm(many=True),
        responses={201: inline_serializer("Decided", {"decided": serializers.IntegerField()})},
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Keep all of them or none; each must be a tag of this case."""
        case = permissions.case_or_404(request, case_id)
        form = BulkDecisionForm(data=request.data, many=True)
        form.is_valid(raise_exception=True)
        tags = Tag.objects.filter(item__case=case).in_bulk(
            [entry["tag"] for entry in form.validated_data]
        )
        if any(entry["tag"] not in tags for entry in form.validated_data):
            raise Http404
        pairs = [(tags[entry["tag"]], entry["decision"]) for entry in form.validated_data]
        reasons = {entry["tag"]: entry["reason"] for entry in form.validated_data}
        user = permissions.user_of(request)
        decided = decisions.decide_all(pairs, reasons=reasons, by=user)
        return Response({"decided": decided}, status=status.HTTP_201_CREATED)


class Findings(APIView):
    """Patterns over the case."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses=FindingOut(many=True))
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Those of the newest run; not paginated."""
        case = permissions.case_or_404(request, case_id)
        run = FindingRun.objects.filter(case=case).order_by("created_at").last()
        rows = Finding.objects.filter(run=run) if run else Finding.objects.none()
        return Response(FindingOut(rows, many=True, context={"request": request}).data)


class Picture(APIView):
    """Statistics as SVG."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses={(200, "image/svg+xml"): OpenApiTypes.STR})
    def get(self, request: Request, case_id: uuid.UUID, name: str) -> HttpResponse:
        """heat_strip, calls_per_day, numbers_by_days or contact_map, masked, with a title."""
        case = permissions.case_or_404(request, case_id)
        tongue = language.of(request)
        if draw := pictures.OF_CONTACTS.get(name):
            svg = draw(_contacts(case), language=tongue)
        elif draw := pictures.OF_PERSONS.get(name):
            svg = draw(third_persons(case, tongue), language=tongue)
        else:
            raise Http404
        response = HttpResponse(svg, content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return response


class NumberList(APIView):
    """The numbers of one case."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses=NumberOut(many=True))
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Each with how often, whose, and how one knows; most records first, not paginated."""
        case = permissions.case_or_404(request, case_id)
        return Response(NumberOut(numbers_of(case, language.of(request)), many=True).data)


class NumberDetail(APIView):
    """One number."""

    permission_classes = [MaySeeEvidence, IsBorrower]

    @extend_schema(request=NumberForm, responses=NumberOut)
    def put(self, request: Request, case_id: uuid.UUID, number: str) -> Response:
        """Say whose it is; earlier words are kept, tags and findings are looked for again."""
        case = permissions.case_or_404(request, case_id)
        if not Record.objects.filter(case=case, peer_number=number).exists():
            raise Http404
        form = NumberForm(data=request.data)
        form.is_valid(raise_exception=True)
        decisions.name_number(case, number, **form.validated_data, by=permissions.user_of(request))
        told = numbers_of(case, language.of(request))
        [row] = [row for row in told if row.number == number]
        return Response(NumberOut(row).data)


def _contacts(case: Case) -> list[Contact]:
    """What came towards the borrower or a third person."""
    return [
        Contact(
            at=event.at,
            line=event.counterparty or "",
            is_call=event.type == "call",
            is_effective=event.is_effective_call,
        )
        for event in _towards(case)
    ]


def _towards(case: Case) -> list[Event]:
    return [event for event in timeline_of(case).events if event.direction == "in"]


def _tag_answer(request: Request, tag: Tag) -> Response:
    shown = Tag.objects.select_related("heard").prefetch_related("decisions").get(pk=tag.pk)
    body = TagOut(shown, context={"request": request}).data
    return Response(body, status=status.HTTP_201_CREATED)

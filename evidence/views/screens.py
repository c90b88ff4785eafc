"""Compared pictures of a case: which show the same messages, and a person's word on it."""

from __future__ import annotations

import uuid

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from evidence import decisions, permissions
from evidence.models import Case, ItemOrigin, Job, Record, ScreenPair, ScreenStrand
from evidence.models.screens import newest_run
from evidence.serializers.records import RecordOut
from evidence.serializers.screens import PairForm, ScreensOut
from evidence.views.cases import CaseView
from evidence.views.timeline import with_heard, with_tags


class Screens(CaseView):
    """The pictures of one case, compared."""

    @extend_schema(responses=ScreensOut)
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """What the newest look found."""
        case = permissions.case_or_404(request, case_id)
        return Response(ScreensOut(screens_of(case)).data)

    @extend_schema(request=PairForm, responses={202: ScreensOut})
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Say whether two pictures show the same messages; the pictures are compared anew."""
        case = permissions.case_or_404(request, case_id)
        form = PairForm(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        items = {item.pk: item for item in case.items.kept().filter(
            pk__in=[said["first"], said["second"]]
        )}  # fmt: skip
        if len(items) < 2:
            raise Http404
        decisions.decide_pair(
            items[said["first"]],
            items[said["second"]],
            decision=said["decision"],
            by=permissions.user_of(request),
        )
        return Response(ScreensOut(screens_of(case)).data, status=status.HTTP_202_ACCEPTED)


class Strand(CaseView):
    """One strand of overlapping pictures."""

    @extend_schema(responses=RecordOut(many=True))
    def get(self, request: Request, case_id: uuid.UUID, strand_id: uuid.UUID) -> Response:
        """Its messages, once each, in one reading order."""
        case = permissions.case_or_404(request, case_id)
        strand = get_object_or_404(ScreenStrand, pk=strand_id, run=newest_run(case))
        rows = with_tags(Record.objects.filter(case=case, pk__in=strand.record_ids))
        by_id = {str(row.pk): row for row in rows}
        told = [by_id[pk] for pk in strand.record_ids if pk in by_id]
        return Response(RecordOut(with_heard(told), many=True, context={"request": request}).data)


def screens_of(case: Case) -> dict[str, object]:
    """What `ScreensOut` shows, in a fixed number of queries."""
    run = newest_run(case)
    waiting = Job.objects.filter(stage=decisions.COMPARE, subject_id=case.pk)
    pairs = list(ScreenPair.objects.filter(run=run)) if run else []
    ids = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    names = dict(ItemOrigin.objects.filter(item__in=ids).values_list("item_id", "file_name"))
    for pair in pairs:
        pair.first_name = names.get(pair.first_id, "")  # type: ignore[attr-defined]  # read by ScreenPairOut
        pair.second_name = names.get(pair.second_id, "")  # type: ignore[attr-defined]  # as above
    strands = [
        {"id": row.pk, "item_ids": row.item_ids, "message_count": len(row.record_ids)}
        for row in (ScreenStrand.objects.filter(run=run) if run else [])
    ]
    is_looking = waiting.exclude(asked=F("answered")).exists()
    return {"is_looking": is_looking, "pairs": pairs, "strands": strands}

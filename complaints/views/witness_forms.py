"""How a witness's statement goes along with one complaint: within consent the borrower chooses."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import witness_serializers as serializers
from complaints.composing import witnesses
from complaints.models import Complaint, WitnessStatement
from complaints.stages import drafting
from complaints.views import scope
from evidence.custody import Actor


class ComplaintWitnesses(APIView):
    """The statements of the case beside one complaint, and what was erased of it."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.ComplaintWitnessesOut, operation_id="complaint_witnesses")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        return Response(serializers.ComplaintWitnessesOut(described(complaint)).data)


class ComplaintWitness(APIView):
    """One statement beside one complaint."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=serializers.WitnessFormIn,
        responses=serializers.ComplaintWitnessesOut,
        operation_id="complaint_witness_form",
    )
    def put(self, request: Request, complaint_id: uuid.UUID, link_id: uuid.UUID) -> Response:
        """Answer 200 with all of them; more than the witness agreed to is a problem."""
        complaint = scope.own_complaint(request, complaint_id)
        rows = WitnessStatement.objects.filter(link__case=complaint.case_id)
        statement = get_object_or_404(rows, pk=link_id)
        form = serializers.WitnessFormIn(data=request.data)
        form.is_valid(raise_exception=True)
        chosen = form.validated_data["form"]
        drafting.choose_witness_form(complaint, statement, chosen, actor=Actor.of(request.user))
        return Response(serializers.ComplaintWitnessesOut(described(complaint)).data)


def described(complaint: Complaint) -> dict[str, Any]:
    """What `ComplaintWitnessesOut` shows."""
    codes = {row.item_id: row.code for row in complaint.exhibits.all()}
    return {
        "results": [
            {
                "link": one.statement.pk,
                "label": one.statement.link.label,
                "desk": witnesses.desk_of(complaint),
                "consent": one.consent,
                "form": one.form,
                "exhibits": sorted(codes[pk] for pk in one.items() if pk in codes),
            }
            for one in witnesses.beside(complaint)
        ],
        "erased": [
            {"exhibit": gone.code, "erased_at": gone.at} for gone in witnesses.gone(complaint)
        ],
    }

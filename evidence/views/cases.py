"""Cases: begin, rename, open to review, close again."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import MaySeeEvidence
from evidence import cases, permissions
from evidence.custody import Actor
from evidence.models import Case, CaseOpening
from evidence.permissions import IsBorrower
from evidence.serializers.cases import CaseOut, CasesOut
from evidence.serializers.incoming import CaseForm
from evidence.views.pages import CasesNewestFirst


class CaseView(APIView):
    """What every view of a case asks: a borrower for writing, a right to see for reading."""

    def get_permissions(self) -> list[BasePermission]:
        """Staff may look; only its borrower changes a case."""
        asked: list[BasePermission] = [MaySeeEvidence()]
        return asked if self.request.method in ("GET", "HEAD") else [*asked, IsBorrower()]


class CaseList(CaseView):
    """The caller's cases."""

    @extend_schema(
        operation_id="cases_list",
        parameters=[OpenApiParameter("cursor", str, required=False)],
        responses=CasesOut,
    )
    def get(self, request: Request) -> Response:
        """List them, newest first."""
        pages = CasesNewestFirst()
        page = pages.paginate_queryset(counted(permissions.cases(request)), request, view=self)
        return pages.get_paginated_response(CaseOut(page, many=True).data)

    @extend_schema(request=CaseForm, responses={201: CaseOut})
    def post(self, request: Request) -> Response:
        """Begin a case."""
        form = CaseForm(data=request.data)
        form.is_valid(raise_exception=True)
        user = permissions.user_of(request)
        case = cases.begin(user, **form.validated_data, actor=Actor.of(user))
        return Response(case_json(request, case.pk), status=status.HTTP_201_CREATED)


class CaseDetail(CaseView):
    """One case."""

    @extend_schema(responses=CaseOut)
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """Show it."""
        case = permissions.case_or_404(request, case_id)
        return Response(case_json(request, case.pk))

    @extend_schema(request=CaseForm, responses=CaseOut)
    def patch(self, request: Request, case_id: uuid.UUID) -> Response:
        """Rename it."""
        case = permissions.case_or_404(request, case_id)
        form = CaseForm(data=request.data)
        form.is_valid(raise_exception=True)
        case.title = form.validated_data["title"]
        case.save(update_fields=["title"])
        return Response(case_json(request, case.pk))


class OpenReview(CaseView):
    """The borrower asks for review."""

    @extend_schema(request=None, responses=CaseOut)
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Let staff see the case from now on."""
        case = permissions.case_or_404(request, case_id)
        cases.open_to_review(case, by=permissions.user_of(request))
        return Response(case_json(request, case.pk))


class CloseReview(CaseView):
    """The borrower takes it back."""

    @extend_schema(request=None, responses=CaseOut)
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        """Let staff no longer see the case."""
        case = permissions.case_or_404(request, case_id)
        cases.close_to_review(case, by=permissions.user_of(request))
        return Response(case_json(request, case.pk))


def counted(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with what `CaseOut` reads."""
    standing = CaseOpening.objects.filter(case=OuterRef("pk"), closed_at__isnull=True)
    items = Count("items", filter=Q(items__key__isnull=False), distinct=True)
    return rows.annotate(item_count=items, open_to_review=Exists(standing))


def case_json(request: Request, case_id: uuid.UUID) -> Any:
    """One case as it is now."""
    return CaseOut(counted(permissions.cases(request)).get(pk=case_id)).data

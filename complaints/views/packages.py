"""Packages: ask for one, see how far it is, take it away. Taking it away is a recorded release."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from complaints import serializers
from complaints.composing.document import case_number
from complaints.models import Package
from complaints.stages import asking, drafting, handing
from complaints.views import scope
from evidence import jobs
from evidence.custody import Actor
from evidence.vault import keyring


class ComplaintPackage(APIView):
    """Ask for a package of the complaint as it stands now."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        request=None, responses={202: serializers.PackageOut}, operation_id="complaint_package"
    )
    def post(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 202; a blocking check or a spent quota is a problem."""
        complaint = scope.own_complaint(request, complaint_id)
        if complaint.finished_at is None:  # what was confirmed since the last answer goes too
            drafting.number_exhibits(complaint, actor=Actor.of(request.user))
        row = asking.ask(complaint, user=scope.caller(request))
        body = serializers.PackageOut(describe(row)).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ComplaintPackages(APIView):
    """The packages of one complaint, newest first."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.PackagesOut, operation_id="complaint_packages")
    def get(self, request: Request, complaint_id: uuid.UUID) -> Response:
        """Answer 200."""
        complaint = scope.own_complaint(request, complaint_id)
        rows = complaint.packages.select_related("item")
        answer = {"results": [describe(row) for row in rows]}
        return Response(serializers.PackagesOut(answer).data)


class PackageDetail(APIView):
    """How far one package is."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=serializers.PackageOut, operation_id="package")
    def get(self, request: Request, package_id: uuid.UUID) -> Response:
        """Answer 200."""
        row = scope.own_package(request, package_id)
        return Response(serializers.PackageOut(describe(row)).data)


class PackageDownload(APIView):
    """The package as one ZIP."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="package_download"
    )
    def get(self, request: Request, package_id: uuid.UUID) -> FileResponse:
        """Answer 200, or 409 when it is not offered."""
        return _hand_over(request, package_id, handing.open_zip, ".zip")


class PackageBag(APIView):
    """The package as a BagIt bag in a ZIP."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="package_bag"
    )
    def get(self, request: Request, package_id: uuid.UUID) -> FileResponse:
        """Answer 200, or 409 when it is not offered."""
        return _hand_over(request, package_id, handing.open_bag, "_bag.zip")


class PackageParts(APIView):
    """The package cut into parts within a desk's limits, with the list and label for a medium."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[serializers.PartsQuery],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
        operation_id="package_parts",
    )
    def get(self, request: Request, package_id: uuid.UUID) -> FileResponse:
        """Answer 200; 409 when it is not offered, or nobody has told how much the desk takes."""
        query = serializers.PartsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        row = scope.own_package(request, package_id)
        desk = query.validated_data.get("agency") or row.complaint.agency
        opener = partial(handing.open_parts, agency_id=desk)
        return _hand_over(request, package_id, opener, "_upload.zip")


class PackagePaper(APIView):
    """The signed complaint alone, to read and to print."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiTypes.BINARY}, operation_id="package_paper"
    )
    def get(self, request: Request, package_id: uuid.UUID) -> FileResponse:
        """Answer 200, or 409 when it is not offered."""
        return _hand_over(request, package_id, handing.open_paper, ".pdf")


def _hand_over(
    request: Request, package_id: uuid.UUID, opener: Callable[..., IO[bytes]], suffix: str
) -> FileResponse:
    """Let one form of a package out as a download named by its file number."""
    row = scope.own_package(request, package_id)
    file = opener(row, actor=Actor.at(request))
    kind = "application/pdf" if suffix == ".pdf" else "application/zip"
    name = f"{case_number(row.complaint)}{suffix}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def describe(row: Package) -> dict[str, Any]:
    """What `PackageOut` shows: the row, its item, and what its job says of a failure."""
    problem = "" if row.is_offered else jobs.problem_of(asking.STAGE, row.pk)
    unfinished = "failed" if problem else "building"
    return {
        "id": row.pk,
        "item": row.item_id,
        "state": "offered" if row.is_offered else unfinished,
        "step": row.step,
        "done": row.done,
        "total": row.total,
        "verdict": row.verdict,
        "problem": problem,
        "stamped_by": row.stamped_by,
        "stamps_missed": row.stamps_missed,
        "size": row.item.size if row.item else None,
        "sha256": row.item.sha256 if row.item else None,
        "document_sha256": row.document_sha256,
        "asked_at": row.asked_at,
        "built_at": row.built_at,
        "house_fingerprint": keyring.house().fingerprint,
    }

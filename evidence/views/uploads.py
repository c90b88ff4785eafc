"""tus 1.0.0 over HTTP: headers in, headers out; what they mean is `uploads.receiving`'s.

Beginning needs the session; then the capability alone carries the upload (`Authorization: Upload
<token>`), so a phone can go on after its session has ended. docs/uploads.md.
"""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts import language
from accounts.authentication import SessionAuthentication
from accounts.permissions import MaySeeEvidence
from evidence import permissions
from evidence.custody import Actor
from evidence.models import Upload
from evidence.permissions import IsBorrower
from evidence.serializers.incoming import TusForm
from evidence.serializers.receipts import BINARY, ReceiptOut, receipt_json
from evidence.uploads import receiving
from evidence.uploads.errors import (
    ChecksumUnsupportedError,
    OffsetMismatchError,
    TusHeaderError,
    TusVersionError,
    UploadBusyError,
    UploadEndedError,
    UploadIncompleteError,
    UploadOverrunError,
)
from evidence.uploads.leases import TRY_AGAIN_AFTER_S, refuse_busy

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
BODY = "application/offset+octet-stream"
WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
WRONG_VERSION = status.HTTP_412_PRECONDITION_FAILED
MAX_METADATA = 16 * 1024
TUS_HEADER = OpenApiParameter("Tus-Resumable", str, OpenApiParameter.HEADER, required=True)
OFFSET_HEADER = OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True)


class TusView(APIView):
    """What every call of the protocol has in common."""

    parser_classes: list[Any] = []  # the body is read as it arrives, never parsed

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Some networks let only GET and POST through: the protocol has a header for that."""
        override = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and override in ("PATCH", "DELETE", "HEAD"):
            request.method = override
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse another version of the protocol before anything else."""
        is_tus = request.method in ("POST", "PATCH", "HEAD", "DELETE")
        if is_tus and request.headers.get("Tus-Resumable") != VERSION:
            raise TusVersionError(VERSION)
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Name version, extensions and limit on every answer, refusals too."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        if request.method == "OPTIONS" or answer.status_code == WRONG_VERSION:
            answer["Tus-Version"] = VERSION
            answer["Tus-Extension"] = EXTENSIONS
            answer["Tus-Max-Size"] = str(settings.EVIDENCE_MAX_BYTES)
            answer["Tus-Checksum-Algorithm"] = "sha256"
        return answer

    def handle_exception(self, exc: Exception) -> Response:
        """Say where the upload stands, and when a busy one may be tried again."""
        response: Response = super().handle_exception(exc)
        if isinstance(exc, OffsetMismatchError):
            response["Upload-Offset"] = str(exc.offset)
        if isinstance(exc, UploadBusyError):
            response["Retry-After"] = str(TRY_AGAIN_AFTER_S)
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What the server speaks."""
        return Response(status=status.HTTP_204_NO_CONTENT)


class UploadList(TusView):
    """Where uploads begin."""

    authentication_classes = [SessionAuthentication]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "upload"

    def get_permissions(self) -> list[BasePermission]:
        """Whoever asks what is spoken here need not sign in."""
        if self.request.method == "OPTIONS":
            return [AllowAny()]
        return [MaySeeEvidence(), IsBorrower()]

    @extend_schema(
        parameters=[
            TUS_HEADER,
            OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter(
                "Upload-Metadata",
                str,
                OpenApiParameter.HEADER,
                required=True,
                description="case, kind, source; filename, filetype, sha256, device, how, "
                "taken_at, captured_at, batch: values in base64",
            ),
        ],
        request={BODY: BINARY},
        responses={201: None},
    )
    def post(self, request: Request) -> Response:
        """Begin an upload; `Upload-Capability` is shown this once. A body may come at once."""
        length = _number(request, "Upload-Length")
        form = TusForm(data=metadata(request.headers.get("Upload-Metadata", "")))
        form.is_valid(raise_exception=True)
        said = form.validated_data
        upload, capability = receiving.begin(
            user=permissions.user_of(request),
            case=permissions.case_or_404(request, said["case"]),
            kind=said["kind"],
            length=length,
            declaration=form.declaration(file_name=said["filename"], content_type=said["filetype"]),
            claimed_sha256=said["sha256"],
        )
        response = Response(status=status.HTTP_201_CREATED)
        if request.headers.get("Content-Type") == BODY:
            response = _extend(request, upload, offset=0, response=response)
        response["Location"] = f"/api/uploads/{upload.pk}/"
        response["Upload-Capability"] = capability
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
        return response


class CapabilityView(TusView):
    """What needs the capability and nothing else: no session, so no CSRF."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def upload(self, request: Request, upload_id: uuid.UUID) -> Upload:
        """The upload that the capability opens; 404 without the right one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        upload = get_object_or_404(Upload.objects.select_related("uploader", "item"), pk=upload_id)
        if scheme != "Upload" or not receiving.is_capability(upload, token.strip()):
            raise Http404
        return upload


class UploadDetail(CapabilityView):
    """One upload under way."""

    @extend_schema(parameters=[TUS_HEADER], responses={200: None})
    def head(self, request: Request, upload_id: uuid.UUID) -> Response:
        """Say how many bytes are here; finish what a killed server could not."""
        upload = self.upload(request, upload_id)
        if upload.item_id is None:
            receiving.refuse_ended(upload)
            refuse_busy(upload)
        offset = receiving.offset_of(upload)
        if offset == upload.length and upload.item_id is None:
            upload = receiving.complete(upload)
        response = Response(status=status.HTTP_200_OK)
        response["Upload-Length"] = str(upload.length)
        return _placed(response, upload, offset)

    @extend_schema(
        parameters=[TUS_HEADER, OFFSET_HEADER], request={BODY: BINARY}, responses={204: None}
    )
    def patch(self, request: Request, upload_id: uuid.UUID) -> Response:
        """Add bytes where the upload ends; the last ones make the item."""
        upload = self.upload(request, upload_id)
        if request.headers.get("Content-Type") != BODY:
            raise UnsupportedMediaType(request.headers.get("Content-Type") or "")
        offset = _number(request, "Upload-Offset")
        response = Response(status=status.HTTP_204_NO_CONTENT)
        return _extend(request, upload, offset=offset, response=response)

    @extend_schema(parameters=[TUS_HEADER], responses={204: None})
    def delete(self, request: Request, upload_id: uuid.UUID) -> Response:
        """Give it up: its bytes are dropped. What has become an item stays."""
        upload = self.upload(request, upload_id)
        if upload.ended_at is not None:
            raise UploadEndedError(str(upload.pk))
        receiving.give_up(upload, "upload_given_up", actor=Actor.of(upload.uploader))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UploadReceipt(CapabilityView):
    """What the sender keeps."""

    @extend_schema(responses=ReceiptOut)
    def get(self, request: Request, upload_id: uuid.UUID) -> Response:
        """The receipt of the item that the upload became."""
        upload = self.upload(request, upload_id)
        if upload.item is None:
            receiving.refuse_ended(upload)
            if receiving.offset_of(upload) < upload.length:
                raise UploadIncompleteError(str(upload.pk))
            upload = receiving.complete(upload)
        if upload.item is None:
            raise UploadEndedError(upload.refusal)
        answer = receipt_json(
            upload.item.receipt, is_duplicate=upload.is_duplicate, in_language=language.of(request)
        )
        return Response(ReceiptOut(answer).data)


def metadata(header: str) -> dict[str, str]:
    """Upload-Metadata as a dictionary: `key base64, key base64`; a key alone has an empty value.

    Raises:
        TusHeaderError: too long, not base64, or not UTF-8.
    """
    if len(header) > MAX_METADATA:
        raise TusHeaderError("Upload-Metadata")
    values = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            values[key] = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError) as cause:
            raise TusHeaderError("Upload-Metadata") from cause
    return values


def _extend(request: Request, upload: Upload, *, offset: int, response: Response) -> Response:
    """Read the body into the upload as it arrives; complete it when all is here."""
    if offset + int(request.META.get("CONTENT_LENGTH") or 0) > upload.length:
        raise UploadOverrunError(f"{upload.length} bytes")
    now_at = receiving.extend(
        upload, offset=offset, read=request._request.read, sha256=_checksum(request)
    )
    if now_at == upload.length:
        receiving.complete(upload)
        response["Upload-Receipt"] = f"/api/uploads/{upload.pk}/receipt/"
    return _placed(response, upload, now_at)


def _placed(response: Response, upload: Upload, offset: int) -> Response:
    response["Upload-Offset"] = str(offset)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not WHOLE_NUMBER.fullmatch(text):
        raise TusHeaderError(header)
    return int(text)


def _checksum(request: Request) -> bytes | None:
    """Upload-Checksum: `sha256 <base64>`."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    try:
        digest = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError) as cause:
        raise ChecksumUnsupportedError("not base64") from cause
    if algorithm != "sha256" or len(digest) != 32:
        raise ChecksumUnsupportedError("sha256 only")
    return digest

"""What a witness's page asks, without an account. Token in the body, secret in a header.

Neither ever stands in an address, so neither stands in a log. There is no session, so no CSRF.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from complaints import witness_serializers as serializers
from complaints.models import WitnessLink
from complaints.stages import leaving, witnessing
from evidence.errors import UseResumableUploadError
from evidence.models import EvidenceItem
from evidence.serializers.receipts import receipt_json

SCHEME = "Witness"
FORM_BYTES = 64 * 1024  # what a multipart body holds besides its file
SECRET = OpenApiParameter(
    "Authorization", str, OpenApiParameter.HEADER, required=True, description="Witness <secret>"
)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class WitnessView(APIView):
    """Open to strangers; guesses are counted."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "witness"

    def link(self, request: Request) -> WitnessLink:
        """The link that is bound to this browser, by its secret."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        return witnessing.link_of(secret.strip() if scheme == SCHEME else "")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep every answer out of caches, refusals too."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


class WitnessBinding(WitnessView):
    """The first POST makes the link this browser's."""

    @extend_schema(
        request=serializers.TokenIn,
        responses={201: serializers.BoundOut},
        operation_id="witness_bind",
    )
    def post(self, request: Request) -> Response:
        """Answer 201 with the secret, this once."""
        form = serializers.TokenIn(data=request.data)
        form.is_valid(raise_exception=True)
        link, secret = witnessing.bind(form.validated_data["token"])
        answer = {"secret": secret, "expires_at": link.expires_at}
        return Response(serializers.BoundOut(answer).data, status=status.HTTP_201_CREATED)


class WitnessAnswer(WitnessView):
    """One's own answer: how it stands, and the way to erase it."""

    @extend_schema(
        parameters=[SECRET],
        responses=serializers.AnswerStandingOut,
        operation_id="witness_answer",
    )
    def get(self, request: Request) -> Response:
        """Answer 200 with the receipts, also after the link has ended."""
        return Response(serializers.AnswerStandingOut(standing(self.link(request))).data)

    @extend_schema(parameters=[SECRET], responses={204: None}, operation_id="witness_erase")
    def delete(self, request: Request) -> Response:
        """Erase all of it for good; 409 while the law or a package under way keeps it back."""
        link = self.link(request)
        leaving.erase_answer(link, actor=witnessing.witness(link), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class WitnessStatements(WitnessView):
    """Statement and consent."""

    @extend_schema(
        parameters=[SECRET],
        request=serializers.StatementIn,
        responses={201: serializers.AnswerStandingOut},
        operation_id="witness_state",
    )
    def post(self, request: Request) -> Response:
        """Answer 201 with the receipts."""
        link = self.link(request)
        form = serializers.StatementIn(data=request.data)
        form.is_valid(raise_exception=True)
        witnessing.state(
            link,
            answers=form.answers(),
            consent=form.consent(),
            language=form.validated_data["language"],
        )
        body = serializers.AnswerStandingOut(standing(self.link(request))).data
        return Response(body, status=status.HTTP_201_CREATED)


class WitnessPictures(WitnessView):
    """The witness's own screenshots."""

    parser_classes = [MultiPartParser]  # in memory only (FILE_UPLOAD_HANDLERS): nothing on disk

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a large body before anybody reads it."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.MULTIPART_MAX_BYTES + FORM_BYTES:
            raise UseResumableUploadError(max_bytes=settings.MULTIPART_MAX_BYTES)
        super().initial(request, *args, **kwargs)

    @extend_schema(
        parameters=[SECRET],
        request={"multipart/form-data": serializers.PictureIn},
        responses={201: serializers.WitnessReceiptOut},
        operation_id="witness_picture",
    )
    def post(self, request: Request) -> Response:
        """Answer 201 with the receipt."""
        link = self.link(request)
        form = serializers.PictureIn(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        if said["file"].size > settings.MULTIPART_MAX_BYTES:
            raise UseResumableUploadError(max_bytes=settings.MULTIPART_MAX_BYTES)
        item = witnessing.add_picture(link, said["file"], claimed_sha256=said["claimed_sha256"])
        body = serializers.WitnessReceiptOut(_receipt("picture", item)).data
        return Response(body, status=status.HTTP_201_CREATED)


def standing(link: WitnessLink) -> dict[str, Any]:
    """What `AnswerStandingOut` shows."""
    statement = getattr(link, "statement", None)
    pictures = list(witnessing.pictures_of(link))
    kept: list[tuple[str, EvidenceItem]] = []
    if statement is not None:
        kept = [("statement", statement.item), ("consent", statement.consent)]
    kept += [("picture", item) for item in pictures]
    return {
        "state": str(link.state(timezone.now())),
        "is_revoked": link.revoked_at is not None,
        "expires_at": link.expires_at,
        "pictures_left": max(0, witnessing.MAX_PICTURES - len(pictures)),
        "receipts": [_receipt(part, item) for part, item in kept],
    }


def _receipt(part: str, item: EvidenceItem) -> dict[str, Any]:
    return {"part": part, "receipt": receipt_json(item.receipt)}

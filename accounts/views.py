"""One's own account over HTTP; sign-up, sign-in and the second factor are allauth's."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from . import consents, language, policy, quotas, recovery, texts
from .errors import RecoveryRefusedError
from .models import RecoveryCode, User
from .serializers import (
    LanguageSerializer,
    MeSerializer,
    PassphraseSerializer,
    RecoverSerializer,
    RecoveryCodeSerializer,
    TextSerializer,
)


@method_decorator(never_cache, name="dispatch")
class Me(APIView):
    """The signed-in account."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Give the account, its consents and what it has used; sets the CSRF cookie."""
        get_token(request._request)
        return Response(MeSerializer(_me(request)).data)

    @extend_schema(request=LanguageSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Choose the language."""
        form = LanguageSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = _user(request)
        user.language = form.validated_data["language"]
        user.save(update_fields=["language"])
        return Response(MeSerializer(_me(request)).data)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class RecoveryCodeView(APIView):
    """The paper recovery code."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "recover"

    @extend_schema(request=PassphraseSerializer, responses={201: RecoveryCodeSerializer})
    def post(self, request: Request) -> Response:
        """Make a code and show it once; an earlier one stops working."""
        form = PassphraseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = _user(request)
        if not user.check_password(form.validated_data["passphrase"]):
            raise RecoveryRefusedError
        return Response({"code": recovery.make(user)}, status=status.HTTP_201_CREATED)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Recover(APIView):
    """The way back in without the passphrase."""

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "recover"

    @extend_schema(request=RecoverSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set a new passphrase by the paper code; then sign in as usual, second factor included."""
        form = RecoverSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        recovery.recover(**form.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TextView(APIView):
    """The legal texts, readable before sign-up."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(
        responses=TextSerializer,
        parameters=[OpenApiParameter("lang", str, enum=list(language.LANGUAGES))],
    )
    def get(self, request: Request, name: str) -> Response:
        """Give one text in Markdown, with the operator's name and address filled in."""
        if name not in list(texts.Text):
            raise NotFound
        lang = request.query_params.get("lang", "")
        lang = lang if lang in language.LANGUAGES else language.of(request)
        body = {
            "name": name,
            "language": lang,
            "version": texts.VERSION,
            "markdown": texts.read(texts.Text(name), lang),
        }
        return Response(body)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # IsAuthenticated let nobody else in
    return request.user


def _me(request: Request) -> dict[str, Any]:
    user = _user(request)
    return {
        "id": user.pk,
        "username": user.username,
        "role": user.role,
        "language": user.language,
        "is_sample": user.is_sample,
        "consents": consents.standing(user),
        "second_factor": policy.has_second_factor(user),
        "second_factor_used": policy.used_second_factor(request._request),
        "has_recovery_code": RecoveryCode.objects.filter(user=user).exists(),
        "quotas": quotas.as_json(user),
    }

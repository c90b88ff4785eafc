"""Every answer that refuses, as `application/problem+json` (RFC 9457), in the caller's language.

Nothing below this room knows a status code. Members: `type` (a URN that ends in the code),
`title`, `status`, `code`, `detail`, and the error's own values (ids, digests, sizes).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts import language
from accounts.authentication import CsrfFailedError
from accounts.errors import AccountError
from complaints.errors import ComplaintError
from evidence.errors import EvidenceError
from evidence.ranges import RangeBeyondEndError

from .problem_codes import status_of
from .problem_pages import page

CONTENT_TYPE = "application/problem+json"
OURS = (AccountError, EvidenceError, ComplaintError)
RESERVED = frozenset({"type", "title", "status", "code", "detail", "instance", "args"})

log = structlog.get_logger(__name__)

# First match decides, so a subclass stands before its parent.
FOREIGN: tuple[tuple[type[Exception], str], ...] = (
    (CsrfFailedError, "csrf_failed"),
    (exceptions.NotAuthenticated, "not_signed_in"),
    (exceptions.AuthenticationFailed, "not_signed_in"),
    (exceptions.PermissionDenied, "not_allowed"),
    (PermissionDenied, "not_allowed"),
    (exceptions.NotFound, "not_found"),
    (Http404, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "media_type_unsupported"),
    (exceptions.Throttled, "too_many_requests"),
    (exceptions.ParseError, "body_unreadable"),
    (exceptions.ValidationError, "invalid_input"),
    (RequestDataTooBig, "body_too_large"),
    # Another writer held the database longer than the busy timeout.
    (OperationalError, "try_again"),
)


def problem(code: str, lang: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Write the members of one problem.

    Args:
        code: stable; its text stands in the catalogue under the same key.
        lang: `zh-CN` or `en`.
        values: further members, also the arguments of the text.
    """
    shown = {key: value for key, value in (values or {}).items() if key not in RESERVED}
    words = {key: value for key, value in shown.items() if isinstance(value, str | int | float)}
    body = {
        "type": f"urn:liuzheng:problem:{code}",
        "title": language.text(code, lang, **words),
        "status": status_of(code),
        "code": code,
    }
    if language.has_text(f"{code}.detail", lang):
        body["detail"] = language.text(f"{code}.detail", lang, **words)
    return body | shown


def code_of(error: Exception) -> str | None:
    """Name the code of an error that we expect; None for a fault of our own."""
    if isinstance(error, OURS):
        return error.code
    return next((code for kind, code in FOREIGN if isinstance(error, kind)), None)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an error that a view raised; None (a fault of our own) goes on to `server_error`."""
    code = code_of(error)
    if code is None:
        return None
    set_rollback()
    if code == "try_again":
        log.error("database_busy", code=code)
    body = problem(code, language.of(context["request"]), _values(error))
    return Response(
        body, status=body["status"], headers=_headers(error, context), content_type=CONTENT_TYPE
    )


def answer(request: HttpRequest, code: str, **values: Any) -> HttpResponse:
    """Answer outside DRF: a problem to a program, a small page to a person."""
    body = problem(code, language.of(request), values)
    if request.path.startswith(("/api/", "/_allauth/")) or "text/html" not in request.headers.get(
        "Accept", ""
    ):
        return JsonResponse(
            body,
            status=body["status"],
            content_type=CONTENT_TYPE,
            json_dumps_params={"ensure_ascii": False},
        )
    return page(body, language.of(request))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: a body too large, a host we do not serve, a forged session."""
    return answer(request, code_of(exception) or "bad_request")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return answer(request, code_of(exception) or "not_allowed")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return answer(request, "not_found")


def closed(request: HttpRequest) -> HttpResponse:
    """Answer a path that a library opens and this product does not serve."""
    return answer(request, "not_found")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a call that lacks the CSRF token; the reason stays here, it helps only a forger."""
    return answer(request, "csrf_failed")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: the incident is the id under which the fault stands in the log."""
    incident = structlog.contextvars.get_contextvars().get("request_id", "")
    return answer(request, "internal_error", incident=incident)


def _values(error: Exception) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return {"errors": list(_field_errors(error.detail))}
    if isinstance(error, exceptions.Throttled):
        return {"retry_after_s": _wait(error)}
    if not isinstance(error, OURS):
        return {}
    return {
        key: str(value) if isinstance(value, UUID) else value
        for key, value in vars(error).items()
        if not key.startswith("_") and isinstance(value, str | int | float | list | UUID | None)
    }


def _headers(error: Exception, context: dict[str, Any]) -> dict[str, str]:
    headers = {}
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(_wait(error))
    if isinstance(error, OperationalError):
        headers["Retry-After"] = "5"
    if isinstance(error, RangeBeyondEndError):
        headers["Content-Range"] = f"bytes */{error.size}"
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    return headers


def _wait(error: exceptions.Throttled) -> int:
    """Seconds after which the next try counts again."""
    return math.ceil(getattr(error, "wait", None) or 1)


def _field_errors(detail: Any, field: str = "") -> list[dict[str, str]]:
    """Flatten DRF's nested errors to `{field, code, message}`; a field is a dotted path."""
    if isinstance(detail, dict):
        pairs = [(f"{field}.{key}" if field else str(key), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(one, dict | list) for one in detail):
        pairs = [(f"{field}.{index}" if field else str(index), v) for index, v in enumerate(detail)]
    else:
        lines = detail if isinstance(detail, list) else [detail]
        return [{"field": field, "code": line.code, "message": str(line)} for line in lines]
    return [found for name, value in pairs for found in _field_errors(value, name)]

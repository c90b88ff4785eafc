"""Every path that answers, read from the URL configuration: a new one is attacked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete", "head")
UNSAFE = frozenset({"post", "put", "patch", "delete"})
PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
ROOTS = ("api/", "console/")
CATCH_ALL = "(?P<"  # the admin's patterns by regular expression: its index and "anything else"


@dataclass(frozen=True)
class Endpoint:
    """One path with the methods that its view answers."""

    route: str
    methods: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(PARAMETER.findall(self.route))

    def path(self, values: dict[str, Any]) -> str:
        """The path with these values in it.

        Raises:
            KeyError: a parameter of a new name. Give it a value in `Scene.values`.
        """
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.route)


def all_of(root: str) -> list[Endpoint]:
    """Every endpoint below `api/` or `console/`."""
    found = [one for one in _walk(get_resolver().url_patterns, "") if one.route.startswith(root)]
    assert found, f"nothing answers below {root}"
    return found


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Endpoint]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif route.startswith(ROOTS) and CATCH_ALL not in route:
            yield Endpoint(route.removesuffix("$"), _methods(pattern))


def _methods(pattern: URLPattern) -> tuple[str, ...]:
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    if view is None:  # a function: whatever it does not take, it answers with 405
        return ("get", "post")
    return tuple(method for method in METHODS if hasattr(view, method))

"""Session sign-in for the API, with the CSRF token asked of every unsafe call."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class CsrfFailedError(PermissionDenied):
    """The call carries no CSRF token, or one that is not this session's."""


class HeadersOnly:
    """A request whose body nobody has read: the token comes in a header, as our client sends it.

    Django looks for a form field first. That would parse the body of a stranger's call before
    anybody asked who calls, and refuse what no parser takes: the bytes of an upload.
    """

    POST: Mapping[str, str] = MappingProxyType({})

    def __init__(self, request: Request) -> None:
        self._request = request._request

    def __getattr__(self, name: str) -> Any:
        """All else is the request's own."""
        return getattr(self._request, name)


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; unlike DRF's own, a stranger's POST needs the CSRF token too."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Name the signed-in user, or nobody; refuse a call that another site could have sent."""
        self.enforce_csrf(request)
        user = getattr(request._request, "user", None)
        if user is None or not user.is_active:
            return None
        return user, None

    def enforce_csrf(self, request: Request) -> None:
        """Check the token, and give the refusal its own name.

        Raises:
            CsrfFailedError: no token, or another session's.
        """
        try:
            super().enforce_csrf(cast(Request, HeadersOnly(request)))
        except PermissionDenied as refusal:
            raise CsrfFailedError from refusal

    def authenticate_header(self, request: Request) -> str:
        """Make a missing sign-in a 401, which a client can tell from a refusal."""
        return "Session"

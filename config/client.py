"""The phone client: WhiteNoise serves what `pwa/dist` holds; here is what remains to answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts import language

from .problem_pages import plain_page

# The camera and the microphone are never asked for: the phone's own apps record.
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), "
    "accelerometer=(), gyroscope=(), magnetometer=(), display-capture=(), browsing-topics=()"
)


class PolicyHeadersMiddleware:
    """Adds the headers that neither Django nor django-csp sends, to files and answers alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the stack."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then say which powers of the browser no page here may use."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if request.path.startswith(("/api/", "/_allauth/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


@require_safe
def not_built(request: HttpRequest) -> HttpResponse:
    """Answer `/` where WhiteNoise found no built client, and say how to build it."""
    lang = language.of(request)
    return plain_page(
        title=language.text("screen-client-missing-title", lang),
        text=language.text("screen-client-missing-text", lang),
        note="",
        lang=lang,
        status=503,
    )


@csrf_exempt  # The phone's share sheet posts here and can hold no token; nothing is read or kept.
@require_POST
def shared_too_early(request: HttpRequest) -> HttpResponse:
    """Answer a share that met no service worker: the client says to open it once and share again.

    The body is never read: a shared recording must not reach us before consent.
    """
    return HttpResponseRedirect("/?shared=too-early")

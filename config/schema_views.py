"""`/api/schema/` and `/api/docs/`: the one file and a page that shows it, from our own disk."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def schema(request: HttpRequest) -> FileResponse:
    """Give docs/openapi.json."""
    try:
        file = settings.SCHEMA_FILE.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(file, content_type="application/vnd.oai.openapi+json;version=3.1")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the schema by Swagger UI; no inline script or style, so the policy stays strict."""
    return render(request, "config/docs.html")

"""Small files that are made at once, to be saved by the browser under a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(body: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to save; `content_type` with its character set, where it has one."""
    answer = HttpResponse(body, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer

"""Bytes over HTTP: Range requests on plain bytes that are decrypted as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.utils import OpenApiParameter

from evidence.errors import EvidenceError

CHUNK_BYTES = 1 << 18
RANGE_HEADER = OpenApiParameter("Range", str, OpenApiParameter.HEADER, required=False)
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# Evidence is hostile until proved otherwise: wherever a browser shows it, it runs nothing.
POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


class RangeBeyondEndError(EvidenceError):
    """The range that was asked for begins behind the last byte."""

    code = "range_beyond_end"

    def __init__(self, size: int) -> None:
        super().__init__(f"there are {size} bytes")
        self.size = size


def ranged(
    request: HttpRequest,
    file: BinaryIO,
    *,
    size: int,
    sha256: str,
    media_type: str,
    file_name: str = "",
) -> HttpResponseBase:
    """Answer a GET or HEAD: 200 with all bytes, 206 with one range (RFC 9110 §14).

    Several ranges, or one that cannot be read, get the whole, as the RFC allows.

    Raises:
        RangeBeyondEndError: answered as 416.
    """
    etag = f'"{sha256}"'
    span = _span(request, size, etag)
    if span == ():
        file.close()
        raise RangeBeyondEndError(size)
    first, last = span or (0, size - 1)
    body: Iterator[bytes] = iter(()) if request.method == "HEAD" else _chunks(file, first, last)
    response = StreamingHttpResponse(body, status=206 if span else 200, content_type=media_type)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]  # Django closes it
    response["Content-Length"] = str(last - first + 1)
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = content_disposition_header(True, file_name or "item")
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _span(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | tuple[()] | None:
    """First and last byte asked for; None for the whole; () for a range outside."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    begin, end = found.groups()
    if begin:
        first, last = int(begin), min(int(end) if end else size - 1, size - 1)
        if end and int(end) < int(begin):
            return None  # not a range at all (RFC 9110 §14.1.1)
    elif end:
        first, last = max(0, size - int(end)), size - 1
    else:
        return None
    return (first, last) if first <= last < size else ()


def _chunks(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left and (chunk := file.read(min(CHUNK_BYTES, left))):
        left -= len(chunk)
        yield chunk

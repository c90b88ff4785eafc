"""Bytes on a reviewer's screen: our own derivatives in the page, the original only in a cage.

Everything passes the release door, which records who opened what. The original is somebody else's
file: it is answered with a policy that makes any page of it a null-origin sandbox without script,
form, link or request, and it is shown only as what it can harmlessly be shown as.
"""

from __future__ import annotations

import uuid
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.language import text
from complaints.composing import redacted
from complaints.console import access, pages, viewing
from complaints.models import Redaction
from evidence import choosing, release
from evidence.custody import Actor
from evidence.models import Derivative, EvidenceItem, Reading
from evidence.ranges import RangeBeyondEndError, ranged

CAGE = (
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
TEXT_BYTES = 2 * 1024 * 1024  # of an original shown as text
HEX_BYTES = 4 * 1024  # of an original that nothing else can show
HEX_LINE = 16

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
MEDIA = {
    "audio/mpeg",
    "audio/mp4",
    "audio/wav",
    "audio/x-wav",
    "audio/ogg",
    "audio/aac",
    "video/mp4",
    "video/webm",
}


@access.only(access.READERS)
@require_safe
def derivative(
    request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID, name: str
) -> HttpResponseBase:
    """Give the page picture or the playable copy; ranges are answered, players ask for them."""
    item = access.opened_item(request, case_id, item_id)
    made = get_object_or_404(
        Derivative.objects.filter(name__in=viewing.SEEN_OR_HEARD).select_related("item"),
        item=item,
        name=name,
        reading=_newest(item),
    )
    file = release.open_derivative(made, actor=Actor.at(request))
    return _caged(_ranged(request, file, made, made.media_type))


@access.only(access.READERS)
@require_safe
def original(request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponseBase:
    """Give the bytes as received to the sandboxed frame: a picture, a recording, else as text.

    Of an export of which its owner kept a part, none: it holds what nobody chose.
    """
    item = access.opened_item(request, case_id, item_id)
    if choosing.is_part(item.pk):
        said = text("item_partly_chosen", pages.language_of(request))
        return _caged(HttpResponse(said, content_type="text/plain; charset=utf-8"))
    media_type = _media_type(item)
    file = release.open_item(item, actor=Actor.at(request))
    if media_type in PICTURES | MEDIA:
        return _caged(_ranged(request, file, item, media_type))
    with file:
        head = file.read(TEXT_BYTES)
    return _caged(HttpResponse(_as_text(head, item.size), content_type="text/plain; charset=utf-8"))


def _media_type(item: EvidenceItem) -> str:
    """What a reader found it to be; a redacted copy has no reading, and is what we made it."""
    if made := Redaction.objects.filter(item=item).first():
        return redacted.media_type(made)
    reading = _newest(item)
    return str(reading.facts.get("media_type", "")) if reading else ""


def _newest(item: EvidenceItem) -> Reading | None:
    return Reading.objects.filter(item=item).order_by("-created_at", "-id").first()


def _caged(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Content-Security-Policy"] = CAGE
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_text(head: bytes, size: int) -> str:
    """The head of a file as text when it is text, else its first bytes in hexadecimal."""
    more = f"\n… ({size} B)" if size > len(head) else ""
    if b"\x00" not in head:
        try:
            # A multi-byte character may be cut at the end of the head.
            return head.decode("utf-8", errors="ignore" if more else "strict") + more
        except UnicodeDecodeError:
            pass  # not UTF-8: shown in hexadecimal, which needs no guess
    shown = head[:HEX_BYTES]
    lines = (
        f"{at:08x}  {shown[at : at + HEX_LINE].hex(' ')}" for at in range(0, len(shown), HEX_LINE)
    )
    return "\n".join(lines) + f"\n… ({size} B)"


def _ranged(
    request: HttpRequest, file: BinaryIO, of: EvidenceItem | Derivative, media_type: str
) -> HttpResponseBase:
    try:
        return ranged(request, file, size=of.size, sha256=of.sha256, media_type=media_type)
    except RangeBeyondEndError as beyond:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{beyond.size}"})

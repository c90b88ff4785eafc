"""One item inside its case: proof on top, evidence in the middle, decisions on the right."""

from __future__ import annotations

import uuid
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from complaints.composing import imported, witnesses
from complaints.console import access, earlier, pages, provenance, segments, shots, viewing
from complaints.console.cases import frame, log_lines
from complaints.console.rail import NEVER_CHECKED, check_states
from complaints.console.suggestions import kinds, shown, suggested_tags
from evidence import cases, choosing, digests, outside, verification
from evidence.custody import Actor, Subject
from evidence.models import Derivative, EvidenceItem, Reading

SHOWS = ("picture", "original")  # what a person can ask for; nothing of it is loaded before


@access.only(access.READERS)
@require_safe
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # it knows views without ids only
def item(request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """Show one item; its records count as opened by this, its picture or sound does not.

    Its policy alone allows a frame: the sandboxed one of `files.original`.
    """
    found = access.opened_item(request, case_id, item_id)
    reading = _reading(found)
    cases.viewed(found.case, by=Actor.at(request))
    if viewing.is_read_as_text(reading):
        viewing.records_shown(found, by=Actor.at(request))
    context = {
        **frame(request, access.opened_case(request, case_id)),
        **_proof(found),
        "item": found,
        "reading": reading,
        "imported": imported.note(reading, pages.language_of(request)) if reading else "",
        "waits": bool(choosing.waiting([found.pk])),
        "shots": shots.told(found, reading, language=pages.language_of(request)),
        "provenance": provenance.stated(reading, language=pages.language_of(request)),
        "told": witnesses.read_out(
            found, actor=Actor.at(request), language=pages.language_of(request)
        ),
        "left_behind": earlier.told(found, language=pages.language_of(request)),
        "derivatives": {one.name: one for one in reading.derivatives.all()} if reading else {},
        "ask": next((one for one in SHOWS if one == request.GET.get("show")), ""),
        "kinds": kinds(pages.language_of(request)),
        "here": request.get_full_path(),
        **_records(request, found, reading),
        **segments.draft(found, number=request.GET.get("segments")),
    }
    return pages.page(request, "item", context)


@access.only(access.READERS)
@require_POST
def check(request: HttpRequest, case_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponseBase:
    """Check the item now: bytes, custody log, receipt, tokens. The result is an event."""
    found = access.opened_item(request, case_id, item_id)
    verdict = verification.verify_item(found, actor=Actor.at(request))
    pages.notice(request, f"console-verdict-{verdict.verdict}")
    return redirect("console:item", case_id=case_id, item_id=item_id)


def _reading(found: EvidenceItem) -> Reading | None:
    return (
        Reading.objects.filter(item=found)
        .prefetch_related("derivatives")
        .order_by("-created_at", "-id")
        .first()
    )


def _proof(found: EvidenceItem) -> dict[str, Any]:
    return {
        "tokens": list(found.tokens.all()),
        "outside": outside.of_items([found])[found.pk],
        "sm3": digests.standings([found.pk])[found.pk],
        "check": check_states([found.pk]).get(found.pk, NEVER_CHECKED),
        "log": log_lines(Subject.ITEM, found.pk),
    }


def _records(request: HttpRequest, found: EvidenceItem, reading: Reading | None) -> dict[str, Any]:
    """The records; of an export at first only those with a suggestion: no more than is needed."""
    is_export = found.kind == EvidenceItem.Kind.MESSAGE_EXPORT
    has_tags = is_export and suggested_tags(found).exists()
    only = request.GET.get("only") or ("tagged" if has_tags else "all")
    page = shown(
        found,
        reading,
        number=request.GET.get("page"),
        only=only,
        whole=request.GET.get("whole", ""),
    )
    return {"shown": page, "only": only, "page_name": Derivative.Name.PAGE}

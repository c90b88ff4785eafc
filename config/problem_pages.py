"""The small page on which a person reads a refusal; no script, no style that a policy forbids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html


def page(body: Mapping[str, Any], lang: str) -> HttpResponse:
    """Show one problem as a page that needs nothing but itself."""
    return plain_page(
        title=str(body["title"]),
        text=str(body.get("detail", "")),
        note=str(body.get("incident", "")),
        lang=lang,
        status=int(body["status"]),
    )


def plain_page(*, title: str, text: str, note: str, lang: str, status: int) -> HttpResponse:
    """Show a title, a sentence and a note in the browser's own type."""
    return HttpResponse(
        format_html(
            '<!doctype html><html lang="{}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            "<title>{}</title><main><h1>{}</h1><p>{}</p><p><small>{}</small></p>"
            '<p><a href="/">留证 Liuzheng</a></p></main></html>',
            lang,
            title,
            title,
            text,
            note,
        ),
        status=status,
    )

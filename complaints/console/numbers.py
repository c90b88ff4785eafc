"""The numbers of a case and how one knows whose they are, and the case's statistics as pictures."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from complaints.console import access, pages
from complaints.console.cases import frame
from evidence import cases, collectors
from evidence.abuse.pictures import PICTURES
from evidence.custody import Actor
from evidence.numbers import numbers_of


@access.only(access.READERS)
@require_safe
def numbers(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show what the person said of each number beside what the texts say; staff decide nothing."""
    found = access.opened_case(request, case_id)
    cases.viewed(found, by=Actor.at(request))
    drawn = [
        (name, reverse("evidence-picture", kwargs={"case_id": found.pk, "name": name}))
        for name in PICTURES
    ]
    language = pages.language_of(request)
    standing = collectors.standing(found)
    values = {
        "numbers": numbers_of(found, language),
        "pictures": drawn,
        "elsewhere": collectors.state_in_words(standing.state, language),
        "elsewhere_of": [(one.value, collectors.sentence(one, language)) for one in standing.seen],
    }
    return pages.page(request, "numbers", {**frame(request, found), **values})

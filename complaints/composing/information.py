"""What a report on personal information says of the app: whose, which data, how taken and used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from accounts.language import text
from complaints.bundle.content import Told
from complaints.composing import words
from complaints.models import Complaint

DOCUMENT = "personal_information_report"


def told(complaint: Complaint) -> tuple[Told, ...]:
    """One row for each question that the person answered; none in any other paper."""
    return tuple(_rows(complaint)) if complaint.document_id == DOCUMENT else ()


def operator(complaint: Complaint) -> str:
    """Who runs the app, by legal name; empty when nobody but the lender is named."""
    if complaint.document_id != DOCUMENT:
        return ""
    return str(complaint.answers.get("app_operator", ""))


def _rows(complaint: Complaint) -> Iterator[Told]:
    answers = complaint.answers
    app = " ".join(filter(None, (answers.get("lender_app_name"), answers.get("app_version"))))
    kinds = "、".join(text(f"interview-option-{code}") for code in answers.get("info_kinds", ()))
    count = answers.get("info_items")
    on = answers.get("info_discovered_on")
    rows = {
        "app": app,
        "operator": operator(complaint) or answers.get("lender_legal_name", ""),
        "kinds": kinds,
        "count": text("draft-information-count-value", count=str(count)) if count else "",
        "obtained": _option(answers.get("info_obtained")),
        "discovered": words.day(date.fromisoformat(on)) if on else "",
        "use": answers.get("info_use", ""),
        "links": "\n".join(answers.get("info_links", ())),
    }
    for name, value in rows.items():
        if value:
            yield Told(label=text(f"draft-information-{name}"), value=value)


def _option(code: str | None) -> str:
    return text(f"interview-option-{code}") if code else ""

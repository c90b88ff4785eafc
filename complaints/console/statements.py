"""The witness links of a case, to read only: how each stands, and how far its witness agreed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from complaints.bundle.third_person import DESKS
from complaints.models import WitnessLink
from evidence.models import Case, EvidenceItem


@dataclass(frozen=True)
class LinkLine:
    """One link: nothing can be done with it here."""

    link: WitnessLink
    state: str
    wishes: tuple[tuple[str, str], ...]  # desk, wish; none while there is no statement
    items: tuple[EvidenceItem, ...]  # statement, consent


def lines(case: Case) -> list[LinkLine]:
    """Every link of the case, newest first."""
    now = timezone.now()
    rows = case.witness_links.select_related("statement__item", "statement__consent")
    return [_line(row, str(row.state(now))) for row in rows]


def _line(row: WitnessLink, state: str) -> LinkLine:
    statement = getattr(row, "statement", None)
    if statement is None:
        return LinkLine(row, state, (), ())
    wishes = tuple((desk, str(getattr(statement, desk))) for desk in DESKS)
    return LinkLine(row, state, wishes, (statement.item, statement.consent))

"""The complaint as it would be said, without opening a byte: facts, requests, provisions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from complaints import preflight
from complaints.bundle import content as said
from complaints.composing import acts as confirmed
from complaints.composing import document, law_facts, parties, statistics
from complaints.composing.acts import ConfirmedAct
from complaints.law import agencies, citations
from complaints.law.citations import CitationRow
from complaints.law.severity import Severity
from complaints.models import Complaint
from complaints.preflight import Bounce
from complaints.stages import addressing
from evidence.models.timelines import current_roles


@dataclass(frozen=True)
class Draft:
    """What the package would say now. Everything in it is Chinese, because the desks read it."""

    number: str
    kind: said.DocumentKind
    addressee: str
    sha256: str
    complainant: said.Person
    respondents: tuple[said.Respondent, ...]
    matter: str
    requests: tuple[str, ...]
    loan: said.Loan | None
    background: str
    facts: tuple[said.Fact, ...]
    figures: tuple[said.Figure, ...]
    harm: tuple[said.Harm, ...]
    earlier_steps: tuple[said.EarlierStep, ...]
    citations: list[CitationRow]
    severity: Severity | None  # None while nothing is confirmed, or the chosen level fits no more
    bounces: list[Bounce]


def draft(complaint: Complaint) -> Draft:
    """Put the draft together from the rows as they stand."""
    rows = list(complaint.exhibits.all())
    codes = {row.item_id: row.code for row in rows}
    acts = [act for act in confirmed.confirmed_acts(complaint) if act.item in codes]
    counted = statistics.count(complaint.case, acts, codes)
    agency = agencies.agency(complaint.agency)
    return Draft(
        number=document.case_number(complaint),
        kind=document.document_kind(complaint),
        addressee=complaint.answers.get("addressee_name") or agency.name_zh,
        sha256=document.draft_sha256(complaint),
        complainant=parties.complainant(complaint),
        respondents=parties.respondents(complaint),
        matter=document.matter(complaint, acts),
        requests=parties.requests(complaint),
        loan=parties.loan(complaint),
        background=complaint.answers.get("background", ""),
        facts=document.told_facts(acts, codes, current_roles(complaint.case)),
        figures=statistics.figures(counted),
        harm=parties.harm(complaint),
        earlier_steps=parties.earlier_steps(complaint),
        citations=_citations(complaint, acts, codes),
        severity=addressing.severity_of(complaint),
        bounces=preflight.preflight(complaint),
    )


def _citations(
    complaint: Complaint, acts: list[ConfirmedAct], codes: Mapping[uuid.UUID, str]
) -> list[CitationRow]:
    dated = [
        citations.Act(kind=act.kind, on=act.on, exhibit=codes[act.item])
        for act in acts
        if act.on is not None
    ]
    return list(
        citations.cite(
            dated,
            agency=complaint.agency,
            lender_type=complaint.lender_type,
            facts=law_facts.told(complaint),
        )
    )

"""Checks that a paper and a short form have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from complaints.composing.acts import ConfirmedAct, beijing_today
from complaints.law import lender as lenders
from complaints.law import naming, remit, routing
from complaints.law import severity as severities
from complaints.law.agencies import Agency
from complaints.law.agencies import agency as agency_of
from complaints.law.facts import Facts
from complaints.law.following import Outcome
from complaints.models import Filing
from complaints.preflight.bounce import Found, Weight
from evidence.models.cases import Case
from evidence.models.timelines import current_roles
from evidence.numbers import ties_of

# Before these a matter is no longer open to a regulator or an association.
_ASK_WHO_HAS_IT = ("financial_regulator", "self_regulatory")
_BODIES = ("financial_regulator", "regulator", "court")


def lender(answers: Mapping[str, Any], agency: Agency, *, lender_type: str) -> Iterator[Found]:
    """The respondent by its legal name, and whether this desk is there for it."""
    name = answers.get("lender_legal_name", "")
    weight = Weight.STOPS if agency.needs_legal_name else Weight.WARNS
    if not name:
        yield Found("legal_name_missing", weight)
    elif any(
        doubt.code == "law_lender_name_looks_like_app"
        for doubt in lenders.check_name(name, lender_type)
    ):
        yield Found("legal_name_looks_like_app", weight)
    fit = remit.fit(agency.id, lender_type=lender_type, name=name)
    if fit is remit.Fit.NOT_TAKEN:
        yield Found("wrong_remit", Weight.STOPS)
    elif fit is remit.Fit.UNKNOWN:
        yield Found("lender_type_unknown", Weight.STOPS)
    elif remit.contradicts(lender_type=lender_type, name=name):
        yield Found("lender_type_contradicts_name", Weight.WARNS)


def is_licensed(lender_type: str) -> bool:
    """Whether a regulator has licensed lenders of this type."""
    return routing.takes("NFRA_LOCAL", lender_type) or routing.takes("LOCAL_FIN", lender_type)


def elsewhere(case: Case, agency: Agency, answers: Mapping[str, Any]) -> Iterator[Found]:
    """A court, an arbitrator or another body that has the matter; police and lender take it yet."""
    if agency.kind not in _ASK_WHO_HAS_IT and agency.id != "SAMR":
        return
    if answers.get("in_court"):
        yield Found("already_in_court", Weight.ASKS)
    rows = Filing.objects.filter(complaint__case=case).select_related("complaint")
    for row in rows.prefetch_related("outcomes"):
        desk = agency_of(row.desk)
        came = {one.outcome for one in row.outcomes.all()}
        if desk.id != agency.id and desk.kind in _BODIES and Outcome.REFUSED not in came:
            yield Found("already_before_a_body", Weight.ASKS, (desk.name_zh,))


def numbers(case: Case, acts: Sequence[ConfirmedAct], agency: Agency) -> Iterator[Found]:
    """Numbers that neither the person nor the texts tie to the other side.

    The police take an accused who is not known; whoever answers for the lender does not.
    """
    told = {act.record.peer_number for act in acts if act.record and act.record.peer_number}
    if _has_loose_number(case, told):
        weight = Weight.ASKS if agency.needs_legal_name else Weight.WARNS
        yield Found("number_not_tied", weight)
    if any(tie.conflicts for tie in ties_of(case, Q(peer_number__in=told)).values()):
        yield Found("number_names_differ", Weight.WARNS)


def laws(text: str, acts: Sequence[ConfirmedAct]) -> Iterator[Found]:
    """Laws that the person names and that were not in force on a day of these acts, nor are now."""
    days = {beijing_today(), *(act.on for act in acts if act.on is not None)}
    if named := naming.not_in_force(text, days):
        yield Found("law_not_in_force", Weight.STOPS, tuple(named))


def mixed(text: str, *, is_report: bool) -> Iterator[Found]:
    """A complaint written into a report, or the other way round."""
    if words := remit.asked_of_the_wrong_desk(text, is_report=is_report):
        yield Found("complaint_and_report_mixed", Weight.ASKS, tuple(words))


def severity(acts: Sequence[ConfirmedAct], facts: Facts, level: int | None) -> int:
    """How grave it is: the person's own level, else the proposed one; 0 without an act."""
    kinds = {act.kind for act in acts}
    if level is not None or not kinds:
        return level or 0
    return severities.severity(sorted(kinds), facts).level


def _has_loose_number(case: Case, numbers: set[str]) -> bool:
    """Whether neither the person nor the texts say how a number is known to be the other side's."""
    roles = current_roles(case)
    loose = {one for one in numbers if one not in roles or not roles[one].how_known}
    if not loose:
        return False
    ties = ties_of(case)
    return any(one not in ties or not ties[one].lender for one in loose)

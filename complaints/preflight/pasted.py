"""The checks of a short form: what its desk asks for beside the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaints.bundle import limits
from complaints.composing import short
from complaints.law.agencies import Agency
from complaints.models import Filing, Package
from complaints.preflight import shared
from complaints.preflight.bounce import Found, Weight
from evidence.models.cases import Case


def reasons(case: Case, agency: Agency, answers: Mapping[str, Any]) -> Iterator[Found]:
    """Every check that holds for the short form of this desk.

    Args:
        case: whose confirmed acts are told.
        agency: the desk.
        answers: what the person last said of the lender, in whichever complaint.
    """
    if answers.get("danger_now"):
        yield Found("danger_now", Weight.STOPS)
    acts = short.dated(case, agency.id)
    if not acts:
        yield Found("no_dated_act", Weight.STOPS)
    if agency.id not in short.BY_NUMBER:
        lender_type = answers.get("lender_type", "unknown")
        yield from shared.lender(answers, agency, lender_type=lender_type)
        if _asks_where(agency) and not answers.get("lender_place"):
            yield Found("lender_place_missing", Weight.STOPS)
        if acts and agency.needs_legal_name and not short.rules_named(acts, agency.id, answers):
            yield Found("no_provision_named", Weight.WARNS)
        yield from shared.elsewhere(case, agency, answers)
        least = limits.most(agency.id, limits.What.TEXT_CHARS_LEAST)
        if acts and least is not None and len(short.paste(case, agency.id)) < least:
            yield Found("description_too_short", Weight.WARNS)
        yield from _too_large(case, agency)
    last = Filing.objects.filter(complaint__case=case, agency=agency.id).order_by("-filed_on")
    filed = last.first()
    if filed is not None and not any(act.on > filed.filed_on for act in acts if act.on):
        yield Found("repeat_with_nothing_new", Weight.ASKS)


def _asks_where(agency: Agency) -> bool:
    """Whether its form asks for the lender's address beside the name."""
    return any("名称" in asked and "地址" in asked for asked in agency.required_fields)


def _too_large(case: Case, agency: Agency) -> Iterator[Found]:
    """A whole package that the desk's page does not take; its parts it does."""
    most = limits.most(agency.id, limits.What.FILE_BYTES)
    made = Package.objects.filter(complaint__case=case, item__size__gt=most or 0)
    if most is not None and made.exists():
        yield Found("attachment_too_large", Weight.WARNS)

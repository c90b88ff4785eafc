"""Whether a desk is there for this lender at all, and whether a text asks it for what it gives."""

from __future__ import annotations

import re
from enum import StrEnum

from complaints.law import lender, routing
from complaints.law.agencies import agency

# Those who take a lender by its licence. The police take anybody; a lender takes its own borrowers.
_BY_LICENCE = ("financial_regulator", "self_regulatory")
# Nor does the market regulator, whose kind has others beside it: licensed lenders are not its duty.
_BY_LENDER = frozenset({"SAMR"})
# A report asks an authority to look into a breach; a complaint asks the lender for something.
_CLAIMS = r"赔偿|补偿|退还|退款|返还|减免|免除|停息|分期|延期还款|协商还款|调解|道歉"
_PENALTIES = r"查处|处罚|立案|吊销|罚款|追究刑事"


class Fit(StrEnum):
    """How a lender fits a desk."""

    FITS = "fits"
    UNKNOWN = "unknown"  # nobody has said what kind of lender it is
    NOT_TAKEN = "not_taken"


def fit(agency_id: str, *, lender_type: str, name: str) -> Fit:
    """Whether the desk's remit holds this lender, by the type told and by what its name says.

    Args:
        agency_id: id of agencies.json.
        lender_type: id of routing.json, as the person told it.
        name: the lender's legal name; may be empty.
    """
    if agency(agency_id).kind not in _BY_LICENCE and agency_id not in _BY_LENDER:
        return Fit.FITS
    named = _named_type(name, lender_type)
    if lender_type == "unknown":
        told = named
        if told is None:
            return Fit.UNKNOWN
        return Fit.FITS if routing.takes(agency_id, told) else Fit.NOT_TAKEN
    types = [lender_type] if named is None else [lender_type, named]
    return Fit.FITS if all(routing.takes(agency_id, one) for one in types) else Fit.NOT_TAKEN


def contradicts(*, lender_type: str, name: str) -> bool:
    """Whether a legal name speaks of another type of lender than the person told."""
    return lender_type != "unknown" and _named_type(name, lender_type) is not None


def asked_of_the_wrong_desk(text: str, *, is_report: bool) -> list[str]:
    """Words by which a report turns into a complaint, or a complaint into a report; each once."""
    found = re.findall(_CLAIMS if is_report else _PENALTIES, text)
    return list(dict.fromkeys(found))


def _named_type(name: str, lender_type: str) -> str | None:
    """The type that the name tells and that is not the one told; None where it says nothing."""
    if lender_type == "unknown":
        return lender.suggest_type("".join(name.split()))
    doubts = lender.check_name(name, lender_type)
    return next((doubt.suggests for doubt in doubts if doubt.suggests), None)

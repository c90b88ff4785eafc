"""Within which time the addressee must answer, from the rules that bind this lender."""

from __future__ import annotations

from datetime import date

from complaints.bundle.content import AnswerLimit
from complaints.composing import parties
from complaints.law import agencies, catalogue
from complaints.models import Complaint

# Papers that a person sends and then waits for; the police and the regulator give a receipt.
SHOWN_IN = ("lender_complaint", "local_finance_report")


def of(complaint: Complaint, *, on: date) -> tuple[AnswerLimit, ...]:
    """The limits in force on this day (Beijing) whose rule binds a lender of this type.

    A limit that no rule is known for is not promised to anybody.
    """
    if complaint.document_id not in SHOWN_IN or parties.is_notice(complaint):
        return ()
    found = []
    for limit in agencies.agency(complaint.agency).limits:
        if limit.rule is None:
            continue
        rule = catalogue.provision(limit.rule)
        if rule.binds(complaint.lender_type) and rule.was_in_force(on):
            name = catalogue.cite_name(rule)
            found.append(AnswerLimit(what=limit.what_zh, limit=limit.limit_zh, rule=name))
    return tuple(found)

"""Which offences a criminal complaint names: what the person chose, as far as the facts bear it.

The rules give the candidates, the person confirms, and the police decide which it is: the paper
says 涉嫌 and nothing more (document templates §1).
"""

from __future__ import annotations

from accounts.language import text
from complaints.composing import law_facts
from complaints.composing.acts import confirmed_acts
from complaints.law import citations
from complaints.models import Complaint

DOCUMENT = "criminal_complaint"
PROVISIONS = {  # by the interview's option
    "offence_293": "CRIM-293",
    "offence_293_1": "CRIM-293-1",
    "offence_253_1": "CRIM-253-1",
    "offence_274": "CRIM-274",
    "offence_238": "CRIM-238",
    "offence_234": "CRIM-234",
    "offence_245": "CRIM-245",
    "offence_279": "CRIM-279",
    "offence_280": "CRIM-280",
}


def named(complaint: Complaint) -> tuple[str, ...]:
    """The chosen offences that confirmed acts and told facts bear, in the interview's order."""
    chosen = complaint.answers.get("suspected_offences", ())
    borne = _borne(complaint) if chosen else frozenset()
    return tuple(
        text(f"interview-option-{option}")
        for option, provision in PROVISIONS.items()
        if option in chosen and provision in borne
    )


def _borne(complaint: Complaint) -> frozenset[str]:
    """The provisions that are cited to this desk: those of the `never` list are not among them."""
    acts = confirmed_acts(complaint)
    done = [citations.Act(act.kind, act.on, "") for act in acts if act.on is not None]
    rows = citations.cite(
        done,
        agency=complaint.agency,
        lender_type=complaint.lender_type,
        facts=law_facts.told(complaint),
    )
    return frozenset(row.provision for row in rows)

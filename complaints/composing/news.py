"""What is new since the person last filed with the same agency: a repeat needs a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from complaints.composing.acts import BEIJING, ConfirmedAct
from complaints.models import Complaint, Filing


@dataclass(frozen=True)
class News:
    """What came after the last filing with this agency, in this case."""

    filed_on: date
    acts: int
    exhibits: list[str]  # their numbers in the complaint at hand

    @property
    def is_nothing(self) -> bool:
        """Whether the desk would read the same again."""
        return self.acts == 0 and not self.exhibits


def new_since_last_filing(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> News | None:
    """The acts dated and the exhibits received after the day of the last filing; None: no filing.

    Args:
        complaint: whose agency and case are looked at.
        acts: its confirmed acts.
    """
    filings = Filing.objects.filter(complaint__case=complaint.case_id)
    here = Q(agency=complaint.agency) | Q(agency="", complaint__agency=complaint.agency)
    last = filings.filter(here).order_by("-filed_on").first()
    if last is None:
        return None
    day = last.filed_on
    # A receipt of the filing itself tells the desk nothing that it does not know.
    receipts = set(filings.exclude(receipt=None).values_list("receipt_id", flat=True))
    exhibits = [
        row.code
        for row in complaint.exhibits.select_related("item")
        if row.item_id not in receipts and row.item.received_at.astimezone(BEIJING).date() > day
    ]
    return News(day, sum(1 for act in acts if act.on is not None and act.on > day), exhibits)

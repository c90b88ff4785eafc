"""The days that follow from the filings and confirmed acts of one complaint's case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from complaints.composing.acts import ConfirmedAct
from complaints.law.following import Filed, Following, Outcome, Told, following
from complaints.models import Complaint, Filing


def awaited(complaint: Complaint, acts: Sequence[ConfirmedAct], *, today: date) -> list[Following]:
    """What the person waits for after this complaint, and the days that follow from the acts.

    A filing of another complaint of the case may end a day of the acts: the police need to learn
    of them once. What such a filing itself waits for is shown with its own complaint.

    Args:
        complaint: whose filings are looked at.
        acts: its confirmed acts.
        today: Beijing calendar.
    """
    # A clock that was set wrong may claim a day that has not come: no time runs from there.
    dated = [act for act in acts if act.on is not None and act.on <= today]
    calls = [act.on for act in dated if act.record is not None and act.record.kind == "call"]
    rows = Filing.objects.filter(complaint__case=complaint.case).exclude(complaint__agency="")
    rows = rows.select_related("complaint").prefetch_related("outcomes")
    found = following(
        today=today,
        last_act_on=max((act.on for act in dated if act.on), default=None),
        first_call_on=min((on for on in calls if on), default=None),
        filings=tuple(map(_filed, rows)),
    )
    own = {str(row.pk) for row in rows if row.complaint_id == complaint.pk}
    return [one for one in found if not one.filing or one.filing in own]


def _filed(row: Filing) -> Filed:
    told = tuple(Told(Outcome(one.outcome), one.on) for one in row.outcomes.all())
    return Filed(
        key=str(row.pk),
        agency=row.desk,
        on=row.filed_on,
        told=told,
        lender_type=row.complaint.lender_type,
    )

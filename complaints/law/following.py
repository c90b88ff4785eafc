"""After filing: the days that follow from what the person told, how each stands, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from complaints.law.agencies import agencies, agency
from complaints.law.catalogue import provision
from complaints.law.deadlines import Deadline, deadlines

# A filing starts the alarm that agencies.json names among the times of the same agency.
_FILED = {
    "LENDER": "lender_complaint_date",
    "NFRA_LOCAL": "nfra_report_date",
    "LOCAL_FIN": "petition_date",
    "PBOC": "credit_objection_date",
    "TELECOM": "operator_complaint_date",
}
# The days of others that we ask after three days ahead; those of the person say it themselves.
_SOON = timedelta(days=3)


class Outcome(StrEnum):
    """What came of a filing, as the person tells it."""

    ACCEPTED = "accepted"  # 受案、受理、立案
    REFUSED = "refused"  # 不予受理、不予立案
    DECIDED = "decided"  # an answer to the matter itself
    PASSED_ON = "passed_on"  # sent to another agency; its own time begins there
    REVIEW_ASKED = "review_asked"  # the person asked for a review in time


class Status(StrEnum):
    """How a day stands today."""

    WAITING = "waiting"
    DUE_SOON = "due_soon"
    PASSED = "passed"
    MET = "met"  # what was to happen by then has happened


_OUTCOME = {
    ("NFRA_LOCAL", Outcome.ACCEPTED): "nfra_accept_date",
    ("PSB_STATION", Outcome.ACCEPTED): "case_filed_date",
    ("PSB_STATION", Outcome.REFUSED): "known_administrative_act",
    ("PSB_CRIM", Outcome.REFUSED): "non_filing_notice_received",
}
_ANY_ANSWER = frozenset(Outcome) - {Outcome.REVIEW_ASKED}
_END = frozenset({Outcome.REFUSED, Outcome.DECIDED, Outcome.PASSED_ON})
_REVIEW = frozenset({Outcome.REVIEW_ASKED})
# Which outcome ends the wait of an alarm. A1 is ended by a filing; A11 by nothing.
_ENDS = {
    "lender_complaint_date": _ANY_ANSWER,
    "nfra_report_date": _ANY_ANSWER,
    "petition_date": _ANY_ANSWER,
    "credit_objection_date": _ANY_ANSWER,
    "operator_complaint_date": _ANY_ANSWER,
    "nfra_accept_date": _END,
    "case_filed_date": _END,
    "known_administrative_act": _REVIEW,
    "non_filing_notice_received": _REVIEW,
}
# Who may hear of it next when a day passed without what it promised, or (the person's own days)
# before it passes. Routing decides which of them takes this lender.
_NEXT = {
    "A1": ("PSB_STATION",),
    "A2": ("NFRA_LOCAL", "LOCAL_FIN"),
    "A5": ("PROC",),
    "A8": ("PBOC",),
    "A9": ("TELECOM",),
    "A11": ("LENDER",),
}
# Once these days have passed, their remedy is gone; of A5 the procuratorate remains.
_LOST = frozenset({"A1", "A11"})
CLOSED = frozenset({Status.MET, Status.PASSED})  # nothing is waited for or due any more
# The follow-up documents of the templates, for the alarms whose time they must keep.
_DOCUMENTS = {"A5": "non_filing_review", "A6": "administrative_reconsideration"}
_SUPERVISION = "prosecutor_supervision"  # to the procuratorate, which keeps no such time
FOLLOW_UPS = frozenset({*_DOCUMENTS.values(), _SUPERVISION})


@dataclass(frozen=True)
class Told:
    """One outcome and its day, Beijing calendar."""

    outcome: Outcome
    on: date


@dataclass(frozen=True)
class Filed:
    """One filing as the person told it."""

    key: str  # whatever the caller knows it by
    agency: str
    on: date
    told: tuple[Told, ...] = ()
    lender_type: str = "unknown"  # some rules bind lenders of some types only


@dataclass(frozen=True)
class Following:
    """One deadline, whose filing started it, how it stands, and what the person may do next."""

    deadline: Deadline
    filing: str  # `Filed.key`; empty: it follows from the acts, not from a filing
    agency: str  # whose answer it is; empty as above
    status: Status
    next_agencies: tuple[str, ...]
    next_document: str  # a follow-up document, or empty


def following(
    *,
    today: date,
    last_act_on: date | None = None,
    first_call_on: date | None = None,
    filings: tuple[Filed, ...] = (),
) -> list[Following]:
    """All days that follow, the open ones first, each group by its day.

    Args:
        today: Beijing calendar.
        last_act_on: the last confirmed act of the case.
        first_call_on: its first confirmed call, whose recording is overwritten first.
        filings: in any order.

    Raises:
        UnknownAgencyError: a filing with an agency that is not in the catalogue.
    """
    found = [*_of_acts(today, last_act_on, first_call_on, filings)]
    for filed in filings:
        found += _of_filing(today, agency(filed.agency).id, filed)
    return sorted(found, key=lambda one: (one.status == Status.MET, one.deadline.due_on))


def papers(one: Following) -> tuple[str, ...]:
    """The follow-up documents that may be written for this day now, the timed one first."""
    own = (one.next_document,) if one.next_document else ()
    return (*own, _SUPERVISION) if "PROC" in one.next_agencies else own


def _of_acts(
    today: date, last_act: date | None, first_call: date | None, filings: tuple[Filed, ...]
) -> Iterator[Following]:
    if last_act is not None:
        (found,) = deadlines({"last_act_date": last_act})
        # Police who were told after the last act and in time have learnt of it.
        heard = any(
            agencies()[one.agency].kind == "public_security" and last_act <= one.on <= found.due_on
            for one in filings
            if one.agency in agencies()
        )
        yield _stands(found, today, is_met=heard)
    if first_call is not None:
        (found,) = deadlines({"call_date": first_call})
        yield _stands(found, today, is_met=False)


def _of_filing(today: date, to: str, filed: Filed) -> Iterator[Following]:
    starts = {_FILED[to]: filed.on} if to in _FILED else {}
    for told in sorted(filed.told, key=lambda one: one.on):
        # Told twice, the first day counts: it is the earlier and so the safe one.
        if (to, told.outcome) in _OUTCOME:
            starts.setdefault(_OUTCOME[to, told.outcome], told.on)
    for name, begins in starts.items():
        (found,) = deadlines({name: begins})
        if not provision(found.rule).binds(filed.lender_type):
            continue  # a day that no rule sets is promised to nobody
        met = any(told.outcome in _ENDS[name] and told.on >= begins for told in filed.told)
        yield _stands(found, today, is_met=met, filed=filed)


def _stands(found: Deadline, today: date, *, is_met: bool, filed: Filed | None = None) -> Following:
    status = _status(found, today, is_met)
    is_over = is_met or (status == Status.PASSED and found.alarm in _LOST)
    return Following(
        deadline=found,
        filing=filed.key if filed else "",
        agency=filed.agency if filed else "",
        status=status,
        next_agencies=() if is_over else _NEXT.get(found.alarm, ()),
        next_document="" if status in CLOSED else _DOCUMENTS.get(found.alarm, ""),
    )


def _status(found: Deadline, today: date, is_met: bool) -> Status:
    if is_met:
        return Status.MET
    if found.is_over(today):
        return Status.PASSED
    soon = found.remind_on if found.is_ours else found.due_on - _SOON
    return Status.DUE_SOON if today >= soon else Status.WAITING

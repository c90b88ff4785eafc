"""Looks at a paper or a text to paste with every check; stops what must not go on."""

from __future__ import annotations

from collections.abc import Iterable

from complaints.composing import short
from complaints.law import agencies
from complaints.models import Complaint
from complaints.preflight import paper, pasted
from complaints.preflight.bounce import Bounce, Found, PreflightBlocksError, bounce, said_of
from evidence.models.cases import Case


def require(complaint: Complaint) -> None:
    """Stop what must not go on while a blocking check holds.

    Raises:
        PreflightBlocksError: names the blocking checks.
    """
    _require(preflight(complaint))


def require_short(case: Case, agency_id: str) -> None:
    """The same for a text to paste.

    Raises:
        PreflightBlocksError: names the blocking checks.
    """
    _require(of_short(case, agency_id))


def preflight(complaint: Complaint) -> list[Bounce]:
    """The reasons that hold now, blocking ones first. An empty list: nothing that we know of."""
    said = said_of(complaint.answers, complaint.agency, own_agency=complaint.agency)
    # A paper to the police may ask for a criminal investigation: that desk's reasons count too.
    crime = ["PSB_CRIM"] if paper.asks_for_crime(complaint) else []
    desks = list(dict.fromkeys([complaint.agency, *crime]))
    return _sorted(bounce(one, desks=desks, said=said) for one in _once(paper.reasons(complaint)))


def of_short(case: Case, agency_id: str) -> list[Bounce]:
    """The reasons that hold for the short form of this desk.

    The person's word is kept with a complaint of the case, and names the desk it is meant for.
    """
    said: dict[str, str] = {}
    for complaint in case.complaints.order_by("updated_at"):
        said |= said_of(complaint.answers, agency_id, own_agency=complaint.agency)
    found = _once(pasted.reasons(case, agencies.agency(agency_id), short.answers_of(case)))
    return _sorted(bounce(one, desks=[agency_id], said=said) for one in found)


def _once(found: Iterable[Found]) -> Iterable[Found]:
    return {one.code: one for one in found}.values()


def _sorted(bounces: Iterable[Bounce]) -> list[Bounce]:
    return sorted(bounces, key=lambda one: not one.is_blocking)


def _require(bounces: Iterable[Bounce]) -> None:
    blocking = [one.code for one in bounces if one.is_blocking]
    if blocking:
        raise PreflightBlocksError(blocking)

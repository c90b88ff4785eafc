"""What would make the desk send the complaint back, as named checks before the package is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from complaints.composing import acts as confirmed
from complaints.composing import news
from complaints.errors import ComplaintError
from complaints.law import agencies, lender
from complaints.models import Complaint
from evidence import carrying
from evidence.models.timelines import current_roles
from evidence.numbers import ties_of

PEN_FIELDS = ("name", "id_number", "address", "phone")


@dataclass(frozen=True)
class Bounce:
    """One reason; its words are `preflight-<code>` and `preflight-<code>-mend`."""

    code: str
    is_blocking: bool


class PreflightBlocksError(ComplaintError):
    """The desk would send it back: a blocking check holds."""

    code = "preflight_blocks"

    def __init__(self, bounces: list[str]) -> None:
        super().__init__(", ".join(bounces))
        self.bounces = bounces


def require(complaint: Complaint) -> None:
    """Stop what must not go on while a blocking check holds.

    Raises:
        PreflightBlocksError: names the blocking checks.
    """
    blocking = [bounce.code for bounce in preflight(complaint) if bounce.is_blocking]
    if blocking:
        raise PreflightBlocksError(blocking)


def preflight(complaint: Complaint) -> list[Bounce]:
    """The reasons that hold now, blocking ones first. An empty list: nothing that we know of."""
    return sorted(_reasons(complaint), key=lambda bounce: not bounce.is_blocking)


def _reasons(complaint: Complaint) -> Iterator[Bounce]:
    answers = complaint.answers
    agency = agencies.agency(complaint.agency)
    if answers.get("danger_now"):
        yield Bounce("danger_now", is_blocking=True)
    if agency.depth != "full":
        yield Bounce("document_not_written_here", is_blocking=True)
    yield from _lender_name(complaint, needs_it=agency.needs_legal_name)
    if not answers.get("addressee_name"):
        yield Bounce("addressee_missing", is_blocking=True)
    if not answers.get("requests"):
        yield Bounce("request_missing", is_blocking=True)
    acts = confirmed.confirmed_acts(complaint)
    if not any(act.at is not None for act in acts):
        yield Bounce("no_dated_act", is_blocking=True)
    yield from _desk_wants(complaint)
    if answers.get("in_court") and agency.kind not in ("public_security", "institution"):
        yield Bounce("already_in_court", is_blocking=False)
    if complaint.exhibits.filter(item__tokens__isnull=True).exists():
        yield Bounce("item_unsealed", is_blocking=True)
    if carrying.left_behind(complaint.case.items.values_list("pk", flat=True)).exists():
        yield Bounce("decisions_left_behind", is_blocking=False)
    yield from _numbers(complaint, acts)
    new = news.new_since_last_filing(complaint, acts)
    if new is not None and new.is_nothing:
        yield Bounce("repeat_with_nothing_new", is_blocking=False)
    if not answers.get("anonymous") and any(not answers.get(name) for name in PEN_FIELDS):
        yield Bounce("blank_for_pen", is_blocking=False)


def _numbers(complaint: Complaint, acts: list[confirmed.ConfirmedAct]) -> Iterator[Bounce]:
    numbers = {act.record.peer_number for act in acts if act.record and act.record.peer_number}
    if _has_loose_number(complaint, numbers):
        yield Bounce("number_not_tied", is_blocking=False)
    if any(tie.conflicts for tie in ties_of(complaint.case, Q(peer_number__in=numbers)).values()):
        yield Bounce("number_names_differ", is_blocking=False)


def _desk_wants(complaint: Complaint) -> Iterator[Bounce]:
    """What this desk alone looks for first (bounce_reasons of agencies.json)."""
    answers = complaint.answers
    if complaint.agency in ("LENDER", "LOCAL_FIN") and not answers.get("contract_number"):
        yield Bounce("contract_number_missing", is_blocking=False)
    registered = answers.get("lender_place") and answers.get("lender_credit_code")
    if complaint.agency == "LOCAL_FIN" and not registered:
        yield Bounce("registration_missing", is_blocking=False)


def _lender_name(complaint: Complaint, *, needs_it: bool) -> Iterator[Bounce]:
    name = complaint.answers.get("lender_legal_name", "")
    if not name:
        yield Bounce("legal_name_missing", is_blocking=needs_it)
        return
    doubts = {warning.code for warning in lender.check_name(name, complaint.lender_type)}
    if "law_lender_name_looks_like_app" in doubts:
        yield Bounce("legal_name_looks_like_app", is_blocking=needs_it)


def _has_loose_number(complaint: Complaint, numbers: set[str]) -> bool:
    """Whether neither the person nor the texts say how a number is known to be the other side's."""
    roles = current_roles(complaint.case)
    loose = {one for one in numbers if one not in roles or not roles[one].how_known}
    if not loose:
        return False
    ties = ties_of(complaint.case)
    return any(one not in ties or not ties[one].lender for one in loose)

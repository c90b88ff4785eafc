"""The checks of one paper: who, whom, which desk, what happened, what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from complaints.composing import acts as confirmed
from complaints.composing import law_facts, news, offences, witnesses
from complaints.composing.acts import ConfirmedAct
from complaints.composing.follow_up import is_follow_up
from complaints.law import agencies, citations
from complaints.law.agencies import Agency
from complaints.models import Complaint, Exhibit
from complaints.preflight import shared
from complaints.preflight.bounce import Found, Weight
from evidence import carrying

PEN_FIELDS = ("name", "id_number", "address", "phone")
REPORTS = ("nfra_report", "local_finance_report", "personal_information_report")
OWN_WORDS = (
    *("background", "own_request", "report_summary", "lender_answer", "repayment_wish"),
    *("info_use", "review_reasons"),
)
INFORMATION = ("PRIVACY_DISCLOSURE", "ILLEGAL_DATA_ACQUISITION", "CONTACT_BLAST")
GRAVE = 3  # severity from which a criminal investigation is usually opened
ANOTHERS = ("relative", "friend", "colleague", "other")


def reasons(complaint: Complaint) -> Iterator[Found]:
    """Every check that holds for this paper as it stands; a code may come twice."""
    agency = agencies.agency(complaint.agency)
    acts = confirmed.confirmed_acts(complaint)
    if complaint.answers.get("danger_now"):
        yield Found("danger_now", Weight.STOPS)
    yield from _addressed(complaint, agency)
    yield from _acts(complaint, acts)
    yield from _evidence(complaint)
    yield from _asked(complaint)
    yield from _signed(complaint)
    if is_follow_up(complaint):
        yield from _looked_at_again(complaint)
        return
    if agency.depth != "full":
        yield Found("document_not_written_here", Weight.STOPS)
    yield from shared.lender(complaint.answers, agency, lender_type=complaint.lender_type)
    yield from shared.elsewhere(complaint.case, agency, complaint.answers)
    yield from _again(complaint, acts)
    yield from shared.numbers(complaint.case, acts, agency)
    if agency.kind == "public_security":
        yield from _police(complaint, acts)


def asks_for_crime(complaint: Complaint) -> bool:
    """Whether a paper to the police asks for a criminal investigation as well."""
    is_asked = "criminal_investigation" in complaint.answers.get("requests", ())
    return is_asked or complaint.document_id == offences.DOCUMENT


def _addressed(complaint: Complaint, agency: Agency) -> Iterator[Found]:
    answers = complaint.answers
    if not answers.get("addressee_name"):
        yield Found("addressee_missing", Weight.STOPS)
    if agency.id in ("LENDER", "LOCAL_FIN") and not answers.get("contract_number"):
        yield Found("contract_number_missing", Weight.WARNS)
    if agency.id != "LOCAL_FIN":
        return
    place = answers.get("lender_place", "")
    if not (place and answers.get("lender_credit_code")):
        yield Found("registration_missing", Weight.WARNS)
    # A province or city is told by its first two characters: 重庆市…, 广州市…, 黑龙江省….
    if place and answers.get("addressee_name") and place[:2] not in answers["addressee_name"]:
        yield Found("not_where_registered", Weight.ASKS)


def _acts(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> Iterator[Found]:
    dated = [act for act in acts if act.on is not None]
    if not dated:
        yield Found("no_dated_act", Weight.STOPS)
        return
    records = [act.record for act in dated if act.record]
    if not any(record.text or record.peer_number for record in records):
        yield Found("acts_are_bare", Weight.WARNS)
    own = "\n".join(str(complaint.answers.get(name, "")) for name in OWN_WORDS)
    yield from shared.laws(own, dated)


def _looked_at_again(complaint: Complaint) -> Iterator[Found]:
    """A follow-up speaks of a decision; remit, repeat and numbers were the first paper's."""
    answers = complaint.answers
    if not (answers.get("notice_number") and answers.get("notice_on")):
        yield Found("notice_missing", Weight.WARNS)
    if not answers.get("review_reasons"):
        yield Found("review_reasons_missing", Weight.STOPS)


def _again(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> Iterator[Found]:
    new = news.new_since_last_filing(complaint, acts)
    if new is None or not new.is_nothing:
        return
    # The very paper that was filed, unchanged since, is not a repeat: it may be printed again.
    own = complaint.filings.order_by("-filed_on", "-recorded_at").first()
    is_same = own is not None and complaint.updated_at <= own.recorded_at
    yield Found("repeat_with_nothing_new", Weight.WARNS if is_same else Weight.ASKS)


def _evidence(complaint: Complaint) -> Iterator[Found]:
    if complaint.exhibits.filter(item__tokens__isnull=True).exists():
        yield Found("item_unsealed", Weight.STOPS)
    masked = witnesses.masked_pictures(complaint)
    whole = complaint.exhibits.exclude(form=Exhibit.Form.REDACTED)
    if whole.filter(item__in=masked).exists():
        yield Found("witness_not_masked", Weight.STOPS)
    if carrying.left_behind(complaint.case.items.values_list("pk", flat=True)).exists():
        yield Found("decisions_left_behind", Weight.WARNS)


def _asked(complaint: Complaint) -> Iterator[Found]:
    answers = complaint.answers
    if not answers.get("requests"):
        yield Found("request_missing", Weight.STOPS)
    if complaint.document_id in REPORTS:
        text = f"{answers.get('own_request', '')}\n{answers.get('report_summary', '')}"
        yield from shared.mixed(text, is_report=True)
    elif complaint.document_id == "lender_complaint":
        yield from shared.mixed(answers.get("own_request", ""), is_report=False)


def _signed(complaint: Complaint) -> Iterator[Found]:
    """Who speaks: named, signed by hand, and with authority where it is for another."""
    answers = complaint.answers
    if answers.get("anonymous"):
        return
    if not answers.get("signs_by_hand"):
        yield Found("signature_missing", Weight.STOPS)
    if any(not answers.get(name) for name in PEN_FIELDS):
        yield Found("blank_for_pen", Weight.WARNS)
    is_for_another = answers.get("relation") in ANOTHERS
    # A named agent's letter is printed with the papers, for the borrower's own hand.
    is_printed = bool(answers.get("agent_name"))
    has_letter = is_printed or complaint.exhibits.filter(group=Exhibit.Group.IDENTITY).exists()
    if complaint.document_id == "lender_complaint" and is_for_another and not has_letter:
        yield Found("authorisation_missing", Weight.ASKS)


def _police(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> Iterator[Found]:
    answers = complaint.answers
    if not (answers.get("relation") or answers.get("name")):
        yield Found("harmed_person_unclear", Weight.WARNS)
    done = [citations.Act(act.kind, act.on, "") for act in acts if act.on is not None]
    told = law_facts.told(complaint)
    of = {"agency": complaint.agency, "lender_type": complaint.lender_type}
    if done and not any(row.is_binding for row in citations.cite(done, facts=told, **of)):
        yield Found("reads_like_debt_dispute", Weight.WARNS)
    if answers.get("debt_unlawful") and shared.is_licensed(complaint.lender_type):
        yield Found("lawful_debt_called_unlawful", Weight.WARNS)
    if not asks_for_crime(complaint):
        return
    if shared.severity(acts, told, complaint.severity) < GRAVE:
        yield Found("not_grave", Weight.WARNS)
    if not told.info_items and any(act.kind in INFORMATION for act in acts):
        yield Found("info_items_not_counted", Weight.WARNS)

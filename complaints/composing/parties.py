"""Who complains, of whom, about which loan: from the answers of the interview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.language import text
from complaints.bundle.content import (
    Authorisation,
    EarlierStep,
    Harm,
    LenderConduct,
    Loan,
    Person,
    Respondent,
    Visit,
)
from complaints.composing import follow_up, information, offences, words
from complaints.models import Complaint

THIRD = "stop_notice_third"


def complainant(complaint: Complaint) -> Person:
    """The person who complains; what is not said stays blank for the pen."""
    answers = complaint.answers
    if answers.get("anonymous"):
        return Person()
    gender = answers.get("gender")
    return Person(
        name=answers.get("name", ""),
        sex=text(f"interview-option-{gender}") if gender else "",
        born=answers.get("birth_date", ""),
        id_number=answers.get("id_number", ""),
        occupation=answers.get("occupation", ""),
        address=answers.get("address", ""),
        phone=answers.get("phone", ""),
    )


def respondents(complaint: Complaint) -> tuple[Respondent, ...]:
    """The lender by its legal name, then the others the person named, in their order."""
    answers = complaint.answers
    named = [_respondent(entry) for entry in answers.get("respondents", ())]
    lender = answers.get("lender_legal_name")
    if lender and all(one.name != lender for one in named):
        place = answers.get("lender_place", "")
        code = answers.get("lender_credit_code", "")
        further = text("draft-credit-code", code=code) if code else ""
        role = text("draft-role-lender")
        named.insert(0, Respondent(name=lender, role=role, address=place, further=further))
    if authority := follow_up.authority(complaint):
        return (authority,)
    runs = information.operator(complaint)
    if runs and all(one.name != runs for one in named):
        named.insert(0, Respondent(name=runs, role=text("draft-role-operator")))
    return tuple(named)


def agent(complaint: Complaint) -> Person | None:
    """Who acts for the person; None when nobody is named."""
    answers = complaint.answers
    if not answers.get("agent_name"):
        return None
    relation = answers.get("agent_relation", "")
    return Person(
        name=answers["agent_name"],
        id_number=answers.get("agent_id_number", ""),
        address=answers.get("agent_address", ""),
        phone=answers.get("agent_phone", ""),
        standing=text(f"interview-option-{relation}") if relation else "",
    )


def authorisation(complaint: Complaint) -> Authorisation | None:
    """What the agent may do and until when; None without an agent."""
    answers = complaint.answers
    if not answers.get("agent_name"):
        return None
    until = _day(answers, "agent_until")
    powers = tuple(text(f"interview-option-{code}") for code in answers.get("agent_powers", ()))
    return Authorisation(powers=powers, until=words.day(until) if until else "")


def attachments(complaint: Complaint) -> tuple[str, ...]:
    """What goes along beside the evidence."""
    papers = ("identity", "authority") if complaint.answers.get("agent_name") else ("identity",)
    return tuple(text(f"draft-attachment-{name}") for name in papers)


def visits(complaint: Complaint) -> tuple[Visit, ...]:
    """The visits that the person noted, oldest first."""
    told = [
        Visit(
            on=date.fromisoformat(one["on"]),
            at=one.get("at", ""),
            place=one.get("place", ""),
            who=one.get("who", ""),
            what=one["what"],
            present=one.get("present", ""),
            reported=one.get("reported", ""),
        )
        for one in complaint.answers.get("visits", ())
    ]
    return tuple(sorted(told, key=lambda visit: (visit.on, visit.at)))


def loan(complaint: Complaint) -> Loan | None:
    """The loan behind it; None when the person said nothing of it."""
    answers = complaint.answers
    lender = answers.get("lender_legal_name") or answers.get("lender_app_name")
    if not lender or not_debtor(complaint):
        return None
    return Loan(
        lender=lender,
        product=answers.get("lender_app_name", ""),
        contract_number=answers.get("contract_number", ""),
        signed_on=_day(answers, "borrowed_on"),
        contract_amount=_yuan(answers, "contract_amount"),
        received_amount=_yuan(answers, "received_amount"),
        repaid_amount=_yuan(answers, "repaid_amount"),
        claimed_amount=_yuan(answers, "claimed_amount"),
        overdue_since=_day(answers, "overdue_since"),
    )


def is_notice(complaint: Complaint) -> bool:
    """Whether the paper to the lender is a notice to stop (§8), not a complaint (§3).

    Its second kind is for somebody who owes nothing and is called all the same.
    """
    return complaint.answers.get("letter") in ("stop_notice", THIRD)


def not_debtor(complaint: Complaint) -> str:
    """How a third person who writes the notice stands to the debt; empty for the borrower."""
    if complaint.answers.get("letter") != THIRD:
        return ""
    is_no_guarantor = complaint.answers.get("gave_no_guarantee")
    return text("draft-not-debtor-nor-guarantor" if is_no_guarantor else "draft-not-debtor")


def requests(complaint: Complaint) -> tuple[str, ...]:
    """What is asked for: the chosen requests in the interview's order, then the person's own.

    A borrower's notice always asks for a repayment plan as well: it is about how the debt is
    collected, never about whether it is paid.
    """
    answers = complaint.answers
    codes = list(answers.get("requests", ()))
    is_debtor = not not_debtor(complaint)
    if is_notice(complaint) and is_debtor and "repayment_plan" not in codes:
        codes.append("repayment_plan")
    chosen = [_request(code, complaint) for code in codes]
    own = answers.get("own_request")
    return tuple([*chosen, own] if own else chosen)


def earlier_steps(complaint: Complaint) -> tuple[EarlierStep, ...]:
    """What was done before, oldest first; the day the person asked them to stop is one of them."""
    answers = complaint.answers
    steps = [
        EarlierStep(
            on=date.fromisoformat(step["on"]),
            to=step["to_whom"],
            reference=step.get("reference", ""),
            outcome=step.get("result", ""),
            continued=_went_on(step.get("went_on_after")),
        )
        for step in answers.get("earlier_steps", ())
    ]
    if "asked_to_stop_on" in answers:
        steps.append(
            EarlierStep(
                on=date.fromisoformat(answers["asked_to_stop_on"]),
                to=answers.get("lender_legal_name") or text("draft-other-side"),
                outcome=_asked_to_stop(answers.get("asked_to_stop_how", "")),
                continued=_went_on(answers.get("continued_after_stop")),
            )
        )
    return tuple(sorted(steps, key=lambda step: step.on))


def harm(complaint: Complaint) -> tuple[Harm, ...]:
    """The consequences in the person's own words."""
    told = complaint.answers.get("harm", ())
    return tuple(
        Harm(text=f"{one['on']}　{one['text']}" if one.get("on") else one["text"]) for one in told
    )


def lender_conduct(complaint: Complaint) -> tuple[LenderConduct, ...]:
    """The lender's own duties, as far as the person answered (reports to a regulator)."""
    answers = complaint.answers
    rows = [
        LenderConduct(
            question=text(f"draft-question-{name}"),
            answer=text(f"interview-option-{answers[name]}"),
        )
        for name in ("told_of_outsourcing", "collector_listed")
        if name in answers
    ]
    if rows and "in_court" in answers:
        known = text("interview-option-yes" if answers["in_court"] else "interview-option-no")
        rows.append(LenderConduct(question=text("draft-question-in_court"), answer=known))
    if "lender_answer" in answers:
        question = text("draft-question-lender_answer")
        rows.append(LenderConduct(question=question, answer=answers["lender_answer"]))
    return tuple(rows)


def _respondent(entry: Mapping[str, Any]) -> Respondent:
    calls_itself = entry.get("calls_itself", "")
    name = entry.get("name") or calls_itself or text("draft-respondent-unknown")
    further = text("draft-calls-itself", name=calls_itself) if calls_itself else ""
    return Respondent(
        name=name,
        role=text("draft-role-collector"),
        numbers=tuple(entry.get("numbers", ())),
        accounts=tuple(entry.get("accounts", ())),
        further=further if name != calls_itself else text("draft-identity-unknown"),
    )


def _request(code: str, complaint: Complaint) -> str:
    if code == "open_criminal_case" and (named := offences.named(complaint)):
        return text("draft-request-offences", offences="、".join(named))
    wish = complaint.answers.get("repayment_wish", "")
    if code == "repayment_plan" and wish:
        return text("draft-repayment-wish", wish=wish)
    return text(f"interview-option-{code}")


def _went_on(answer: bool | None) -> str:
    if answer is None:
        return ""
    return text("draft-went-on" if answer else "draft-did-not-go-on")


def _asked_to_stop(how: str) -> str:
    return text("draft-asked-to-stop-how", how=how) if how else text("draft-asked-to-stop")


def _day(answers: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(answers[name]) if name in answers else None


def _yuan(answers: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(answers[name]) if name in answers else None

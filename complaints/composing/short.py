"""Short forms for desks that take no paper: a table of numbers, and text to paste.

Built from the confirmed, dated acts of a case, whichever complaint tells them. A relative's or a
colleague's own number is never listed: those desks block the numbers they are given.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.language import has_text, text
from complaints.bundle import fitting, limits
from complaints.composing import acts as confirmed
from complaints.composing import statistics, words
from complaints.composing.acts import ConfirmedAct
from complaints.law import citations, kinds
from complaints.models import Complaint, Exhibit
from evidence.models.cases import Case
from evidence.models.tags import NumberRole
from evidence.models.timelines import current_roles

BY_NUMBER = frozenset({"R12321", "TELECOM"})  # the other desks read what happened, in one text
ASKED = ("name", "phone", "address", "lender_answer", "repayment_wish")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a table program would run


@dataclass(frozen=True)
class Told:
    """One record with all that was confirmed of it, as it is printed."""

    at: str
    channel: str
    number: str  # empty where it is a third person's or not known
    seconds: str
    kinds: str
    words: str
    exhibit: str  # its number in the newest complaint; empty where none tells of it

    @property
    def line(self) -> str:
        """One sentence: when, how, from which number, what it was, in which words."""
        parts = [self.at, self.channel, self.number, self.kinds]
        said = text("draft-short-words", words=self.words) if self.words else ""
        code = text("draft-short-exhibit", code=self.exhibit) if self.exhibit else ""
        return "，".join(part for part in (*parts, said) if part) + code + "。"


def table(case: Case, agency_id: str) -> str:
    """The desk's acts by number as CSV (RFC 4180): one row for each call or message."""
    out = io.StringIO()
    rows = csv.writer(out)
    names = ("number", "time", "channel", "seconds", "kinds", "said", "code")
    rows.writerow([text(f"draft-short-{name}") for name in names])
    for told in sorted(_told(case, dated(case, agency_id)), key=lambda one: one.number):
        if told.number:
            row = (told.number, told.at, told.channel, told.seconds, told.kinds, told.words)
            rows.writerow([_inert(cell) for cell in (*row, told.exhibit)])
    return out.getvalue()


def paste(case: Case, agency_id: str) -> str:
    """The text for one desk; by number where its form takes one number at a time."""
    acts = dated(case, agency_id)
    told = _told(case, acts)
    if agency_id in BY_NUMBER:
        return "\n\n".join(_of_number(number, told) for number in _numbers(told))
    answers = answers_of(case)
    return _summary(agency_id, told, answers, rules_named(acts, agency_id, answers))


def _of_number(number: str, told: Sequence[Told]) -> str:
    lines = [one.line for one in told if one.number == number]
    return "\n".join([text("draft-short-of", number=number, count=str(len(lines))), *lines])


def _summary(
    agency_id: str, told: Sequence[Told], answers: Mapping[str, Any], rules: Sequence[str]
) -> str:
    """Whom, how often, which rules; then act by act, as many as the form has room for."""
    lender = answers.get("lender_legal_name") or text("draft-short-lender-blank")
    count = text("draft-short-count", count=str(len(told)), numbers=str(len(_numbers(told))))
    whom = text("draft-short-lender", lender=lender, place=answers.get("lender_place", ""))
    head = [*_asked(agency_id, answers), whom, count]
    return fitting.fitted(
        head,
        [one.line for one in told],
        extra=text("draft-short-rules", rules="、".join(rules)) if rules else "",
        rest=lambda left: text("draft-short-rest", count=str(left)),
        most=limits.most(agency_id, limits.What.TEXT_CHARS),
    )


def dated(case: Case, agency_id: str) -> list[ConfirmedAct]:
    """The confirmed, dated acts that this desk looks into."""
    acts = confirmed.acts_of(case)
    return [act for act in acts if act.at is not None and confirmed.is_for(agency_id, act.kind)]


def _asked(agency_id: str, answers: Mapping[str, Any]) -> list[str]:
    """What this desk's form asks for beside the facts; a blank where the person said nothing."""
    key = f"draft-short-to-{agency_id.lower()}"
    if not has_text(key):
        return []
    blank = text("draft-short-blank")
    told = {name: answers.get(name) or blank for name in ASKED}
    return text(key, **told).split("\n")


def _told(case: Case, acts: Sequence[ConfirmedAct]) -> list[Told]:
    roles, codes = current_roles(case), _codes(case)
    return [_one(about, roles, codes) for about in confirmed.by_record(acts).values()]


def _codes(case: Case) -> Mapping[uuid.UUID, str]:
    """Item id -> exhibit number in the complaint that was changed last: its list goes along."""
    numbered = numbered_in(case)
    return {} if numbered is None else {row.item_id: row.code for row in numbered.exhibits.all()}


def numbered_in(case: Case) -> Complaint | None:
    """The complaint whose exhibit numbers the short forms use; None where none has any."""
    found = Exhibit.objects.filter(complaint__case=case).order_by("-complaint__updated_at").first()
    return None if found is None else found.complaint


def _one(
    about: Sequence[ConfirmedAct],
    roles: Mapping[str, NumberRole],
    codes: Mapping[uuid.UUID, str],
) -> Told:
    act, record = about[0], about[0].record
    is_third = record is not None and statistics.is_third_person(record, roles)
    number = words.number(record.peer_number) if record and not is_third else ""
    lasted = record.duration_s if record else None
    return Told(
        at=words.moment(act.at, act.precision),
        channel=words.channel(record, act.tag.item.kind),
        number=number,
        seconds="" if lasted is None else str(round(lasted)),
        kinds="、".join(dict.fromkeys(kinds.kind(one.kind).zh for one in about)),
        words=record.text if record else "",
        exhibit=codes.get(act.item, ""),
    )


def _numbers(told: Sequence[Told]) -> list[str]:
    return list(dict.fromkeys(one.number for one in told if one.number))


def answers_of(case: Case) -> Mapping[str, Any]:
    """What the person last said of the lender, in whichever complaint."""
    for complaint in case.complaints.order_by("-updated_at"):
        if complaint.answers.get("lender_legal_name"):
            return dict(complaint.answers)
    return {}


def rules_named(
    acts: Sequence[ConfirmedAct], agency_id: str, answers: Mapping[str, Any]
) -> list[str]:
    """The provisions that the text names for this desk, the first three."""
    done = [
        citations.Act(kind=act.kind, on=act.on, exhibit="") for act in acts if act.on is not None
    ]
    lender = answers.get("lender_type", "unknown")
    rows = citations.cite(done, agency=agency_id, lender_type=lender) if done else []
    return list(dict.fromkeys(row.name_zh for row in rows))[:3]


def _inert(cell: str) -> str:
    """A cell that no table program takes for a formula: the other side wrote the words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

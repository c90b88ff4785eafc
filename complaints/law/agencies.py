"""The agencies: what each takes and refuses, where to go, what to bring, what to be given."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from complaints.law import catalogue
from complaints.law.catalogue import Provision
from complaints.law.errors import UnknownAgencyError
from complaints.law.pack import Entry
from complaints.law.source import law


@dataclass(frozen=True)
class Limit:
    """A time within which the agency must do something, as its rule says it."""

    what_zh: str
    limit_zh: str
    rule: str | None  # provision id


@dataclass(frozen=True)
class Agency:
    """One entry of agencies.json with our English beside it."""

    id: str
    name_zh: str
    name_en: str
    kind: str  # public_security, financial_regulator, institution …
    accepts: tuple[str, ...]
    rejects: tuple[str, ...]
    jurisdiction_zh: str
    channels: tuple[str, ...]
    document_titles: tuple[str, ...]
    salutation: str | None  # with ×× where the person fills in the place
    closing: tuple[str, ...]
    required_fields: tuple[str, ...]
    materials: tuple[str, ...]
    must_receive: tuple[str, ...]
    if_refused: tuple[str, ...]
    bounce_reasons: tuple[str, ...]
    limits: tuple[Limit, ...]
    governing_rules: tuple[str, ...]  # provision ids
    checked_on: date
    document_id: str
    depth: str  # full, short, pointer
    needs_legal_name: bool  # its document is refused without the lender's legal name

    def governing(self, on: date) -> list[Provision]:
        """The rules of its procedure in force on the day of filing."""
        rules = map(catalogue.provision, self.governing_rules)
        return [rule for rule in rules if rule.was_in_force(on)]


@dataclass(frozen=True)
class Pointer:
    """Where to go and what to take when we do not write the document. No line is empty."""

    agency: str
    where: tuple[str, ...]
    take: tuple[str, ...]
    receive: tuple[str, ...]  # what to be given there; may be none
    refuses: tuple[str, ...]  # what this desk does not take


@functools.cache
def agencies() -> Mapping[str, Agency]:
    """All agencies by id, in the order of the data."""
    return {agency_id: _agency(entry) for agency_id, entry in law().agencies.items()}


def agency(agency_id: str) -> Agency:
    """One agency.

    Raises:
        UnknownAgencyError: there is none of this id.
    """
    try:
        return agencies()[agency_id]
    except KeyError as cause:
        raise UnknownAgencyError(agency_id) from cause


def may_be_given(desk: Agency, *, made_for: Agency) -> bool:
    """Whether what a package for one agency shows may be shown to this desk: its own, or another
    regulator's. The association reads what a regulator reads.
    """
    regulators = ("financial_regulator", "self_regulatory")
    return made_for.id == desk.id or (made_for.kind == regulators[0] and desk.kind in regulators)


def pointer(agency_id: str, lang: str = "zh") -> Pointer:
    """Where to go and what to take, in "zh" (the data's own lines) or "en" (our short English)."""
    at = agency(agency_id)
    if lang == "en":
        text = law().english["agencies"][agency_id]
        receive = (text["receive"],) if text["receive"] else ()
        return Pointer(agency_id, (text["where"],), (text["take"],), receive, ())
    # A call needs no papers: what 110 asks for stands in its fields.
    take = at.materials or at.required_fields
    lines = ((*at.channels, at.jurisdiction_zh), take, at.must_receive, at.rejects)
    return Pointer(agency_id, *(tuple(map(_plain, each)) for each in lines))


def _plain(line: str) -> str:
    """The data's editors say 凭记忆 (from memory); a reader is told what it means for them."""
    return line.replace("凭记忆", "未核实")


def _agency(entry: Entry) -> Agency:
    document = law().documents[entry["id"]]
    limits = (Limit(each["what"], each["limit"], each["rule"]) for each in entry["deadlines"])
    return Agency(
        id=entry["id"],
        name_zh=entry["name_zh"],
        name_en=law().english["agencies"][entry["id"]]["name"],
        kind=entry["kind"],
        accepts=tuple(entry["accepts"]),
        rejects=tuple(entry["rejects"]),
        jurisdiction_zh=entry["jurisdiction_rule"],
        channels=tuple(entry["channels"]),
        document_titles=tuple(entry.get("document_title") or ()),
        salutation=entry.get("salutation"),
        closing=tuple(entry.get("closing") or ()),
        required_fields=tuple(entry["required_fields"]),
        materials=tuple(entry["materials"]),
        must_receive=tuple(entry.get("must_receive", ())),
        if_refused=tuple(entry.get("if_refused", ())),
        bounce_reasons=tuple(entry["bounce_reasons"]),
        limits=tuple(limits),
        governing_rules=tuple(entry["governing_rules"]),
        checked_on=date.fromisoformat(entry["checked_on"]),
        document_id=document["document_id"],
        depth=document["depth"],
        needs_legal_name=document["needs_legal_name"],
    )

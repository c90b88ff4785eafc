"""The table act, provision, exhibit of one complaint, each act under the law of its own day."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from complaints.law import catalogue, phrases
from complaints.law.agencies import agency as agency_of
from complaints.law.catalogue import Provision
from complaints.law.errors import UnknownLenderTypeError
from complaints.law.facts import Facts
from complaints.law.kinds import kind as kind_of
from complaints.law.pack import Entry
from complaints.law.source import law


@dataclass(frozen=True)
class Act:
    """One thing that was done, as a person confirmed it."""

    kind: str  # code of abuse_kinds.json
    on: date  # the day it happened, Beijing time
    exhibit: str  # its number in this complaint, "B-3"
    what: str = ""  # a line of the facts, if the caller wants it back


@dataclass(frozen=True)
class CitationRow:
    """One provision for the acts of one kind on the days on which it was in force."""

    kind: str
    kind_zh: str
    kind_en: str
    provision: str  # id
    name_zh: str  # law with version, article and clause where read
    name_en: str
    authority_level: str
    authority_zh: str  # 法律, 部门规章 … or 可供参考的行业规范
    authority_en: str
    is_binding: bool  # false: offered for reference, never as law
    phrase_zh: str  # the whole sentence for the document; asserts no guilt
    phrase_en: str
    quotation: str | None  # the wording, only where it was read at its source
    acts: tuple[Act, ...]  # by date
    exhibits: tuple[str, ...]  # in the order of the acts, each once
    first_on: date
    last_on: date
    catalogue_version: str


def cite(
    acts: Sequence[Act], *, agency: str, lender_type: str, facts: Facts | None = None
) -> list[CitationRow]:
    """The rows that one desk reads, each act under the text in force on its own day.

    Acts before and after a change of law give separate rows. Each kind gets at most the number
    of provisions that citing.json allows this desk, the most fitting first.

    Args:
        acts: confirmed acts of one case, in any order.
        agency: id of agencies.json; the emergency line reads no citations.
        lender_type: id of routing.json: it decides which rules bind.
        facts: what the person told; without the fact it needs a provision is not cited.

    Returns:
        Rows by authority, then by law and version, then as the kinds first appear in `acts`.

    Raises:
        UnknownAgencyError, UnknownKindError, UnknownLenderTypeError: not in the data.
    """
    desk = agency_of(agency)
    if lender_type not in law().lender_types:
        raise UnknownLenderTypeError(lender_type)
    told = facts or Facts()
    kinds = dict.fromkeys(act.kind for act in acts)
    allowed = {kind: _allowed(kind, desk.id, lender_type, told) for kind in kinds}
    read: dict[tuple[str, date], list[tuple[int, Provision]]] = {}
    grouped: dict[tuple[str, str], list[Act]] = {}
    slots: dict[str, int] = {}  # of a law and version: the first slot that any row of it fills
    for act in sorted(acts, key=lambda each: each.on):
        day = (act.kind, act.on)
        if day not in read:
            in_force = [each for each in allowed[act.kind] if each.was_in_force(act.on)]
            read[day] = _fill(desk.id, in_force, act.kind)
        for slot, provision in read[day]:
            grouped.setdefault((act.kind, provision.id), []).append(act)
            slots[provision.law_zh] = min(slot, slots.get(provision.law_zh, slot))
    rows = [
        _row(kind, provision_id, of, desk.kind, told)
        for (kind, provision_id), of in grouped.items()
    ]
    return sorted(rows, key=lambda row: _place(row, slots, list(allowed)))


def by_law(rows: Iterable[CitationRow]) -> dict[str, list[CitationRow]]:
    """The rows under the name of each law and version, in the order they come in."""
    found: dict[str, list[CitationRow]] = {}
    for row in rows:
        found.setdefault(catalogue.provision(row.provision).law_zh, []).append(row)
    return found


def _allowed(kind: str, agency_id: str, lender_type: str, facts: Facts) -> list[Provision]:
    """What may be cited for a kind at this desk on some day, the best first."""
    withheld = {
        provision_id
        for ruling in law().citing["not_to"]
        if agency_id in ruling["agencies"]
        for provision_id in ruling["provisions"]
    }
    return [
        each
        for each in catalogue.fitting(kind)
        if each.id not in withheld and catalogue.may_cite(each, kind, lender_type, facts)
    ]


def _fill(agency_id: str, candidates: list[Provision], kind: str) -> list[tuple[int, Provision]]:
    """The provisions this desk reads for one kind on one day, each with the slot it fills."""
    taken: list[tuple[int, Provision]] = []
    names: set[str] = set()
    for number, slot in enumerate(law().citing["desks"][agency_id]):
        left = int(slot["most"])
        for each in candidates:
            # Two provisions of a law whose articles were not read print the same name: once.
            name = catalogue.cite_name(each, kind=kind)
            if left and _fits(each, slot) and name not in names:
                names.add(name)
                taken.append((number, each))
                left -= 1
    return taken


def _fits(candidate: Provision, slot: Entry) -> bool:
    in_level = "levels" not in slot or candidate.authority_level in slot["levels"]
    return in_level and candidate.topic in slot["topics"]


def _place(
    row: CitationRow, slots: Mapping[str, int], kinds: list[str]
) -> tuple[int, int, date, str, int, str]:
    """Authority, then what this desk reads first, then version, kind and article."""
    provision = catalogue.provision(row.provision)
    rank = provision.level.rank
    slot = slots[provision.law_zh]
    return (
        rank,
        slot,
        _begins(provision.law_zh),
        provision.law_zh,
        kinds.index(row.kind),
        row.provision,
    )


@functools.cache
def _begins(law_zh: str) -> date:
    """The first day of a law and version: 2012 stands before 2025."""
    return min(
        each.effective_from for each in catalogue.provisions().values() if each.law_zh == law_zh
    )


def _row(
    kind: str, provision_id: str, acts: Sequence[Act], desk_kind: str, facts: Facts
) -> CitationRow:
    provision = catalogue.provision(provision_id)
    named = kind_of(kind)
    phrase = phrases.phrase(provision, kind, desk_kind=desk_kind, facts=facts)
    return CitationRow(
        kind=kind,
        kind_zh=named.zh,
        kind_en=named.en,
        provision=provision_id,
        name_zh=catalogue.cite_name(provision, kind=kind),
        name_en=catalogue.cite_name(provision, "en"),
        authority_level=provision.authority_level,
        authority_zh=provision.level.zh,
        authority_en=law().english["authority_levels"][provision.authority_level],
        is_binding=provision.level.binding,
        phrase_zh=phrase.zh,
        phrase_en=phrase.en,
        quotation=catalogue.quote(provision),
        acts=tuple(acts),
        exhibits=tuple(dict.fromkeys(act.exhibit for act in acts)),
        first_on=acts[0].on,
        last_on=acts[-1].on,
        catalogue_version=law().version,
    )

"""The provisions: which were in force on a day, and how each may be named or quoted."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from complaints.law import wording
from complaints.law.errors import (
    UnknownKindError,
    UnknownLenderTypeError,
    UnknownProvisionError,
)
from complaints.law.facts import Facts
from complaints.law.pack import Entry
from complaints.law.source import law

# An article number is printed only in this shape: not 第三章（条号未见）, not 全文（仅见摘要）.
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零]+条(之[一二三四五六七八九十]+)?")


@dataclass(frozen=True)
class Provision:
    """One provision of one version of one law, as statutes.json holds it."""

    id: str
    law_zh: str  # with its version: two versions of one law are two names
    law_en: str
    article: str  # as noted; see `printable_article` for what may be printed
    article_no: str | None
    text_zh: str | None
    gist_zh: (
        str | None
    )  # our own words where the wording was not read; never printed as a quotation
    authority_level: str  # a key of `wording.LEVELS`
    topic: str
    crime: str | None  # the accepted name of the offence, e.g. 寻衅滋事罪
    kinds: frozenset[str]
    lender_types: frozenset[str] | None  # whom it binds; None binds everybody
    effective_from: date  # inclusive
    effective_to: date | None  # inclusive
    replaced_by: str | None
    verified: bool  # the wording was read at its source
    verification: str
    source: str

    def was_in_force(self, on: date) -> bool:
        """Whether it was in force on this day, both ends included."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def binds(self, lender_type: str) -> bool:
        """Whether it is about lenders of this type."""
        return self.lender_types is None or lender_type in self.lender_types

    @property
    def level(self) -> wording.Level:
        """Its rank, which decides the words we may use."""
        return wording.LEVELS[self.authority_level]

    @property
    def printable_article(self) -> str | None:
        """第五十条, or None where the number was not read at the source."""
        if self.verified and _ARTICLE.fullmatch(self.article):
            return self.article
        return None


@functools.cache
def provisions() -> Mapping[str, Provision]:
    """All provisions by id, in the order of the data."""
    return {entry_id: _provision(entry) for entry_id, entry in law().statutes.items()}


def provision(provision_id: str) -> Provision:
    """One provision.

    Raises:
        UnknownProvisionError: there is none of this id.
    """
    try:
        return provisions()[provision_id]
    except KeyError as cause:
        raise UnknownProvisionError(provision_id) from cause


def in_force(
    on: date, *, kinds: Collection[str], lender_type: str, facts: Facts | None = None
) -> list[Provision]:
    """The provisions that touch these kinds, bind this lender and were in force on this day.

    The rulings of citing.json apply: without the fact it needs, a provision is not there (so
    CRIM-293-1 never meets a licensed lender's lawful loan).

    Args:
        on: the day of the act, Beijing time.
        kinds: codes of abuse_kinds.json.
        lender_type: id of routing.json.
        facts: what the person told; nothing told opens nothing.

    Raises:
        UnknownKindError, UnknownLenderTypeError: not in the data.
    """
    if lender_type not in law().lender_types:
        raise UnknownLenderTypeError(lender_type)
    told = facts or Facts()
    found = {
        candidate.id: candidate
        for kind in kinds
        for candidate in fitting(kind)
        if candidate.was_in_force(on) and may_cite(candidate, kind, lender_type, told)
    }
    return [each for each_id, each in provisions().items() if each_id in found]


@functools.cache
def fitting(kind: str) -> tuple[Provision, ...]:
    """All provisions of any date that touch a kind, the best first.

    The order is that of the kind in abuse_kinds.json; a replaced version stands where its
    successor stands; what only the provision itself says about its kinds comes last, and what
    is known from memory alone after that.
    """
    if kind not in law().kinds:
        raise UnknownKindError(kind)
    listed = law().kinds[kind]["statute_ids"]
    place = {provision_id: number for number, provision_id in enumerate(listed)}

    def order(each: Provision) -> tuple[bool, int]:
        own = place.get(each.id, place.get(each.replaced_by or "", len(place)))
        return each.verification == "memory", own

    touching = [p for p in provisions().values() if p.id in place or kind in p.kinds]
    return tuple(sorted(touching, key=order))


def may_cite(candidate: Provision, kind: str, lender_type: str, facts: Facts) -> bool:
    """Whether the rulings of citing.json allow this provision for this kind, lender and facts."""
    if not candidate.binds(lender_type):
        return False
    citing = law().citing
    if any(candidate.id in ruling["provisions"] for ruling in citing["by_hand"]):
        return False
    for ruling in citing["not_for"]:
        if _speaks_of(ruling, candidate, kind) and not _holds(ruling, facts, default=False):
            return False
    return all(
        _holds(ruling, facts, default=True)
        and ("lender_types" not in ruling or lender_type in ruling["lender_types"])
        for ruling in citing["requires"]
        if _speaks_of(ruling, candidate, kind)
    )


def is_ground(of: Provision) -> bool:
    """Whether it says what follows or may be asked, and forbids nothing by itself."""
    return of.topic == "remedy" or any(
        of.id in ruling["provisions"] for ruling in law().citing["grounds"]
    )


def quote(of: Provision) -> str | None:
    """The wording, only where it was read at its source; otherwise cite by name."""
    return of.text_zh if of.verified else None


def cite_name(of: Provision, lang: str = "zh", *, kind: str | None = None) -> str:
    """Law with version, then article and clause: 《…法》（2025年修订）第五十条第一款第（五）项.

    Where the article number was not read at the source, the law alone (templates.md §0).

    Args:
        of: what to name.
        lang: "zh" or "en".
        kind: names the clause that fits this kind, where citing.json knows one.
    """
    article = of.printable_article
    if lang == "en":
        number = f", Art. {of.article_no}" if article and of.article_no else ""
        return of.law_en + number
    if article is None:
        return wording.title(of.law_zh)
    return wording.title(of.law_zh) + article + (point(of.id, kind) if kind else "")


def point(provision_id: str, kind: str) -> str:
    """The clause of a provision that fits a kind (第一款第（五）项), or an empty string."""
    for entry in law().citing["points"]:
        if entry["provision"] == provision_id and kind in entry["kinds"]:
            return str(entry["point"])
    return ""


def _provision(entry: Entry) -> Provision:
    ends = entry["effective_to"]
    return Provision(
        id=entry["id"],
        law_zh=entry["law_zh"],
        law_en=entry["law_en"],
        article=entry["article"],
        article_no=entry["article_no"],
        text_zh=entry["text_zh"],
        gist_zh=entry.get("gist_zh"),
        authority_level=entry["authority_level"],
        topic=entry["topic"],
        crime=entry.get("cite_unit") if entry["id"].startswith("CRIM-") else None,
        kinds=frozenset(entry["abuse_kinds"]),
        lender_types=_bound(entry),
        effective_from=date.fromisoformat(entry["effective_from"]),
        effective_to=date.fromisoformat(ends) if ends else None,
        replaced_by=entry["replaced_by"],
        verified=entry["verified"],
        verification=entry["verification"],
        source=entry["source"],
    )


def _bound(entry: Entry) -> frozenset[str] | None:
    """The lender types a provision binds: our ruling, else the data's classes spelled out."""
    citing = law().citing
    for ruling in citing["applies_to"]:
        if entry["id"] in ruling["provisions"]:
            return frozenset(ruling["lender_types"])
    if "applies_to" not in entry:
        return None
    named = set(entry["applies_to"])
    classes = citing["lender_classes"]
    return frozenset(
        each for each in law().lender_types if each in named or named & set(classes.get(each, ()))
    )


def _speaks_of(ruling: Entry, candidate: Provision, kind: str) -> bool:
    kinds = ruling.get("kinds")
    return candidate.id in ruling["provisions"] and (kinds is None or kind in kinds)


def _holds(ruling: Entry, facts: Facts, *, default: bool) -> bool:
    if "fact" not in ruling:
        return default
    value = getattr(facts, ruling["fact"])
    return bool(value >= ruling["at_least"]) if "at_least" in ruling else bool(value)

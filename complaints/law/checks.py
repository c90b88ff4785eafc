"""Checks a pack against itself: every id exists, every date holds, both languages are there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from complaints.law import never, wording
from complaints.law.errors import (
    BadDateError,
    BadLevelError,
    LawDataError,
    LawDataUnreadableError,
    UnknownReferenceError,
    UnquotableError,
    UntranslatedError,
)
from complaints.law.facts import NAMES, WANTS
from complaints.law.pack import Entry, Pack

DEPTHS = ("full", "short", "pointer")
_SEVERITIES = range(1, 5)


def check(pack: Pack) -> None:
    """Raise a named `LawDataError` for the first thing in a pack that does not hold together."""
    try:
        _statutes(pack)
        _kinds(pack)
        _agencies(pack)
        _routing(pack)
        _citing(pack)
        _english(pack)
        _bounces(pack)
    except (KeyError, TypeError, AttributeError) as cause:
        raise LawDataUnreadableError("pack", "entry", f"lacks {cause}") from cause


def _statutes(pack: Pack) -> None:
    for entry_id, entry in pack.statutes.items():
        where = ("statutes.json", entry_id)
        if entry["authority_level"] not in wording.LEVELS:
            raise BadLevelError(*where, f"authority level {entry['authority_level']!r}")
        if entry["verified"] and not entry["text_zh"]:
            raise UnquotableError(*where, "is marked verified and has no wording")
        _known(*where, "kind", entry["abuse_kinds"], pack.kinds)
        _known(*where, "lender type", entry.get("applies_to", ()), _classes(pack))
        begins, ends = _day(*where, entry["effective_from"]), entry["effective_to"]
        if ends is not None and _day(*where, ends) < begins:
            raise BadDateError(*where, "ends before it begins")
        if successor := entry["replaced_by"]:
            _known(*where, "provision", [successor], pack.statutes)
            _check_succession(pack, entry_id, successor)


def _check_succession(pack: Pack, old: str, new: str) -> None:
    ends = pack.statutes[old]["effective_to"]
    if ends is None:
        raise BadDateError("statutes.json", old, "is replaced but has no last day")
    begins = pack.statutes[new]["effective_from"]
    if _day("statutes.json", new, begins) <= _day("statutes.json", old, ends):
        raise BadDateError("statutes.json", old, f"overlaps its successor {new}")


def _kinds(pack: Pack) -> None:
    for code, kind in pack.kinds.items():
        where = ("abuse_kinds.json", code)
        _known(*where, "provision", kind["statute_ids"], pack.statutes)
        scale = [kind[name] for name in ("severity_floor", "severity_default", "severity_max")]
        if scale != sorted(scale) or not all(level in _SEVERITIES for level in scale):
            raise BadLevelError(*where, f"severity floor, default, max are {scale}")
        if not kind["zh"] or not kind["en"]:
            raise UntranslatedError(*where, "lacks a name")


def _agencies(pack: Pack) -> None:
    for agency_id, agency in pack.agencies.items():
        where = ("agencies.json", agency_id)
        _known(*where, "provision", agency["governing_rules"], pack.statutes)
        rules = [limit["rule"] for limit in agency["deadlines"] if limit["rule"] is not None]
        _known(*where, "provision", rules, pack.statutes)
        _day(*where, agency["checked_on"])
        _known(*where, "document", [agency_id], pack.documents)
    for agency_id, document in pack.documents.items():
        _known("documents.json", agency_id, "agency", [agency_id], pack.agencies)
        _known("documents.json", agency_id, "depth", [document["depth"]], DEPTHS)


_CONDITIONS = {"kinds_any", "lender_type", "severity_min", "severity_max", "no_addressee_yet"}


def _routing(pack: Pack) -> None:
    for rule in pack.rules:
        where = ("routing.json", rule["id"])
        when = rule["when"]
        names = {name.removesuffix("_min") for name in when if name not in _CONDITIONS}
        _known(*where, "fact", names, NAMES)
        _known(*where, "kind", when.get("kinds_any", ()), pack.kinds)
        _known(*where, "lender type", when.get("lender_type", ()), pack.lender_types)
        _known(*where, "want", when.get("wants", ()), WANTS)
        _known(*where, "agency", [to["agency"] for to in rule["to"]], pack.agencies)
        for to in rule["to"]:
            if not pack.english["rules"].get(rule["id"], {}).get(to["agency"]):
                raise UntranslatedError(*where, f"no English reason for {to['agency']}")
    for alarm in pack.routing["deadline_alarms"]:
        _known("routing.json", alarm["id"], "provision", [alarm["rule"]], pack.statutes)
    # A "never" that no line of ours keeps would be a promise on paper only.
    if len(pack.routing["never"]) != len(never.NEVER):
        raise LawDataError("routing.json", "never", "has a sentence that nothing here enforces")


def _citing(pack: Pack) -> None:
    citing = pack.citing
    for section in ("applies_to", "by_hand", "requires", "not_for", "not_to", "grounds"):
        for number, ruling in enumerate(citing[section]):
            where = ("citing.json", f"{section}[{number}]")
            _known(*where, "provision", ruling["provisions"], pack.statutes)
            _known(*where, "kind", ruling.get("kinds", ()), pack.kinds)
            _known(*where, "lender type", ruling.get("lender_types", ()), pack.lender_types)
            _known(*where, "agency", ruling.get("agencies", ()), pack.agencies)
            _known(*where, "fact", [ruling["fact"]] if "fact" in ruling else (), NAMES)
    for number, point in enumerate(citing["points"]):
        where = ("citing.json", f"points[{number}]")
        _known(*where, "provision", [point["provision"]], pack.statutes)
        _known(*where, "kind", point["kinds"], pack.kinds)
        _check_point(point, pack.statutes[point["provision"]])
    _known("citing.json", "desks", "agency", citing["desks"], pack.agencies)
    _known("agencies.json", "ids", "desk", pack.agencies, citing["desks"])
    topics = {entry["topic"] for entry in pack.statutes.values()}
    for agency_id, slots in citing["desks"].items():
        for slot in slots:
            where = ("citing.json", f"desks.{agency_id}")
            _known(*where, "topic", slot["topics"], topics)
            _known(*where, "authority level", slot.get("levels", ()), wording.LEVELS)


def _check_point(point: Entry, provision: Entry) -> None:
    """A clause that is named must stand in the wording: 第（五）项 needs a （五）."""
    text = provision["text_zh"] or ""
    items, paragraphs = wording.parts_of(point["point"])
    clauses = [line for line in text.split("\n") if not line.startswith("（")]
    if any(item not in text for item in items) or any(n > len(clauses) for n in paragraphs):
        raise UnquotableError("citing.json", provision["id"], f"has no {point['point']}")


def _english(pack: Pack) -> None:
    english = pack.english
    for section, ids in (
        ("agencies", pack.agencies),
        ("lender_types", pack.lender_types),
        ("alarms", [alarm["id"] for alarm in pack.routing["deadline_alarms"]]),
        ("authority_levels", wording.LEVELS),
        ("severity_levels", [str(e["level"]) for e in pack.routing["severity_levels"]]),
    ):
        for missing in set(ids) - set(english[section]):
            raise UntranslatedError("english.json", section, f"lacks {missing}")
    for section in ("lender_name_checklist", "severity_raise"):
        if len(english[section]) != len(pack.routing[section]):
            raise UntranslatedError("english.json", section, "differs in length from routing.json")


def _bounces(pack: Pack) -> None:
    """Every bounce reason of a desk has its line; a line quotes what the desk really says."""
    told = set()
    for number, line in enumerate(pack.bounces["reasons"]):
        where = ("bounces.json", f"reasons[{number}]")
        _known(*where, "agency", [line["agency"]], pack.agencies)
        _known(*where, "line", [line["reason"]], pack.agencies[line["agency"]][line["list"]])
        _known(*where, "provision", [line["rule"]] if line["rule"] else (), pack.statutes)
        if not line["en"]:
            raise UntranslatedError(*where, "lacks an English line")
        if not line["checks"] and not line["because"]:
            raise LawDataError(*where, "has no check and does not say why")
        told.add((line["agency"], line["reason"]))
    for agency_id, agency in pack.agencies.items():
        for reason in agency["bounce_reasons"]:
            if (agency_id, reason) not in told:
                raise LawDataError("agencies.json", agency_id, f"{reason!r} has no check")


def _classes(pack: Pack) -> set[str]:
    classes = pack.citing["lender_classes"]
    return {*pack.lender_types, *(name for names in classes.values() for name in names)}


def _known(file: str, entry: str, what: str, names: Iterable[str], among: Iterable[str]) -> None:
    there = set(among)
    for name in names:
        if name not in there:
            raise UnknownReferenceError(file, entry, f"names {what} {name!r}, which is not there")


def _day(file: str, entry: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as cause:
        raise BadDateError(file, entry, "has a date that is not YYYY-MM-DD") from cause

"""Who should hear of this case: the rules of routing.json, evaluated exactly as it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from complaints.law.agencies import agency
from complaints.law.errors import SeverityOutOfRangeError, UnknownKindError, UnknownLenderTypeError
from complaints.law.facts import Facts
from complaints.law.pack import Entry
from complaints.law.source import law


@dataclass(frozen=True)
class Addressee:
    """One agency of the catalogue proposed for a case; the person confirms or drops it."""

    agency: str  # agency id
    document: str  # the Chinese title the rule gives
    document_id: str  # stable: what the drafting stage builds
    depth: str  # full: we write it; short: a text to paste; pointer: where to go, what to take
    why_zh: str
    why_en: str
    rule: str  # id of the first rule that named it
    also: tuple[str, ...] = ()  # ids of later rules that named it again
    needs_legal_name: bool = False  # blocked until the lender's legal name is known


def route(
    *, lender_type: str, kinds: Collection[str], severity: int, facts: Facts | None = None
) -> list[Addressee]:
    """The addressees of a case, in the order in which they should be approached.

    Danger now gives the police emergency line and nothing else.

    Args:
        lender_type: id of routing.json.
        kinds: codes of abuse_kinds.json; may be empty (then only rules without kinds match).
        severity: 1..4, as `severity.assess` found it or the person set it.
        facts: what the person told; a missing fact satisfies no condition.

    Raises:
        UnknownLenderTypeError, UnknownKindError, SeverityOutOfRangeError: not in the data.
    """
    if lender_type not in law().lender_types:
        raise UnknownLenderTypeError(lender_type)
    for kind in kinds:
        if kind not in law().kinds:
            raise UnknownKindError(kind)
    if not 1 <= severity <= 4:
        raise SeverityOutOfRangeError(level=severity, floor=1, maximum=4)

    told = facts or Facts()
    found: dict[str, list[tuple[Entry, Entry]]] = {}
    for rule in law().rules:
        holds = all(
            _satisfied(name, wanted, lender_type, kinds, severity, told, bool(found))
            for name, wanted in rule["when"].items()
        )
        if not holds:
            continue
        for to in rule["to"]:
            found.setdefault(to["agency"], []).append((rule, to))
        if rule.get("stop"):
            break
    return list(_addressees(found))


def takes(agency_id: str, lender_type: str) -> bool:
    """Whether some rule names the agency for this very type of lender, whatever else it asks."""
    return any(
        lender_type in rule["when"].get("lender_type", ())
        for rule in law().rules
        if any(to["agency"] == agency_id for to in rule["to"])
    )


def kinds_of(agency_id: str) -> frozenset[str]:
    """The kinds for which some rule names the agency; empty where no rule asks for a kind."""
    named = (
        rule["when"].get("kinds_any", ())
        for rule in law().rules
        if any(to["agency"] == agency_id for to in rule["to"])
    )
    return frozenset(kind for kinds in named for kind in kinds)


def _satisfied(
    name: str,
    wanted: object,
    lender_type: str,
    kinds: Collection[str],
    severity: int,
    facts: Facts,
    anyone_yet: bool,
) -> bool:
    """One condition of a rule: lists mean any of, *_min and *_max compare, booleans equal."""
    if isinstance(wanted, list):
        if name == "lender_type":
            return lender_type in wanted
        if name == "kinds_any":
            return any(kind in wanted for kind in kinds)
        return any(each in wanted for each in getattr(facts, name))
    if isinstance(wanted, bool):
        given = not anyone_yet if name == "no_addressee_yet" else getattr(facts, name)
        return bool(given == wanted)
    assert isinstance(wanted, int)  # noqa: S101 - the checks of the pack allow nothing else
    quantity, bound = name.rsplit("_", 1)
    given = severity if quantity == "severity" else getattr(facts, quantity)
    return bool(given >= wanted if bound == "min" else given <= wanted)


def _addressees(found: dict[str, list[tuple[Entry, Entry]]]) -> Iterator[Addressee]:
    for agency_id, named in found.items():
        rule, to = named[0]
        at = agency(agency_id)
        yield Addressee(
            agency=agency_id,
            document=to["document"],
            document_id=at.document_id,
            depth=at.depth,
            why_zh=to["why_zh"],
            why_en=law().english["rules"][rule["id"]][agency_id],
            rule=rule["id"],
            also=tuple(other["id"] for other, _ in named[1:]),
            needs_legal_name=at.needs_legal_name,
        )

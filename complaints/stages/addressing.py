"""Who should hear of a case: its confirmed kinds and told facts through the routing rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complaints.composing import acts as confirmed
from complaints.composing import law_facts
from complaints.law import routing, severity
from complaints.law.errors import NoKindsError, SeverityOutOfRangeError
from complaints.law.facts import Facts
from complaints.law.routing import Addressee
from complaints.law.severity import Severity
from complaints.models import Complaint
from evidence.models.cases import Case


@dataclass(frozen=True)
class Addressing:
    """The proposal for one case: how grave, to whom, from which kinds."""

    severity: Severity
    addressees: list[Addressee]
    kinds: list[str]


def propose(
    case: Case,
    *,
    lender_type: str,
    told: Mapping[str, Any] | None = None,
    level: int | None = None,
) -> Addressing:
    """Propose the addressees of a case; the person confirms or drops each.

    Args:
        case: whose confirmed tags and newest findings give the kinds.
        lender_type: an id of the law data.
        told: facts as `Facts.from_json` reads them.
        level: the person's own severity, within its bounds; None takes the proposed one.

    Raises:
        complaints.law.errors: an unknown lender type or fact, a severity out of its bounds.
    """
    facts = Facts.from_json(told or {})
    kinds = kinds_of(case)
    proposed = severity.severity(kinds, facts)
    chosen = proposed if level is None else severity.choose(proposed, level)
    addressees = routing.route(
        lender_type=lender_type, kinds=kinds, severity=chosen.level, facts=facts
    )
    return Addressing(severity=chosen, addressees=addressees, kinds=kinds)


def severity_of(complaint: Complaint) -> Severity | None:
    """How grave one complaint is told to be; None while nothing confirmed says so.

    None also where the acts were taken back that the person's own level stood on.
    """
    try:
        return _proposed(complaint, complaint.severity)
    except (NoKindsError, SeverityOutOfRangeError):
        return None


def require_level(complaint: Complaint, level: int) -> None:
    """Stop a level that the complaint's acts do not bear.

    Raises:
        NoKindsError: no act is confirmed.
        SeverityOutOfRangeError: outside floor..maximum of what is proposed.
    """
    _proposed(complaint, level)


def _proposed(complaint: Complaint, level: int | None) -> Severity:
    return propose(
        complaint.case,
        lender_type=complaint.lender_type,
        told=law_facts.told(complaint).as_json(),
        level=level,
    ).severity


def kinds_of(case: Case) -> list[str]:
    """The kinds of abuse a case holds: confirmed tags, then patterns over time."""
    found = [
        tag.decided_kind or tag.kind  # type: ignore[attr-defined]  # annotated by standing_tags
        for tag in confirmed.standing_tags(case)
    ]
    found += [finding.kind for finding in confirmed.patterns_of(case) if finding.kind]
    return list(dict.fromkeys(found))

"""What each desk says it sends back, and which of our checks looks for it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from complaints.law import agencies, catalogue
from complaints.law.catalogue import Provision
from complaints.law.pack import Entry
from complaints.law.source import law


@dataclass(frozen=True)
class DeskSays:
    """One line of a desk on what it sends back, with where and when it was read."""

    agency: str  # agency id
    agency_zh: str
    agency_en: str
    zh: str  # the desk catalogue's own line
    en: str
    rule: Provision | None  # that says so; None: the desk catalogue alone
    checked_on: date

    @property
    def rule_zh(self) -> str:
        """The rule's name; empty without one."""
        return catalogue.cite_name(self.rule) if self.rule else ""

    @property
    def rule_en(self) -> str:
        """The same in English."""
        return catalogue.cite_name(self.rule, "en") if self.rule else ""

    @property
    def source(self) -> str:
        """Where the rule's text or gist was read; empty without a rule."""
        return self.rule.source if self.rule else ""


def said_by(desks: Iterable[str], check: str) -> tuple[DeskSays, ...]:
    """The lines of these desks that one of our checks stands on; none where a desk says nothing.

    Args:
        desks: agency ids.
        check: the code of a check.
    """
    found = (_reasons().get((desk, check), ()) for desk in desks)
    return tuple(line for lines in found for line in lines)


@functools.cache
def _reasons() -> Mapping[tuple[str, str], tuple[DeskSays, ...]]:
    grouped: dict[tuple[str, str], tuple[DeskSays, ...]] = {}
    for entry in law().bounces["reasons"]:
        for check in entry["checks"]:
            at = (entry["agency"], check)
            grouped[at] = (*grouped.get(at, ()), _says(entry))
    return grouped


def _says(entry: Entry) -> DeskSays:
    desk = agencies.agency(entry["agency"])
    return DeskSays(
        agency=desk.id,
        agency_zh=desk.name_zh,
        agency_en=desk.name_en,
        zh=entry["reason"],
        en=entry["en"],
        rule=catalogue.provision(entry["rule"]) if entry["rule"] else None,
        checked_on=desk.checked_on,
    )

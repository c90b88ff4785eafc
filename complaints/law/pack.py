"""The law data as one value, read from the bytes of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from complaints.law.errors import DuplicateEntryError, LawDataUnreadableError

Entry = Mapping[str, Any]

FILES = (
    "pack.json",
    "statutes.json",
    "abuse_kinds.json",
    "agencies.json",
    "routing.json",
    "citing.json",
    "documents.json",
    "english.json",
    "bounces.json",
)


@dataclass(frozen=True)
class Pack:
    """All law data of one version. The order of every mapping is the order of its file."""

    version: str  # of the whole pack; a complaint keeps the version it cited from
    checked_on: str
    statutes: Mapping[str, Entry]  # by provision id
    kinds: Mapping[str, Entry]  # by kind code
    agencies: Mapping[str, Entry]  # by agency id
    documents: Mapping[str, Entry]  # by agency id
    lender_types: Mapping[str, Entry]  # by lender type id
    rules: Sequence[Entry]  # of routing, by priority
    routing: Entry
    citing: Entry
    english: Entry
    bounces: Entry


def read(files: Mapping[str, bytes]) -> Pack:
    """Read a pack from the bytes of its files (`FILES`, UTF-8 JSON); `checks.check` comes after.

    Raises:
        LawDataUnreadableError: a file is missing, is not JSON, or lacks what all its entries have.
        DuplicateEntryError: an id stands twice in one file.
    """
    parsed = {name: _json(name, files) for name in FILES}
    routing = parsed["routing.json"]
    head = parsed["pack.json"]
    try:
        return Pack(
            version=head["version"],
            checked_on=head["checked_on"],
            statutes=_index("statutes.json", parsed["statutes.json"], "id"),
            kinds=_index("abuse_kinds.json", parsed["abuse_kinds.json"], "code"),
            agencies=_index("agencies.json", parsed["agencies.json"], "id"),
            documents=_index("documents.json", parsed["documents.json"]["documents"], "agency"),
            lender_types=_index("routing.json", routing["lender_types"], "id"),
            # A stable sort: rules of one priority keep the order of the file.
            rules=sorted(routing["rules"], key=lambda rule: rule["priority"]),
            routing=routing,
            citing=parsed["citing.json"],
            english=parsed["english.json"],
            bounces=parsed["bounces.json"],
        )
    except (KeyError, TypeError) as cause:
        raise LawDataUnreadableError("pack", "entry", f"lacks {cause}") from cause


def _json(name: str, files: Mapping[str, bytes]) -> Any:
    if name not in files:
        raise LawDataUnreadableError(name, "file", "is missing")
    try:
        return json.loads(files[name])
    except ValueError as cause:
        raise LawDataUnreadableError(name, "file", "is not UTF-8 JSON") from cause


def _index(file: str, entries: Any, key: str) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry[key] in found:
            raise DuplicateEntryError(file, entry[key], "stands twice")
        found[entry[key]] = entry
    return found

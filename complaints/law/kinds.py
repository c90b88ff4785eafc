"""The kinds of abuse as the law sees them: what they are, what they are not, how grave."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from complaints.law.errors import UnknownKindError
from complaints.law.source import law


@dataclass(frozen=True)
class Kind:
    """One entry of abuse_kinds.json. `label` is the tagger's label, "none" where it has none."""

    code: str
    zh: str
    en: str
    label: str
    severity_floor: int  # 1..4, as are the next two
    severity_default: int
    severity_max: int
    definition_zh: str
    not_this_zh: str
    evidence_zh: tuple[str, ...]
    ask_zh: tuple[str, ...]
    caution_zh: str | None


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by code, in the order of the data."""
    return {
        code: Kind(
            code=code,
            zh=entry["zh"],
            en=entry["en"],
            label=entry["classifier_label"],
            severity_floor=entry["severity_floor"],
            severity_default=entry["severity_default"],
            severity_max=entry["severity_max"],
            definition_zh=entry["definition_zh"],
            not_this_zh=entry["not_this_zh"],
            evidence_zh=tuple(entry["typical_evidence_zh"]),
            ask_zh=tuple(entry.get("ask_user_zh", ())),
            caution_zh=entry.get("caution_zh"),
        )
        for code, entry in law().kinds.items()
    }


def kind(code: str) -> Kind:
    """One kind.

    Raises:
        UnknownKindError: there is none of this code.
    """
    try:
        return kinds()[code]
    except KeyError as cause:
        raise UnknownKindError(code) from cause

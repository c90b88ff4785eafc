"""The 26 kinds of abuse that the house names, and the 12 labels a message can carry.

Source: `data/kinds.json`, a copy of the product's domain data with its codes kept. Twelve labels
plus none; several kinds share one label, three kinds have none and are found only over a timeline.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

from evidence.abuse.errors import RuleFileError


@dataclass(frozen=True)
class Kind:
    """One kind of abuse. `label` is None for kinds that only a timeline or a person can show."""

    code: str
    label: str | None
    zh: str
    en: str
    severity_default: int
    severity_max: int
    definition_zh: str
    not_this_zh: str
    caution_zh: str


# Order is the order of output.
LABELS = (
    "threat",
    "insult",
    "contact_blasting",
    "privacy_disclosure",
    "impersonation",
    "false_legal_document",
    "harassment_frequency",
    "home_or_workplace_visit",
    "obscene_image",
    "extortion_or_usury",
    "induce_borrowing",
    "off_hours",
)


def _load() -> dict[str, Kind]:
    raw = json.loads(resources.files(__package__).joinpath("data/kinds.json").read_text("utf-8"))
    kinds = {}
    for entry in raw:
        label = entry["classifier_label"]
        kinds[entry["code"]] = Kind(
            code=entry["code"],
            label=None if label == "none" else label,
            zh=entry["zh"],
            en=entry["en"],
            severity_default=entry["severity_default"],
            severity_max=entry["severity_max"],
            definition_zh=entry["definition_zh"],
            not_this_zh=entry["not_this_zh"],
            caution_zh=entry.get("caution_zh", ""),
        )
    return kinds


KINDS = _load()


def kind(code: str) -> Kind:
    """The kind of that code; raises `RuleFileError` for a code that the data does not have."""
    try:
        return KINDS[code]
    except KeyError:
        raise RuleFileError(rule=code, why="no such kind") from None

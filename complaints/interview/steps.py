"""The questions as data: read once from `steps.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("steps.json")


@dataclass(frozen=True)
class Field:
    """One question. `kind` decides how `answers.clean` reads what came."""

    id: str
    kind: str
    required: bool = False
    max_length: int = 200
    max_items: int = 100
    options: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # empty: every document asks it
    of: tuple[Field, ...] = ()  # with kind `list`: the fields of one entry


@dataclass(frozen=True)
class Step:
    """Questions that stand on one screen or follow one another."""

    id: str
    questions: tuple[Field, ...]


def steps_for(document_id: str) -> tuple[Step, ...]:
    """Return the steps that one document asks, in order; a step left empty is left out."""
    chosen = []
    for raw in _read():
        if document_id not in raw.get("documents", [document_id]):
            continue
        fields = tuple(map(_field, raw["fields"]))
        asked = tuple(f for f in fields if not f.documents or document_id in f.documents)
        if asked:
            chosen.append(Step(id=raw["id"], questions=asked))
    return tuple(chosen)


@cache
def _read() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(SOURCE.read_text(encoding="utf-8")))


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        id=raw["id"],
        kind=raw["kind"],
        required=raw.get("required", False),
        max_length=raw.get("max_length", 200),
        max_items=raw.get("max_items", 100),
        options=tuple(raw.get("options", ())),
        documents=tuple(raw.get("documents", ())),
        of=tuple(map(_field, raw.get("of", ()))),
    )

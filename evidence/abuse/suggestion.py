"""What the tagger proposes: a kind of abuse at some words, with the rule and the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """A proposed tag. `start` and `end` count code points of the original text, half open."""

    kind: str
    label: str
    start: int
    end: int
    rule: str
    rule_version: int
    reason_zh: str
    reason_en: str
    confidence: float  # 0..1, of the rule, measured by nobody: an order, not a probability

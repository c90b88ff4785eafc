"""How sure a rule is, in a word: a number between 0 and 1 would be read as a chance, and is none.

A rule's confidence is an order that its author gave it (docs/formats/abuse-rules.md). The bounds
follow that order: most rules stand at 0.9 or 0.85, those that lean on context alone below.
"""

from __future__ import annotations

HIGH_FROM, MEDIUM_FROM = 0.9, 0.85
SURENESS = ("high", "medium", "low")


def sureness(confidence: float | None) -> str | None:
    """`high`, `medium` or `low`; None where no rule spoke, such as for a person's own tag."""
    if confidence is None:
        return None
    if confidence >= HIGH_FROM:
        return "high"
    return "medium" if confidence >= MEDIUM_FROM else "low"

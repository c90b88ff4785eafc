"""Suggestions for labels that no rule found: the model's, shown at the clause that weighed most."""

from __future__ import annotations

from evidence.abuse.context import Message
from evidence.abuse.kinds import KINDS
from evidence.abuse.model import model
from evidence.abuse.suggestion import Suggestion

# The rule and the kind to name for a label. Of several kinds with one label it is the one that
# accuses of least: which of them it is, the wording as a whole does not say.
_NAMED = {
    "threat": ("W-001", "THREAT"),
    "insult": ("W-002", "INSULT"),
    "contact_blasting": ("W-003", "CONTACT_BLAST"),
    "privacy_disclosure": ("W-004", "PRIVACY_DISCLOSURE"),
    "impersonation": ("W-005", "IMPERSONATE_OFFICIAL"),
    "false_legal_document": ("W-006", "FALSE_CONSEQUENCE"),
    "harassment_frequency": ("W-007", "HIGH_FREQUENCY"),
    "home_or_workplace_visit": ("W-008", "HOME_VISIT"),
    "obscene_image": ("W-009", "DOCTORED_IMAGE"),
    "extortion_or_usury": ("W-010", "EXTRA_FEES"),
    "induce_borrowing": ("W-011", "COERCED_REBORROWING"),
}


def by_wording(label: str, chance: float, message: Message) -> Suggestion:
    """A suggestion for a label that no rule found in a message.

    Args:
        label: one of the labels the model knows.
        chance: the model's, 0..1, as trained on our own messages.
        message: the message.
    """
    start, end = model().clause(label, message.plain.text)
    original_start, original_end = message.plain.original_span(start, end)
    rule, code = _NAMED[label]
    kind = KINDS[code]
    return Suggestion(
        kind=code,
        label=label,
        start=original_start,
        end=original_end,
        rule=rule,
        rule_version=1,
        reason_zh=f"整句的措辞接近“{kind.zh}”，这半句分量最重；不是凭某个词认出的。",
        reason_en=f"The wording as a whole is close to “{kind.en}”; this clause weighs most. "
        "It was not recognised by a single word.",
        confidence=round(chance, 2),
    )

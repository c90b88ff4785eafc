"""What can go wrong in naming abuse: bad input lines and rule files that contradict themselves."""

from __future__ import annotations

from evidence.errors import EvidenceError


class AbuseInputError(EvidenceError):
    """An input object does not have the shape that the command's contract names."""

    code = "abuse_input"

    def __init__(self, *, field: str, why: str) -> None:
        super().__init__(f"field {field}: {why}")
        self.field = field
        self.why = why


class RuleFileError(EvidenceError):
    """A rule or lexicon file of this room is not usable; `rule` names the entry."""

    code = "abuse_rule_file"

    def __init__(self, *, rule: str, why: str) -> None:
        super().__init__(f"rule {rule}: {why}")
        self.rule = rule
        self.why = why

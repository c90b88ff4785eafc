"""What a person may tell about a case beyond the acts themselves; an unknown fact is never true."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complaints.law.errors import UnknownFactError

WANTS = ("stop", "apology", "compensation", "repayment_plan", "deletion")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Answers of the interview that decide the addressees, the severity and what may be cited.

    Each defaults to "not said". The first block are the conditions of routing.json; the second
    raises the severity (routing.json, `severity_raise`); the third opens a citation (citing.json).
    """

    danger_now: bool = False  # bodily danger at this moment: 110 and nothing else
    debt_unlawful: bool = (
        False  # facts on unlawful lending: no licence, 砍头息, cost above the limit
    )
    authority_warned_before: bool = False  # police or regulator stepped in and it went on
    info_items: int = 0  # personal records disclosed or taken, counted
    still_online: bool = False
    document_is_lawyer_letter: bool = False
    credit_report_wrong: bool = False
    police_refused: bool = False
    wants: tuple[str, ...] = ()  # of WANTS

    vulnerable_person: bool = False  # minor, old, pregnant, disabled or ill
    self_harm: bool = False  # thoughts or acts; the help screen comes first
    continued_after_stop: bool = False
    many_people_many_times: bool = False
    image_of_minor: bool = False

    entered_home: bool = False
    property_damaged: bool = False
    forgery_confirmed: bool = False  # the authority named in the document said it is not theirs

    @classmethod
    def from_json(cls, answers: Mapping[str, Any]) -> Facts:
        """Read facts as an API or a saved interview holds them.

        Raises:
            UnknownFactError: a name we do not know, or a value of the wrong type.
        """
        known = {field.name: field.default for field in dataclasses.fields(cls)}
        values: dict[str, Any] = {}
        for name, value in answers.items():
            if name not in known:
                raise UnknownFactError(name)
            values[name] = _read(name, value, known[name])
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """The facts that were told, as `from_json` reads them."""
        told = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != field.default
        }
        return {name: list(v) if isinstance(v, tuple) else v for name, v in told.items()}


NAMES = frozenset(field.name for field in dataclasses.fields(Facts))


def _read(name: str, value: Any, default: Any) -> bool | int | tuple[str, ...]:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(default, tuple):
        if isinstance(value, list | tuple) and all(item in WANTS for item in value):
            return tuple(value)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise UnknownFactError(name)

"""Reading answers: what may be kept of what a client sent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from complaints.errors import ComplaintError
from complaints.interview.steps import Field, steps_for
from complaints.law import lender

MONEY = re.compile(r"^\d{1,12}(\.\d{1,2})?$")  # yuan, at most two decimals, no separators


class AnswerError(ComplaintError):
    """An answer is not one that its question can have."""

    code = "answer_not_valid"

    def __init__(self, *, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def clean(answers: Mapping[str, Any], *, document_id: str) -> dict[str, Any]:
    """Return the answers as they are kept: known keys only, each of its question's kind.

    An empty answer (null, "", []) takes an earlier one back and is not kept.

    Args:
        answers: question id → answer, as JSON gave it; not all questions need be there.
        document_id: which document asks.

    Raises:
        AnswerError: a key that this document does not ask, or an answer of the wrong kind.
    """
    fields = {field.id: field for step in steps_for(document_id) for field in step.questions}
    for name in answers:
        if name not in fields:
            raise AnswerError(field=str(name)[:40], reason="not_asked")
    return {
        name: _read(fields[name], answer, path=name)
        for name, answer in answers.items()
        if not _is_empty(answer)
    }


def _is_empty(answer: Any) -> bool:
    return answer is None or answer in ("", [])


def _read(field: Field, answer: Any, *, path: str) -> Any:
    try:
        return _KINDS[field.kind](field, answer, path)
    except (ValueError, TypeError) as cause:
        raise AnswerError(field=path, reason=f"not_{field.kind}") from cause


def _text(field: Field, answer: Any, path: str) -> str:
    if not isinstance(answer, str):
        raise TypeError("text expected")
    text = answer.strip()
    if len(text) > field.max_length:
        raise AnswerError(field=path, reason="too_long")
    return text


def _texts(field: Field, answer: Any, path: str) -> list[str]:
    return [_text(field, one, path) for one in _items(field, answer, path)]


def _items(field: Field, answer: Any, path: str) -> list[Any]:
    if not isinstance(answer, list):
        raise TypeError("a list expected")
    if len(answer) > field.max_items:
        raise AnswerError(field=path, reason="too_many")
    return answer


def _yes_no(_field: Field, answer: Any, _path: str) -> bool:
    if not isinstance(answer, bool):
        raise TypeError("true or false expected")
    return answer


def _date(_field: Field, answer: Any, _path: str) -> str:
    return date.fromisoformat(answer).isoformat()


def _money(_field: Field, answer: Any, _path: str) -> str:
    if not isinstance(answer, str) or not MONEY.match(answer):
        raise ValueError("yuan with at most two decimals expected")
    return answer


def _count(_field: Field, answer: Any, _path: str) -> int:
    if isinstance(answer, bool) or not isinstance(answer, int) or not 0 <= answer <= 1_000_000:
        raise ValueError("a whole number from 0 expected")
    return answer


def _choice(field: Field, answer: Any, path: str) -> str:
    if answer not in field.options:
        raise AnswerError(field=path, reason="not_an_option")
    return str(answer)


def _choices(field: Field, answer: Any, path: str) -> list[str]:
    chosen = {_choice(field, one, path) for one in _items(field, answer, path)}
    return [option for option in field.options if option in chosen]


def _lender_type(_field: Field, answer: Any, path: str) -> str:
    if answer not in lender.lender_types():
        raise AnswerError(field=path, reason="not_an_option")
    return str(answer)


def _ids(field: Field, answer: Any, path: str) -> list[str]:
    return [str(uuid.UUID(one)) for one in _items(field, answer, path)]


def _list(field: Field, answer: Any, path: str) -> list[dict[str, Any]]:
    return [
        _entry(field, entry, f"{path}.{place}")
        for place, entry in enumerate(_items(field, answer, path))
    ]


def _entry(field: Field, entry: Any, path: str) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise TypeError("an object expected")
    fields = {part.id: part for part in field.of}
    for name in entry:
        if name not in fields:
            raise AnswerError(field=f"{path}.{str(name)[:40]}", reason="not_asked")
    for name, part in fields.items():
        if part.required and _is_empty(entry.get(name)):
            raise AnswerError(field=f"{path}.{name}", reason="required")
    return {
        name: _read(fields[name], value, path=f"{path}.{name}")
        for name, value in entry.items()
        if not _is_empty(value)
    }


_KINDS: dict[str, Callable[[Field, Any, str], Any]] = {
    "text": _text,
    "long_text": _text,
    "texts": _texts,
    "yes_no": _yes_no,
    "date": _date,
    "money": _money,
    "count": _count,
    "choice": _choice,
    "choices": _choices,
    "lender_type": _lender_type,
    "ids": _ids,
    "list": _list,
}

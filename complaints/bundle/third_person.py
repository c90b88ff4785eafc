"""The bytes of a third person's statement and consent (docs/formats/witness-statement.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evidence.integrity.digest import canonical

VERSION = 1
TERMS = "1"  # of the words agreed to: `witness-terms-1` of the catalogue
STATEMENT, CONSENT = "witness_statement", "witness_consent"
DESKS = ("police", "regulator", "lender")
LEAST_NAME = 2  # characters: one alone stands in half of all texts


class DocumentUnreadableError(ValueError):
    """Of a later version, or not the document that was looked for: nothing of it is shown."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What happened, in the person's own words. No field for their name or number."""

    relation: str
    guarantor: str
    channel: str
    when: str
    number: str
    who: str
    said: str
    told_of_debt: str
    asked_to_stop: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Who the person is, and the most that may leave for each kind of desk."""

    consents: Mapping[str, str]
    name: str
    phone: str
    may_be_asked: str


@dataclass(frozen=True, kw_only=True)
class Written:
    """Where and when it was written down."""

    link: str  # id of the link
    language: str
    written_at: str  # our clock, UTC, as in custody events


def statement_bytes(answers: Answers, written: Written) -> bytes:
    """The statement as it is kept: RFC 8785, UTF-8."""
    return canonical(_head(STATEMENT, written) | {"answers": asdict(answers)})


def consent_bytes(consent: Consent, written: Written) -> bytes:
    """The consent as it is kept: RFC 8785, UTF-8."""
    told = {**asdict(consent), "consents": dict(consent.consents)}
    return canonical(_head(CONSENT, written) | {"terms": TERMS} | told)


def read_statement(raw: bytes) -> tuple[Answers, Written]:
    """What `statement_bytes` wrote.

    Raises:
        DocumentUnreadableError.
    """
    told = _read(raw, STATEMENT)
    return Answers(**{name: told["answers"][name] for name in Answers.__annotations__}), _of(told)


def read_consent(raw: bytes) -> tuple[Consent, Written]:
    """What `consent_bytes` wrote.

    Raises:
        DocumentUnreadableError.
    """
    told = _read(raw, CONSENT)
    return Consent(**{name: told[name] for name in Consent.__annotations__}), _of(told)


def names_its_writer(answers: Answers, consent: Consent) -> bool:
    """Whether the words hold the name or number that the person wants masked."""
    words = "".join(asdict(answers).values()).replace(" ", "")
    name, phone = consent.name.replace(" ", ""), consent.phone.replace(" ", "")
    secrets = [secret for secret in (name, phone) if len(secret) >= LEAST_NAME]
    return any(secret in words for secret in secrets)


def _head(document: str, written: Written) -> dict[str, Any]:
    return {"v": VERSION, "document": document, **asdict(written)}


def _read(raw: bytes, document: str) -> dict[str, Any]:
    told = json.loads(raw)
    if (told.get("v"), told.get("document")) != (VERSION, document):
        raise DocumentUnreadableError(document)
    return dict(told)


def _of(told: Mapping[str, Any]) -> Written:
    return Written(**{name: told[name] for name in Written.__annotations__})

"""Consent by purpose: what is asked before the first upload, given, withdrawn, and recorded.

The rows are kept by `accounts.consents`; that one was given or withdrawn is a custody event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts import consents as kept
from accounts.models import Consent, User
from evidence import custody, speech_engine
from evidence.custody import Act, Actor, Subject
from evidence.errors import ConsentMissingError, EvidenceError

TEXT_VERSION = "2026-11-23"  # of the texts `purpose-…` in locale/*/evidence.ftl


class UnknownPurposeError(EvidenceError):
    """A purpose that is not asked for here."""

    code = "unknown_purpose"


class ConsentOutdatedError(EvidenceError):
    """The person agreed to another wording than the one that is shown now."""

    code = "consent_outdated"

    def __init__(self, *, version: str) -> None:
        super().__init__(f"the wording now is of {version}")
        self.version = version


@dataclass(frozen=True)
class Purpose:
    """One thing that may be done with a person's data; its texts are `purpose-<name>`."""

    name: str
    is_required: bool


PURPOSES = (
    Purpose("process_evidence", is_required=True),
    Purpose("sensitive_data", is_required=True),
    Purpose("third_person_data", is_required=True),
    Purpose("speech_to_text", is_required=False),
)
# Asked separately, and only where recordings would leave the house for it (PIPL art. 23).
SPEECH_OUTSIDE = Purpose("speech_outside", is_required=False)
NAMES = frozenset(purpose.name for purpose in (*PURPOSES, SPEECH_OUTSIDE))
REQUIRED = tuple(purpose.name for purpose in PURPOSES if purpose.is_required)


def offered() -> tuple[Purpose, ...]:
    """The purposes that are asked for in this house, by its settings."""
    engine = speech_engine.configured()
    return (*PURPOSES, SPEECH_OUTSIDE) if engine and engine.is_outside else PURPOSES


def version_of(purpose: str) -> str:
    """The version of a purpose's words; whoever else gets the recordings is a part of them."""
    if purpose != SPEECH_OUTSIDE.name:
        return TEXT_VERSION
    engine = speech_engine.configured()
    party = engine.party if engine else ""
    return f"{TEXT_VERSION}-{hashlib.sha256(party.encode()).hexdigest()[:12]}"


def speech_purpose() -> str | None:
    """The purpose that a draft of a recording needs here; None while no engine is set up."""
    engine = speech_engine.configured()
    if engine is None:
        return None
    return SPEECH_OUTSIDE.name if engine.is_outside else "speech_to_text"


def is_given(user: User, purpose: str) -> bool:
    """Whether the person agrees to it in today's words."""
    return not kept.missing(user, [purpose], version_of(purpose))


def standing(user: User) -> dict[str, Consent]:
    """The consents that hold now, by purpose."""
    return {row.purpose: row for row in kept.standing(user)}


def require(user: User) -> None:
    """Raise ConsentMissingError unless every required purpose is agreed to in today's words."""
    missing = kept.missing(user, REQUIRED, TEXT_VERSION)
    if missing:
        raise ConsentMissingError(missing)


@transaction.atomic
def give(user: User, purposes: Collection[str], *, version: str) -> None:
    """Keep that `user` agrees to these purposes in the words of `version`.

    Raises:
        UnknownPurposeError, ConsentOutdatedError: nothing is kept.
    """
    _check(purposes)
    for purpose in purposes:
        if version != version_of(purpose):
            raise ConsentOutdatedError(version=version_of(purpose))
    for consent in kept.give(user, purposes, version):
        _record(user, Act.CONSENTED, consent.purpose)


@transaction.atomic
def withdraw(user: User, purpose: str) -> None:
    """Keep that `user` no longer agrees; what was done until now stays lawful (PIPL art. 15)."""
    _check([purpose])
    if kept.withdraw(user, purpose):
        _record(user, Act.CONSENT_WITHDRAWN, purpose)


def _check(purposes: Collection[str]) -> None:
    if not NAMES.issuperset(purposes):
        raise UnknownPurposeError("not one of ours")


def _record(user: User, act: Act, purpose: str) -> None:
    facts = {"purpose": purpose, "text_version": version_of(purpose)}
    custody.record(Subject.ACCOUNT, user.pk, act, actor=Actor.of(user), facts=facts)

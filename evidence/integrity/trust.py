"""`trust.json`: which keys and certificates speak for this house, and since when until when.

Signed by the house key, whose fingerprint is printed on paper (docs/formats/trust.md). A verdict
that was not told the fingerprint may read the list, but knows nothing of who wrote it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence.errors import EvidenceError
from evidence.integrity import signing
from evidence.integrity.certificates import load_certificate
from evidence.integrity.digest import NotCanonicalError, canonical, read_canonical
from evidence.integrity.times import TimeFormatError, read_time, write_time

VERSION = 1


class TrustFormatError(EvidenceError):
    """These bytes are no trust.json v1."""

    code = "trust_malformed"


class TrustVersionError(EvidenceError):
    """A trust.json of a later version: it cannot be checked here."""

    code = "trust_version_unknown"


class ForeignHouseError(EvidenceError):
    """The list is another house's than the one whose fingerprint was given."""

    code = "trust_foreign_house"

    def __init__(self, *, expected: str, found: str) -> None:
        super().__init__(f"expected the house key {expected}, found {found}")
        self.expected = expected
        self.found = found


class KeyNotListedError(EvidenceError):
    """The house does not list this key or certificate in this role at this time."""

    code = "trust_key_not_listed"


class Role(StrEnum):
    """What a listed key may do; each key does one thing."""

    LOG = "log"  # checkpoints and receipts
    MANIFEST = "manifest"  # exhibits.json and package.json
    PDF_SIGNER = "pdf_signer"
    EMBEDDED_TSA = "embedded_tsa"
    CA = "ca"  # of the two certificates above


CERTIFIED = frozenset({Role.PDF_SIGNER, Role.EMBEDDED_TSA, Role.CA})


@dataclass(frozen=True)
class Entry:
    """One key in one role, from `not_before` until `not_after` (None: still in use).

    `key` is SubjectPublicKeyInfo DER; `certificate` is DER, None for the plain Ed25519 keys
    (in the roles outside `CERTIFIED`).
    """

    role: Role
    key: bytes
    certificate: bytes | None
    not_before: datetime
    not_after: datetime | None

    @property
    def fingerprint(self) -> str:
        """Of the listed key."""
        return signing.fingerprint(signing.load_spki(self.key))

    def covers(self, at: datetime) -> bool:
        """Whether the key was in use at that time; the end itself is outside."""
        return self.not_before <= at and (self.not_after is None or at < self.not_after)

    def public_key(self) -> Ed25519PublicKey:
        """The Ed25519 key of the roles log and manifest."""
        key = signing.load_spki(self.key)
        if not isinstance(key, Ed25519PublicKey):
            raise KeyNotListedError(f"{self.role} has no Ed25519 key here")
        return key

    def load_certificate(self) -> x509.Certificate:
        """The certificate of the roles pdf_signer, embedded_tsa and ca."""
        if self.certificate is None:
            raise KeyNotListedError(f"{self.role} has no certificate here")
        return load_certificate(self.certificate)


@dataclass(frozen=True)
class Trust:
    """The list as read. `is_pinned`: its fingerprint was given from outside, and agreed."""

    house: bytes  # SubjectPublicKeyInfo DER of the house key
    origin: str  # of the house's log
    issued_at: datetime
    entries: tuple[Entry, ...]
    is_pinned: bool

    @property
    def fingerprint(self) -> str:
        """Of the house key: what stands on the paper complaint."""
        return signing.fingerprint(signing.load_spki(self.house))

    def of(self, role: Role, *, at: datetime | None = None) -> list[Entry]:
        """Entries of a role, newest first; with `at`, only those in use at that time."""
        found = [e for e in self.entries if e.role == role and (at is None or e.covers(at))]
        return sorted(found, key=lambda entry: entry.not_before, reverse=True)

    def find(self, role: Role, fingerprint: str, *, at: datetime) -> Entry:
        """The entry of this key in this role at that time; raises KeyNotListedError."""
        for entry in self.of(role, at=at):
            if entry.fingerprint == fingerprint:
                return entry
        raise KeyNotListedError(f"no {role} key {fingerprint} at {write_time(at)}")

    def certificates(self, role: Role) -> list[x509.Certificate]:
        """Every certificate ever listed in a role: the CA's are the house's own roots."""
        return [entry.load_certificate() for entry in self.of(role)]


def write_trust(
    house_key: Ed25519PrivateKey, *, origin: str, issued_at: datetime, entries: Sequence[Entry]
) -> bytes:
    """A signed statement (domain `liuzheng/trust/v1`) that lists the entries, oldest first."""
    house = house_key.public_key()
    raw = canonical(
        {
            "v": VERSION,
            "house": _b64(signing.spki(house)),
            "origin": origin,
            "issued_at": write_time(issued_at),
            "entries": [_write_entry(entry) for entry in entries],
        }
    )
    return signing.write_statement(raw, signing.sign(house_key, signing.Domain.TRUST, raw), house)


def read_trust(raw: bytes, fingerprint: str | None = None) -> Trust:
    """Read trust.json and verify that the house key it names has signed it.

    Args:
        raw: the file's bytes.
        fingerprint: of the house key, from paper or from `--trust`; upper case, spaces and
            colons are forgiven. Without it the list is only consistent with itself.

    Raises:
        ForeignHouseError: another house's. SignatureMismatchError: changed after signing.
        TrustFormatError, TrustVersionError, StatementFormatError: it cannot be read.
    """
    statement = signing.read_statement(raw)
    trust = _read(statement.raw, is_pinned=fingerprint is not None)
    house = signing.load_spki(trust.house)
    if not isinstance(house, Ed25519PublicKey):
        raise TrustFormatError("the house key is no Ed25519 key")
    if statement.fingerprint != trust.fingerprint:
        raise TrustFormatError("the statement names another key than the list")
    if fingerprint is not None and plain_fingerprint(fingerprint) != trust.fingerprint:
        raise ForeignHouseError(expected=plain_fingerprint(fingerprint), found=trust.fingerprint)
    signing.verify(house, signing.Domain.TRUST, statement.raw, statement.signature)
    return trust


def plain_fingerprint(text: str) -> str:
    """A fingerprint as somebody typed it, as 64 lower-case hex digits.

    Raises:
        TrustFormatError: it is none.
    """
    plain = "".join(text.replace(":", "").split()).lower()
    if len(plain) != 64 or set(plain) - set("0123456789abcdef"):
        raise TrustFormatError("a fingerprint has 64 hex digits")
    return plain


def write_entries(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries as JSON values, as trust.json and the house's own file hold them."""
    return [_write_entry(entry) for entry in entries]


def read_entries(values: Any) -> tuple[Entry, ...]:
    """What `write_entries` wrote; raises TrustFormatError."""
    try:
        return tuple(_read_entry(value) for value in values)
    except (
        KeyError,
        TypeError,
        ValueError,
        binascii.Error,
        TimeFormatError,
        EvidenceError,
    ) as cause:
        raise TrustFormatError("an entry of the list cannot be read") from cause


def _read(raw: bytes, *, is_pinned: bool) -> Trust:
    try:
        value = read_canonical(raw)
        version = value.get("v") if isinstance(value, dict) else None
        if type(version) is int and version > VERSION:
            raise TrustVersionError(f"trust.json version {version}")
        if version != VERSION or sorted(value) != ["entries", "house", "issued_at", "origin", "v"]:
            raise TrustFormatError("its members are not those of v1")
        return Trust(
            house=_unb64(value["house"]),
            origin=str(value["origin"]),
            issued_at=read_time(value["issued_at"]),
            entries=read_entries(value["entries"]),
            is_pinned=is_pinned,
        )
    except (NotCanonicalError, TimeFormatError, TypeError, ValueError, binascii.Error) as cause:
        raise TrustFormatError("not a trust.json") from cause


def _write_entry(entry: Entry) -> dict[str, Any]:
    return {
        "role": str(entry.role),
        "fingerprint": entry.fingerprint,
        "key": _b64(entry.key),
        "certificate": None if entry.certificate is None else _b64(entry.certificate),
        "not_before": write_time(entry.not_before),
        "not_after": None if entry.not_after is None else write_time(entry.not_after),
    }


def _read_entry(value: Any) -> Entry:
    certificate, not_after = value["certificate"], value["not_after"]
    entry = Entry(
        role=Role(value["role"]),
        key=_unb64(value["key"]),
        certificate=None if certificate is None else _unb64(certificate),
        not_before=read_time(value["not_before"]),
        not_after=None if not_after is None else read_time(not_after),
    )
    if _write_entry(entry) != value:
        raise TrustFormatError("an entry has other members, or its fingerprint is another key's")
    if (entry.certificate is not None) != (entry.role in CERTIFIED):
        raise TrustFormatError(f"a certificate is missing or needless in the role {entry.role}")
    if entry.certificate is not None:
        key = entry.load_certificate().public_key()
        if signing.spki(key) != entry.key:
            raise TrustFormatError("an entry's certificate is for another key")
    return entry


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unb64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

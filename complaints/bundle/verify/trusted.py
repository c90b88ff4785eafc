"""What the person who checks brings along: house keys' fingerprints, and roots of outside TSAs.

Roots come from the verifier's own dated list (roots.json), from another list (`--roots`) or one by
one (`--trust`); never from a package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from complaints.errors import ComplaintError
from evidence.errors import EvidenceError
from evidence.integrity.certificates import certificate_fingerprint
from evidence.integrity.timestamp import Token
from evidence.integrity.trust import Trust, TrustFormatError, plain_fingerprint, read_trust

MAX_FILE_BYTES = 4 * 1024 * 1024
ROOTS = Path(__file__).with_name("roots.json")
ROOTS_MEMBERS = {"v", "as_of", "note", "roots"}
ROOT_MEMBERS = {"name", "certificate", "sha256", "source", "collected_on", "until"}


class TrustArgumentError(ComplaintError):
    """A `--trust` is no fingerprint, trust.json or PEM; or a `--roots` is no list of roots."""

    code = "trust_argument"


@dataclass(frozen=True)
class Roots:
    """A dated list of roots of outside TSAs (docs/verify.md, "Whose roots")."""

    as_of: str  # the day on which it was written, YYYY-MM-DD
    certificates: tuple[x509.Certificate, ...]

    @classmethod
    def read(cls, path: Path) -> Roots:
        """A list from a file.

        Raises:
            TrustArgumentError: it is none, or a certificate is not the one that it is said to be.
        """
        try:
            value: Any = json.loads(_read(str(path)))
            if value["v"] != 1 or value.keys() != ROOTS_MEMBERS:
                raise ValueError("not a list of version 1")
            as_of = date.fromisoformat(value["as_of"]).isoformat()
            return cls(as_of, tuple(_root(entry) for entry in value["roots"]))
        except (AttributeError, KeyError, TypeError, ValueError) as cause:
            raise TrustArgumentError("no list of roots") from cause


@dataclass(frozen=True)
class Trusted:
    """Fingerprints of house keys, roots of outside TSAs, and the moment as of which is judged."""

    houses: frozenset[str] = frozenset()
    given: tuple[x509.Certificate, ...] = ()  # roots, one by one
    listed: Roots | None = None
    at: datetime | None = None  # None: now
    lists: tuple[Trust, ...] = ()  # of keys, given whole

    @classmethod
    def of(
        cls, arguments: Iterable[str], *, roots: Path = ROOTS, at: datetime | None = None
    ) -> Trusted:
        """Read `--trust` arguments, any number of them, and a list of roots.

        Raises:
            TrustArgumentError: one of them is nothing of the kind.
        """
        houses: set[str] = set()
        given: list[x509.Certificate] = []
        lists: list[Trust] = []
        for argument in arguments:
            try:
                houses.add(plain_fingerprint(argument))
                continue
            except TrustFormatError:
                data = _read(argument)
            if b"-----BEGIN CERTIFICATE-----" in data:
                given += _certificates(data)
                continue
            try:
                lists.append(read_trust(data))
            except EvidenceError as cause:
                raise TrustArgumentError("neither trust.json nor a PEM of certificates") from cause
        houses |= {each.fingerprint for each in lists}
        return cls(frozenset(houses), tuple(given), Roots.read(roots), at, tuple(lists))

    @property
    def roots(self) -> tuple[x509.Certificate, ...]:
        """Every root of an outside TSA that counts."""
        return (*self.given, *(self.listed.certificates if self.listed is not None else ()))

    @property
    def as_of(self) -> str:
        """The day of the list of roots that is used; "-" without one."""
        return "-" if self.listed is None else self.listed.as_of

    @property
    def moment(self) -> datetime:
        """As of when stamps are judged."""
        return datetime.now(UTC) if self.at is None else self.at

    def newest(self, own: Trust) -> Trust:
        """A package's list of keys, or a later one of the same house that was given."""
        same = [each for each in self.lists if each.fingerprint == own.fingerprint]
        return max((own, *same), key=lambda each: each.issued_at)

    def was_given(self, token: Token) -> bool:
        """Whether the root of an outside token was given one by one, and is not just listed."""
        return token.chain[-1] in {certificate_fingerprint(each) for each in self.given}


def _root(entry: dict[str, Any]) -> x509.Certificate:
    """One root of a list, the very certificate that the list names by its digest."""
    if entry.keys() != ROOT_MEMBERS or not entry["source"]:
        raise ValueError("not a root with its source")
    date.fromisoformat(entry["collected_on"])
    certificate = x509.load_pem_x509_certificate(entry["certificate"].encode("ascii"))
    if certificate.fingerprint(hashes.SHA256()).hex() != entry["sha256"]:
        raise ValueError("another certificate than the one named")
    if certificate.not_valid_after_utc.date().isoformat() != entry["until"]:
        raise ValueError("valid until another day")
    return certificate


def _read(argument: str) -> bytes:
    try:
        with Path(argument).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as cause:
        raise TrustArgumentError("no fingerprint, and no file of that name") from cause
    if len(data) > MAX_FILE_BYTES:
        raise TrustArgumentError("the file is too large")
    return data


def _certificates(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError as cause:
        raise TrustArgumentError("a PEM that holds no certificate") from cause

"""What the person who checks brings along: fingerprints of houses, roots of outside TSAs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from complaints.errors import ComplaintError
from evidence.errors import EvidenceError
from evidence.integrity.trust import TrustFormatError, plain_fingerprint, read_trust

MAX_FILE_BYTES = 4 * 1024 * 1024


class TrustArgumentError(ComplaintError):
    """A `--trust` is neither a fingerprint, nor a trust.json, nor a PEM of certificates."""

    code = "trust_argument"


@dataclass(frozen=True)
class Trusted:
    """Fingerprints of house keys, and roots of outside TSAs; never taken from a package."""

    houses: frozenset[str] = frozenset()
    roots: tuple[x509.Certificate, ...] = ()

    @classmethod
    def of(cls, arguments: Iterable[str]) -> Trusted:
        """Read `--trust` arguments, any number of them.

        Raises:
            TrustArgumentError: one of them is nothing of the kind.
        """
        houses: set[str] = set()
        roots: list[x509.Certificate] = []
        for argument in arguments:
            try:
                houses.add(plain_fingerprint(argument))
                continue
            except TrustFormatError:
                data = _read(argument)
            if b"-----BEGIN CERTIFICATE-----" in data:
                roots += _certificates(data)
                continue
            try:
                houses.add(read_trust(data).fingerprint)
            except EvidenceError as cause:
                raise TrustArgumentError("neither trust.json nor a PEM of certificates") from cause
        return cls(frozenset(houses), tuple(roots))


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

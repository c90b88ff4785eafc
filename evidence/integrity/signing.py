"""Ed25519 keys: make, keep, name by fingerprint, sign within a domain; and the signed statement.

docs/formats/trust.md, "Signatures" and "Signed statement".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

from evidence.errors import EvidenceError
from evidence.integrity.digest import NotCanonicalError, canonical, read_canonical


class SignatureMismatchError(EvidenceError):
    """The signature is not this key's over these bytes."""

    code = "signature_mismatch"


class KeyUnreadableError(EvidenceError):
    """These bytes are no key of the kind that is needed."""

    code = "key_unreadable"


class StatementFormatError(EvidenceError):
    """These bytes are no signed statement of the kind that is needed."""

    code = "statement_malformed"


class Domain(StrEnum):
    """What a signature is about. Part of the signed bytes, so none can pass for another."""

    RECEIPT = "liuzheng/receipt/v1"
    TRUST = "liuzheng/trust/v1"
    EXHIBITS = "liuzheng/exhibits/v1"
    PACKAGE = "liuzheng/package/v1"


@dataclass(frozen=True)
class Statement:
    """A signed statement as read, not yet verified: `raw` is the signed text's bytes."""

    raw: bytes
    signature: bytes
    fingerprint: str  # of the key that is said to have signed


def sign(key: Ed25519PrivateKey, domain: Domain, raw: bytes) -> bytes:
    """64 bytes: Ed25519 over the domain, one line feed, the raw bytes."""
    return key.sign(domain.encode("ascii") + b"\n" + raw)


def verify(key: Ed25519PublicKey, domain: Domain, raw: bytes, signature: bytes) -> None:
    """Raise SignatureMismatchError unless `signature` is this key's over these bytes."""
    try:
        key.verify(signature, domain.encode("ascii") + b"\n" + raw)
    except InvalidSignature as cause:
        raise SignatureMismatchError(f"not signed as {domain} by {fingerprint(key)}") from cause


def fingerprint(key: PublicKeyTypes) -> str:
    """SHA-256 of the key's SubjectPublicKeyInfo in DER: 64 lower-case hex digits."""
    return hashlib.sha256(spki(key)).hexdigest()


def grouped(fingerprint_hex: str) -> str:
    """For paper and eye: sixteen groups of four digits."""
    return " ".join(fingerprint_hex[i : i + 4] for i in range(0, len(fingerprint_hex), 4))


def spki(key: PublicKeyTypes) -> bytes:
    """SubjectPublicKeyInfo in DER."""
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def private_pem(key: PrivateKeyTypes) -> bytes:
    """PKCS #8 PEM without a passphrase: the file's mode 0600 guards it."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def load_private(pem: bytes) -> PrivateKeyTypes:
    """Read what `private_pem` wrote.

    Of an RSA key the library would look whether its factors are prime, a fifth of a second each
    time. We made them so; what can happen to a file is that a number in it is changed.
    """
    try:
        key = serialization.load_pem_private_key(
            pem, password=None, unsafe_skip_rsa_key_validation=True
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
        raise KeyUnreadableError("no private key in PKCS #8 PEM") from cause
    if isinstance(key, RSAPrivateKey) and not _agrees(key):
        raise KeyUnreadableError("the numbers of the RSA key do not belong together")
    return key


def load_ed25519(pem: bytes) -> Ed25519PrivateKey:
    """Read what `private_pem` wrote, and refuse any other kind of key."""
    key = load_private(pem)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadableError("not an Ed25519 private key")
    return key


def load_spki(der: bytes) -> PublicKeyTypes:
    """Read a public key from SubjectPublicKeyInfo DER."""
    try:
        return serialization.load_der_public_key(der)
    except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
        raise KeyUnreadableError("no public key in SubjectPublicKeyInfo DER") from cause


def _agrees(key: RSAPrivateKey) -> bool:
    """Whether each number of the key is what the others say (RFC 8017 §3.2)."""
    numbers = key.private_numbers()
    public, p, q = numbers.public_numbers, numbers.p, numbers.q
    return (
        min(p, q) > 1
        and p * q == public.n
        and numbers.dmp1 == numbers.d % (p - 1)
        and numbers.dmq1 == numbers.d % (q - 1)
        and public.e * numbers.dmp1 % (p - 1) == 1
        and public.e * numbers.dmq1 % (q - 1) == 1
        and q * numbers.iqmp % p == 1
    )


def write_statement(raw: bytes, signature: bytes, key: Ed25519PublicKey) -> bytes:
    """One file that holds a signed text, its signature and the signer's fingerprint."""
    return canonical(
        {
            "key": fingerprint(key),
            "signature": base64.b64encode(signature).decode("ascii"),
            "text": raw.decode("utf-8"),
        }
    )


def read_statement(data: bytes) -> Statement:
    """Take such a file apart, strictly. Nothing is verified yet.

    Raises:
        StatementFormatError: not such a file, or one that was written anew by another hand.
    """
    try:
        value: Any = read_canonical(data)
        if sorted(value) != ["key", "signature", "text"]:
            raise StatementFormatError("its members are not key, signature and text")
        signature = base64.b64decode(value["signature"], validate=True)
        return Statement(value["text"].encode("utf-8"), signature, str(value["key"]))
    except (NotCanonicalError, TypeError, AttributeError, binascii.Error, ValueError) as cause:
        raise StatementFormatError("not a signed statement") from cause

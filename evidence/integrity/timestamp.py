"""RFC 3161 from our side: ask for a token, and judge one completely (docs/formats/timestamp.md).

Every check is our own; rfc3161-client is heard as a second judge where it can read the response
(it refuses certificate sets in another order than DER's, which openssl-based TSAs send).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from asn1crypto import tsp
from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from evidence.integrity import algorithms
from evidence.integrity.certificate_chain import find_chain
from evidence.integrity.certificates import certificate_fingerprint
from evidence.integrity.timestamp_certificate import (
    check_certificate_ids,
    check_usage,
    find_certificate,
)
from evidence.integrity.timestamp_errors import (
    TimeStampAlgorithmError,
    TimeStampAttributeError,
    TimeStampCertificateIdError,
    TimeStampCertificateMissingError,
    TimeStampChainError,
    TimeStampClockError,
    TimeStampEncodingError,
    TimeStampError,
    TimeStampExtensionError,
    TimeStampImprintError,
    TimeStampNonceError,
    TimeStampNotGrantedError,
    TimeStampPolicyError,
    TimeStampSignatureError,
    TimeStampUnreadableError,
    TimeStampUsageError,
    TimeStampValidityError,
)
from evidence.integrity.timestamp_response import Response, Signer, read_response, shown
from evidence.integrity.timestamp_signature import verify_signature

__all__ = [
    "Anchor",
    "Response",
    "SecondOpinion",
    "TimeStampAlgorithmError",
    "TimeStampAttributeError",
    "TimeStampCertificateIdError",
    "TimeStampCertificateMissingError",
    "TimeStampChainError",
    "TimeStampClockError",
    "TimeStampEncodingError",
    "TimeStampError",
    "TimeStampExtensionError",
    "TimeStampImprintError",
    "TimeStampNonceError",
    "TimeStampNotGrantedError",
    "TimeStampPolicyError",
    "TimeStampSignatureError",
    "TimeStampUnreadableError",
    "TimeStampUsageError",
    "TimeStampValidityError",
    "Token",
    "build_request",
    "check_clock",
    "read_response",
    "verify_response",
]

IMPRINT_ALGORITHMS = {32: "sha256", 48: "sha384", 64: "sha512"}
OWN_CHECKS = "liuzheng"


class Anchor(StrEnum):
    """Where the chain of a token ends."""

    GIVEN = "given"  # at a root of an outside TSA that the caller trusts
    OWN = "own"  # at the house's own root: self-issued
    ELSEWHERE = "elsewhere"  # at neither: counts as self-issued, whatever it says of itself


class SecondOpinion(StrEnum):
    """What rfc3161-client said of the same response."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # e.g. algorithms or `granted_with_mods`, which it does not take
    UNREADABLE = "unreadable"
    NOT_ASKED = "not_asked"  # without a root it has nothing to say


@dataclass(frozen=True)
class Token:
    """A time-stamp token that held. `gen_time` is UTC; `valid_until` is the first end of a
    certificate in its chain: before it the token must be renewed.
    """

    gen_time: datetime
    accuracy_us: int | None
    serial: int
    policy: str
    tsa_name: str
    algorithm: str  # of the imprint
    certificate_fingerprint: str  # of the TSA's public key
    valid_until: datetime
    chain: tuple[str, ...]  # fingerprints of the public keys, the TSA's own first, the root's last
    algorithms: tuple[str, ...]  # what it stands on, as algorithms.json names it, sorted
    anchor: Anchor
    verifier: str  # who decided: "liuzheng" or "liuzheng, rfc3161-client"
    second_opinion: SecondOpinion

    @property
    def is_self_issued(self) -> bool:
        """True unless the chain ends at a root that was given as an outside TSA's."""
        return self.anchor is not Anchor.GIVEN


def build_request(digest: bytes, nonce: int, *, policy: str | None = None) -> bytes:
    """A DER TimeStampReq for a SHA-256, SHA-384 or SHA-512 digest, certificates asked for.

    Args:
        digest: 32, 48 or 64 bytes.
        nonce: a fresh random number of at least 64 bits; kept to compare with the answer.
        policy: OID in dotted form, when the TSA is to use that one.
    """
    values = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": IMPRINT_ALGORITHMS[len(digest)]},
            "hashed_message": digest,
        },
        "nonce": nonce,
        "cert_req": True,
    }
    if policy is not None:
        values["req_policy"] = policy
    return bytes(tsp.TimeStampReq(values).dump())


def verify_response(
    der: bytes,
    digest: bytes,
    *,
    roots: Sequence[x509.Certificate],
    own_roots: Sequence[x509.Certificate] = (),
    nonce: int | None = None,
    policies: Collection[str] | None = None,
    certificates: Sequence[x509.Certificate] = (),
    elsewhere: bool = False,
) -> Token:
    """Judge a whole response as of the time it states; return its token or raise why not.

    Args:
        der: the response as received and kept.
        digest: of what was to be stamped.
        roots: of outside TSAs, from the verifier's own list or settings, never from a package.
        own_roots: of the house itself; a chain that ends there is self-issued.
        nonce: of the request, where it is known.
        policies: accepted OIDs; None accepts any.
        certificates: more certificates for the chain, untrusted (a token may carry none).
        elsewhere: True: a chain that ends at no root is returned with `Anchor.ELSEWHERE` instead
            of raising; all else is checked as ever.

    Raises:
        TimeStampError: one of the named ones in `timestamp_errors`.
    """
    response = read_response(der)
    # 1. granted  2. over this digest  3. for this request  4. under a policy we take
    signer, gen_time = _check_statement(response, digest, nonce=nonce, policies=policies)
    # 5. the signer's certificate, as the signer itself named it
    available = [*response.certificates, *certificates]
    certificate = find_certificate(response, signer, available)
    check_certificate_ids(signer, certificate)
    # 6. its one purpose  7. attributes and signature  8. its chain at the stamped time
    check_usage(certificate)
    verify_signature(signer, response.content, certificate)
    anchor, chain = _find_anchor(
        certificate, available, roots, own_roots, at=gen_time, elsewhere=elsewhere
    )
    opinion = _ask_second(der, digest, chain, anchor, nonce=nonce)
    return Token(
        gen_time=gen_time,
        accuracy_us=response.accuracy_us,
        serial=response.serial,
        policy=response.policy,
        tsa_name=response.tsa_name or shown(certificate.subject.rfc4514_string()),
        algorithm=response.imprint_algorithm,
        certificate_fingerprint=certificate_fingerprint(certificate),
        valid_until=min(each.not_valid_after_utc for each in chain),
        chain=tuple(certificate_fingerprint(each) for each in chain),
        algorithms=algorithms.used(response.imprint_algorithm, signer, chain),
        anchor=anchor,
        verifier=(
            f"{OWN_CHECKS}, rfc3161-client" if opinion == SecondOpinion.ACCEPTED else OWN_CHECKS
        ),
        second_opinion=opinion,
    )


def check_clock(token: Token, *, now: datetime, tolerance: timedelta) -> None:
    """Raise TimeStampClockError unless the stamped time is ours, within the tolerance.

    Only for a token that was asked for just now: of two clocks that differ, one is wrong, and
    such a stamp would prove a time that nobody can explain.
    """
    if abs(token.gen_time - now) > tolerance:
        raise TimeStampClockError("the stamped time is far from our own clock")


def _check_statement(
    response: Response, digest: bytes, *, nonce: int | None, policies: Collection[str] | None
) -> tuple[Signer, datetime]:
    signer, gen_time = response.signer, response.gen_time
    if not response.is_granted or signer is None or gen_time is None:
        raise TimeStampNotGrantedError(status=response.status, failure=response.failure)
    if response.imprint_algorithm != IMPRINT_ALGORITHMS.get(len(digest)):
        raise TimeStampImprintError("the imprint's algorithm is not that of the digest")
    if response.imprint != digest:
        raise TimeStampImprintError("the token is over other bytes")
    if nonce is not None and response.nonce != nonce:
        raise TimeStampNonceError("the token answers another request")
    if policies is not None and response.policy not in policies:
        raise TimeStampPolicyError(f"policy {response.policy}")
    if response.critical_extensions:
        raise TimeStampExtensionError(f"extension {response.critical_extensions[0]}")
    return signer, gen_time.astimezone(UTC)


def _find_anchor(
    certificate: x509.Certificate,
    between: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    own_roots: Sequence[x509.Certificate],
    *,
    at: datetime,
    elsewhere: bool,
) -> tuple[Anchor, tuple[x509.Certificate, ...]]:
    """Own roots first: a house cannot be its own stranger, even if somebody lists its root."""
    for anchor, given in ((Anchor.OWN, own_roots), (Anchor.GIVEN, roots)):
        try:
            return anchor, find_chain(certificate, between=between, roots=given, at=at)
        except TimeStampChainError:
            continue
    if not elsewhere:
        raise TimeStampChainError("the chain ends at no given root")
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise TimeStampValidityError("the TSA's certificate was not valid then")
    return Anchor.ELSEWHERE, (certificate,)


def _ask_second(
    der: bytes,
    digest: bytes,
    chain: tuple[x509.Certificate, ...],
    anchor: Anchor,
    *,
    nonce: int | None,
) -> SecondOpinion:
    if anchor is Anchor.ELSEWHERE:
        return SecondOpinion.NOT_ASKED
    judge = VerifierBuilder(
        tsa_certificate=chain[0],
        intermediates=list(chain[1:-1]),
        roots=[chain[-1]],
        nonce=nonce,
    ).build()
    try:
        response = decode_timestamp_response(der)
    except ValueError:
        return SecondOpinion.UNREADABLE
    try:
        judge.verify(response, digest)
    except (VerificationError, ValueError):
        return SecondOpinion.REFUSED
    return SecondOpinion.ACCEPTED

"""From a certificate up to a given root, as of a given time (RFC 5280 §6, what it needs of it).

No revocation here: a token is judged by what was valid when it was made, and lists are kept and
read by those who have them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from evidence.integrity.timestamp_errors import (
    TimeStampAlgorithmError,
    TimeStampChainError,
    TimeStampError,
    TimeStampUsageError,
    TimeStampValidityError,
)

MAX_LENGTH = 8
MAX_STEPS = 400  # signatures tried on the way up: crossed certificates would lead round for ever
MIN_RSA_BITS, MIN_CURVE_BITS = 2048, 256
STAMPING = frozenset(
    [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]
)
WEAK = (hashes.MD5, hashes.SHA1)
UNDERSTOOD = frozenset(
    [
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.CERTIFICATE_POLICIES,
    ]
)


def find_chain(
    leaf: x509.Certificate,
    *,
    between: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> tuple[x509.Certificate, ...]:
    """The certificates from the leaf to a root, both included, all valid at that time.

    Args:
        leaf: whose chain it is.
        between: untrusted certificates that may stand in the middle, in any order.
        roots: where a chain may end; they are trusted because the caller gave them.
        at: the stamped time, aware.

    Raises:
        TimeStampChainError: no way leads to a root.
        TimeStampValidityError, TimeStampAlgorithmError, TimeStampUsageError: a way leads there,
            but not at that time, not by algorithms that still count, or not for time-stamping.
    """
    failures: list[TimeStampError] = []
    for chain in _ways(leaf, between, roots):
        try:
            _check(chain, at)
        except TimeStampError as failure:
            failures.append(failure)
        else:
            return chain
    raise failures[0] if failures else TimeStampChainError("the chain ends at no given root")


def _ways(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
) -> Iterator[tuple[x509.Certificate, ...]]:
    """The ways up, shortest first; no certificate twice in one. It gives up after MAX_STEPS."""
    begun: deque[tuple[x509.Certificate, ...]] = deque([(leaf,)])
    steps = 0
    while begun:
        way = begun.popleft()
        if way[-1] in roots:
            yield way
            continue
        for issuer in (*roots, *between):
            if issuer in way or issuer.subject != way[-1].issuer or len(way) >= MAX_LENGTH:
                continue
            steps += 1
            if steps > MAX_STEPS:
                return
            if _issued(way[-1], issuer):
                begun.append((*way, issuer))


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return _may_issue(issuer)


def _may_issue(issuer: x509.Certificate) -> bool:
    """A CA by its basic constraints and, where it says what its key is for, by key usage."""
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return constraints.ca
    return constraints.ca and usage.key_cert_sign


def _check(chain: tuple[x509.Certificate, ...], at: datetime) -> None:
    for height, certificate in enumerate(chain):
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise TimeStampValidityError(f"certificate {height} of the chain was not valid then")
        is_root = height == len(chain) - 1  # its own signature proves nothing and is not asked
        if not is_root and isinstance(_hash(certificate), WEAK):
            raise TimeStampAlgorithmError(f"certificate {height} is signed over a weak digest")
        if not _is_strong(certificate):
            raise TimeStampAlgorithmError(f"certificate {height} has a key that is too short")
        for extension in certificate.extensions:
            if extension.critical and extension.oid not in UNDERSTOOD:
                raise TimeStampChainError(f"certificate {height} has an unknown critical extension")
        if height and not is_root and not _may_lead_to_stamps(certificate):
            raise TimeStampUsageError(f"certificate {height} may not lead to time-stamping")
        if height:
            constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
            longest = constraints.value.path_length
            if longest is not None and height - 1 > longest:
                raise TimeStampChainError(f"certificate {height} allows a shorter chain only")


def _hash(certificate: x509.Certificate) -> hashes.HashAlgorithm | None:
    try:
        return certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None  # verify_directly_issued_by accepted it: an algorithm without a digest


def _is_strong(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= MIN_RSA_BITS
    return not isinstance(key, ec.EllipticCurvePublicKey) or key.key_size >= MIN_CURVE_BITS


def _may_lead_to_stamps(issuer: x509.Certificate) -> bool:
    """A CA that is confined to other uses (a web server's) cannot make a TSA."""
    try:
        purposes = issuer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return not STAMPING.isdisjoint(purposes)

"""Whose certificate a token is signed by, and whether that is its one purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence.integrity.certificates import certificate_der
from evidence.integrity.timestamp_errors import (
    TimeStampAlgorithmError,
    TimeStampCertificateIdError,
    TimeStampCertificateMissingError,
    TimeStampUsageError,
)
from evidence.integrity.timestamp_response import Response, Signer

# SHA-1 is enough here: the id picks a certificate, it does not carry the proof.
CERTIFICATE_ID_ALGORITHMS = frozenset(["sha1", "sha256", "sha384", "sha512"])


def find_certificate(
    response: Response, signer: Signer, available: Sequence[x509.Certificate]
) -> x509.Certificate:
    """The certificate that the signer names, out of the token or given beside it.

    Raises:
        TimeStampCertificateMissingError: it is in neither.
    """
    for certificate in available:
        if signer.key_identifier is not None:
            if signer.key_identifier == _key_identifier(certificate):
                return certificate
        elif certificate.serial_number == signer.serial and _is_name(
            signer.issuer, certificate.issuer
        ):
            return certificate
    unreadable = response.unreadable_certificates
    raise TimeStampCertificateMissingError(
        f"the TSA's certificate is not here ({unreadable} in the token cannot be read)"
    )


def check_certificate_ids(signer: Signer, certificate: x509.Certificate) -> None:
    """The signed ids (RFC 3161 §2.4.2, RFC 5816) name this certificate, or it was exchanged."""
    if not signer.certificate_ids:
        raise TimeStampCertificateIdError("no signed certificate id")
    for named in signer.certificate_ids:
        if named.algorithm not in CERTIFICATE_ID_ALGORITHMS:
            raise TimeStampAlgorithmError("a certificate id of an unknown algorithm")
        if hashlib.new(named.algorithm, certificate_der(certificate)).digest() != named.digest:
            raise TimeStampCertificateIdError("the signed id names another certificate")
        if named.serial is not None and (
            named.serial != certificate.serial_number
            or not _is_name(named.issuer, certificate.issuer)
        ):
            raise TimeStampCertificateIdError("the signed id names another issuer or serial")


def check_usage(certificate: x509.Certificate) -> None:
    """RFC 3161 §2.3: extended key usage critical and time-stamping alone.

    Raises:
        TimeStampUsageError: any other use.
    """
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, ValueError) as cause:
        raise TimeStampUsageError("no extended key usage") from cause
    if not purposes.critical:
        raise TimeStampUsageError("the extended key usage is not critical")
    if list(purposes.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise TimeStampUsageError("the certificate is not for time-stamping alone")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise TimeStampUsageError("the certificate's key is not for signatures")


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, ValueError):
        return None
    return found.value.digest


def _is_name(name: Any, of: x509.Name) -> bool:
    """RFC 5280 §7.1: the same name, however its strings are spelled."""
    der = of.public_bytes()
    # Without the tag that a name within an id has, which may be of another kind, too.
    if isinstance(name, asn1_x509.Name) and der == name.chosen.dump():
        return True  # spelled alike, as nearly always: to compare letter by letter is slow
    try:
        return bool(asn1_x509.Name.load(der) == name)
    except ValueError:  # a string of no kind that names have: equal to nothing
        return False

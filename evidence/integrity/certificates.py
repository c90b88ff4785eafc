"""The house's own certificates: its CA, the PDF signer, the embedded TSA, the CA's CRL.

Profiles that pyHanko (PAdES) and `openssl ts -verify` accept; docs/formats/trust.md,
"Certificates". Times by argument: nothing here looks at a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evidence.errors import EvidenceError
from evidence.integrity import signing

RSA_BITS = 3072
CA_YEARS, TSA_YEARS, PDF_YEARS = 20, 10, 5
CRL_DAYS = 400
LAZY_PARTS = ("extensions", "issuer", "subject", "not_valid_before_utc", "not_valid_after_utc")


class CertificateUnreadableError(EvidenceError):
    """These bytes are no X.509 certificate."""

    code = "certificate_unreadable"


def new_rsa_key() -> rsa.RSAPrivateKey:
    """RSA-3072: what every PDF reader and every openssl on a clerk's desk can check."""
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


@dataclass(frozen=True)
class Issuer:
    """The CA of this one installation: it signs two certificates and a CRL, nothing else."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    origin: str

    @classmethod
    def make(cls, *, at: datetime, origin: str) -> Issuer:
        """A fresh root, valid for 20 years from `at`."""
        key, name = new_rsa_key(), _name("留证 本机根证书", origin)
        builder = _builder(name, name, key, at=at, years=CA_YEARS)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        builder = builder.add_extension(_usage(cert_sign=True), critical=True)
        return cls(builder.sign(key, hashes.SHA256()), key, origin)

    def issue_tsa(self, key: rsa.RSAPrivateKey, *, at: datetime) -> x509.Certificate:
        """The embedded TSA: its name says self-issued; one purpose, time-stamping, critical."""
        builder = self._issued(key, "留证 内置时间戳（自签发）", at=at, years=TSA_YEARS)
        builder = builder.add_extension(_usage(digital_signature=True), critical=True)
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return builder.add_extension(purposes, critical=True).sign(self.key, hashes.SHA256())

    def issue_pdf_signer(self, key: rsa.RSAPrivateKey, *, at: datetime) -> x509.Certificate:
        """The signer of complaint PDFs: digitalSignature and nonRepudiation, for PAdES."""
        builder = self._issued(key, "留证 文件签名", at=at, years=PDF_YEARS)
        usage = _usage(digital_signature=True, content_commitment=True)
        return builder.add_extension(usage, critical=True).sign(self.key, hashes.SHA256())

    def crl(
        self, *, at: datetime, number: int, revoked: Sequence[tuple[int, datetime]] = ()
    ) -> bytes:
        """The revocation list in DER, good for 400 days from `at`.

        Args:
            at: the list's date.
            number: grows with each list (RFC 5280 §5.2.3).
            revoked: serial numbers and when each was revoked.
        """
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(whole_second(at))
            .next_update(whole_second(at) + timedelta(days=CRL_DAYS))
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(_authority(self.certificate), critical=False)
        )
        for serial, revoked_at in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(whole_second(revoked_at))
                .build()
            )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _issued(
        self, key: rsa.RSAPrivateKey, common_name: str, *, at: datetime, years: int
    ) -> x509.CertificateBuilder:
        name = _name(common_name, self.origin)
        builder = _builder(name, self.certificate.subject, key, at=at, years=years)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        return builder.add_extension(_authority(self.certificate), critical=False)


def load_certificate(data: bytes) -> x509.Certificate:
    """One certificate from PEM or DER, read to its last extension.

    The parser is lazy: what it would stumble over later is refused here.

    Raises:
        CertificateUnreadableError: no certificate, or a part of it that cannot be read.
    """
    is_pem = data.lstrip().startswith(b"-----BEGIN")
    try:
        load = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
        certificate = load(data)
        for part in LAZY_PARTS:
            getattr(certificate, part)
        certificate.public_key()
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
    ) as cause:
        raise CertificateUnreadableError("no X.509 certificate in PEM or DER") from cause
    return certificate


def certificate_pem(certificate: x509.Certificate) -> bytes:
    """As files hold it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def certificate_der(certificate: x509.Certificate) -> bytes:
    """As signed lists hold it."""
    return certificate.public_bytes(serialization.Encoding.DER)


def certificate_fingerprint(certificate: x509.Certificate) -> str:
    """Fingerprint of the certificate's public key (`signing.fingerprint`)."""
    return signing.fingerprint(certificate.public_key())


def _name(common_name: str, origin: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "留证 Liuzheng"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, origin[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, *, at: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(whole_second(at))
        .not_valid_after(whole_second(at) + timedelta(days=365 * years + years // 4))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority(ca: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _usage(
    *, digital_signature: bool = False, content_commitment: bool = False, cert_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=cert_sign,
        crl_sign=cert_sign,
        encipher_only=False,
        decipher_only=False,
    )


def whole_second(at: datetime) -> datetime:
    """In UTC, cut to the second: X.509 knows no finer times."""
    return at.astimezone(UTC).replace(microsecond=0)

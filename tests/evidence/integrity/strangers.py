"""An outside TSA in the process: a real chain, real tokens; each part can be made wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evidence.integrity.timestamp_response import TimeStampResp

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DIGEST = hashlib.sha256(b"what was stamped").digest()
NONCE = 2**63 + 5
SHA256 = hashes.SHA256()
POLICY = "1.2.3.4.1"
TIME_STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)
SIGNATURES = {
    ec.EllipticCurvePrivateKey: "sha256_ecdsa",
    rsa.RSAPrivateKey: "rsassa_pkcs1v15",
    ed25519.Ed25519PrivateKey: "ed25519",
}


def name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def certificate(
    subject: str,
    key: Any,
    *,
    issuer: str,
    issuer_key: Any,
    ca: bool = False,
    path_length: int | None = None,
    purposes: tuple[Any, ...] | None = None,
    purposes_critical: bool = True,
    digital_signature: bool = True,
    begin: datetime = AT - timedelta(days=30),
    end: datetime = AT + timedelta(days=30),
    unknown_critical: bool = False,
    signed_over: hashes.HashAlgorithm = SHA256,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(usage(sign=digital_signature and not ca, certify=ca), critical=True)
    )
    if purposes is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), purposes_critical)
    if unknown_critical:
        odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
        builder = builder.add_extension(odd, critical=True)
    digest = None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else signed_over
    return builder.sign(issuer_key, digest)


def usage(*, sign: bool, certify: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=False,
        key_encipherment=not sign and not certify,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certify,
        crl_sign=certify,
        encipher_only=False,
        decipher_only=False,
    )


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Stranger:
    """Root, one certificate between, the TSA's own; and what its tokens say."""

    root: x509.Certificate
    root_key: Any
    between: x509.Certificate
    between_key: Any
    leaf: x509.Certificate
    key: Any
    status: str = "granted"
    imprint_algorithm: str = "sha256"
    critical_extension: bool = False
    content_type: str = "tst_info"
    message_digest: bytes | None = None
    id_of: x509.Certificate | None = None  # whom ESSCertID names; None: the leaf
    id_version: int | None = 2
    digest_algorithm: str = "sha256"
    signature_digest: hashes.HashAlgorithm = field(default_factory=hashes.SHA256)
    certificates: tuple[x509.Certificate, ...] | None = None
    key_identifier: bool = False
    changes: dict[str, Any] = field(default_factory=dict)  # of TSTInfo

    def but(self, **changes: Any) -> Stranger:
        return replace(self, **changes)

    def with_leaf(self, *, key: Any = None, **options: Any) -> Stranger:
        """Another certificate of its own, issued by the same."""
        key = key or self.key
        options = {"purposes": TIME_STAMPING, **options}
        leaf = certificate("TSA", key, issuer="between", issuer_key=self.between_key, **options)
        return self.but(leaf=leaf, key=key)

    def stamp(self, digest: bytes = DIGEST, *, nonce: int | None = NONCE) -> bytes:
        token = self.token(digest, nonce=nonce)
        return TimeStampResp({"status": {"status": self.status}, "time_stamp_token": token}).dump()

    def token(self, digest: bytes, *, nonce: int | None) -> cms.ContentInfo:
        content = self.tst_info(digest, nonce).dump()
        attributes = self.attributes(content)
        sid = cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": asn1(self.leaf).issuer, "serial_number": self.leaf.serial_number},
        )
        if self.key_identifier:
            sid = cms.SignerIdentifier(
                "subject_key_identifier", asn1(self.leaf).key_identifier_value.native
            )
        signer = {
            "version": "v3" if self.key_identifier else "v1",
            "sid": sid,
            "digest_algorithm": {"algorithm": self.digest_algorithm},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": self._scheme()},
            "signature": self.sign(attributes.dump()),
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": self.digest_algorithm}],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "signer_infos": [signer],
        }
        included = (self.leaf, self.between) if self.certificates is None else self.certificates
        if included:
            signed["certificates"] = [asn1(each) for each in included]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def tst_info(self, digest: bytes, nonce: int | None) -> tsp.TSTInfo:
        values: dict[str, Any] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {
                "hash_algorithm": {"algorithm": self.imprint_algorithm},
                "hashed_message": digest,
            },
            "serial_number": 7,
            "gen_time": AT,
        }
        if nonce is not None:
            values["nonce"] = nonce
        if self.critical_extension:
            odd = {"extn_id": "1.2.3.4.5", "critical": True, "extn_value": b"\x05\x00"}
            values["extensions"] = [odd]
        return tsp.TSTInfo({**values, **self.changes})

    def attributes(self, content: bytes) -> cms.CMSAttributes:
        digest = hashlib.new(self.digest_algorithm, content).digest()
        values: dict[str, Any] = {
            "content_type": self.content_type,
            "message_digest": self.message_digest or digest,
        }
        named = asn1(self.id_of or self.leaf).dump()
        if self.id_version == 2:
            certs = [{"cert_hash": hashlib.sha256(named).digest()}]
            values["signing_certificate_v2"] = tsp.SigningCertificateV2({"certs": certs})
        elif self.id_version == 1:
            certs = [{"cert_hash": hashlib.sha1(named).digest()}]
            values["signing_certificate"] = tsp.SigningCertificate({"certs": certs})
        return cms.CMSAttributes(
            [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values.items()]
        )

    def sign(self, data: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(data)
        return self.key.sign(data, ec.ECDSA(self.signature_digest))

    def _scheme(self) -> str:
        name = next(name for kind, name in SIGNATURES.items() if isinstance(self.key, kind))
        return name.replace("sha256", self.signature_digest.name)


def make_stranger() -> Stranger:
    root_key, between_key, key = new_key(), new_key(), new_key()
    root = certificate("root", root_key, issuer="root", issuer_key=root_key, ca=True)
    between = certificate(
        "between", between_key, issuer="root", issuer_key=root_key, ca=True, path_length=0
    )
    leaf = certificate("TSA", key, issuer="between", issuer_key=between_key, purposes=TIME_STAMPING)
    return Stranger(root, root_key, between, between_key, leaf, key)


def asn1(found: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(found.public_bytes(serialization.Encoding.DER))

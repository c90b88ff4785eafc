"""The embedded TSA: answers RFC 3161 requests with real tokens, self-issued by construction.

Its root is the house's own, so its tokens prove nothing against the house; they bind each item
to a time at once, and everything that shows them says "self-issued" (docs/formats/timestamp.md).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from evidence.integrity.timestamp_response import TimeStampResp

IMPRINT_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}
SERIAL_BITS = 127  # random: no counter to keep, none to lose
ACCURACY_S = 1  # gen_time is cut to the second
MAX_REQUEST_BYTES = 16 * 1024


class _Refusal(Exception):  # noqa: N818  never leaves this module: it becomes a response
    def __init__(self, failure: str, text: str) -> None:
        super().__init__(text)
        self.failure = failure
        self.text = text


@dataclass(frozen=True)
class _Request:
    imprint: tsp.MessageImprint
    nonce: int | None
    cert_req: bool


class EmbeddedTsa:
    """One certificate, its RSA key, the certificates above it, and a policy OID."""

    def __init__(
        self,
        certificate: x509.Certificate,
        key: RSAPrivateKey,
        chain: Sequence[x509.Certificate],
        policy: str,
    ) -> None:
        self.certificate = certificate
        self.chain = tuple(chain)
        self.policy = policy
        self._key = key
        self._asn1 = _asn1(certificate)

    def respond(self, request_der: bytes, *, at: datetime) -> bytes:
        """A DER TimeStampResp for a DER TimeStampReq, whatever the request is.

        Args:
            request_der: as received; a request that cannot be granted gets a rejection
                (RFC 3161 §2.4.2) that says why.
            at: the time to be stamped, aware; cut to the second.
        """
        try:
            request = self._read(request_der)
        except _Refusal as refusal:
            status = {
                "status": "rejection",
                "status_string": [refusal.text],
                "fail_info": {refusal.failure},
            }
            return bytes(TimeStampResp({"status": status}).dump())
        token = self._token(request, at.astimezone(UTC).replace(microsecond=0))
        response = TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
        return bytes(response.dump())

    def _read(self, request_der: bytes) -> _Request:
        """The request's values, or a refusal with RFC 3161's own word for it."""
        if len(request_der) > MAX_REQUEST_BYTES:
            raise _Refusal("bad_data_format", "the request is too long")
        try:
            request = tsp.TimeStampReq.load(request_der, strict=True)
            version = request["version"].native
            algorithm = request["message_imprint"]["hash_algorithm"]["algorithm"].native
            digest = request["message_imprint"]["hashed_message"].native
            policy, nonce = request["req_policy"], request["nonce"].native
            wanted_policy = None if isinstance(policy, core.Void) else policy.dotted
            cert_req = bool(request["cert_req"].native)
            extensions = request["extensions"].native
        except (ValueError, TypeError, KeyError) as cause:
            raise _Refusal("bad_data_format", "not a TimeStampReq in DER") from cause
        if version != "v1":
            raise _Refusal("bad_request", "the version is not 1")
        if algorithm not in IMPRINT_BYTES:
            raise _Refusal("bad_alg", "the imprint is not SHA-256, SHA-384 or SHA-512")
        if len(digest) != IMPRINT_BYTES[algorithm]:
            raise _Refusal("bad_data_format", "the imprint has another length than its algorithm")
        if wanted_policy not in (None, self.policy):
            raise _Refusal("unaccepted_policy", "this TSA has one policy only")
        if extensions:
            raise _Refusal("unaccepted_extensions", "this TSA knows no extensions")
        imprint = tsp.MessageImprint(
            {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}
        )
        return _Request(imprint, nonce, cert_req)

    def _token(self, request: _Request, gen_time: datetime) -> cms.ContentInfo:
        content = self._tst_info(request, gen_time).dump()
        attributes = self._signed_attributes(content, gen_time)
        signature = self._key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": {
                            "issuer": self._asn1.issuer,
                            "serial_number": self._asn1.serial_number,
                        }
                    }
                ),
                "digest_algorithm": sha256,
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
                "signature": signature,
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [sha256],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "signer_infos": [signer],
        }
        if request.cert_req:
            signed["certificates"] = [self._asn1, *(_asn1(each) for each in self.chain)]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _tst_info(self, request: _Request, gen_time: datetime) -> tsp.TSTInfo:
        values = {
            "version": "v1",
            "policy": self.policy,
            "message_imprint": request.imprint,
            "serial_number": secrets.randbits(SERIAL_BITS),
            "gen_time": gen_time,
            "accuracy": {"seconds": ACCURACY_S},
            "tsa": asn1_x509.GeneralName("directory_name", self._asn1.subject),
        }
        if request.nonce is not None:
            values["nonce"] = request.nonce
        return tsp.TSTInfo(values)

    def _signed_attributes(self, content: bytes, gen_time: datetime) -> cms.CMSAttributes:
        certificate_id = {
            "cert_hash": hashlib.sha256(self._asn1.dump()).digest(),
            "issuer_serial": {
                "issuer": [asn1_x509.GeneralName("directory_name", self._asn1.issuer)],
                "serial_number": self._asn1.serial_number,
            },
        }
        values = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": gen_time}),
            "message_digest": hashlib.sha256(content).digest(),
            "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [certificate_id]}),
        }
        return cms.CMSAttributes(
            [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values.items()]
        )


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

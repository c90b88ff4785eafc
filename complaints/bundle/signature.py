"""The complaint's own signature: PAdES B-LTA by the house's PDF signer, made last.

Two updates after the pages: the signature with its token (B-T); then everything that is needed to
check it with no network (certificates and revocation list, PAdES "DSS"), under a document
time-stamp of the embedded TSA, after which nothing follows.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from complaints.bundle.errors import StampRefusedError
from complaints.bundle.stamping import EMBEDDED, Stamper
from evidence.integrity.house import House

FIELD, ARCHIVE_FIELD = "Liuzheng", "LiuzhengArchive"
DIGEST = "sha256"
TOKEN_BYTES = 16 * 1024  # at most, a stranger's answer: with its certificates it has 3 to 8 KiB
# Hex digits kept free for a signature with such a token: so no stranger is asked twice, once for
# the size alone.
RESERVED = 2 * (TOKEN_BYTES + 8 * 1024)


class InProcess(TimeStamper):
    """pyHanko's face for any of our stampers; no network of its own."""

    def __init__(self, stamper: Stamper) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # pyHanko
        self._stamper = stamper
        self.is_outside = stamper.source != EMBEDDED
        self.certificates: dict[bytes, asn1_x509.Certificate] = {}  # that its tokens brought along

    async def async_request_tsa_response(self, req: Any) -> Any:
        """What the stamper answers."""
        answer = self._stamper.respond(req.dump())
        if len(answer) > TOKEN_BYTES:
            raise StampRefusedError(source=self._stamper.source, why="stamp_too_large")
        response = tsp.TimeStampResp.load(answer)
        for each in response["time_stamp_token"]["content"]["certificates"]:
            self.certificates[each.chosen.dump()] = each.chosen
        return response


class InMemory(signers.Signer):
    """pyHanko's face for the house's PDF key as it was read.

    Its own signer reads the key anew for each signature, also for the trial one that tells the
    size; to read an RSA key is to test its primes, which takes longer than to sign.
    """

    def __init__(self, house: House) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko
        store.register(_asn1(house.ca_certificate))
        super().__init__(signing_cert=_asn1(house.pdf_certificate), cert_registry=store)
        self._key = house.pdf_key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """RSA over SHA-256 (PKCS #1 v1.5); of a trial only as many bytes."""
        if digest_algorithm != DIGEST:
            raise ValueError(digest_algorithm)
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, PKCS1v15(), SHA256())


def sign(pdf: bytes, *, house: House, stamper: Stamper, archive: Stamper, at: datetime) -> bytes:
    """The signed file: two incremental updates of the one given, invisible on the page.

    The signature's own time is this computer's clock; the one that counts is the stamper's.

    Args:
        pdf: the file to sign.
        house: whose PDF signer signs, and whose CA says that nothing of it is revoked.
        stamper: whose token the signature carries.
        archive: who stamps the whole file at the end: the house's embedded TSA, so that a verifier
            knows whose the last update is.
        at: the date of the revocation list, aware.
    """
    stamping = InProcess(stamper)
    signed = _sign(pdf, house, stamping)
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    own = (house.ca_certificate, house.pdf_certificate, house.tsa_certificate)
    known = {each.dump(): each for each in map(_asn1, own)} | stamping.certificates
    revoked = house.crl(at=at, number=int(at.timestamp()))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        certs=list(known.values()),
        crls=[asn1_crl.CertificateList.load(revoked)],
    )
    out = io.BytesIO()
    PdfTimeStamper(InProcess(archive), field_name=ARCHIVE_FIELD).timestamp_pdf(
        writer, DIGEST, output=out
    )
    return out.getvalue()


def _sign(pdf: bytes, house: House, stamping: InProcess) -> bytes:
    """The first update: the signature and its token."""
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm=DIGEST, subfilter=fields.SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    signers.PdfSigner(
        meta,
        signer=InMemory(house),
        timestamper=stamping,
        new_field_spec=fields.SigFieldSpec(FIELD, box=None),
    ).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        output=out,
        bytes_reserved=RESERVED if stamping.is_outside else None,
    )
    return out.getvalue()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

"""The complaint's own signature: PAdES B-T by the house's PDF signer, made last."""

from __future__ import annotations

import io
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from complaints.bundle.stamping import Stamper
from evidence.integrity.house import House

FIELD = "Liuzheng"


class _InProcess(TimeStamper):
    """pyHanko's face for any of our stampers; no network of its own."""

    def __init__(self, stamper: Stamper) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # pyHanko
        self._stamper = stamper

    async def async_request_tsa_response(self, req: Any) -> Any:
        return tsp.TimeStampResp.load(self._stamper.respond(req.dump()))


def sign(pdf: bytes, *, house: House, stamper: Stamper) -> bytes:
    """The signed file: an incremental update of the one given, invisible on the page.

    The signature's own time is this computer's clock; the one that counts is the stamper's.
    """
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko
    store.register(_asn1(house.ca_certificate))
    signer = signers.SimpleSigner(
        signing_cert=_asn1(house.pdf_certificate),
        signing_key=keys.PrivateKeyInfo.load(
            house.pdf_key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        ),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    signers.PdfSigner(
        meta,
        signer=signer,
        timestamper=_InProcess(stamper),
        new_field_spec=fields.SigFieldSpec(FIELD, box=None),
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

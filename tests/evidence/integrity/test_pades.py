"""The house's PDF signer, embedded TSA and CRL are good enough for PAdES as pyHanko judges it."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

import pikepdf
import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from evidence.integrity.certificates import certificate_der
from evidence.integrity.house import House, make_house


class InProcessTimeStamper(TimeStamper):
    """Asks the embedded TSA without a network."""

    def __init__(self, house: House, at: datetime) -> None:
        super().__init__()
        self._tsa, self._at = house.tsa(), at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._tsa.respond(req.dump(), at=self._at))


@pytest.mark.parametrize("lta", [False, True], ids=["B-T", "B-LTA"])
def test_a_signed_pdf_is_valid_and_bears_the_houses_time(lta):
    # pyHanko asks the clock what is valid while it signs: this house was made a moment ago.
    at = datetime.now(UTC)
    house = House.load(make_house(at=at, origin="liuzheng.example/log"))
    ca, signer = (
        asn1_x509.Certificate.load(certificate_der(each))
        for each in (house.ca_certificate, house.pdf_certificate)
    )
    registry = SimpleCertificateStore()
    registry.register(ca)
    key = asn1_keys.PrivateKeyInfo.load(
        house.pdf_key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = {
        "trust_roots": [ca],
        "crls": [asn1_crl.CertificateList.load(house.crl(at=at, number=1))],
        "allow_fetching": False,
        "revocation_mode": "hard-fail",
    }
    metadata = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        validation_context=ValidationContext(**context) if lta else None,
        embed_validation_info=lta,
        use_pades_lta=lta,
    )

    signed = asyncio.run(
        signers.PdfSigner(
            metadata,
            signer=signers.SimpleSigner(
                signing_cert=signer, signing_key=key, cert_registry=registry
            ),
            timestamper=InProcessTimeStamper(house, at),
        ).async_sign_pdf(IncrementalPdfFileWriter(_blank_pdf()))
    )

    (embedded, *_) = PdfFileReader(signed).embedded_signatures
    status = asyncio.run(
        async_validate_pdf_signature(
            embedded, ValidationContext(**context), ValidationContext(**context)
        )
    )
    assert status.bottom_line
    assert status.timestamp_validity.timestamp == at.replace(microsecond=0)
    assert ("/DSS" in PdfFileReader(signed).root) is lta


def _blank_pdf() -> io.BytesIO:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    out.seek(0)
    return out

"""complaints/bundle/signature.py: pyHanko finds a complaint's signature good for the long term."""

from __future__ import annotations

import asyncio
import io

import pikepdf
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from complaints.bundle import layout, package
from evidence.integrity.certificates import certificate_der
from evidence.integrity.digest import sha256_hex
from tests.forgeries import base

from . import forge
from . import make_package as make


def reader() -> PdfFileReader:
    return PdfFileReader(io.BytesIO(forge.files()[layout.COMPLAINT]))


def test_it_is_b_lta_with_all_revocation_data_inside():
    root = asn1_x509.Certificate.load(certificate_der(make.house().ca_certificate))
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build([root]),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),  # none of it is fetched
    )
    [signature] = reader().embedded_regular_signatures

    found = asyncio.run(
        ades_lta_validation(signature, PdfSignatureValidationSpec(SignatureValidationSpec(policy)))
    )

    assert found.ades_subindic == AdESPassed.OK
    assert found.api_status.bottom_line
    assert found.best_signature_time == make.clock()


def test_the_last_update_is_one_document_stamp_over_certificates_and_revocation_list():
    read = reader()
    store = DocumentSecurityStore.read_dss(read)
    [stamp] = read.embedded_timestamp_signatures
    own = make.house().tsa_certificate

    assert len(store.certs) == 3
    assert len(store.crls) == 1
    assert stamp.signer_cert.dump() == certificate_der(own)
    assert stamp.compute_integrity_info() is None
    assert stamp.coverage.name == "ENTIRE_FILE"


def test_what_is_embedded_is_small_and_in_the_form_handed_over():
    """B-1 is chosen records of an export that is withheld."""
    content = base.files()
    with pikepdf.open(io.BytesIO(content[layout.COMPLAINT])) as pdf:
        inside = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    exhibits = {name: data for name, data in inside.items() if f"3_EXHIBITS/{name}" in content}

    assert "B-1.json" in exhibits
    assert all(content[f"3_EXHIBITS/{name}"] == data for name, data in exhibits.items())
    assert inside.keys() - exhibits.keys() == {"exhibits.json", "exhibits.json.sig", "trust.json"}
    assert base.content().withheld.digests.isdisjoint(map(sha256_hex, inside.values()))
    assert max(map(len, exhibits.values())) <= package.ATTACH_EACH_BYTES
    assert sum(map(len, exhibits.values())) <= package.ATTACH_ALL_BYTES


def test_each_embedded_file_says_how_it_belongs_to_the_complaint():
    """PDF/A-3: an associated file of the document, with a relationship."""
    with pikepdf.open(io.BytesIO(forge.files()[layout.COMPLAINT])) as pdf:
        said = {str(each.UF): str(each.AFRelationship) for each in pdf.Root.AF}

        assert said.keys() == set(pdf.attachments)
    assert said["exhibits.json"] == "/Data"
    assert said["trust.json"] == "/Supplement"
    assert said["B-1.xml"] == "/Source"

"""evidence/integrity/receipt.py, signing.py: what the person keeps."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence.integrity import receipt, signing
from evidence.integrity.receipt import ReceiptFormatError, ReceiptVersionError
from evidence.integrity.signing import SignatureMismatchError
from tests.evidence.integrity.strangers import AT

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
VALUES = {
    "item": "2f6f3c1e-6d39-4a5e-9a36-0d3f3a6f7c11",
    "sha256": "ab" * 32,
    "size": 1024,
    "received_at": AT,
    "event": "cd" * 32,
    "claimed": True,
}
# Written out by hand from docs/formats/receipt.md: these bytes never change.
BYTES = (
    b'{"claimed":true,"event":"' + b"cd" * 32 + b'","item":"2f6f3c1e-6d39-4a5e-9a36-0d3f3a6f7c11",'
    b'"received_at":"2026-11-23T08:00:00.000000Z","sha256":"' + b"ab" * 32 + b'","size":1024,"v":1}'
)


def test_its_bytes_are_those_written_in_the_format():
    assert receipt.encode(**VALUES) == BYTES


def test_a_signed_receipt_is_read_again():
    found = receipt.verify(BYTES, receipt.sign(BYTES, KEY), KEY.public_key())

    assert vars(found) == VALUES


def test_the_signature_is_over_domain_and_bytes():
    KEY.public_key().verify(receipt.sign(BYTES, KEY), b"liuzheng/receipt/v1\n" + BYTES)


def test_the_file_a_person_keeps_holds_all_three_parts():
    signature = receipt.sign(BYTES, KEY)

    kept = json.loads(receipt.write_file(BYTES, signature, KEY.public_key()))

    assert kept == {
        "key": signing.fingerprint(KEY.public_key()),
        "signature": base64.b64encode(signature).decode(),
        "text": BYTES.decode(),
    }


def test_another_keys_signature_is_refused():
    with pytest.raises(SignatureMismatchError):
        receipt.verify(BYTES, receipt.sign(BYTES, Ed25519PrivateKey.generate()), KEY.public_key())


def test_a_changed_receipt_is_refused():
    changed = BYTES.replace(b"1024", b"1025")

    with pytest.raises(SignatureMismatchError):
        receipt.verify(changed, receipt.sign(BYTES, KEY), KEY.public_key())


def test_a_signature_about_something_else_does_not_pass_for_one():
    signature = signing.sign(KEY, signing.Domain.TRUST, BYTES)

    with pytest.raises(SignatureMismatchError):
        receipt.verify(BYTES, signature, KEY.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"item": "1"},
        {"sha256": "AB" * 32},
        {"event": ""},
        {"size": -1},
        {"size": True},
        {"claimed": 1},
        {"received_at": AT.replace(tzinfo=None)},
    ],
    ids=str,
)
def test_values_of_another_form_are_refused(change):
    with pytest.raises(ReceiptFormatError):
        receipt.encode(**{**VALUES, **change})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        BYTES + b" ",
        BYTES.replace(b'"v":1', b'"v":1,"x":1'),
        BYTES.replace(b',"size":1024', b""),
        BYTES.replace(b',"v":1', b""),
        BYTES.replace(b".000000Z", b"Z"),
    ],
    ids=range(7),
)
def test_bytes_in_any_other_spelling_are_refused_even_when_signed(raw):
    with pytest.raises(ReceiptFormatError):
        receipt.verify(raw, receipt.sign(raw, KEY), KEY.public_key())


def test_a_later_version_is_named_as_such():
    with pytest.raises(ReceiptVersionError):
        receipt.decode(BYTES.replace(b'"v":1', b'"v":2'))


def test_a_key_of_another_kind_is_refused():
    with pytest.raises(signing.KeyUnreadableError):
        signing.load_ed25519(b"-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n")


def test_a_private_key_survives_its_file():
    assert signing.load_ed25519(signing.private_pem(KEY)).private_bytes_raw() == bytes(32)

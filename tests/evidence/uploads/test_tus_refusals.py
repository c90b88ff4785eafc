"""What `/api/uploads/` refuses: by name, with nothing half kept."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.test import Client

from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import EvidenceItem, Upload
from evidence.uploads import receiving
from tests import make
from tests.evidence.uploads.sender import CONTENT, SHA256, TUS, Sender


def test_a_wrong_offset_is_refused_and_told_the_right_one(sender):
    sender.patch(0, CONTENT[:500])

    refused = sender.patch(0, CONTENT)

    assert (refused.status_code, refused.headers["Upload-Offset"]) == (409, "500")
    assert refused.json()["code"] == "offset_mismatch"


def test_more_than_the_length_is_refused_unread(sender):
    refused = sender.patch(0, CONTENT + b"!")

    assert (refused.status_code, refused.json()["code"]) == (413, "upload_overrun")
    assert sender.offset() == 0


def test_another_digest_than_claimed_ends_the_upload_and_keeps_nothing(
    borrower_browser, case, vault, settings
):
    sender = Sender(borrower_browser, case, sha256=hashlib.sha256(b"other").hexdigest())

    refused = sender.patch(0, CONTENT)

    assert (refused.status_code, refused.json()["code"]) == (422, "digest_mismatch")
    assert sender.head().status_code == 410
    assert not EvidenceItem.objects.exists()
    assert [p for p in vault.rglob("*") if p.is_file()] == []
    assert list(settings.UPLOADS_DIR.iterdir()) == []
    upload = Upload.objects.get()
    acts = custody.log_of(Subject.UPLOAD, upload.pk).values_list("act", flat=True)
    assert list(acts) == [Act.UPLOAD_BEGUN, Act.STORED, Act.REFUSED, Act.DISCARDED]


def test_a_checksum_that_does_not_hold_keeps_none_of_its_bytes(sender):
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()

    refused = sender.patch(0, CONTENT[:300_000], **{"Upload-Checksum": f"sha256 {wrong}"})

    assert (refused.status_code, refused.json()["code"]) == (460, "checksum_mismatch")
    assert sender.offset() == 0
    sender.patch(0, CONTENT)
    assert EvidenceItem.objects.get().sha256 == SHA256


@pytest.mark.parametrize(
    "header", ["md5 AAAA", "sha256 ***", "sha256 AAAA", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk="]
)
def test_a_checksum_of_another_kind_is_refused(sender, header):
    refused = sender.patch(0, CONTENT, **{"Upload-Checksum": header})

    assert refused.json()["code"] == "checksum_unsupported"
    assert sender.offset() == 0


@pytest.mark.parametrize("token", ["", "wrong", "A" * 43])
def test_without_the_capability_there_is_no_such_upload(sender, token):
    sender.token = token

    assert sender.head().status_code == 404
    assert sender.patch(0, CONTENT).status_code == 404
    assert sender.delete().status_code == 404
    assert sender.receipt().status_code == 404


def test_one_upload_s_capability_opens_no_other(sender, borrower_browser, case):
    other = Sender(borrower_browser, case)
    other.token = sender.token

    assert other.head().status_code == 404


def test_beginning_needs_a_session(case, db):
    assert Sender(Client(), case).begun.status_code == 401


def test_beginning_needs_the_csrf_token(borrower, case):
    browser = make.signed_in(borrower, enforce_csrf_checks=True)

    refused = Sender(browser, case).begun

    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")


def test_another_person_s_case_does_not_exist(case, stranger):
    assert Sender(make.signed_in(stranger), case).begun.status_code == 404


@pytest.mark.parametrize(
    ("said", "length", "code"),
    [
        ({"kind": "selfie"}, 10, "unknown_kind"),
        ({}, 0, "empty_file"),
        ({"sha256": "xyz"}, 10, "digest_malformed"),
        ({"source": "stolen"}, 10, "invalid_input"),
    ],
)
def test_what_cannot_come_is_refused_before_a_byte(borrower_browser, case, said, length, code):
    refused = Sender(borrower_browser, case, length=length, **said).begun

    assert refused.json()["code"] == code
    assert not Upload.objects.exists()


def test_too_large_a_file_is_refused_before_a_byte(borrower_browser, case, settings):
    settings.EVIDENCE_MAX_BYTES = 100

    refused = Sender(borrower_browser, case, length=101).begun

    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


def test_one_open_upload_too_many_is_refused(borrower_browser, case, settings):
    settings.QUOTA_OPEN_UPLOADS = 1
    Sender(borrower_browser, case)

    refused = Sender(borrower_browser, case).begun

    assert (refused.json()["code"], refused.json()["which"]) == ("quota_spent", "open_uploads")


def test_open_uploads_count_as_bytes(borrower_browser, case, settings):
    settings.QUOTA_BYTES = len(CONTENT) + 10
    Sender(borrower_browser, case)

    refused = Sender(borrower_browser, case, length=11).begun

    assert refused.json()["which"] == "bytes"


@pytest.mark.parametrize("header", ["Upload-Length", "Upload-Metadata"])
def test_a_header_that_cannot_be_read_is_named(borrower_browser, case, header):
    metadata = base64.b64encode(str(case.pk).encode()).decode()
    headers = {
        **TUS,
        "Upload-Length": "10",
        "Upload-Metadata": f"case {metadata}",
        header: "case ***",
    }

    refused = borrower_browser.post("/api/uploads/", headers=headers)

    assert refused.json()["code"] == "tus_header_malformed"
    assert refused.json()["header"] == header


def test_another_version_of_the_protocol_is_refused(sender):
    refused = sender.phone.head(sender.address, headers={"Tus-Resumable": "0.2.2"})

    assert (refused.status_code, refused.headers["Tus-Version"]) == (412, "1.0.0")


def test_another_content_type_is_refused(sender):
    refused = sender.phone.patch(
        sender.address,
        CONTENT,
        content_type="application/json",
        headers={**sender.headers, "Upload-Offset": "0"},
    )

    assert refused.status_code == 415


def test_a_second_writer_is_told_to_wait(sender):
    with receiving.WriterLease(Upload.objects.get()):
        refused = sender.patch(0, CONTENT)
        assert sender.head().status_code == 423

    assert (refused.status_code, refused.json()["code"]) == (423, "upload_busy")
    assert int(refused.headers["Retry-After"]) > 0
    assert sender.patch(0, CONTENT).status_code == 204

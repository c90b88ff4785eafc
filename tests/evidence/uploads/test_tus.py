"""The tus 1.0 protocol over `/api/uploads/`: begun with a session, carried by a capability."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import EvidenceItem, Upload
from evidence.uploads import sweeping
from evidence.vault.envelope import SEGMENT_BYTES
from tests import make
from tests.evidence.uploads.sender import BODY, CONTENT, SHA256, Sender


def test_it_says_what_it_speaks(db):
    answer = Client().options("/api/uploads/")

    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "termination",
        "checksum",
        "expiration",
    }
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256"
    assert int(answer.headers["Tus-Max-Size"]) > 0


def test_one_patch_makes_an_item_and_a_receipt(sender):
    done = sender.patch(0, CONTENT)

    assert (done.status_code, done.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    receipt = sender.receipt().json()
    item = EvidenceItem.objects.get()
    assert (receipt["sha256"], receipt["item"]) == (SHA256, str(item.pk))
    assert receipt["claimed"] is True
    assert item.declared.file_name == "证据.pdf"
    assert done.headers["Upload-Receipt"] == f"{sender.address}receipt/"


def test_the_item_holds_the_very_bytes(sender, complainant):
    sender.patch(0, CONTENT)

    assert make.plain_bytes(EvidenceItem.objects.get()) == CONTENT


@pytest.mark.parametrize("step", [1000, SEGMENT_BYTES - 57, SEGMENT_BYTES, 300_001])
def test_any_offset_is_acknowledged_and_continued(sender, step):
    at = 0
    while at < len(CONTENT):
        chunk = CONTENT[at : at + step] if step > 1000 or at < 5000 else CONTENT[at:]
        assert sender.patch(at, chunk).status_code == 204
        at += len(chunk)
        if at < len(CONTENT):
            assert sender.offset() == at

    assert EvidenceItem.objects.get().sha256 == SHA256


def test_the_last_segment_may_be_exactly_full(borrower_browser, case):
    length = 2 * SEGMENT_BYTES - 40 - 32
    sender = Sender(borrower_browser, case, length=length)

    sender.patch(0, CONTENT[:length])

    assert EvidenceItem.objects.get().size == length


def test_a_body_may_come_with_the_beginning(borrower_browser, case):
    sender = Sender(borrower_browser, case, body=CONTENT)

    assert sender.begun.status_code == 201
    assert sender.begun.headers["Upload-Offset"] == str(len(CONTENT))
    assert sender.receipt().json()["claimed"] is False


def test_part_of_the_body_may_come_with_the_beginning(borrower_browser, case):
    sender = Sender(borrower_browser, case, body=CONTENT[:777])

    assert sender.offset() == 777
    sender.patch(777, CONTENT[777:])
    assert EvidenceItem.objects.get().sha256 == SHA256


def test_a_checksum_that_holds_is_taken(sender):
    right = base64.b64encode(hashlib.sha256(CONTENT[:300_000]).digest()).decode()

    sender.patch(0, CONTENT[:300_000], **{"Upload-Checksum": f"sha256 {right}"})

    assert sender.offset() == 300_000


def test_the_capability_is_kept_only_as_a_digest(sender):
    upload = Upload.objects.get()

    kept = json.dumps({f.name: str(getattr(upload, f.name)) for f in Upload._meta.fields})
    assert sender.token not in kept
    assert upload.capability_sha256 == hashlib.sha256(sender.token.encode()).hexdigest()


def test_a_post_can_stand_for_a_patch(sender):
    done = sender.phone.post(
        sender.address,
        CONTENT,
        content_type=BODY,
        headers={**sender.headers, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )

    assert done.status_code == 204


def test_giving_it_up_drops_the_bytes(sender, settings):
    sender.patch(0, CONTENT[:500_000])

    assert sender.delete().status_code == 204

    assert sender.head().status_code == 410
    assert list(settings.UPLOADS_DIR.iterdir()) == []


def test_what_became_an_item_cannot_be_given_up(sender):
    sender.patch(0, CONTENT)

    assert sender.delete().json()["code"] == "upload_ended"
    assert EvidenceItem.objects.exists()


def test_an_expired_upload_takes_nothing_and_is_swept(sender, settings):
    sender.patch(0, CONTENT[:500])
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert sender.patch(500, CONTENT[500:]).json()["code"] == "upload_expired"
    assert sweeping.sweep() == 1

    assert list(settings.UPLOADS_DIR.iterdir()) == []
    upload = Upload.objects.get()
    assert upload.refusal == "upload_expired"
    assert custody.log_of(Subject.UPLOAD, upload.pk).last().act == Act.REFUSED


def test_each_answer_says_when_the_upload_expires(sender):
    assert sender.begun.headers["Upload-Expires"].endswith("GMT")
    assert sender.head().headers["Upload-Expires"] == sender.begun.headers["Upload-Expires"]


def test_there_is_no_receipt_before_the_end(sender):
    sender.patch(0, CONTENT[:500])

    assert sender.receipt().json()["code"] == "upload_incomplete"


def test_the_same_file_again_answers_with_the_item_that_is_there(sender, borrower_browser, case):
    sender.patch(0, CONTENT)
    again = Sender(borrower_browser, case)

    again.patch(0, CONTENT)

    receipt = again.receipt().json()
    assert receipt["duplicate_of"] == sender.receipt().json()["item"]
    assert EvidenceItem.objects.count() == 1


def test_no_plain_byte_rests_while_an_upload_is_under_way(borrower_browser, case, settings):
    marker = b"THE-MARKER-THAT-MUST-NOT-REST"
    content = marker * 40_000
    sender = Sender(borrower_browser, case, length=len(content))

    sender.patch(0, content[:-5])

    kept = list(settings.UPLOADS_DIR.iterdir())
    assert len(kept) == 2
    assert all(marker not in path.read_bytes() for path in kept)


def test_a_body_at_once_also_passes_the_check_of_the_csrf_token(borrower, case):
    browser = make.signed_in(borrower, enforce_csrf_checks=True)
    browser.get("/api/me/")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value

    sender = Sender(browser, case, body=CONTENT, csrf=token)

    assert sender.begun.status_code == 201
    assert EvidenceItem.objects.get().sha256 == SHA256

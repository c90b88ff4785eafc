"""`/api/items/`: bring a small file, see what is known of it, and its proof."""

from __future__ import annotations

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence import custody
from evidence.custody import Act, Subject
from evidence.integrity import receipt
from evidence.integrity.timestamp import verify_response
from evidence.models import EvidenceItem
from tests import make

CONTENT = make.sms_export()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def send(browser: Client, into, content=CONTENT, **said):
    fields = {"case": str(into.pk), "kind": "message_export", "source": "received", **said}
    file = SimpleUploadedFile("sms-20260301.xml", content, content_type="text/xml")
    return browser.post("/api/items/", {**fields, "file": file})


def test_it_answers_with_a_receipt_that_the_log_key_signed(borrower_browser, case, house):
    answer = send(borrower_browser, case, claimed_sha256=SHA256)

    assert answer.status_code == 201
    body = answer.json()
    raw, signature = (base64.b64decode(body[name]) for name in ("receipt", "signature"))
    promise = receipt.verify(raw, signature, house.log_key.public_key())
    assert (promise.sha256, promise.item) == (SHA256, body["item"])
    assert (body["claimed"], "duplicate_of" in body) == (True, False)


def test_the_second_time_it_names_the_item_that_is_there(borrower_browser, case):
    first = send(borrower_browser, case).json()

    second = send(borrower_browser, case)

    assert (second.status_code, second.json()["duplicate_of"]) == (201, first["item"])


@pytest.mark.parametrize(
    ("content", "said", "code"),
    [
        (b"", {}, "empty_file"),
        (CONTENT, {"claimed_sha256": "0" * 64}, "digest_mismatch"),
        (CONTENT, {"claimed_sha256": "nonsense"}, "digest_malformed"),
        (CONTENT, {"kind": "selfie"}, "unknown_kind"),
        (CONTENT, {"source": "stolen"}, "invalid_input"),
        (CONTENT, {"case": "not-an-id"}, "invalid_input"),
        (CONTENT, {"taken_at": "yesterday"}, "invalid_input"),
    ],
)
def test_bad_input_has_a_name_and_leaves_nothing(
    borrower_browser, case, vault, content, said, code
):
    refused = send(borrower_browser, case, content, **said)

    assert 400 <= refused.status_code < 500
    assert refused.json()["code"] == code
    assert refused.json()["title"]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert not EvidenceItem.objects.exists()
    assert not [path for path in vault.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [8 * 1024 * 1024 + 1, 9 * 1024 * 1024])
def test_more_than_eight_mebibytes_are_sent_elsewhere(borrower_browser, case, size):
    refused = send(borrower_browser, case, bytes(size))

    assert (refused.status_code, refused.json()["code"]) == (413, "use_resumable_upload")


def test_eight_mebibytes_are_taken(borrower_browser, case):
    assert send(borrower_browser, case, b"x" * (8 * 1024 * 1024)).status_code == 201


def test_before_consent_it_names_what_is_missing(borrower_browser, borrower, vault):
    case = make.case(borrower, agreed=False)

    refused = send(borrower_browser, case)

    assert (refused.status_code, refused.json()["code"]) == (403, "consent_missing")
    assert "process_evidence" in refused.json()["purposes"]


def test_a_spent_quota_is_named(borrower_browser, case, settings):
    settings.QUOTA_BYTES = 10

    refused = send(borrower_browser, case)

    assert (refused.status_code, refused.json()["which"]) == (403, "bytes")


def test_a_json_body_is_another_media_type(borrower_browser, case):
    refused = borrower_browser.post("/api/items/", {"case": str(case.pk)}, "application/json")

    assert refused.json()["code"] == "media_type_unsupported"


def test_a_name_that_points_elsewhere_is_only_a_label(borrower_browser, case):
    file = SimpleUploadedFile("x.xml", CONTENT)
    file.name = "../../etc/passwd"
    fields = {"case": str(case.pk), "kind": "message_export", "source": "received"}

    borrower_browser.post("/api/items/", {**fields, "file": file})

    item = EvidenceItem.objects.get()
    assert "/" not in item.declared.file_name
    assert "passwd" not in item.vault_name


@pytest.mark.parametrize(
    "path", ["", "receipt/", "content/", "records/", "token/", "verify/", "derivatives/page/"]
)
def test_a_stranger_finds_no_such_item(case, stranger, path):
    item = make.item(case)

    answer = make.signed_in(stranger).get(f"/api/items/{item.pk}/{path}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_stranger_cannot_add_to_the_case(case, stranger):
    browser = make.signed_in(stranger)

    assert send(browser, case).status_code == 404


def test_nobody_signed_in_gets_401(case):
    assert Client().get(f"/api/items/{make.item(case).pk}/").status_code == 401


def test_staff_see_it_only_once_its_borrower_opened_the_case(case, borrower_browser, reviewer):
    item = make.item(case)
    desk = make.signed_in(reviewer)
    assert desk.get(f"/api/items/{item.pk}/").status_code == 404

    borrower_browser.post(f"/api/cases/{case.pk}/open-review/")
    assert desk.get(f"/api/items/{item.pk}/").status_code == 200

    borrower_browser.post(f"/api/cases/{case.pk}/close-review/")
    assert desk.get(f"/api/items/{item.pk}/").status_code == 404


def test_staff_without_a_second_factor_see_nothing(case, borrower_browser, reviewer):
    item = make.item(case)
    borrower_browser.post(f"/api/cases/{case.pk}/open-review/")

    refused = make.signed_in(reviewer, second_factor=False).get(f"/api/items/{item.pk}/")

    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_needed")


def test_staff_bring_nothing_into_a_case(case, borrower_browser, reviewer_browser):
    borrower_browser.post(f"/api/cases/{case.pk}/open-review/")

    assert send(reviewer_browser, case).status_code == 403


def test_an_item_tells_its_sm3_once_it_was_computed(borrower_browser, case):
    item = make.item(case, b"abc")
    before = borrower_browser.get(f"/api/items/{item.pk}/").json()["sm3"]
    make.go_the_road()
    after = borrower_browser.get(f"/api/items/{item.pk}/").json()["sm3"]

    assert before == {"state": "waiting", "digest": None, "problem": None}
    digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert after == {"state": "computed", "digest": digest, "problem": None}


def test_a_house_without_sm3_says_so_and_takes_items_all_the_same(
    borrower_browser, case, without_sm3
):
    item = send(borrower_browser, case).json()["item"]
    make.go_the_road()

    body = borrower_browser.get(f"/api/items/{item}/").json()

    assert body["sm3"] == {"state": "unavailable", "digest": None, "problem": None}
    assert body["state"]["tagged"] is True


def test_an_item_tells_its_state_its_seal_and_its_log(borrower_browser, case):
    item = make.item(case, CONTENT, kind="message_export")
    before = borrower_browser.get(f"/api/items/{item.pk}/").json()
    make.go_the_road()

    after = borrower_browser.get(f"/api/items/{item.pk}/").json()

    assert not any(before["state"].pop(name) for name in ("sealed", "read", "tagged"))
    assert all(after["state"].pop(name) for name in ("sealed", "read", "tagged"))
    assert before["state"] == after["state"] == {"received": True, "waits_for_choice": False}
    assert after["seal"]["is_self_issued"] is True
    assert after["outside_seal"] is None
    assert (after["format"], after["record_count"]) == ("sms_backup", 3)
    assert [line["act"] for line in after["custody"]][:2] == ["received", "sealed"]
    assert after["happened_from"] < after["happened_to"]


def test_the_token_is_the_whole_response_over_the_digest(borrower_browser, case, house):
    item = make.item(case)
    make.go_the_road()

    answer = borrower_browser.get(f"/api/items/{item.pk}/token/")

    assert answer.headers["Content-Type"] == "application/timestamp-reply"
    digest = bytes.fromhex(item.sha256)
    assert verify_response(answer.content, digest, roots=[], own_roots=house.roots())


def test_a_case_lists_its_items_in_few_queries(
    borrower_browser, case, django_assert_max_num_queries
):
    for number in range(12):
        make.item(case, b"file %d" % number)

    with django_assert_max_num_queries(20):
        answer = borrower_browser.get(f"/api/cases/{case.pk}/items/")

    assert len(answer.json()["results"]) == 12


def test_the_verdict_of_a_fresh_item_is_unchanged_and_recorded(borrower_browser, case):
    item = make.item(case)
    make.go_the_road()

    verdict = borrower_browser.get(f"/api/items/{item.pk}/verify/").json()

    assert verdict["verdict"] == "unchanged"
    names = {check["name"] for check in verdict["checks"]}
    assert names == {"bytes", "custody", "receipt", "token:embedded", "log"}
    assert custody.log_of(Subject.ITEM, item.pk).last().act == Act.CHECKED

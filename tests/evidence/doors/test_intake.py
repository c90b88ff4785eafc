"""evidence/intake.py: what comes in, and what is refused at the door."""

from __future__ import annotations

import hashlib
import io

import pytest

from accounts.errors import QuotaSpentError
from evidence import custody, intake
from evidence.custody import Act, Actor, Subject
from evidence.errors import (
    ConsentMissingError,
    DigestMalformedError,
    DigestMismatchError,
    EmptyFileError,
    TooLargeError,
    UnknownKindError,
)
from evidence.integrity import event as events
from evidence.integrity import receipt
from evidence.models import CustodyEvent, EvidenceItem, ItemReceipt, Job
from evidence.vault import store
from tests import make

SENT = "再不还钱就让你全家都知道".encode() * 100_000  # 3.6 MB: fourteen segments
ALTERED = SENT[:-1] + b"!"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def receive(case, actor, content=SENT, **fields):
    arguments = {"kind": "message_export", "declaration": make.declaration(), **fields}
    return intake.receive(io.BytesIO(content), case=case, actor=actor, **arguments)


def files(vault):
    return [path for path in vault.rglob("*") if path.is_file()]


def test_it_keeps_the_bytes_as_sent_and_names_their_digest(case, complainant):
    item = receive(case, complainant, claimed_sha256=digest(SENT)).item

    assert (item.sha256, item.size) == (digest(SENT), len(SENT))
    with store.open_item(item, actor=Actor.system("somebody")) as plain:
        assert plain.read() == SENT


def test_it_lets_no_plain_byte_rest_on_disk(case, complainant, vault, settings):
    receive(case, complainant)

    marker = "全家都知道".encode()
    kept = files(vault) + files(settings.UPLOADS_DIR)
    assert len(kept) == 1
    assert all(marker not in path.read_bytes() for path in kept)


def test_it_records_who_brought_what_and_asks_for_a_seal(case, complainant):
    item = receive(case, complainant, claimed_sha256=digest(SENT)).item

    [row] = custody.log_of(Subject.ITEM, item.pk)
    event = events.decode(bytes(row.raw))
    assert (event.act, event.actor_id) == (Act.RECEIVED, complainant.id)
    assert event.facts["sha256"] == digest(SENT)
    assert Job.objects.get().subject_id == item.pk


def test_its_receipt_is_signed_by_the_log_key_and_names_the_event(case, complainant, house):
    item = receive(case, complainant, claimed_sha256=digest(SENT)).item

    kept = ItemReceipt.objects.get(item=item)
    promise = receipt.verify(bytes(kept.raw), bytes(kept.signature), house.log_key.public_key())
    row = custody.log_of(Subject.ITEM, item.pk).get()
    assert (promise.item, promise.sha256, promise.size) == (str(item.pk), digest(SENT), len(SENT))
    assert promise.event == events.leaf_data(bytes(row.raw)).hex()
    assert promise.claimed is True


def test_it_says_in_the_receipt_that_no_digest_was_claimed(case, complainant):
    item = receive(case, complainant).item

    assert receipt.decode(bytes(item.receipt.raw)).claimed is False


def test_it_refuses_bytes_that_changed_on_the_way_and_keeps_nothing(case, complainant, vault):
    with pytest.raises(DigestMismatchError) as refusal:
        receive(case, complainant, ALTERED, claimed_sha256=digest(SENT))

    assert refusal.value.computed == digest(ALTERED)
    assert_nothing_kept(vault)


def test_it_refuses_an_empty_file(case, complainant, vault):
    with pytest.raises(EmptyFileError):
        receive(case, complainant, b"")

    assert_nothing_kept(vault)


def test_it_refuses_more_than_the_house_takes(case, complainant, vault, settings):
    settings.EVIDENCE_MAX_BYTES = len(SENT) - 1

    with pytest.raises(TooLargeError) as refusal:
        receive(case, complainant)

    assert refusal.value.max_bytes == len(SENT) - 1
    assert_nothing_kept(vault)


def test_it_takes_exactly_as_much_as_the_house_takes(case, complainant, settings):
    settings.EVIDENCE_MAX_BYTES = len(SENT)

    assert receive(case, complainant).item.size == len(SENT)


@pytest.mark.parametrize("claimed", ["A" * 64, "0" * 63, "z" * 64, " " * 64])
def test_it_refuses_a_claim_that_is_no_digest(case, complainant, vault, claimed):
    with pytest.raises(DigestMalformedError):
        receive(case, complainant, claimed_sha256=claimed)

    assert_nothing_kept(vault)


def test_it_refuses_a_kind_that_is_none_of_ours(case, complainant, vault):
    with pytest.raises(UnknownKindError):
        receive(case, complainant, kind="selfie")

    assert_nothing_kept(vault)


def test_it_refuses_before_the_person_has_agreed(borrower, complainant, vault):
    case = make.case(borrower, agreed=False)

    with pytest.raises(ConsentMissingError) as refusal:
        receive(case, complainant)

    assert "sensitive_data" in refusal.value.purposes
    assert_nothing_kept(vault)


def test_it_refuses_what_does_not_fit_the_quota(case, complainant, vault, settings):
    settings.QUOTA_BYTES = len(SENT) - 1

    with pytest.raises(QuotaSpentError):
        receive(case, complainant)

    assert_nothing_kept(vault)


def test_a_refusal_is_an_event_on_the_uploads_own_id(case, complainant):
    with pytest.raises(EmptyFileError):
        receive(case, complainant, b"")

    row = CustodyEvent.objects.get(act=Act.REFUSED)
    assert row.subject_type == Subject.UPLOAD
    assert events.decode(bytes(row.raw)).facts == {"code": "empty_file"}


def test_the_same_file_twice_in_one_case_is_one_item(case, complainant, vault):
    first = receive(case, complainant)

    second = receive(case, complainant)

    assert (second.item, second.is_duplicate) == (first.item, True)
    assert len(files(vault)) == 1
    acts = [row.act for row in custody.log_of(Subject.ITEM, first.item.pk)]
    assert acts == [Act.RECEIVED, Act.RECEIVED_AGAIN]


def test_the_same_file_of_two_people_is_two_items(case, complainant, stranger):
    receive(case, complainant)
    other = make.case(stranger)

    assert make.item(other, SENT).pk != case.items.get().pk
    assert EvidenceItem.objects.count() == 2


def test_what_we_made_ourselves_needs_no_consent_and_no_quota(
    borrower, complainant, vault, settings
):
    settings.QUOTA_BYTES = 0
    case = make.case(borrower, agreed=False)

    item = receive(case, complainant, kind="other", origin="package", declaration=None).item

    assert item.origin == "package"


def assert_nothing_kept(vault):
    assert not EvidenceItem.objects.exists()
    assert not Job.objects.exists()
    assert files(vault) == []

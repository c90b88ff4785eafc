"""evidence/verification.py: an item is checked against all that is kept of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence import custody, verification
from evidence.custody import Act, Actor, Subject
from evidence.integrity.event import decode as decode_event
from evidence.integrity.event import encode
from evidence.models import CustodyEvent, EvidenceItem, ItemKey, ItemReceipt, TimeStampToken
from evidence.verification import Result, Verdict
from tests import make
from tests.guard import lifted, take_out


@pytest.fixture
def item(case):
    made = make.item(case, b"kept since then" * 9999)
    make.go_the_road()
    return made


def failed(verdict: Verdict) -> dict[str, str]:
    return {each.name: each.what for each in verdict.checks if each.result == Result.FAIL}


def test_a_sealed_item_is_unchanged(item):
    verdict = verification.verify_item(item)

    assert verdict.verdict == "unchanged"
    assert all(check.result == Result.PASS for check in verdict.checks)


def test_an_item_without_a_token_is_incomplete_not_green(case):
    verdict = verification.verify_item(make.item(case))

    assert verdict.verdict == "incomplete"
    unknown = [c.what for c in verdict.checks if c.result == Result.UNKNOWN]
    assert unknown == ["token_missing", "log_waiting"]


def test_a_verdict_without_checks_cannot_be_green(item):
    checked_at = verification.verify_item(item).checked_at

    assert Verdict((), checked_at).verdict == "cannot_check"


def test_one_flipped_byte_in_the_vault_is_found_and_recorded(item, vault):
    flip(vault / item.vault_name, at=70_000)

    verdict = verification.verify_item(item)

    assert (verdict.verdict, failed(verdict)) == ("changed", {"bytes": "vault_damaged"})
    event = decode_event(bytes(custody.log_of(Subject.ITEM, item.pk).last().raw))
    assert (event.act, event.facts["failed"]) == (Act.FAULT_FOUND, ["bytes"])


def test_a_cut_envelope_is_found(item, vault):
    path = vault / item.vault_name
    path.write_bytes(path.read_bytes()[:-1])

    assert failed(verification.verify_item(item))["bytes"].startswith("vault_")


def test_another_item_s_bytes_in_its_place_are_found(item, case, vault):
    other = make.item(case, b"others")
    (vault / item.vault_name).write_bytes((vault / other.vault_name).read_bytes())

    assert failed(verification.verify_item(item)) == {"bytes": "vault_damaged"}


def test_bytes_that_are_gone_are_found(item, vault):
    (vault / item.vault_name).unlink()

    assert failed(verification.verify_item(item)) == {"bytes": "item_bytes_missing"}


def test_without_its_key_an_item_cannot_be_checked_which_accuses_nobody(item):
    ItemKey.objects.filter(item=item).delete()

    verdict = verification.verify_item(EvidenceItem.objects.get(pk=item.pk))

    assert (verdict.verdict, failed(verdict)) == ("cannot_check", {})


def test_another_digest_in_the_row_is_found_by_every_check(item):
    with lifted():
        EvidenceItem.objects.filter(pk=item.pk).update(sha256="0" * 64)
    item.refresh_from_db()

    assert set(failed(verification.verify_item(item))) == {
        "bytes",
        "custody",
        "receipt",
        "token:embedded",
    }


def test_an_event_that_was_taken_out_is_found(item):
    with lifted():
        take_out(custody.log_of(Subject.ITEM, item.pk).filter(act=Act.SEALED))

    found = failed(verification.verify_item(item))
    assert found == {"custody": "custody_chain_broken", "log": "log_damaged"}


def test_an_event_that_was_rewritten_is_found(item):
    row = custody.log_of(Subject.ITEM, item.pk).first()
    event = decode_event(bytes(row.raw))
    forged = encode(type(event)(**{**vars(event), "facts": {**event.facts, "size": 1}}))
    with lifted():
        CustodyEvent.objects.filter(pk=row.pk).update(raw=forged)

    assert "custody" in failed(verification.verify_item(item))


def test_a_column_that_tells_another_story_than_its_bytes_is_found(item):
    with lifted():
        custody.log_of(Subject.ITEM, item.pk).filter(act=Act.SEALED).update(act=Act.OPENED)

    assert failed(verification.verify_item(item)) == {"custody": "custody_row_differs"}


def test_a_receipt_of_another_signature_is_found(item):
    with lifted():
        ItemReceipt.objects.filter(item=item).update(signature=bytes(64))
    item = EvidenceItem.objects.get(pk=item.pk)

    assert failed(verification.verify_item(item)) == {"receipt": "signature_mismatch"}


def test_a_token_of_another_item_is_found(item, case):
    other = make.item(case, b"others")
    make.go_the_road()
    foreign = TimeStampToken.objects.get(item=other).response
    with lifted():
        TimeStampToken.objects.filter(item=item).update(response=foreign)

    assert failed(verification.verify_item(item)) == {"token:embedded": "stamp_wrong_imprint"}


def test_a_row_that_says_another_time_than_its_token_is_found(item):
    with lifted():
        TimeStampToken.objects.filter(item=item).update(is_self_issued=False)

    assert failed(verification.verify_item(item)) == {"token:embedded": "token_row_differs"}


def test_who_checked_stands_in_the_log(item, borrower):
    verification.verify_item(item, actor=Actor.of(borrower))

    event = decode_event(bytes(custody.log_of(Subject.ITEM, item.pk).last().raw))
    assert (event.act, event.actor_id) == (Act.CHECKED, str(borrower.pk))


def flip(path: Path, *, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)

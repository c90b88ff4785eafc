"""evidence/integrity/records.py: twelve of nine hundred messages, and nothing about the others."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac

import pytest

from evidence.integrity import records
from evidence.integrity.records import (
    RecordProof,
    RecordProofError,
    RecordProofFormatError,
    RecordTree,
)

SECRET = bytes(range(32))
MESSAGES = [{"kind": "sms", "text": f"第{n}条", "duration_s": None} for n in range(9)]


@pytest.fixture
def tree() -> RecordTree:
    return RecordTree(SECRET, MESSAGES)


@pytest.mark.parametrize("index", range(9))
def test_each_record_is_proved_alone(tree, index):
    records.verify_record(MESSAGES[index], tree.proof(index), root=tree.root, count=9)


def test_a_record_given_as_its_bytes_is_the_same_leaf(tree):
    as_bytes = RecordTree(SECRET, [records.record_bytes(each) for each in MESSAGES])

    assert as_bytes.root == tree.root


def test_a_changed_record_is_refused(tree):
    changed = {**MESSAGES[4], "text": "改过"}

    with pytest.raises(RecordProofError):
        records.verify_record(changed, tree.proof(4), root=tree.root, count=9)


def test_a_record_moved_to_another_place_is_refused(tree):
    moved = dataclasses.replace(tree.proof(4), index=5)

    with pytest.raises(RecordProofError):
        records.verify_record(MESSAGES[4], moved, root=tree.root, count=9)


def test_a_proof_for_a_shorter_tree_is_refused():
    shorter = RecordTree(SECRET, MESSAGES[:5])

    with pytest.raises(RecordProofError):
        records.verify_record(MESSAGES[4], shorter.proof(4), root=shorter.root, count=9)


def test_equal_messages_have_different_leaves_so_that_none_can_be_guessed():
    first, second = (records.record_salt(SECRET, index) for index in range(2))

    assert records.leaf_hash(first, MESSAGES[0]) != records.leaf_hash(second, MESSAGES[0])


def test_another_readings_secret_gives_another_root(tree):
    assert RecordTree(bytes(32), MESSAGES).root != tree.root


def test_a_proof_survives_its_json(tree):
    assert RecordProof.from_json(tree.proof(3).as_json()) == tree.proof(3)


@pytest.mark.parametrize(
    "change",
    [{"index": "3"}, {"index": True}, {"salt": "AAAA"}, {"path": ["?"]}, {"more": 1}],
    ids=["text index", "true index", "short salt", "not base64", "a member too many"],
)
def test_a_proof_of_another_form_is_refused(tree, change):
    with pytest.raises(RecordProofFormatError):
        RecordProof.from_json({**tree.proof(3).as_json(), **change})


def test_a_secret_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        RecordTree(b"short", MESSAGES)


def test_an_export_is_named_without_its_digest_as_the_format_says():
    digest = "ab" * 32
    salt = hmac.new(SECRET, b"liuzheng/parent-salt/v1\n", hashlib.sha256).digest()
    expected = hashlib.sha256(b"liuzheng/parent/v1\n" + salt + bytes.fromhex(digest)).hexdigest()

    assert records.parent_commitment(SECRET, digest) == expected


def test_one_export_read_twice_is_named_in_two_ways():
    assert records.parent_commitment(SECRET, "ab" * 32) != records.parent_commitment(
        bytes(32), "ab" * 32
    )


def raws() -> list[bytes]:
    return [records.record_bytes(each) for each in MESSAGES]


def test_one_pass_over_the_rows_gives_the_proofs_that_the_tree_gives(tree):
    proofs = records.prove_records(SECRET, iter(raws()), root=tree.root, count=9, indexes=[7, 2])

    assert proofs == [tree.proof(7), tree.proof(2)]


def test_no_proof_is_made_when_a_row_that_nobody_chose_has_changed(tree):
    changed = raws()
    changed[5] += b" "

    with pytest.raises(RecordProofError):
        records.prove_records(SECRET, changed, root=tree.root, count=9, indexes=[2])


@pytest.mark.parametrize(
    ("kept", "index"), [(8, 2), (9, 9)], ids=["a row is gone", "a place beyond the end"]
)
def test_no_proof_is_made_of_another_number_of_rows(tree, kept, index):
    with pytest.raises(RecordProofError):
        records.prove_records(SECRET, raws()[:kept], root=tree.root, count=9, indexes=[index])

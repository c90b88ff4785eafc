"""evidence/integrity/merkle.py: RFC 9162's tree, by its own definitions and by others' vectors."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.integrity import merkle
from evidence.integrity.merkle import ConsistencyError, Frontier, InclusionError

# The eight leaves of RFC 6962's reference tests, and their well-known root.
VECTOR_LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % index) for index in range(count)]


def by_definition(hashes: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = by_definition(hashes[:split]), by_definition(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_reference_leaves_give_the_reference_root():
    hashes = [merkle.leaf_hash(each) for each in VECTOR_LEAVES]

    assert merkle.root(hashes).hex() == VECTOR_ROOT


@pytest.mark.parametrize("count", range(40))
def test_the_root_is_the_one_of_the_definition(count):
    assert merkle.root(leaves(count)) == by_definition(leaves(count))


def test_a_frontier_goes_on_where_it_was_kept():
    begun = Frontier()
    for each in leaves(21):
        begun.append(each)

    resumed = Frontier(begun.size, begun.subtrees)
    for each in leaves(50)[21:]:
        resumed.append(each)

    assert resumed.root() == by_definition(leaves(50))


def test_a_frontier_with_a_missing_subtree_is_refused():
    with pytest.raises(ValueError, match="each bit"):
        Frontier(3, [b"\x00" * 32])


@settings(max_examples=150, deadline=None)
@given(size=st.integers(1, 70), data=st.data())
def test_every_leaf_proves_its_place_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda each: size == 1 or each != index))
    hashes = leaves(size)
    proof, root = merkle.inclusion_proof(hashes, index), merkle.root(hashes)

    merkle.verify_inclusion(hashes[index], index=index, size=size, proof=proof, root_hash=root)

    if other != index:
        with pytest.raises(InclusionError):
            merkle.verify_inclusion(
                hashes[index], index=other, size=size, proof=proof, root_hash=root
            )


@settings(max_examples=150, deadline=None)
@given(size=st.integers(2, 70), data=st.data())
def test_a_changed_short_or_long_inclusion_proof_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    proof, root = merkle.inclusion_proof(hashes, index), merkle.root(hashes)
    at = data.draw(st.integers(0, len(proof) - 1))
    changed = [*proof[:at], bytes(32), *proof[at + 1 :]]

    for bad in (changed, proof[:-1], [*proof, bytes(32)], [proof[0][:31], *proof[1:]]):
        with pytest.raises(InclusionError):
            merkle.verify_inclusion(
                hashes[index], index=index, size=size, proof=bad, root_hash=root
            )


@settings(max_examples=150, deadline=None)
@given(size=st.integers(1, 70), data=st.data())
def test_a_grown_tree_is_consistent_with_every_earlier_one(size, data):
    old_size = data.draw(st.integers(1, size))
    hashes = leaves(size)

    merkle.verify_consistency(
        old_size=old_size,
        size=size,
        proof=merkle.consistency_proof(hashes, old_size),
        old_root=merkle.root(hashes[:old_size]),
        root_hash=merkle.root(hashes),
    )


@settings(max_examples=150, deadline=None)
@given(size=st.integers(2, 70), data=st.data())
def test_a_tree_whose_past_was_changed_is_refused(size, data):
    old_size = data.draw(st.integers(1, size - 1))
    changed_at = data.draw(st.integers(0, old_size - 1))
    before = leaves(size)
    after = [*before[:changed_at], merkle.leaf_hash(b"another"), *before[changed_at + 1 :]]

    with pytest.raises(ConsistencyError):
        merkle.verify_consistency(
            old_size=old_size,
            size=size,
            proof=merkle.consistency_proof(after, old_size),
            old_root=merkle.root(before[:old_size]),
            root_hash=merkle.root(after),
        )


@pytest.mark.parametrize(("old_size", "size"), [(3, 7), (4, 7), (6, 8), (1, 2)])
def test_a_changed_short_or_long_consistency_proof_is_refused(old_size, size):
    hashes = leaves(size)
    proof = merkle.consistency_proof(hashes, old_size)

    for bad in (proof[:-1], [*proof, bytes(32)], [bytes(32), *proof[1:]], [b"short"], []):
        with pytest.raises(ConsistencyError):
            merkle.verify_consistency(
                old_size=old_size,
                size=size,
                proof=bad,
                old_root=merkle.root(hashes[:old_size]),
                root_hash=merkle.root(hashes),
            )


def test_two_roots_of_one_size_are_not_consistent():
    with pytest.raises(ConsistencyError):
        merkle.verify_consistency(
            old_size=2, size=2, proof=[], old_root=bytes(32), root_hash=merkle.root(leaves(2))
        )


@pytest.mark.parametrize(("old_size", "size"), [(0, 3), (4, 3)])
def test_no_proof_leads_from_nothing_or_backwards(old_size, size):
    with pytest.raises(ConsistencyError):
        merkle.verify_consistency(
            old_size=old_size, size=size, proof=[], old_root=bytes(32), root_hash=bytes(32)
        )


def test_a_proof_in_ten_million_leaves_names_two_dozen_subtrees():
    ranges = merkle.inclusion_ranges(7_654_321, 10_000_000)

    assert len(ranges) == 24
    assert sum(end - begin for begin, end in ranges) == 9_999_999

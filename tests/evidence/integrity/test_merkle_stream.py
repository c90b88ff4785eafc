"""evidence/integrity/merkle_stream.py: root and proofs in one pass over unkept leaves."""

from __future__ import annotations

import random

import pytest

from evidence.integrity import merkle, merkle_stream

LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(70)]


@pytest.mark.parametrize("size", range(1, 71))
def test_every_leaf_s_path_is_the_one_that_the_whole_tree_gives(size):
    leaves = LEAVES[:size]

    proved = merkle_stream.prove(iter(leaves), size=size, indexes=range(size))

    whole = {index: tuple(merkle.inclusion_proof(leaves, index)) for index in range(size)}
    assert proved == merkle_stream.Proved(merkle.root(leaves), whole)


def test_a_few_paths_hold_in_a_large_tree():
    size = 4999
    leaves = [merkle.leaf_hash(n.to_bytes(4, "big")) for n in range(size)]
    chosen = random.Random(3).sample(range(size), 12)

    proved = merkle_stream.prove(iter(leaves), size=size, indexes=chosen)

    assert list(proved.paths) == chosen
    for index in chosen:
        merkle.verify_inclusion(
            leaves[index],
            index=index,
            size=size,
            proof=proved.paths[index],
            root_hash=merkle.root(leaves),
        )


def test_an_empty_tree_has_its_root():
    assert merkle_stream.prove([], size=0, indexes=()).root == merkle.root([])


@pytest.mark.parametrize("size", [6, 8])
def test_too_few_or_too_many_leaves_are_refused(size):
    with pytest.raises(ValueError, match="7 leaves"):
        merkle_stream.prove(LEAVES[:7], size=size, indexes=[0])


def test_a_leaf_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no such leaf"):
        merkle_stream.prove(LEAVES[:7], size=7, indexes=[7])

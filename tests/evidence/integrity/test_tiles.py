"""evidence/integrity/tiles.py: any hash of a tree out of tiles, and the names of tiles."""

from __future__ import annotations

import hashlib
from functools import partial

import pytest

from evidence.integrity import merkle, tiles
from evidence.integrity.tiles import WIDTH, TileName
from tests.evidence.log import naive


class Tree:
    """A whole tree in memory: level 0 leaf hashes, each further one made of whole tiles."""

    def __init__(self, size: int) -> None:
        self.data = [hashlib.sha256(b"%d" % n).digest() for n in range(size)]
        self.levels = [[naive.leaf(each) for each in self.data]]
        while len(self.levels[-1]) >= WIDTH:
            below = self.levels[-1]
            whole = range(0, len(below) - WIDTH + 1, WIDTH)
            self.levels.append([merkle.root(below[at : at + WIDTH]) for at in whole])

    def hashes(self, level: int, begin: int, end: int) -> list[bytes]:
        assert begin // WIDTH == (end - 1) // WIDTH, "asked across tiles"
        found = self.levels[level][begin:end]
        assert len(found) == end - begin, "asked for what is not whole"
        return found


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 513, 1000])
def test_its_root_is_the_definition_s(size):
    tree = Tree(size)

    assert tiles.root(size, tree.hashes) == naive.root(tree.data)


def test_its_root_holds_over_three_levels_of_tiles():
    tree = Tree(WIDTH * WIDTH + 300)

    assert tiles.root(len(tree.data), tree.hashes) == merkle.root(tree.levels[0])


@pytest.mark.parametrize("size", [1, 2, 7, 255, 256, 258, 700])
def test_its_proofs_are_the_definition_s(size):
    tree = Tree(size)

    for index in {0, size // 3, size // 2, size - 1}:
        node = partial(tiles.subtree, hashes=tree.hashes)
        assert tiles.inclusion_proof(index, size, node) == naive.path(index, tree.data)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (3, 7), (255, 257), (256, 1000), (700, 701)])
def test_its_consistency_proofs_hold(old, new):
    tree = Tree(new)

    merkle.verify_consistency(
        old_size=old,
        size=new,
        proof=tiles.consistency_proof(old, new, tree.hashes),
        old_root=naive.root(tree.data[:old]),
        root_hash=naive.root(tree.data),
    )


@pytest.mark.parametrize(
    ("index", "text"), [(0, "000"), (67, "067"), (1234, "x001/234"), (1234067, "x001/x234/067")]
)
def test_a_tile_s_number_is_written_as_c2sp_says(index, text):
    assert tiles.write_number(index) == text
    assert tiles.read_number(text) == index


@pytest.mark.parametrize("text", ["", "1", "0001", "x000/067", "067/x001", "x1/067", "-01", "٠٠١"])
def test_another_spelling_is_no_number(text):
    assert tiles.read_number(text) is None


def test_a_tree_covers_whole_hashes_only():
    assert tiles.covers(256, TileName(1, 0, 1))
    assert not tiles.covers(255, TileName(1, 0, 1))
    assert tiles.covers(300, TileName(0, 1, 44))
    assert not tiles.covers(300, TileName(0, 1, 45))

"""Root and proofs of a tree whose leaves come one after another and are not kept.

Twelve of a hundred thousand records are proved by one pass over the rows: what is held is the
tree's right edge and the hashes that the proofs ask for, however many leaves go by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from evidence.integrity import merkle
from evidence.integrity.merkle import Range


@dataclass(frozen=True)
class Proved:
    """A tree's root, and for each leaf that was asked for its RFC 9162 path, leaf side first."""

    root: bytes
    paths: dict[int, tuple[bytes, ...]]


def prove(leaf_hashes: Iterable[bytes], *, size: int, indexes: Collection[int]) -> Proved:
    """Prove the leaves at `indexes` in one pass.

    Args:
        leaf_hashes: of all leaves, in order; read once.
        size: how many there are; the shape of every proof hangs on it, so it is needed first.
        indexes: from 0, each less than `size`.

    Raises:
        ValueError: an index is none, or there are not `size` leaves.
    """
    ranges = {index: merkle.inclusion_ranges(index, size) for index in indexes}
    wanted = {each for found in ranges.values() for each in found}
    kept: dict[Range, bytes] = {}
    edge: list[tuple[int, bytes]] = []  # perfect subtrees by their first leaf, largest first
    count = 0
    for leaf in leaf_hashes:
        begin, node = count, leaf
        count += 1
        _keep(kept, wanted, (begin, count), node)
        # One merge for each trailing zero bit of the count: the subtrees that are now perfect.
        for _ in range((count & -count).bit_length() - 1):
            begin, left = edge.pop()
            node = merkle.node_hash(left, node)
            _keep(kept, wanted, (begin, count), node)
        edge.append((begin, node))
    if count != size:
        raise ValueError(f"{count} leaves came of a tree of {size}")
    root = _close(edge, size, kept, wanted)
    return Proved(
        root, {index: tuple(kept[each] for each in found) for index, found in ranges.items()}
    )


def _close(
    edge: list[tuple[int, bytes]], size: int, kept: dict[Range, bytes], wanted: set[Range]
) -> bytes:
    """Join the right edge from its small end: these are the only subtrees that are not perfect."""
    if not edge:
        return merkle.root(())
    _, node = edge[-1]
    for begin, left in reversed(edge[:-1]):
        node = merkle.node_hash(left, node)
        _keep(kept, wanted, (begin, size), node)
    return node


def _keep(kept: dict[Range, bytes], wanted: set[Range], leaves: Range, node: bytes) -> None:
    if leaves in wanted:
        kept[leaves] = node

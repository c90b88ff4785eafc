"""The log's tree: RFC 9162 §2.1 over SHA-256, proofs and their verification.

Proofs are named as ranges of leaves first (`inclusion_ranges`), so a log that keeps the hashes of
whole subtrees answers for ten million leaves by reading some twenty of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from evidence.errors import EvidenceError

HASH_BYTES = 32
Range = tuple[int, int]  # leaves [begin, end)


class InclusionError(EvidenceError):
    """The proof does not lead from this leaf to this root."""

    code = "log_not_included"


class ConsistencyError(EvidenceError):
    """The proof does not show that the larger tree only added to the smaller one."""

    code = "log_not_consistent"


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The hash of a whole tree, given its leaves' hashes; of no leaves: SHA-256 of nothing."""
    frontier = Frontier()
    for each in leaf_hashes:
        frontier.append(each)
    return frontier.root()


class Frontier:
    """A growing tree's right edge: its perfect subtrees, largest first; 32 bytes for each.

    Appending costs the same however long the log is. `subtrees` is what is to be kept.
    """

    def __init__(self, size: int = 0, subtrees: Sequence[bytes] = ()) -> None:
        if len(subtrees) != size.bit_count():
            raise ValueError("a tree has one perfect subtree for each bit of its size")
        self.size = size
        self.subtrees = list(subtrees)

    def append(self, leaf: bytes) -> None:
        """Add one leaf's hash."""
        node, size = leaf, self.size
        while size & 1:
            node = node_hash(self.subtrees.pop(), node)
            size >>= 1
        self.subtrees.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the tree as it is now."""
        if not self.subtrees:
            return hashlib.sha256(b"").digest()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = node_hash(left, node)
        return node


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Whose subtree hashes prove leaf `index` in a tree of `size` leaves, leaf side first."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    found, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def consistency_ranges(old_size: int, size: int) -> list[Range]:
    """Whose subtree hashes prove that `old_size` leaves are the beginning of `size` leaves."""
    if not 0 < old_size <= size:
        raise ValueError("the older tree has at least one leaf and no more than the newer")
    found, begin, end = [], 0, size
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    if begin:  # RFC 9162's b flag: the older tree itself is known and not repeated
        found.append((begin, end))
    return found[::-1]


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The proof from all leaves' hashes; for trees that fit into memory."""
    return [_subtree(leaf_hashes, each) for each in inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof from all leaves' hashes; for trees that fit into memory."""
    return [_subtree(leaf_hashes, each) for each in consistency_ranges(old_size, len(leaf_hashes))]


def prove(ranges: Sequence[Range], subtree: Callable[[int, int], bytes]) -> list[bytes]:
    """The proof's hashes, each fetched by `subtree(begin, end)` from wherever they are kept."""
    return [subtree(begin, end) for begin, end in ranges]


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> None:
    """RFC 9162 §2.1.3.2. `leaf` is the leaf's hash, not its data.

    Raises:
        InclusionError: it is not there, or the proof has another form.
    """
    if not 0 <= index < size:
        raise InclusionError(f"no leaf {index} in a tree of {size}")
    last, position, node = size - 1, index, leaf
    for sibling in proof:
        if last == 0 or len(sibling) != HASH_BYTES:
            raise InclusionError("the proof is too long or not made of hashes")
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise InclusionError("the proof is too short")
    if node != root_hash:
        raise InclusionError("the proof leads to another root")


def verify_consistency(
    *, old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root_hash: bytes
) -> None:
    """RFC 9162 §2.1.4.2.

    Raises:
        ConsistencyError: something was taken out or changed, or the proof has another form.
    """
    if not 0 < old_size <= size:
        raise ConsistencyError(f"no proof leads from {old_size} to {size} leaves")
    if old_size == size:
        if proof or old_root != root_hash:
            raise ConsistencyError("two trees of one size have two roots, or a proof they need not")
        return
    if not proof or any(len(each) != HASH_BYTES for each in proof):
        raise ConsistencyError("the proof is empty or not made of hashes")
    rest = list(proof)
    if old_size & (old_size - 1) == 0:
        rest.insert(0, old_root)
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_node = node = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            raise ConsistencyError("the proof is too long")
        if position & 1 or position == last:
            old_node, node = node_hash(sibling, old_node), node_hash(sibling, node)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    if last != 0 or old_node != old_root or node != root_hash:
        raise ConsistencyError("the larger tree does not begin with the smaller one")


def _split(size: int) -> int:
    """The largest power of two that is smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(leaf_hashes: Sequence[bytes], leaves: Range) -> bytes:
    return root(leaf_hashes[leaves[0] : leaves[1]])

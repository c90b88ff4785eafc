"""Tiles: 256 hashes of one level of the log's tree, C2SP tlog-tiles (docs/formats/log.md).

A log that keeps its full tiles answers every question about its tree by reading a few of them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence.integrity import merkle
from evidence.integrity.merkle import HASH_BYTES

HEIGHT = 8
WIDTH = 1 << HEIGHT
MAX_LEVEL = 63
NUMBER = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}")

Hashes = Callable[[int, int, int], Sequence[bytes]]
"""`hashes(level, begin, end)`: hashes of tile level `level`, numbered [begin, end), none missing.

Asked only for numbers within one tile, and only for hashes of whole subtrees.
"""
Node = Callable[[int, int], bytes]
"""`node(begin, end)`: the hash over the leaves [begin, end), as `subtree` computes it."""


@dataclass(frozen=True)
class TileName:
    """Which tile, and how many of its hashes; `width` 256 for a full one."""

    level: int
    index: int
    width: int


def split(hashes: bytes) -> list[bytes]:
    """A tile's bytes as its hashes."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def bundle(data: Sequence[bytes]) -> bytes:
    """The bytes of an entry bundle: each leaf's data behind its length (two bytes, big-endian)."""
    return b"".join(struct.pack(">H", len(each)) + each for each in data)


def covers(size: int, name: TileName) -> bool:
    """Whether a tree of `size` leaves has all hashes of this tile."""
    last = name.index * WIDTH + name.width
    return last << (HEIGHT * name.level) <= size


def write_number(index: int) -> str:
    """`x001/x234/067` for 1234067."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


def read_number(text: str) -> int | None:
    """The number that `write_number` wrote so; None for any other text."""
    if not NUMBER.fullmatch(text):
        return None
    index = int(text.replace("x", "").replace("/", ""))
    return index if write_number(index) == text else None


def root(size: int, hashes: Hashes) -> bytes:
    """The root of a tree of `size` leaves."""
    return subtree(0, size, hashes) if size else merkle.root([])


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """RFC 9162 §2.1.3: hashes that lead from leaf `index` to the root, leaf side first."""
    return [node(*each) for each in merkle.inclusion_ranges(index, size)]


def consistency_proof(old_size: int, size: int, hashes: Hashes) -> list[bytes]:
    """RFC 9162 §2.1.4: hashes that lead from the older tree to the newer one."""
    return [subtree(*each, hashes) for each in merkle.consistency_ranges(old_size, size)]


def subtree(begin: int, end: int, hashes: Hashes) -> bytes:
    """The hash over the leaves [begin, end), a node of the tree.

    Its whole parts are taken from the highest level that has them, so it costs a few tiles
    however many leaves there are.
    """
    parts: list[bytes] = []
    at = begin
    while at < end:
        length = _largest(at, end)
        parts.append(_perfect(at, length, hashes))
        at += length
    node = parts[-1]
    for left in reversed(parts[:-1]):
        node = merkle.node_hash(left, node)
    return node


def _largest(at: int, end: int) -> int:
    """Leaves of the largest perfect subtree that begins at `at` and fits."""
    length = 1 << ((end - at).bit_length() - 1)
    while at % length:
        length >>= 1
    return length


def _perfect(begin: int, length: int, hashes: Hashes) -> bytes:
    """The hash of a perfect subtree: a hash of some level, or made of those within one tile."""
    height = length.bit_length() - 1
    level, above = divmod(height, HEIGHT)
    first = begin >> (HEIGHT * level)
    return merkle.root(hashes(level, first, first + (1 << above)))

"""The log's tree as its rows tell it: any hash of it for a few rows, however long it is."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.integrity import merkle, tiles
from evidence.integrity.tiles import WIDTH
from evidence.log.errors import LogDamagedError
from evidence.models.log import LogLeaf, LogTile


def size() -> int:
    """How many leaves there are."""
    last = LogLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


class Tree:
    """Reads hashes of the tree; keeps what it met, for one answer or one package."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self._subtrees: dict[tuple[int, int], bytes] = {}

    def root(self, of_size: int) -> bytes:
        """The root over the first `of_size` leaves."""
        return tiles.root(of_size, self.hashes)

    def inclusion(self, index: int, of_size: int) -> list[bytes]:
        """The path of leaf `index` in the tree of that size."""
        return tiles.inclusion_proof(index, of_size, self._node)

    def consistency(self, old_size: int, of_size: int) -> list[bytes]:
        """What leads from the older tree to the newer one; nothing for equal or empty ones."""
        if old_size in (0, of_size):
            return []
        return tiles.consistency_proof(old_size, of_size, self.hashes)

    def _node(self, begin: int, end: int) -> bytes:
        """One node; the paths of neighbours share nearly all of theirs."""
        if (begin, end) not in self._subtrees:
            self._subtrees[begin, end] = tiles.subtree(begin, end, self.hashes)
        return self._subtrees[begin, end]

    def hashes(self, level: int, begin: int, end: int) -> Sequence[bytes]:
        """Hashes number [begin, end) of a tile level, all within one tile.

        Raises:
            LogDamagedError: one of them is not there.
        """
        index, first = begin // WIDTH, begin % WIDTH
        found = self._tile(level, index)[first : first + end - begin]
        if len(found) != end - begin:
            raise LogDamagedError(f"level {level} has not all of {begin} to {end}")
        return found

    def _tile(self, level: int, index: int) -> list[bytes]:
        """All that there is of one tile: one query for a full one, one more for the last one."""
        key = (level, index)
        if key not in self._tiles:
            row = LogTile.objects.filter(level=level, index=index).values_list("hashes", flat=True)
            raw = row.first()
            begin, end = index * WIDTH, (index + 1) * WIDTH
            if raw is not None:
                self._tiles[key] = tiles.split(bytes(raw))
            elif level == 0:
                self._tiles[key] = leaf_hashes(begin, end)
            else:
                self._tiles[key] = _roots(level - 1, begin, end)
        return self._tiles[key]


def leaf_hashes(begin: int, end: int) -> list[bytes]:
    """The hashes of leaves [begin, end), from their rows."""
    return [merkle.leaf_hash(data) for data in leaf_data(begin, end)]


def leaf_data(begin: int, end: int) -> list[bytes]:
    """The data of leaves [begin, end): 32 bytes each."""
    rows = LogLeaf.objects.filter(index__gte=begin, index__lt=end).order_by("index")
    return [bytes(data) for data in rows.values_list("data", flat=True)]


def _roots(level: int, begin: int, end: int) -> list[bytes]:
    rows = LogTile.objects.filter(level=level, index__gte=begin, index__lt=end).order_by("index")
    return [bytes(root) for root in rows.values_list("root", flat=True)]

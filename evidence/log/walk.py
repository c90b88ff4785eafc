"""Build the log anew from all its rows and name the first one that does not fit.

Chains are walked in `chains`; here is the tree: leaves in order, tiles, checkpoints, their tokens.
One leaf at a time is in memory, however long the log is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidence import tsa_sources
from evidence.errors import EvidenceError
from evidence.integrity import checkpoint as notes
from evidence.integrity import event as events
from evidence.integrity import merkle
from evidence.integrity.house import House
from evidence.integrity.merkle import Frontier
from evidence.integrity.tiles import WIDTH
from evidence.integrity.timestamp import verify_response
from evidence.integrity.trust import Role
from evidence.log.checkpoints import imprint
from evidence.models.custody import CustodyEvent
from evidence.models.log import Checkpoint, CheckpointToken, LogLeaf, LogTile

BATCH = 2000
PROMISED = timedelta(hours=24)  # the receipt: by then the event is in the log


@dataclass(frozen=True)
class TreeFault:
    """The first bad row of one kind."""

    row: str  # leaf, tile, checkpoint, token, event
    at: str  # its index, level/index, size or id
    code: str


@dataclass
class TreeWalk:
    """What a walk saw."""

    leaves: int = 0
    checkpoints: int = 0
    tokens: int = 0
    waiting: int = 0  # events without a place yet, within the promise


def walk(seen: TreeWalk, *, house: House, now: datetime) -> Iterator[TreeFault]:
    """Yield the first fault of each kind of row; count into `seen`.

    Args:
        seen: counts; nothing seen is not the same as nothing wrong.
        house: whose log keys, current and retired, may have signed.
        now: aware; an event that is older than the promise and has no place is a fault.
    """
    yield from _tree(seen, house)
    yield from _tokens(seen, house)
    yield from _waiting(seen, now)


def _tree(seen: TreeWalk, house: House) -> Iterator[TreeFault]:
    """Leaves without a gap, each its event's commitment; tiles and checkpoints on the way."""
    edge = _Edge()
    points = iter(Checkpoint.objects.order_by("size").iterator(BATCH))
    point = next(points, None)
    rows = LogLeaf.objects.order_by("index").values_list("index", "data", "event__raw")
    for index, data, raw in rows.iterator(BATCH):
        if index != seen.leaves or bytes(data) != events.leaf_data(bytes(raw)):
            gap = index != seen.leaves
            yield TreeFault("leaf", str(seen.leaves), "log_gap" if gap else "log_leaf_differs")
            return
        seen.leaves += 1
        if bad := edge.append(merkle.leaf_hash(bytes(data))):
            yield bad
            return
        while point is not None and point.size == seen.leaves:
            seen.checkpoints += 1
            if code := _wrong(point, edge.tree.root(), house):
                yield TreeFault("checkpoint", str(point.size), code)
                return
            point = next(points, None)
    if point is not None:
        yield TreeFault("checkpoint", str(point.size), "log_cut")  # signed for more than is here


class _Edge:
    """Grows the tree and compares each tile that becomes full with its row."""

    def __init__(self) -> None:
        self.tree = Frontier()
        self._open: list[list[bytes]] = []
        self._tiles: list[int] = []

    def append(self, leaf: bytes) -> TreeFault | None:
        """Add one leaf's hash; the fault of the first tile that is not what it must be."""
        self.tree.append(leaf)
        level, node = 0, leaf
        while True:
            if level == len(self._open):
                self._open.append([])
                self._tiles.append(0)
            self._open[level].append(node)
            if len(self._open[level]) < WIDTH:
                return None
            hashes, index = self._open[level], self._tiles[level]
            node = merkle.root(hashes)
            row = LogTile.objects.filter(level=level, index=index).first()
            if row is None or (bytes(row.hashes), bytes(row.root)) != (b"".join(hashes), node):
                return TreeFault("tile", f"{level}/{index}", "log_tile_differs")
            self._open[level], self._tiles[level] = [], index + 1
            level += 1


def _wrong(point: Checkpoint, root: bytes, house: House) -> str:
    """What is wrong with a checkpoint over this root; "" when nothing is."""
    for entry in house.entries:
        if entry.role != Role.LOG:
            continue
        try:
            told = notes.verify(
                bytes(point.note), origin=house.origin, public_key=entry.public_key()
            )
        except notes.CheckpointSignatureError:
            continue  # another key of the house's may have signed it
        except EvidenceError as problem:
            return problem.code
        if (told.size, told.root) != (point.size, root) or point.root != root.hex():
            return "log_root_differs"
        return ""
    return "checkpoint_wrong_signature"


def _tokens(seen: TreeWalk, house: House) -> Iterator[TreeFault]:
    """Every token over a checkpoint holds over its note, as of its own time."""
    tokens = CheckpointToken.objects.filter(renews=None).select_related("checkpoint")
    for token in tokens.iterator(BATCH):
        try:
            source = tsa_sources.source(token.source)
        except tsa_sources.StampSourceError:
            continue  # no roots of that authority here any more: nothing to judge it by
        seen.tokens += 1
        try:
            verify_response(
                bytes(token.response),
                imprint(token.checkpoint),
                roots=source.roots,
                own_roots=house.roots(),
            )
        except EvidenceError as problem:
            yield TreeFault("token", str(token.pk), problem.code)
            return


def _waiting(seen: TreeWalk, now: datetime) -> Iterator[TreeFault]:
    """Events without a place: waiting, or forgotten."""
    without = CustodyEvent.objects.filter(leaf__isnull=True).order_by("at")
    seen.waiting = without.count()
    forgotten = without.filter(pending_leaf__isnull=True).first()
    if forgotten is not None:
        yield TreeFault("event", str(forgotten.pk), "log_event_never_asked")
    overdue = without.filter(at__lt=now - PROMISED, pending_leaf__isnull=False).first()
    if overdue is not None:
        yield TreeFault("event", str(overdue.pk), "log_overdue")

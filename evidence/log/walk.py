"""Build the log anew from all its rows and name the first one that does not fit.

Chains are walked in `chains`; here is the tree: leaves in order, tiles, checkpoints, their tokens.
One leaf at a time is in memory, however long the log is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from evidence import tsa_sources
from evidence.errors import EvidenceError
from evidence.integrity import checkpoint as notes
from evidence.integrity import event as events
from evidence.integrity import merkle, renewal
from evidence.integrity.house import House
from evidence.integrity.merkle import Frontier
from evidence.integrity.tiles import WIDTH
from evidence.integrity.trust import Role
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
    """Every token over a checkpoint, renewals too, holds over its note, as of its own time.

    One that has lapsed since held in its time: whether it still proves is for who verifies.
    """
    known = tsa_sources.all_names()  # without an authority's roots there is nothing to judge by
    stamped = Checkpoint.objects.filter(tokens__isnull=False).distinct().order_by("size")
    for checkpoint in stamped.prefetch_related("tokens").iterator(BATCH):
        note = bytes(checkpoint.note)
        tokens = sorted(checkpoint.tokens.all(), key=lambda token: (token.gen_time, token.pk))
        links = renewal.judge(
            [_stamp(token) for token in tokens],
            lambda algorithm, note=note: hashlib.new(algorithm, note).hexdigest(),  # type: ignore[misc]  # the default binds
            at=tokens[-1].gen_time,
            roots=tsa_sources.roots(),
            own_roots=house.roots(),
        )
        for token, link in zip(tokens, links, strict=True):
            if token.source not in known:
                continue
            seen.tokens += 1
            if link.state is renewal.State.FAILED:
                yield TreeFault("token", str(token.pk), link.code)
                return


def _stamp(token: CheckpointToken) -> renewal.Stamp:
    text = None if token.renewal is None else bytes(token.renewal)
    return renewal.Stamp(bytes(token.response), text)


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

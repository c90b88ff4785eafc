"""Give waiting events their places in the log, in batches; one writer at a time.

An event waits as a `PendingLeaf` written in its own transaction, so one that was committed late is
taken later and never passed over. The order is the sequencer's; each subject's own order stands in
its chain.
"""

from __future__ import annotations

from django.db import connection, transaction

from evidence.integrity import event as events
from evidence.integrity import merkle
from evidence.integrity.tiles import WIDTH
from evidence.log import tree
from evidence.models.log import LogLeaf, LogTile, PendingLeaf

BATCH = 2000  # events per round: a statement of this many rows is fast on both databases
LOCK = "evidence log"


def integrate(*, most: int = BATCH) -> int:
    """Take up to `most` waiting events in; return how many. All rows of a batch or none."""
    with transaction.atomic():
        hold()
        return _integrate(most)


def integrate_all() -> int:
    """Take in whatever waits now; return how many."""
    count = 0
    while took := integrate():
        count += took
    return count


def hold() -> None:
    """Keep every other writer of the log out until the transaction's end.

    SQLite has let one writer in with the transaction's first statement already (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def _integrate(most: int) -> int:
    waiting = list(
        PendingLeaf.objects.order_by("pk").values_list("pk", "event_id", "event__raw")[:most]
    )
    if not waiting:
        return 0
    begin = tree.size()
    data = [events.leaf_data(bytes(raw)) for _, _, raw in waiting]
    LogLeaf.objects.bulk_create(
        LogLeaf(index=begin + place, event_id=event, data=data[place])
        for place, (_, event, _) in enumerate(waiting)
    )
    # By key: a row with a smaller number may have been committed since we looked.
    PendingLeaf.objects.filter(pk__in=[pk for pk, _, _ in waiting]).delete()
    _fill_tiles(begin, [merkle.leaf_hash(each) for each in data])
    return len(waiting)


def _fill_tiles(begin: int, new: list[bytes]) -> None:
    """Write every tile that these leaves made full, from the lowest level up."""
    level = 0
    while new:
        first = begin // WIDTH  # the tile that `new` goes on with
        known = _edge(level, first, begin)
        hashes = known + new
        full = [hashes[at : at + WIDTH] for at in range(0, len(hashes) - WIDTH + 1, WIDTH)]
        roots = [merkle.root(tile) for tile in full]
        LogTile.objects.bulk_create(
            LogTile(level=level, index=first + place, hashes=b"".join(tile), root=root)
            for place, (tile, root) in enumerate(zip(full, roots, strict=True))
        )
        begin, new, level = first, roots, level + 1


def _edge(level: int, tile: int, begin: int) -> list[bytes]:
    """The hashes that the unfinished tile has already."""
    at = tile * WIDTH
    return list(tree.Tree().hashes(level, at, begin)) if begin > at else []

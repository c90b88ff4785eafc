"""Where the events of a package stand in the Merkle log, and what strangers stamped of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from complaints.bundle import exhibits as said
from complaints.composing.exhibits import token
from evidence.integrity import event as events
from evidence.log import proofs
from evidence.log.tree import Tree
from evidence.models import Checkpoint


def proof_of(exhibits: Sequence[said.Exhibit], checkpoint: Checkpoint) -> said.LogProof:
    """All that a package says of the log.

    Args:
        exhibits: as they stand in the package, with the events that are handed over.
        checkpoint: the main one; it covers all of these events.
    """
    tree = Tree()
    digests = [events.digest(raw) for each in exhibits for raw in _raws(each)]
    found = proofs.places(digests, checkpoint, tree=tree)
    outside, earlier = _outside(exhibits, checkpoint, tree)
    return said.LogProof(
        checkpoint=bytes(checkpoint.note),
        size=checkpoint.size,
        tokens=tuple(token(row) for row in checkpoint.tokens.all()),
        entries=tuple(_entry(found[digest]) for digest in dict.fromkeys(digests)),
        earlier=tuple(_earlier(point, checkpoint, tree) for point in earlier),
        outside=tuple(outside),
    )


def _raws(exhibit: said.Exhibit) -> Iterable[bytes]:
    return [*exhibit.custody, *(exhibit.parent.events if exhibit.parent else ())]


def _outside(
    exhibits: Sequence[said.Exhibit], main: Checkpoint, tree: Tree
) -> tuple[list[said.OutsidePlace], list[Checkpoint]]:
    """Each exhibit's first event under the first stamped checkpoint, and these checkpoints."""
    places, points = [], {}
    first = {exhibit.number: events.digest(exhibit.custody[0]) for exhibit in exhibits}
    stamped = proofs.first_stamped_each(list(first.values()), tree=tree)
    for exhibit in exhibits:
        found = stamped.get(first[exhibit.number])
        if found is None or found.checkpoint.size >= main.size:
            continue  # the main checkpoint's own tokens tell it, where there are any
        points[found.checkpoint.size] = found.checkpoint
        places.append(
            said.OutsidePlace(
                number=exhibit.number, size=found.checkpoint.size, entry=_entry(found.place)
            )
        )
    return places, [points[size] for size in sorted(points)]


def _entry(place: proofs.Place) -> said.LogEntry:
    return said.LogEntry(event=place.event, index=place.index, path=place.path)


def _earlier(point: Checkpoint, main: Checkpoint, tree: Tree) -> said.EarlierCheckpoint:
    return said.EarlierCheckpoint(
        size=point.size,
        note=bytes(point.note),
        tokens=tuple(token(row) for row in point.tokens.all()),
        consistency=tuple(proofs.consistency(point, main, tree=tree)),
    )

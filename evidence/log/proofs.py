"""Where events stand in the log, with the paths that prove it: for answers and for packages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from evidence import outside
from evidence.log.tree import Tree
from evidence.models.log import Checkpoint, LogLeaf


@dataclass(frozen=True)
class Place:
    """One event's leaf and its path (RFC 9162 §2.1.3) under one checkpoint."""

    event: str  # digest of the event's bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class StampedPlace:
    """A place under the first checkpoint over it that the quorum of outside TSAs stamped."""

    place: Place
    checkpoint: Checkpoint


def places(
    events: Iterable[str], checkpoint: Checkpoint, *, tree: Tree | None = None
) -> dict[str, Place]:
    """The places of those events that the checkpoint covers, by their digests."""
    tree = tree or Tree()
    rows = LogLeaf.objects.filter(
        event__sha256__in=list(events), index__lt=checkpoint.size
    ).values_list("event__sha256", "index")
    return {
        digest: Place(digest, index, tuple(tree.inclusion(index, checkpoint.size)))
        for digest, index in rows
    }


def first_stamped(event: str, *, tree: Tree | None = None) -> StampedPlace | None:
    """The event under the first checkpoint that the quorum of outside TSAs stamped."""
    return first_stamped_each([event], tree=tree).get(event)


def first_stamped_each(
    events: Collection[str], *, tree: Tree | None = None
) -> dict[str, StampedPlace]:
    """The same for many events, by their digests; those that no such checkpoint covers are not."""
    tree = tree or Tree()
    rows = LogLeaf.objects.filter(event__sha256__in=events)
    places_of = dict(rows.values_list("event__sha256", "index"))
    stamped = outside.first_stamped_over_each(places_of.values())
    return {
        event: _under(event, index, stamped[index], tree)
        for event, index in places_of.items()
        if index in stamped
    }


def _under(event: str, index: int, checkpoint: Checkpoint, tree: Tree) -> StampedPlace:
    path = tuple(tree.inclusion(index, checkpoint.size))
    return StampedPlace(Place(event, index, path), checkpoint)


def consistency(old: Checkpoint, new: Checkpoint, *, tree: Tree | None = None) -> Sequence[bytes]:
    """What shows that the newer log begins with the older one (RFC 9162 §2.1.4)."""
    return (tree or Tree()).consistency(old.size, new.size)

"""The sample case with its events in a log, and an earlier checkpoint that strangers stamped."""

from __future__ import annotations

from dataclasses import replace

from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import (
    EarlierCheckpoint,
    LogEntry,
    LogProof,
    OutsidePlace,
    Token,
)
from evidence.integrity import checkpoint, event, merkle
from evidence.integrity.digest import sha256_hex

from . import make_package as make
from .stranger import Stranger


def leaves_of(content: PackageContent) -> list[bytes]:
    """One leaf for each event, then a stranger's: the log is not this case's alone."""
    raws = [raw for exhibit in content.exhibits for raw in exhibit.custody]
    return [merkle.leaf_hash(event.leaf_data(raw)) for raw in raws] + [merkle.leaf_hash(b"other")]


def note(leaves: list[bytes], *, of: str = "first") -> bytes:
    """The checkpoint over these leaves, signed by a house's log key."""
    return checkpoint.sign(
        origin=make.ORIGIN, size=len(leaves), root=merkle.root(leaves), key=make.house(of).log_key
    )


def entry(raw: bytes, leaves: list[bytes], index: int) -> LogEntry:
    """Where one event stands."""
    path = tuple(merkle.inclusion_proof(leaves, index))
    return LogEntry(event=event.digest(raw), index=index, path=path)


def with_log(*, of: str = "first") -> PackageContent:
    """Every event under one checkpoint, which only the house itself stamped."""
    whole = make.content()
    leaves = leaves_of(whole)
    main = note(leaves, of=of)
    at = make.clock()
    der = make.stamp(make.house(), sha256_hex(main), at).der
    raws = [raw for exhibit in whole.exhibits for raw in exhibit.custody]
    return replace(
        whole,
        log=LogProof(
            checkpoint=main,
            size=len(leaves),
            tokens=(Token(der=der, source="embedded", gen_time=at, self_issued=True),),
            entries=tuple(entry(raw, leaves, index) for index, raw in enumerate(raws)),
        ),
    )


def with_history(stranger: Stranger) -> PackageContent:
    """The same, and a checkpoint over the first exhibit's events that a stranger stamped."""
    whole = with_log()
    leaves = leaves_of(whole)
    first = whole.exhibits[0]
    size = len(first.custody)
    old = note(leaves[:size])
    earlier = EarlierCheckpoint(
        size=size,
        note=old,
        tokens=(stranger.token(sha256_hex(old)),),
        consistency=tuple(merkle.consistency_proof(leaves, size)),
    )
    place = OutsidePlace(
        number=first.number, size=size, entry=entry(first.custody[0], leaves[:size], 0)
    )
    assert whole.log is not None
    return replace(whole, log=replace(whole.log, earlier=(earlier,), outside=(place,)))

"""Check 8: the events that stand in the log's tree, under a checkpoint that the house signed."""

from __future__ import annotations

from typing import Any

from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import checkpoint, event, merkle
from evidence.integrity.checkpoint import Checkpoint
from evidence.integrity.trust import Role


def check_log(subject: Subject) -> None:
    """The checkpoint's signature, then an inclusion proof for each entry."""
    ledger = subject.ledger
    log = None if subject.exhibits is None else subject.exhibits["log"]
    if log is None:
        ledger.unknown(Name.LOG, "log-none")
        ledger.not_proved("log")
        return
    ledger.not_proved("two-views")
    raw = subject.read(log["checkpoint"])
    if raw is None:
        return  # the files check names it
    point = _signed(subject, raw)
    if point is None:
        ledger.changed(Name.LOG, "checkpoint-wrong", where=log["checkpoint"])
        return
    leaves = _leaves(subject)
    for entry in log["entries"]:
        if not _is_included(entry, leaves, point):
            ledger.changed(Name.LOG, "log-not-included", where=log["checkpoint"])
            return
    ledger.passed(Name.LOG, "log", count=len(log["entries"]), size=point.size)


def _signed(subject: Subject, raw: bytes) -> Checkpoint | None:
    if subject.trust is None:
        return None
    for entry in subject.trust.of(Role.LOG):
        try:
            return checkpoint.verify(
                raw, origin=subject.trust.origin, public_key=entry.public_key()
            )
        except EvidenceError:
            continue
    return None


def _leaves(subject: Subject) -> dict[str, bytes]:
    """Leaf hash by event digest, of every event in the package."""
    leaves = {}
    for exhibit in subject.each_exhibit():
        parent = exhibit["parent"]
        for path in [*exhibit["custody"], *(parent["events"] if parent else [])]:
            raw = subject.read(path)
            if raw is not None:
                leaves[event.digest(raw)] = merkle.leaf_hash(event.leaf_data(raw))
    return leaves


def _is_included(entry: dict[str, Any], leaves: dict[str, bytes], point: Checkpoint) -> bool:
    leaf = leaves.get(entry["event"])
    if leaf is None:
        return False
    try:
        merkle.verify_inclusion(
            leaf,
            index=entry["index"],
            size=point.size,
            proof=[bytes.fromhex(node) for node in entry["path"]],
            root_hash=point.root,
        )
    except merkle.InclusionError:
        return False
    return True

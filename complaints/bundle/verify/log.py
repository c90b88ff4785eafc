"""Check 8: the events that stand in the log's tree, under checkpoints that the house signed.

docs/formats/log.md. The main checkpoint covers every event that is handed over; earlier ones, which
strangers stamped, tell when each exhibit stood in the log against the house's own will.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from complaints.bundle import formats, layout
from complaints.bundle.verify.subject import MANIFEST_BYTES, Subject
from complaints.bundle.verify.tokens import told
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import checkpoint, event, merkle
from evidence.integrity.checkpoint import Checkpoint
from evidence.integrity.timestamp import Token
from evidence.integrity.trust import Role


def read_history(subject: Subject) -> None:
    """What was stamped earlier, before its tokens are checked; a package may have none."""
    raw = subject.read(layout.LOG_HISTORY, limit=MANIFEST_BYTES)
    if raw is None:
        return  # the files check names it where it is listed
    try:
        subject.history = formats.read(raw, formats.LOG_HISTORY_V1)
    except formats.ManifestVersionError:
        subject.ledger.cannot(Name.LOG, "version", where=layout.LOG_HISTORY)
    except formats.ManifestFormatError:
        subject.ledger.changed(Name.LOG, "history-broken", where=layout.LOG_HISTORY)


def check_log(subject: Subject) -> None:
    """The checkpoint's signature, an inclusion proof for each event, what was stamped earlier."""
    ledger = subject.ledger
    if subject.exhibits is None:
        return  # the manifests check names it
    log = subject.exhibits["log"]
    if log is None:
        if subject.history is not None:
            ledger.changed(Name.LOG, "history-other", where=layout.LOG_HISTORY)
        ledger.unknown(Name.LOG, "log-none")
        ledger.not_proved("log")
        return
    ledger.not_proved("two-views")
    point = _signed(subject, log["checkpoint"])
    if point is None:
        return
    leaves = _leaves(subject)
    if leaves is None:
        return  # an event is missing: the files check names it, and nobody is accused by its gap
    for entry in log["entries"]:
        if not _is_included(entry, leaves, point):
            ledger.changed(Name.LOG, "log-not-included", where=log["checkpoint"])
            return
    _check_complete(subject, log["entries"], leaves)
    ledger.passed(Name.LOG, "log", count=len(log["entries"]), size=point.size)
    _check_outside(subject, leaves, point)


def _signed(subject: Subject, path: str) -> Checkpoint | None:
    """A checkpoint that a log key of the house signed; None when it is not, and says so."""
    raw = subject.read(path)
    if raw is None or subject.trust is None:
        return None  # the files and signer checks name what is missing
    for entry in subject.trust.of(Role.LOG):
        try:
            return checkpoint.verify(
                raw, origin=subject.trust.origin, public_key=entry.public_key()
            )
        except EvidenceError:
            continue
    subject.ledger.changed(Name.LOG, "checkpoint-wrong", where=path)
    return None


def _leaves(subject: Subject) -> dict[str, tuple[bytes, str]] | None:
    """Leaf hash and path by event digest, of every event in the package; None when one is gone."""
    leaves = {}
    for exhibit in subject.each_exhibit():
        parent = exhibit["parent"]
        for path in [*exhibit["custody"], *(parent["events"] if parent else [])]:
            raw = subject.read(path)
            if raw is None:
                return None
            leaves[event.digest(raw)] = (merkle.leaf_hash(event.leaf_data(raw)), path)
    return leaves


def _is_included(
    entry: dict[str, Any], leaves: dict[str, tuple[bytes, str]], point: Checkpoint
) -> bool:
    leaf = leaves.get(entry["event"])
    if leaf is None:
        return False
    try:
        merkle.verify_inclusion(
            leaf[0],
            index=entry["index"],
            size=point.size,
            proof=_hashes(entry["path"]),
            root_hash=point.root,
        )
    except merkle.InclusionError:
        return False
    return True


def _check_complete(
    subject: Subject, entries: Sequence[dict[str, Any]], leaves: dict[str, tuple[bytes, str]]
) -> None:
    """An event that is handed over and stands in no log is no silent pass; nor is one twice."""
    named = [entry["event"] for entry in entries]
    for digest, (_, path) in leaves.items():
        if digest not in named:
            subject.ledger.missing(Name.LOG, "log-entry-missing", where=path)
    if len(set(named)) != len(named):
        subject.ledger.changed(Name.LOG, "log-entry-twice", where=layout.EXHIBITS)


def _check_outside(
    subject: Subject, leaves: dict[str, tuple[bytes, str]], main: Checkpoint
) -> None:
    """Say of each exhibit when strangers first stamped a log that holds its arrival."""
    earlier = _earlier(subject, main)
    if earlier is None:
        return
    places = subject.history["exhibits"] if subject.history is not None else []
    by_number = {place["number"]: place for place in places}
    numbers = {exhibit["number"] for exhibit in subject.each_exhibit()}
    if len(by_number) != len(places) or not by_number.keys() <= numbers:
        subject.ledger.changed(Name.LOG, "history-other", where=layout.LOG_HISTORY)
        return
    for exhibit in subject.each_exhibit():
        place = by_number.get(exhibit["number"])
        if place is None:
            tokens = subject.stamped.get(layout.CHECKPOINT, [])
        else:
            point = earlier.get(place["checkpoint"])
            is_first = exhibit["custody"][:1] == [leaves.get(place["event"], (b"", ""))[1]]
            if point is None or not is_first or not _is_included(place, leaves, point):
                where = layout.LOG_HISTORY
                subject.ledger.changed(Name.LOG, "log-not-included", where=where)
                return
            path = layout.earlier_checkpoint_path(point.size)
            tokens = subject.stamped.get(path, [])
        _say_outside(subject, exhibit, tokens)


def _earlier(subject: Subject, main: Checkpoint) -> dict[int, Checkpoint] | None:
    """The earlier checkpoints by size, each the beginning of the main one; None when one is not."""
    found: dict[int, Checkpoint] = {}
    if subject.history is None:
        return found
    ledger, where = subject.ledger, layout.LOG_HISTORY
    if subject.history["size"] != main.size:
        ledger.changed(Name.LOG, "history-other", where=where)
        return None
    for said in subject.history["checkpoints"]:
        if said["path"] != layout.earlier_checkpoint_path(said["size"]):
            ledger.changed(Name.LOG, "history-other", where=where)
            return None
        point = _signed(subject, said["path"])
        if point is None:
            return None
        if point.size != said["size"] or found.get(point.size) or not said["tokens"]:
            ledger.changed(Name.LOG, "history-other", where=said["path"])
            return None
        if not _is_beginning(point, main, said["consistency"]):
            ledger.changed(Name.LOG, "log-not-consistent", where=said["path"])
            return None
        found[point.size] = point
    if found:
        ledger.passed(Name.LOG, "log-consistent", count=len(found))
    return found


def _is_beginning(old: Checkpoint, new: Checkpoint, path: Sequence[str]) -> bool:
    try:
        merkle.verify_consistency(
            old_size=old.size,
            size=new.size,
            proof=_hashes(path),
            old_root=old.root,
            root_hash=new.root,
        )
    except merkle.ConsistencyError:
        return False
    return old.size < new.size


def _say_outside(subject: Subject, exhibit: dict[str, Any], tokens: Sequence[Token]) -> None:
    if not tokens:
        if any(subject.stamped.values()):  # with none at all, one line says so for the package
            subject.ledger.not_proved("log-time", exhibit=exhibit["number"])
        return
    first = min(tokens, key=lambda token: token.gen_time)
    subject.ledger.passed(
        Name.LOG, "log-outside", where=exhibit["path"], exhibit=exhibit["number"], **told(first)
    )


def _hashes(path: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(node) for node in path]

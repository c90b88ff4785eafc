"""Checks 5 and 6: receipts and custody events, over the bytes as they were stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from complaints.bundle.exhibits import Form
from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import event, receipt
from evidence.integrity.event import Act, ChainBrokenError, EventFormatError
from evidence.integrity.receipt import Receipt
from evidence.integrity.times import write_time
from evidence.integrity.trust import Role


def check_custody(subject: Subject) -> None:
    """Each exhibit's chain holds and begins with the arrival of these very bytes."""
    ledger = subject.ledger
    whole = 0
    for exhibit in subject.each_exhibit():
        raws = [subject.read(path) for path in exhibit["custody"]]
        kept = [raw for raw in raws if raw is not None]
        if len(kept) != len(raws):
            continue  # the files check names what is missing
        if not kept:
            ledger.unknown(Name.CUSTODY, "custody-none", where=exhibit["path"])
            ledger.not_proved("custody", exhibit=exhibit["number"])
            continue
        _check_chain(subject, exhibit, kept)
        whole += 1
    if whole:
        ledger.passed(Name.CUSTODY, "custody", count=whole)


def _check_chain(subject: Subject, exhibit: dict[str, Any], raws: list[bytes]) -> None:
    ledger, paths = subject.ledger, exhibit["custody"]
    try:
        first = event.verify_chain(raws)[0]
    except ChainBrokenError as problem:
        ledger.changed(Name.CUSTODY, "custody-broken", where=paths[problem.index])
        return
    except EventFormatError:
        ledger.changed(Name.CUSTODY, "event-malformed", where=paths[0])
        return
    except EvidenceError:
        ledger.cannot(Name.CUSTODY, "version", where=paths[0])
        return
    if (first.subject_type, first.subject_id) != ("item", exhibit["item"]):
        ledger.changed(Name.CUSTODY, "custody-other", where=paths[0])
    arrived = first.act is Act.RECEIVED and first.facts.get("sha256") == exhibit["sha256"]
    if not arrived:
        ledger.changed(Name.CUSTODY, "custody-other", where=paths[0])


def check_receipts(subject: Subject) -> None:
    """Each receipt is the log key's, over this exhibit's digest and its first event."""
    ledger = subject.ledger
    held = 0
    for exhibit in subject.each_exhibit():
        said = exhibit["receipt"]
        if said is None:
            if exhibit["form"] == Form.ORIGINAL:
                ledger.unknown(Name.RECEIPTS, "receipt-none", where=exhibit["path"])
            continue
        raw, signature = subject.read(said["path"]), subject.read(said["signature"])
        if raw is None or signature is None or subject.trust is None:
            continue  # the files and signer checks name what is missing
        found = _verified(subject, raw, signature)
        if found is None:
            ledger.changed(Name.RECEIPTS, "receipt-wrong", where=said["path"])
        elif _differs(subject, exhibit, found):
            ledger.changed(Name.RECEIPTS, "receipt-other", where=said["path"])
        else:
            held += 1
    if held:
        ledger.passed(Name.RECEIPTS, "receipts", count=held)


def _verified(subject: Subject, raw: bytes, signature: bytes) -> Receipt | None:
    """The receipt, when a log key in use on the day of receipt signed it."""
    if subject.trust is None:
        return None
    for entry in subject.trust.of(Role.LOG):
        try:
            found = receipt.verify(raw, signature, entry.public_key())
        except EvidenceError:
            continue
        if entry.covers(found.received_at):
            return found
    return None


def _differs(subject: Subject, exhibit: dict[str, Any], found: Receipt) -> bool:
    first = subject.read(exhibit["custody"][0]) if exhibit["custody"] else None
    event_differs = first is not None and event.leaf_data(first).hex() != found.event
    received_at = exhibit["times"]["received_at"]
    return (
        (found.item, found.sha256, found.size)
        != (exhibit["item"], exhibit["sha256"], exhibit["size"])
        or event_differs
        or (received_at is not None and received_at != _written(found.received_at))
    )


def _written(at: datetime) -> str:
    return write_time(at)

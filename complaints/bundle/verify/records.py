"""Checks 9 and 10: shown records under the root of their reading; redactions and their parents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from complaints.bundle import formats, gaps
from complaints.bundle.exhibits import Form
from complaints.bundle.gaps import GapReason
from complaints.bundle.verify.subject import RECORDS_BYTES, Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import event
from evidence.integrity.event import Act
from evidence.integrity.records import RecordProof, record_bytes, verify_record


def check_records(subject: Subject) -> None:
    """Each shown record stood in the reading whose root a `read` event binds; gaps as stated."""
    ledger = subject.ledger
    proved = 0
    for exhibit in subject.each_exhibit():
        path = exhibit["records"]
        if (exhibit["form"] == Form.RECORDS) != (path == exhibit["path"]):
            ledger.changed(Name.RECORDS, "records-wrong", where=exhibit["path"])
            continue
        if path is None:
            _check_gaps(subject, exhibit, [], 0)
            continue
        value = _read(subject, path)
        if value is None:
            continue
        _check_bound(subject, exhibit, value)
        places = [shown["proof"]["index"] for shown in value["records"]]
        if places != sorted(set(places)):
            ledger.changed(Name.RECORDS, "records-order", where=path)
        _check_gaps(subject, exhibit, places, value["count"])
        proved += len(places)
    if proved:
        ledger.not_proved("reading")
        ledger.passed(Name.RECORDS, "records", count=proved)


def _read(subject: Subject, path: str) -> dict[str, Any] | None:
    """The file of shown records, each proved under the root that it names; else None, and why."""
    ledger = subject.ledger
    raw = subject.read(path, limit=RECORDS_BYTES)
    if raw is None:
        return None  # the files check names it
    try:
        value = formats.read(raw, formats.RECORDS_V1)
        for shown in value["records"]:
            verify_record(
                record_bytes(shown["record"]),
                RecordProof.from_json(shown["proof"]),
                root=bytes.fromhex(value["root"]),
                count=value["count"],
            )
    except formats.ManifestVersionError:
        ledger.cannot(Name.RECORDS, "version", where=path)
        return None
    except (formats.ManifestFormatError, EvidenceError):
        ledger.changed(Name.RECORDS, "records-wrong", where=path)
        return None
    return value


def _check_gaps(
    subject: Subject, exhibit: dict[str, Any], places: Sequence[int], count: int
) -> None:
    """What the manifest says is left out is what the shown places and the count leave out."""
    ledger = subject.ledger
    is_part = exhibit["form"] == Form.RECORDS
    expected = gaps.between(places, count) if is_part else []
    stated = exhibit.get("gaps")
    if stated is None:  # an older package
        if expected:
            left_out = sum(gap.count for gap in expected)
            ledger.not_proved("gaps", exhibit=exhibit["number"], count=left_out)
        return
    if [{**gap, "reason": ""} for gap in stated] != [gap.as_json("") for gap in expected]:
        ledger.changed(Name.RECORDS, "gaps-other", where=exhibit["path"])
    for reason in sorted({gap["reason"] for gap in stated} - set(GapReason)):
        ledger.cannot(Name.RECORDS, "gap-reason", where=exhibit["path"], reason=reason)


def _check_bound(subject: Subject, exhibit: dict[str, Any], value: dict[str, Any]) -> None:
    """The root is one that the custody log names; without that event it is only ours to say."""
    parent = exhibit["parent"]
    paths = [*exhibit["custody"], *(parent["events"] if parent else [])]
    roots = []
    for path in paths:
        raw = subject.read(path)
        try:
            told = event.decode(raw) if raw is not None else None
        except EvidenceError:
            continue  # the custody check names it
        if told is not None and told.act is Act.READ and "root" in told.facts:
            roots.append((told.facts["root"], told.facts.get("records")))
    if not roots:
        subject.ledger.not_proved("root", exhibit=exhibit["number"])
    elif (value["root"], value["count"]) not in roots:
        subject.ledger.changed(Name.RECORDS, "root-other", where=exhibit["records"])


def check_redactions(subject: Subject) -> None:
    """A form that is not the original names its parent, by commitment only."""
    ledger = subject.ledger
    linked = 0
    for exhibit in subject.each_exhibit():
        is_original = exhibit["form"] == Form.ORIGINAL
        if is_original != (exhibit["parent"] is None):
            ledger.changed(Name.REDACTIONS, "parent-odd", where=exhibit["path"])
        elif not is_original:
            linked += 1
            ledger.not_proved("parent", exhibit=exhibit["number"])
            _check_parent_events(subject, exhibit)
    if linked:
        ledger.passed(Name.REDACTIONS, "redactions", count=linked)


def _check_parent_events(subject: Subject, exhibit: dict[str, Any]) -> None:
    """Shown events of the parent: readable, of one subject, and no digest of it in the plain."""
    subjects = set()
    for path in exhibit["parent"]["events"]:
        raw = subject.read(path)
        if raw is None:
            continue
        try:
            told = event.decode(raw)
        except event.EventFormatError:
            subject.ledger.changed(Name.REDACTIONS, "event-malformed", where=path)
            continue
        except EvidenceError:
            subject.ledger.cannot(Name.REDACTIONS, "version", where=path)
            continue
        subjects.add((told.subject_type, told.subject_id))
        if "sha256" in told.facts:
            subject.ledger.changed(Name.REDACTIONS, "parent-shown", where=path)
    if len(subjects) > 1:
        where = exhibit["parent"]["events"][0]
        subject.ledger.changed(Name.REDACTIONS, "custody-other", where=where)

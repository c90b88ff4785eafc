"""Check 9: shown records stand under the root of their reading."""

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
from evidence.integrity.times import write_time


def check_records(subject: Subject) -> None:
    """Each shown record stood in the reading whose root a `read` event binds; gaps as stated."""
    ledger = subject.ledger
    for exhibit in subject.each_exhibit():
        path = exhibit["records"]
        is_part = exhibit["form"] == Form.RECORDS
        if is_part != (path == exhibit["path"]):
            ledger.changed(Name.RECORDS, "records-wrong", where=exhibit["path"])
            continue
        value = None if path is None else _read(subject, path)
        if value is not None:
            _check_shown(subject, exhibit, value)
        elif path is None:
            _check_gaps(subject, exhibit, [], 0)
            if exhibit.get("since") is not None:
                ledger.changed(Name.RECORDS, "since-other", where=exhibit["path"])


def _check_shown(subject: Subject, exhibit: dict[str, Any], value: dict[str, Any]) -> None:
    """Records that are proved under one root: whose root it is, their order, gaps and times."""
    ledger, path = subject.ledger, exhibit["records"]
    before = len(ledger.checks)
    read_at = _bound(subject, exhibit, value)
    places = [shown["proof"]["index"] for shown in value["records"]]
    if places != sorted(set(places)):
        ledger.changed(Name.RECORDS, "records-order", where=path)
    _check_gaps(subject, exhibit, places, value["count"])
    if "since" in exhibit:  # an older package says nothing of it
        _check_since(subject, exhibit, read_at)
    subject.proved.append(exhibit)
    if len(ledger.checks) == before:
        _say_since_when(subject, exhibit, len(places), read_at)


def _check_since(subject: Subject, exhibit: dict[str, Any], read_at: str | None) -> None:
    """The stated times are those of the event that binds the root, and of a stamp before it.

    The stamp of an export that is withheld names its digest, so it is not here: then its time is
    the maker's word.
    """
    ledger, since = subject.ledger, exhibit["since"]
    if read_at is None:
        return  # nothing binds the root, which is said
    if since is None or since["read_at"] != read_at:
        ledger.changed(Name.RECORDS, "since-other", where=exhibit["records"])
        return
    stamped = since["stamped_at"]
    if stamped is None:
        return
    is_here = exhibit["form"] == Form.ORIGINAL
    if not is_here:
        ledger.not_proved("stamped", exhibit=exhibit["number"])
    is_one = stamped in [token["gen_time"] for token in exhibit["tokens"]]
    # Both times in one fixed form: as text they sort as times.
    if stamped > read_at or (is_here and not is_one):
        ledger.changed(Name.RECORDS, "since-other", where=exhibit["records"])


def _say_since_when(
    subject: Subject, exhibit: dict[str, Any], count: int, read_at: str | None
) -> None:
    ledger, path, since = subject.ledger, exhibit["records"], exhibit.get("since")
    if read_at is None:
        ledger.passed(Name.RECORDS, "records", where=path, count=count)
        return
    read = _time(read_at)
    if since is None:
        ledger.passed(Name.RECORDS, "records-read", where=path, count=count, read=read)
    elif since["stamped_at"] is None:
        ledger.passed(Name.RECORDS, "records-unstamped", where=path, count=count, read=read)
    else:
        stamped = _time(since["stamped_at"])
        ledger.passed(
            Name.RECORDS, "records-since", where=path, count=count, read=read, stamped=stamped
        )


def _time(written: str) -> str:
    """2026-11-03 14:47:00 UTC, as all times in a verdict."""
    return f"{written[:10]} {written[11:19]} UTC"


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


def _bound(subject: Subject, exhibit: dict[str, Any], value: dict[str, Any]) -> str | None:
    """When the event says that the root was read; without that event it is only ours to say."""
    parent, reading = exhibit["parent"], exhibit["reading"]
    paths = [*exhibit["custody"], *(parent["events"] if parent else [])]
    roots: dict[tuple[Any, Any], str] = {}
    for path in paths:
        raw = subject.read(path)
        try:
            told = event.decode(raw) if raw is not None else None
        except EvidenceError:
            continue  # the custody check names it
        if told is not None and told.act is Act.READ and "root" in told.facts:
            roots[told.facts["root"], told.facts.get("records")] = write_time(told.at)
    named = value["root"], value["count"]
    is_stated = reading is not None and reading["records_root"] is not None
    is_other = is_stated and (reading["records_root"], reading["records"]) != named
    if is_other or (roots and named not in roots):
        subject.ledger.changed(Name.RECORDS, "root-other", where=exhibit["records"])
    if not roots:
        subject.ledger.not_proved("root", exhibit=exhibit["number"])
    return roots.get(named)

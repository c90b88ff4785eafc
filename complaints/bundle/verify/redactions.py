"""Check 10: each exhibit in one form; a withheld parent is named by its commitment only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from complaints.bundle.exhibits import Form
from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import event
from evidence.integrity.event import Act, Event


def check_redactions(subject: Subject) -> None:
    """A form that is not the original names its parent, by commitment only."""
    ledger = subject.ledger
    linked = 0
    _check_one_form(subject)
    for exhibit in subject.each_exhibit():
        is_original = exhibit["form"] == Form.ORIGINAL
        if is_original != (exhibit["parent"] is None):
            ledger.changed(Name.REDACTIONS, "parent-odd", where=exhibit["path"])
        elif not is_original:
            linked += 1
            ledger.not_proved("parent", exhibit=exhibit["number"])
            _check_parent_events(subject, exhibit)
            if exhibit["form"] == Form.REDACTED:
                _check_copy(subject, exhibit)
    if linked:
        ledger.passed(Name.REDACTIONS, "redactions", count=linked)


def _check_one_form(subject: Subject) -> None:
    """No number and no item stands twice, and no withheld parent is an exhibit of its own."""
    exhibits = list(subject.each_exhibit())
    for member in ("number", "item"):
        counted = Counter(exhibit[member] for exhibit in exhibits)
        for exhibit in exhibits:
            if counted[exhibit[member]] > 1:
                subject.ledger.changed(Name.REDACTIONS, "two-forms", where=exhibit["path"])
                return
    items = {exhibit["item"] for exhibit in exhibits}
    for exhibit in exhibits:
        paths = exhibit["parent"]["events"] if exhibit["parent"] else []
        if any(told.subject_id in items for told in _events(subject, paths)):
            subject.ledger.changed(Name.REDACTIONS, "two-forms", where=exhibit["path"])


def _check_copy(subject: Subject, exhibit: dict[str, Any]) -> None:
    """A redacted copy came in as one, and its own log names the parent by this commitment."""
    ledger, where = subject.ledger, exhibit["path"]
    reading = exhibit["reading"] or {}
    if exhibit["records"] or exhibit["parent"]["events"] or reading.get("records_root"):
        ledger.changed(Name.REDACTIONS, "redaction-more", where=where)
    told = list(_events(subject, exhibit["custody"]))
    arrivals = [each for each in told if each.act is Act.RECEIVED]
    if any(each.facts.get("origin") != "redaction" for each in arrivals):
        ledger.changed(Name.REDACTIONS, "redaction-origin", where=where)
    if any("parent" in each.facts for each in arrivals):
        ledger.changed(Name.REDACTIONS, "parent-shown", where=where)
    named = [each.facts.get("parent") for each in told if each.act is Act.REDACTED]
    if named != [exhibit["parent"]["commitment"]]:
        ledger.changed(Name.REDACTIONS, "redaction-other", where=where)


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
        if "sha256" in told.facts or "digest" in told.facts:
            subject.ledger.changed(Name.REDACTIONS, "parent-shown", where=path)
    if len(subjects) > 1:
        where = exhibit["parent"]["events"][0]
        subject.ledger.changed(Name.REDACTIONS, "custody-other", where=where)


def _events(subject: Subject, paths: list[str]) -> Iterator[Event]:
    """Those that can be read; the custody check and the one above name the others."""
    for path in paths:
        raw = subject.read(path)
        if raw is None:
            continue
        try:
            yield event.decode(raw)
        except EvidenceError:
            continue

"""The check of SM3: a second digest of each exhibit, where the package gives one.

docs/formats/package.md, "sm3.json". SHA-256 carries the proof; so a package without SM3, or a
Python without it, spoils no verdict: it is said, and nothing is called green.
"""

from __future__ import annotations

from typing import Any

from complaints.bundle import formats, layout
from complaints.bundle.verify.subject import MANIFEST_BYTES, Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import event
from evidence.integrity.digest import SM3, is_available
from evidence.integrity.event import Act

SAYS_DIGESTED = b'"act":"digested"'  # events have one spelling only


def check_sm3(subject: Subject) -> None:
    """The list has each exhibit once, and each file and event has the SM3 that it states."""
    ledger = subject.ledger
    if subject.exhibits is None:
        return  # the manifests check names it
    if not subject.has(layout.SM3):
        if subject.stated(layout.SM3) is None:  # else the files check names it
            ledger.unknown(Name.SM3, "sm3-none")
            ledger.not_proved("sm3")
        return
    stated = _stated(subject)
    if stated is None:
        return
    _check_events(subject, stated)
    if not subject.compares_sm3 or not is_available(SM3):
        ledger.unknown(Name.SM3, "sm3-unavailable" if subject.compares_sm3 else "sm3-skipped")
        ledger.not_proved("sm3")
        return
    compared = sum(_compare(subject, each, stated) for each in subject.each_exhibit())
    if compared:
        ledger.passed(Name.SM3, "sm3", count=compared)  # not said in the end where one failed


def _stated(subject: Subject) -> dict[str, str | None] | None:
    """SM3 by exhibit number, as the list says; None when it cannot be read, and says so."""
    ledger, where = subject.ledger, layout.SM3
    raw = subject.read(where, limit=MANIFEST_BYTES)
    if raw is None:
        return None  # the files check names it
    try:
        listed = formats.read(raw, formats.SM3_V1)["exhibits"]
    except formats.ManifestVersionError:
        ledger.cannot(Name.SM3, "version", where=where)
        return None
    except formats.ManifestFormatError:
        ledger.changed(Name.SM3, "sm3-broken", where=where)
        return None
    stated: dict[str, str | None] = {}
    numbers = {exhibit["number"] for exhibit in subject.each_exhibit()}
    for entry in listed:
        number = entry["number"]
        if number in stated or number not in numbers:
            ledger.changed(Name.SM3, "sm3-other", where=where, exhibit=number)
        stated[number] = entry["sm3"]
    for number in sorted(numbers - stated.keys()):
        ledger.missing(Name.SM3, "sm3-missing", where=where, exhibit=number)
    return stated


def _compare(subject: Subject, exhibit: dict[str, Any], stated: dict[str, str | None]) -> bool:
    """Hold the exhibit's file against the SM3 that is stated; whether that could be done."""
    ledger, number, path = subject.ledger, exhibit["number"], exhibit["path"]
    if number not in stated or path not in subject.digests:
        return False  # named before: not in the list, or its file is missing or unreadable
    wanted, found = stated[number], subject.sm3.get(path)
    if wanted is None:
        ledger.unknown(Name.SM3, "sm3-not-computed", where=layout.SM3, exhibit=number)
        ledger.not_proved("sm3")
        return False
    if found is None:
        ledger.unknown(Name.SM3, "sm3-unread", where=path, exhibit=number)
        ledger.not_proved("sm3")
        return False
    if found != wanted:
        ledger.changed(Name.SM3, "sm3-wrong", where=path)
    return True


def _check_events(subject: Subject, stated: dict[str, str | None]) -> None:
    """What the exhibits' own custody events say of SM3 is what the list says."""
    for exhibit in subject.each_exhibit():
        wanted = stated.get(exhibit["number"])
        for path in exhibit["custody"] if wanted is not None else ():
            raw = subject.read(path)
            if raw is None or SAYS_DIGESTED not in raw:
                continue
            try:
                told = event.decode(raw)
            except EvidenceError:
                continue  # the custody check names it
            if told.act is not Act.DIGESTED or told.facts.get("algorithm") != SM3:
                continue
            if told.facts.get("digest") != wanted:
                subject.ledger.changed(Name.SM3, "sm3-event-other", where=path)

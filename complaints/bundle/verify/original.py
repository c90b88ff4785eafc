"""An export is read again and its records compared with those that are shown.

One that is handed over in the original lies in the package; another comes by `--original FILE`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO

from complaints.bundle import formats
from complaints.bundle.exhibits import Form
from complaints.bundle.verify.subject import RECORDS_BYTES, Subject
from complaints.bundle.verify.verdict import Name, Result
from evidence.errors import EvidenceError
from evidence.integrity.digest import hash_stream

readers: ModuleType | None
try:
    readers = import_module("evidence.readers")
except ImportError:  # a bare interpreter has no readers: then it is said that nothing was compared
    readers = None

# What does not depend on the options with which the file was read the first time.
COMPARED = ("text", "when_raw", "peer_number_raw", "source_locator")
# Its version does not say how its members are read: pictures in it are read as this computer can.
ARCHIVE = "archive"
NAMED = 20  # differing records that a line names


def check_inside(subject: Subject) -> None:
    """Compare records that are shown beside an original with the original in the package itself.

    Only where its bytes are those that were signed for: nobody else's file is parsed here.
    """
    ledger = subject.ledger
    if any(c.name is Name.SIGNATURES and c.result is not Result.PASS for c in ledger.checks):
        return  # somebody else's bytes; that is said already
    for exhibit in subject.proved:
        path = exhibit["path"]
        if exhibit["form"] != Form.ORIGINAL or subject.digests.get(path) != (
            exhibit["sha256"],
            exhibit["size"],
        ):
            continue
        if readers is None:
            ledger.unknown(Name.ORIGINAL, "original-no-reader", where=exhibit["records"])
            continue
        if (exhibit["reading"] or {}).get("reader") == ARCHIVE:
            ledger.unknown(Name.ORIGINAL, "original-archive", where=exhibit["records"])
            continue
        with subject.container.open(subject.prefix + path) as file:
            name = exhibit["origin"]["file_name"]
            _compare(subject, exhibit, readers.read, file, name, is_inside=True)


def say_what_was_not_read_again(subject: Subject) -> None:
    """Of each exhibit whose records no export was held against: that they were read correctly."""
    for exhibit in subject.proved:
        if exhibit["number"] not in subject.read_again:
            subject.ledger.not_proved("reading", exhibit=exhibit["number"])


def check_original(subject: Subject, file: BinaryIO, name: str) -> None:
    """Compare with every exhibit that has these very bytes, or shows records of a withheld one.

    `name` is the file's own name: a reader may take times from it.
    """
    ledger = subject.ledger
    digest, _ = hash_stream(file)
    shown = [
        exhibit
        for exhibit in subject.each_exhibit()
        if exhibit["records"] and (exhibit["sha256"] == digest or exhibit["parent"])
    ]
    if not shown:
        ledger.unknown(Name.ORIGINAL, "original-none")
        return
    if readers is None:
        ledger.unknown(Name.ORIGINAL, "original-no-reader")
        return
    for exhibit in shown:
        _compare(subject, exhibit, readers.read, file, name, is_inside=False)


def _compare(
    subject: Subject,
    exhibit: dict[str, Any],
    read: Callable[..., Any],
    file: BinaryIO,
    name: str,
    *,
    is_inside: bool,
) -> None:
    ledger, where, stated = subject.ledger, exhibit["records"], exhibit["reading"]
    raw = subject.read(where, limit=RECORDS_BYTES)
    if raw is None or stated is None:
        return  # the files check names it
    try:
        value = formats.read(raw, formats.RECORDS_V1)
    except (formats.ManifestFormatError, formats.ManifestVersionError):
        return  # the records check names it
    wanted = {entry["proof"]["index"]: entry["record"] for entry in value["records"]}
    file.seek(0)
    try:
        reading = read(file, name=name)
        if (reading.reader, reading.reader_version) != (stated["reader"], stated["reader_version"]):
            ledger.unknown(Name.ORIGINAL, "original-other-reader", where=where)
            return
        count, differing = 0, []
        for record in reading:
            said = wanted.pop(count, None)
            count += 1
            told = record.as_json()
            if said is not None and any(said.get(m) != told.get(m) for m in COMPARED):
                differing.append(count)
    except EvidenceError:
        ledger.unknown(Name.ORIGINAL, "original-unreadable", where=where)
        return
    if count != value["count"]:
        # A withheld export is known by its records only: one that is brought may be another file.
        if is_inside:
            ledger.changed(Name.ORIGINAL, "original-inside-other", where=where, count=count)
        else:
            ledger.unknown(Name.ORIGINAL, "original-other", where=where, count=count)
        return
    subject.read_again.add(exhibit["number"])
    if differing:
        places = ", ".join(map(str, differing[:NAMED])) + (" …" if len(differing) > NAMED else "")
        ledger.changed(Name.ORIGINAL, "original-differs", where=where, index=places)
    else:
        key = "original-inside" if is_inside else "original-same"
        ledger.passed(Name.ORIGINAL, key, where=where, count=len(value["records"]))

"""Records shown beside an original, and since when they are said to be unchanged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from complaints.bundle import layout, manifest
from complaints.bundle.exhibits import Exhibit
from evidence.integrity.records import RecordTree
from tests.complaints.bundle import chosen, forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped

RECORDS = layout.records_path("B-1")
LATER = "2026-11-22T00:00:00.000000Z"


def rows() -> list[Forgery]:
    return [
        forgery("quoted-and-sound", lambda: zipped(dict(base.quoted())), UNCHANGED),
        forgery("quoted-file-swapped", _swapped, CHANGED, "records/root-other"),
        forgery("quoted-file-missing", _missing, CHANGED, "manifests/exhibit-unlisted"),
        forgery(
            "quoted-otherwise-than-written",
            _built(chosen.misread),
            CHANGED,
            "original/original-differs",
        ),
        forgery(
            "quoted-of-fewer-than-written",
            _built(chosen.half_read),
            CHANGED,
            "original/original-inside-other",
        ),
        forgery(
            "quoted-by-a-later-reader", _later_reader, UNCHANGED, "original/original-other-reader"
        ),
        forgery("since-another-reading", _since(read_at=LATER), CHANGED, "records/since-other"),
        forgery("since-another-stamp", _since(stamped_at=LATER), CHANGED, "records/since-other"),
        forgery("since-a-stamp-of-none", _stamp_of_none, CHANGED, "records/since-other"),
        forgery("since-not-said", _unsaid, CHANGED, "records/since-other"),
        forgery("since-of-nothing-shown", _of_nothing, CHANGED, "records/since-other"),
    ]


def _built(read: Callable[[], chosen.Read]) -> Callable[[], Handed]:
    """A house that signs for a reading which is not what the export says."""
    return lambda: zipped(base.build(chosen.case(chosen.with_records(read()))))


def _swapped() -> Handed:
    """Another reading's records, sound in themselves, under their own root."""
    of = chosen.invented(2)
    other = replace(of, tree=RecordTree(b"\x07" * 32, of.records))
    root = other.tree.root.hex()
    raw = manifest.write_records(root, 2, "", chosen.shown(other, 0))
    return zipped(forge.resign({**base.quoted(), RECORDS: raw}, make.house()))


def _missing() -> Handed:
    made = {path: data for path, data in base.quoted().items() if path != RECORDS}
    return zipped(forge.resign(made, make.house()))


def _later_reader() -> Handed:
    def later(exhibit: Exhibit) -> Exhibit:
        assert exhibit.reading is not None
        return replace(exhibit, reading=replace(exhibit.reading, reader_version="99"))

    return zipped(base.build(chosen.case(later(chosen.with_records(chosen.read())))))


def _edited(edit: Callable[[Any], None]) -> Handed:
    made = forge.edit_exhibits(dict(base.quoted()), edit)
    return zipped(forge.resign(made, make.house()))


def _since(**members: str) -> Callable[[], Handed]:
    return lambda: _edited(lambda value: base.exhibit(value, "B-1")["since"].update(members))


def _stamp_of_none() -> Handed:
    """Said to be stamped before it was read, by no token that is here."""
    early = "2026-11-20T06:00:00.000000Z"
    return _edited(lambda value: base.exhibit(value, "B-1")["since"].update(stamped_at=early))


def _unsaid() -> Handed:
    return _edited(lambda value: base.exhibit(value, "B-1").update(since=None))


def _of_nothing() -> Handed:
    since = {"stamped_at": None, "read_at": LATER}
    return _edited(lambda value: base.exhibit(value, "A-1").update(since=since))

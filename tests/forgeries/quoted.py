"""Records shown beside an original, and since when they are said to be unchanged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from complaints.bundle import layout, manifest
from evidence.integrity.event import Act
from evidence.integrity.records import RecordTree
from tests.complaints.bundle import chosen, forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, Forgery, forgery, sound
from tests.forgeries.handed import Handed, zipped

RECORDS = layout.records_path("B-1")
LATER = "2026-11-22T00:00:00.000000Z"
UNBOUND = base.HELD.replace("records/records-since", "records/records")
UNBOUND_OPEN = base.OPEN.replace("stamped", "root")


def rows() -> list[Forgery]:
    return [
        forgery("quoted-file-swapped", _swapped, CHANGED, "records/root-other"),
        forgery("quoted-file-missing", _missing, CHANGED, "manifests/exhibit-unlisted"),
        forgery("since-another-reading", _since(read_at=LATER), CHANGED, "records/since-other"),
        forgery("since-another-stamp", _since(stamped_at=LATER), CHANGED, "records/since-other"),
        forgery("since-a-stamp-of-none", _stamp_of_none, CHANGED, "records/since-other"),
        forgery("since-not-said", _unsaid, CHANGED, "records/since-other"),
        forgery("since-of-nothing-shown", _of_nothing, CHANGED, "records/since-other"),
        forgery("since-a-stamp-after-the-reading", _stamped_later, CHANGED, "records/since-other"),
        sound("records-without-a-reading", _part(reading=None), base.HELD, base.OPEN),
        sound("reading-that-names-no-root", _rootless, base.HELD, base.OPEN),
        forgery("reading-that-names-another-root", _other_root, CHANGED, "records/root-other"),
        sound("root-named-by-no-reading", _other_act, UNBOUND, UNBOUND_OPEN),
    ]


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


def _stamped_later() -> Handed:
    """A withheld export, said to be stamped only after its records were read."""
    return zipped(
        base.exhibits(lambda value: base.exhibit(value, "B-1")["since"].update(stamped_at=LATER))
    )


def _part(**members: Any) -> Callable[[], Handed]:
    """B-1, one record of an export that is withheld, made otherwise, in the log and all."""
    return lambda: zipped(base.rebuilt(replace(base.of("B-1"), **members)))


def _rootless() -> Handed:
    """The manifest says of no root, the event of the reading does."""
    reading = base.of("B-1").reading
    assert reading is not None
    return _part(reading=replace(reading, records_root=None))()


def _other_root() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "B-1")["reading"]["records_root"] = "ee" * 32

    return zipped(base.exhibits(edit))


def _other_act() -> Handed:
    """The root stands in an event of the export that is no reading."""
    parent, of = base.of("B-1").parent, chosen.read()
    assert parent is not None
    facts = {"root": of.tree.root.hex(), "records": of.tree.count}
    size = len(make.SMS_EXPORT)
    raws = make.chain(make.same_id("export"), "0" * 64, size, (Act.CHECKED, facts))
    return _part(parent=replace(parent, events=(raws[1],)))()


def _of_nothing() -> Handed:
    since = {"stamped_at": None, "read_at": LATER}
    return _edited(lambda value: base.exhibit(value, "A-1").update(since=since))

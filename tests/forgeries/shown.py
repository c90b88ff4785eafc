"""Shown records and redactions, and their parents."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from complaints.bundle import layout
from evidence.integrity.digest import canonical
from evidence.integrity.event import Act
from evidence.integrity.records import RecordTree
from tests.complaints.bundle import chosen, forge
from tests.complaints.bundle import make_package as make
from tests.complaints.bundle.forge import Files
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped

PARENT = layout.parent_event_path("B-1", 1)
RECORDS = layout.records_path("B-1")


def rows() -> list[Forgery]:
    return [
        forgery(
            "record-other-words",
            _record("text", "something milder"),
            CHANGED,
            "records/records-wrong",
        ),
        forgery(
            "record-other-number",
            _record("peer_number_raw", "10000000999"),
            CHANGED,
            "records/records-wrong",
        ),
        forgery("record-at-another-place", _proof("index", 1), CHANGED, "records/records-wrong"),
        forgery("records-fewer-than-read", _count, CHANGED, "records/records-wrong"),
        forgery("records-reindented", _indented, CHANGED, "records/records-wrong"),
        forgery("records-later-version", _version, CANNOT, "records/version"),
        forgery("records-root-of-another-reading", _other_root, CHANGED, "records/root-other"),
        forgery("record-of-another-reading", _foreign, CHANGED, "records/records-wrong"),
        forgery("record-outside-the-reading", _proof("index", 2), CHANGED, "records/records-wrong"),
        forgery("record-shown-twice", _twice, CHANGED, "records/records-order"),
        forgery("gap-count-lowered", _gap(count=0), CHANGED, "records/gaps-other"),
        forgery("gap-moved", _gap(to=1), CHANGED, "records/gaps-other"),
        forgery("gap-removed", _gaps([]), CHANGED, "records/gaps-other"),
        # Signed anew by the house's own keys: the paper still holds the manifest as it was.
        forgery("gaps-as-an-older-package", _gaps(None), CHANGED, "pdf/pdf-other-manifest"),
        forgery("gap-reason-unknown", _gap(reason="of_no_list"), CHANGED, "records/gap-reason"),
        forgery("gap-reason-other", _gap(reason="private"), CHANGED, "pdf/pdf-other-manifest"),
        forgery("gap-in-an-original", _gap_beside_original, CHANGED, "records/gaps-other"),
        forgery("chosen-records-unsaid", _unsaid, CHANGED, "records/records-wrong"),
        forgery("original-without-records", lambda: zipped(_whole()), UNCHANGED, "log/log-none"),
        forgery("redaction-without-parent", _no_parent, CHANGED, "redactions/parent-odd"),
        forgery("original-with-a-parent", _odd_parent, CHANGED, "redactions/parent-odd"),
        forgery("parent-event-no-event", _parent(b"{}"), CHANGED, "redactions/event-malformed"),
        forgery("parent-event-later-version", _parent_later, CHANGED, "redactions/version"),
        forgery("parent-shown", _parent_shown, CHANGED, "redactions/parent-shown"),
        forgery("parents-two", _two_parents, CHANGED, "redactions/custody-other"),
    ]


def _whole() -> Files:
    return dict(base.quoted())


def _shown(edit: Callable[[Any], None]) -> Handed:
    made = _whole()
    value = json.loads(made[RECORDS])
    edit(value)
    return zipped(forge.resign({**made, RECORDS: canonical(value)}, make.house()))


def _record(member: str, to: str) -> Callable[[], Handed]:
    return lambda: _shown(lambda value: value["records"][0]["record"].update({member: to}))


def _proof(member: str, to: Any) -> Callable[[], Handed]:
    return lambda: _shown(lambda value: value["records"][0]["proof"].update({member: to}))


def _count() -> Handed:
    return _shown(lambda value: value.update(count=value["count"] - 1))


def _foreign() -> Handed:
    """A record of another reading, proved under that reading's own root."""
    of = chosen.read()
    other = RecordTree(b"\x07" * 32, of.records)
    entry = {"proof": other.proof(0).as_json(), "record": json.loads(of.records[0])}
    return _shown(lambda value: value.update(records=[entry]))


def _twice() -> Handed:
    return _shown(lambda value: value.update(records=[*value["records"], *value["records"]]))


def _gap(**members: Any) -> Callable[[], Handed]:
    def edit(value: Any) -> None:
        base.exhibit(value, "B-1")["gaps"][0].update(members)

    return lambda: zipped(base.exhibits(edit))


def _gaps(stated: list[Any] | None) -> Callable[[], Handed]:
    def edit(value: Any) -> None:
        entry = base.exhibit(value, "B-1")
        entry.pop("gaps")
        if stated is not None:
            entry["gaps"] = stated

    return lambda: zipped(base.exhibits(edit))


def _gap_beside_original() -> Handed:
    gap = {"from": 0, "to": 0, "count": 1, "reason": "private"}
    return zipped(base.exhibits(lambda value: base.exhibit(value, "A-1").update(gaps=[gap])))


def _unsaid() -> Handed:
    return zipped(base.exhibits(lambda value: base.exhibit(value, "B-1").update(records=None)))


def _version() -> Handed:
    return _shown(lambda value: value.update(v=2))


def _indented() -> Handed:
    made = _whole()
    raw = json.dumps(json.loads(made[RECORDS]), indent=1).encode()
    return zipped(forge.resign({**made, RECORDS: raw}, make.house()))


def _other_root() -> Handed:
    return zipped(base.build(chosen.case(chosen.with_records(chosen.read(), root="ee" * 32))))


def _no_parent() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "B-1").update(parent=None)

    return zipped(base.exhibits(edit))


def _odd_parent() -> Handed:
    def edit(value: Any) -> None:
        parent = {"commitment": "0" * 64, "removed": [], "events": []}
        base.exhibit(value, "A-1").update(parent=parent)

    return zipped(base.exhibits(edit))


def _parent(raw: bytes) -> Callable[[], Handed]:
    return lambda: zipped(base.signed({PARENT: raw}))


def _parent_later() -> Handed:
    raw = json.loads(base.files()[PARENT]) | {"v": 2}
    made = base.exhibits(lambda value: value.update(log=None), **{PARENT: canonical(raw)})
    del made[layout.LOG_HISTORY]
    return zipped(made)


def _parent_shown() -> Handed:
    facts = {"sha256": "0" * 64, "root": "1" * 64, "records": 2}
    raws = make.chain(make.same_id("export"), "0" * 64, 9, (Act.READ, facts))
    return zipped(base.signed({PARENT: raws[1]}))


def _two_parents() -> Handed:
    other = make.chain(make.same_id("another export"), "0" * 64, 9, (Act.READ, {"records": 2}))
    path = layout.parent_event_path("B-1", 2)

    def edit(value: Any) -> None:
        base.exhibit(value, "B-1")["parent"]["events"].append(path)

    return zipped(base.exhibits(edit, **{path: other[1]}))

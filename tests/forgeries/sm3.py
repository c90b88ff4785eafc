"""The second digest: flipped, left out, of an exhibit that is not there, or in another spelling."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from complaints.bundle import layout
from evidence.integrity.digest import canonical
from evidence.integrity.event import Act
from tests.complaints.bundle import forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, INCOMPLETE, UNCHANGED, Forgery, exactly, forgery
from tests.forgeries.handed import Handed, zipped

NUMBERS = ("A-1", "B-1", "B-2", "B-3")
OTHER = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # of `abc`


def rows() -> list[Forgery]:
    return [
        forgery("sm3-flipped", _first(_flip), CHANGED, "sm3/sm3-wrong"),
        forgery("sm3-of-another-exhibit", _swapped, CHANGED, "sm3/sm3-wrong"),
        forgery("sm3-flipped-unsigned", _unsigned, CHANGED, "files/file-changed"),
        forgery("sm3-exhibit-missing", _list(lambda found: found.pop()), INCOMPLETE, _MISSING),
        forgery("sm3-exhibit-unknown", _list(_stranger), CHANGED, "sm3/sm3-other"),
        forgery("sm3-exhibit-twice", _list(_twice), CHANGED, "sm3/sm3-other"),
        forgery("sm3-reindented", _indented, CHANGED, "sm3/sm3-broken"),
        forgery("sm3-member-too-many", _first(_more), CHANGED, "sm3/sm3-broken"),
        forgery("sm3-in-capitals", _first(_capitals), CHANGED, "sm3/sm3-broken"),
        forgery("sm3-later-version", _version, CANNOT, "sm3/version"),
        forgery("sm3-too-large", _huge, CHANGED, "files/file-unreadable"),
        forgery("sm3-event-says-another", _event(OTHER), CHANGED, "sm3/sm3-event-other"),
        forgery("sm3-event-says-the-same", _event(None), UNCHANGED),
        forgery("sm3-event-of-a-later-algorithm", _event(OTHER, "sm9"), UNCHANGED),
        forgery("sm3-said-by-another-act", _event(OTHER, act=Act.CHECKED), UNCHANGED),
        exactly(
            forgery("sm3-not-computed", _first(_null), UNCHANGED, "sm3/sm3-not-computed"),
            base.HELD,
            f"{base.OPEN} sm3",
            "sm3/sm3-not-computed",
        ),
        exactly(
            forgery("sm3-computed-of-none", _list(_all_null), UNCHANGED, "sm3/sm3-not-computed"),
            _without("sm3/sm3"),
            f"{base.OPEN} sm3",
            "sm3/sm3-not-computed",
        ),
        forgery("sm3-not-given", _gone, UNCHANGED, "sm3/sm3-none"),
        forgery("sm3-of-a-file-elsewhere", _elsewhere("A-1"), CHANGED, "sm3/sm3-unread"),
        exactly(
            forgery("sm3-of-no-file-here", _elsewhere(*NUMBERS), CHANGED, "sm3/sm3-unread"),
            _without("sm3/sm3", "pdf/pdf"),
            f"{base.OPEN} sm3",
            "sm3/sm3-unread",
        ),
        exactly(
            forgery("every-exhibit-missing", _no_exhibit, INCOMPLETE, "files/file-missing"),
            _without("sm3/sm3", "files/files", "records/records-since"),
            base.OPEN.replace("reading stamped ", ""),
        ),
        forgery("parent-sm3-shown", _parent, CHANGED, "redactions/parent-shown"),
    ]


def _without(*gone: str) -> str:
    return " ".join(each for each in base.HELD.split() if each not in gone)


_MISSING = "sm3/sm3-missing"
Entries = list[dict[str, Any]]


def _value() -> Any:
    return json.loads(base.files()[layout.SM3])


def _list(edit: Callable[[Entries], Any]) -> Callable[[], Handed]:
    """The list edited, and all signed anew by the house's own key."""
    return lambda: zipped(base.edited(layout.SM3, lambda value: edit(value["exhibits"])))


def _first(edit: Callable[[dict[str, Any]], None]) -> Callable[[], Handed]:
    return _list(lambda entries: edit(entries[0]))


def _flip(entry: dict[str, Any]) -> None:
    entry["sm3"] = ("1" if entry["sm3"][0] == "0" else "0") + entry["sm3"][1:]


def _more(entry: dict[str, Any]) -> None:
    entry["sha256"] = "0" * 64


def _capitals(entry: dict[str, Any]) -> None:
    entry["sm3"] = "A" * 64


def _null(entry: dict[str, Any]) -> None:
    entry["sm3"] = None


def _all_null(entries: Entries) -> None:
    for entry in entries:
        _null(entry)


def _stranger(entries: Entries) -> None:
    entries.append({"number": "Z-9", "sm3": OTHER})


def _twice(entries: Entries) -> None:
    entries.append(dict(entries[0]))


def _swapped() -> Handed:
    def edit(entries: Entries) -> None:
        entries[0]["sm3"], entries[1]["sm3"] = entries[1]["sm3"], entries[0]["sm3"]

    return _list(edit)()


def _unsigned() -> Handed:
    value = _value()
    _flip(value["exhibits"][0])
    return zipped({**base.files(), layout.SM3: canonical(value)})


def _indented() -> Handed:
    return zipped(base.signed({layout.SM3: json.dumps(_value(), indent=1).encode()}))


def _version() -> Handed:
    return zipped(base.signed({layout.SM3: canonical(_value() | {"v": 2})}))


def _huge() -> Handed:
    return zipped(base.signed({layout.SM3: b" " * (16 * 1024 * 1024 + 1)}))


def _gone() -> Handed:
    """A package of before there was SM3."""
    return zipped(base.signed({layout.SM3: None}))


def _event(
    digest: str | None, algorithm: str = "sm3", act: Act = Act.DIGESTED
) -> Callable[[], Handed]:
    """The first exhibit's chain with a `digested` event, in the log and all; None: the true one."""

    def make_it() -> Handed:
        first = base.of("A-1")
        known = {entry["number"]: entry["sm3"] for entry in _value()["exhibits"]}
        said = digest or known[first.number]
        chain = make.chain(
            first.item,
            first.sha256,
            first.size,
            (Act.SEALED, {"sha256": first.sha256}),
            (Act.READ, {"reader": "sample"}),
            (act, {"algorithm": algorithm, "digest": said}),
        )
        return zipped(base.rebuilt(replace(first, custody=chain)))

    return make_it


def _elsewhere(*numbers: str) -> Callable[[], Handed]:
    """Exhibits whose entries name a file outside 3_EXHIBITS."""

    def make_it() -> Handed:
        changed: dict[str, bytes | None] = {}

        def edit(value: Any) -> None:
            for number in numbers:
                entry = base.exhibit(value, number)
                old = entry["path"]
                entry["path"] = old.replace(layout.EXHIBITS_FOLDER, "6_COPIES")
                if entry["records"] == old:
                    entry["records"] = entry["path"]
                changed.update({old: None, entry["path"]: base.files()[old]})

        edit(json.loads(base.files()[layout.EXHIBITS]))
        return zipped(base.exhibits(edit, **changed))

    return make_it


def _no_exhibit() -> Handed:
    """All that was signed but the exhibits themselves."""
    folder = f"{layout.EXHIBITS_FOLDER}/"
    kept = {path: data for path, data in base.files().items() if not path.startswith(folder)}
    return zipped(forge.resum(kept))


def _parent() -> Handed:
    """The withheld parent's `digested` event handed over in the place of its `read` event."""
    raws = make.chain(
        make.same_id("export"), "0" * 64, 9, (Act.DIGESTED, {"algorithm": "sm3", "digest": OTHER})
    )
    return zipped(base.signed({layout.parent_event_path("B-1", 1): raws[1]}))

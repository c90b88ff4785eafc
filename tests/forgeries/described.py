"""The CASE description: other numbers than the manifest's, more or less than it, or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from complaints.bundle import layout
from evidence.integrity.digest import canonical
from tests.complaints.bundle import forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import (
    CANNOT,
    CHANGED,
    INCOMPLETE,
    Forgery,
    exactly,
    forgery,
    sound,
)
from tests.forgeries.handed import Handed, zipped

CASE, OTHER = layout.CASE_UCO, "case/case-other"
LATER = ["liuzheng/case/v2"]


def rows() -> list[Forgery]:
    edits: dict[str, Callable[[Any], Any]] = {
        "digest": lambda graph: _content(graph)["uco-observable:hash"][0].update(_VALUE),
        "sm3": lambda graph: _content(graph)["uco-observable:hash"][1].update(_VALUE),
        "size": lambda graph: _content(graph).update({"uco-observable:sizeInBytes": 1}),
        "number": lambda graph: _of(graph, "ProvenanceRecord").update(_NUMBER),
        "time": lambda graph: _of(graph, "Action").update({"uco-action:endTime": _DAY}),
        "accusation": lambda graph: graph[0].update({"uco-core:description": ["extortion"]}),
        "entry-less": lambda graph: graph.pop(),
        "entry-more": lambda graph: graph.append({"@id": "kb:x", "@type": "uco-core:UcoObject"}),
        "order": lambda graph: graph.reverse(),
        "edition": lambda graph: graph[0].update({"uco-core:tag": ["liuzheng/case/v2x"]}),
        "edition-none": lambda graph: graph[0].update({"uco-core:tag": []}),
        "edition-no-list": lambda graph: graph[0].update({"uco-core:tag": LATER[0]}),
        "edition-an-object": lambda graph: graph[0].update({"uco-core:tag": {"0": LATER[0]}}),
        "edition-no-text": lambda graph: graph[0].update({"uco-core:tag": [2]}),
        "edition-of-another-entry": lambda graph: graph[1].update({"uco-core:tag": LATER}),
        "entry-no-object": lambda graph: graph.insert(0, "x"),
        "graph-empty": lambda graph: graph.clear(),
    }
    values: dict[str, Any] = {
        "no-object": [],
        "no-graph": {"@context": {}},
        "graph-no-list": {"@graph": {"0": {"uco-core:tag": LATER}}},
    }
    return [
        *(
            forgery(f"case-other-{name}", _edited(edit), CHANGED, OTHER)
            for name, edit in edits.items()
        ),
        *(
            forgery(f"case-{name}", _as(canonical(each)), CHANGED, OTHER)
            for name, each in values.items()
        ),
        forgery("case-too-large", _as(b" " * (64 * 1024 * 1024 + 1)), CHANGED, OTHER),
        forgery("case-no-json", _as(b"case"), CHANGED, OTHER),
        forgery("case-reindented", _indented, CHANGED, OTHER),
        forgery("case-of-another-package", _another, CHANGED, OTHER),
        forgery("case-later-edition", _edited(_later), CANNOT, "case/version"),
        forgery("case-later-edition-reindented", _later_indented, CHANGED, OTHER),
        forgery("case-of-a-huge-event", _huge_event, CHANGED, "files/file-unreadable"),
        forgery("case-missing", _gone, INCOMPLETE, "files/file-missing"),
        forgery("case-planted", _planted, CHANGED, "files/file-planted"),
        exactly(
            forgery("case-edited-unsigned", _unsigned, CHANGED, "files/file-changed"),
            _without("case/case", "files/files"),
            base.OPEN,
        ),
        exactly(
            forgery("case-of-a-receipt-touched", _touched, CHANGED, "files/file-changed"),
            _without("case/case", "files/files", "receipts/receipts"),
            base.OPEN,
        ),
        sound("case-not-given", _as(None), _without("case/case"), base.OPEN),
        sound("case-without-sm3", _no_sm3, _without("sm3/sm3"), f"{base.OPEN} sm3", "sm3/sm3-none"),
    ]


_VALUE = {"uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": "0" * 64}}
_NUMBER = {"case-investigation:exhibitNumber": "A-2"}
_DAY = {"@type": "xsd:dateTime", "@value": "2026-11-01T00:00:00.000000Z"}


def _without(*gone: str) -> str:
    return " ".join(each for each in base.HELD.split() if each not in gone)


def _graph() -> Any:
    return json.loads(base.files()[CASE])


def _of(graph: Any, kind: str) -> Any:
    """The last entry of a kind."""
    return [entry for entry in graph if entry["@type"].endswith(kind)][-1]


def _content(graph: Any) -> Any:
    """The facet of the first exhibit's content."""
    name = "A-1.pdf"
    files = [each["uco-core:hasFacet"] for each in graph if "uco-core:hasFacet" in each]
    [found] = [content for file, content in files if file["uco-observable:fileName"] == name]
    return found


def _as(data: bytes | None) -> Callable[[], Handed]:
    """These bytes in its place, or none, and all signed anew by the house's own key."""
    return lambda: zipped(base.signed({CASE: data}))


def _edited(edit: Callable[[Any], Any]) -> Callable[[], Handed]:
    def make_it() -> Handed:
        value = _graph()
        edit(value["@graph"])
        return zipped(base.signed({CASE: canonical(value)}))

    return make_it


def _later(graph: Any) -> None:
    graph[0]["uco-core:tag"] = LATER


def _later_indented() -> Handed:
    value = _graph()
    _later(value["@graph"])
    return zipped(base.signed({CASE: json.dumps(value, indent=1).encode()}))


def _indented() -> Handed:
    return zipped(base.signed({CASE: json.dumps(_graph(), indent=1).encode()}))


def _another() -> Handed:
    """That of another package of the same case."""
    return zipped(base.signed({CASE: base.quoted()[CASE]}))


def _gone() -> Handed:
    return zipped(forge.resum({path: d for path, d in base.files().items() if path != CASE}))


def _planted() -> Handed:
    """A description beside a package that lists none."""
    without = base.signed({CASE: None})
    return zipped(forge.resum({**without, CASE: base.files()[CASE]}))


def _unsigned() -> Handed:
    value = _graph()
    value["@graph"].pop()
    return zipped(forge.resum({**base.files(), CASE: canonical(value)}))


def _touched() -> Handed:
    """A receipt that is not as it is listed: the files check names it, and it alone."""
    path = layout.receipt_path("A-1")
    made = base.files()
    return zipped(forge.resum({**made, path: forge.flip(made[path])}))


def _huge_event() -> Handed:
    """An event that is as it is listed, and larger than one can be."""
    return zipped(base.signed({layout.event_path("A-1", 1): b" " * (1024 * 1024 + 1)}))


def _no_sm3() -> Handed:
    """A package without sm3.json, described so."""
    made = base.files()
    del made[layout.SM3]
    return zipped(forge.resign(made, make.house()))

"""A redacted copy: its commitment, its arrival, its parent beside it, one exhibit in two forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from complaints.bundle import layout, manifest
from complaints.bundle.codes import check_code
from complaints.bundle.withheld import Withheld
from evidence.integrity.digest import canonical, sha256_hex
from evidence.integrity.event import Act
from tests.complaints.bundle import chosen, copies, forge
from tests.complaints.bundle import make_package as make
from tests.complaints.bundle.forge import Files
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped

COPY = layout.exhibit_path("B-2", "png")


def rows() -> list[Forgery]:
    return [
        forgery("copy-as-made", lambda: zipped(_whole()), UNCHANGED),
        forgery(
            "copy-commitment-altered",
            _edited(lambda entry: entry["parent"].update(commitment="ab" * 32)),
            CHANGED,
            "redactions/redaction-other",
        ),
        forgery(
            "copy-event-of-another-parent",
            lambda: zipped(_built(copies.copied(parent="ab" * 32))),
            CHANGED,
            "redactions/redaction-other",
        ),
        forgery("copy-event-missing", _without_event, CHANGED, "redactions/redaction-other"),
        forgery("copy-replaced-by-original", _replaced, CHANGED, "files/file-changed"),
        forgery("copy-replaced-and-listed", _replaced_and_listed, CHANGED, "custody/custody-other"),
        forgery("copy-that-is-the-upload", _upload, CHANGED, "redactions/redaction-origin"),
        forgery("copy-names-its-parent", _named, CHANGED, "redactions/parent-shown"),
        forgery("copy-with-records-of-its-parent", _records, CHANGED, "redactions/redaction-more"),
        forgery("copy-with-records-shown", _shown, CHANGED, "redactions/redaction-more"),
        forgery("copy-with-events-of-its-parent", _events, CHANGED, "redactions/redaction-more"),
        forgery("copy-called-original", _called_original, CHANGED, "redactions/parent-odd"),
        forgery("exhibit-in-two-forms", _two_forms, CHANGED, "redactions/two-forms"),
        forgery("withheld-export-beside-records", _both, CHANGED, "redactions/two-forms"),
        forgery("parent-digest-planted", _planted, CHANGED, "files/file-planted"),
    ]


@cache
def _made() -> Files:
    return _built(copies.copied())


def _whole() -> Files:
    return dict(_made())


def _built(copy: Any) -> Files:
    content, _ = copies.redacted(copy)
    return base.build(content)


def _manifest(edit: Callable[[Any], None], **also: bytes) -> Handed:
    made = _whole()
    value = json.loads(made[layout.EXHIBITS])
    edit(value)
    return zipped(forge.resign({**made, layout.EXHIBITS: canonical(value), **also}, make.house()))


def _edited(edit: Callable[[Any], None], **also: bytes) -> Callable[[], Handed]:
    return lambda: _manifest(lambda value: edit(base.exhibit(value, "B-2")), **also)


def _chain(*acts: tuple[Act, dict[str, Any]], **arrival: str) -> Handed:
    whole = copies.copied()
    raws = make.chain(whole.item, whole.sha256, whole.size, *acts, **arrival)
    return zipped(_built(copies.with_chain(whole, raws)))


def _told() -> tuple[Act, dict[str, Any]]:
    return Act.REDACTED, {"parent": copies.COMMITMENT, "places": 2}


def _without_event() -> Handed:
    return _chain(origin="redaction")


def _upload() -> Handed:
    return _chain(_told(), origin="upload")


def _named() -> Handed:
    return _chain(_told(), origin="redaction", parent=make.same_id("the picture"))


def _replaced() -> Handed:
    return zipped({**_whole(), COPY: copies.ORIGINAL})


def _replaced_and_listed() -> Handed:
    digest, size = sha256_hex(copies.ORIGINAL), len(copies.ORIGINAL)
    return _edited(
        lambda entry: entry.update(sha256=digest, size=size, check_code=check_code("B-2", digest)),
        **{COPY: copies.ORIGINAL},
    )()


def _records() -> Handed:
    reading = {"format": "png", "reader": "picture", "reader_version": "1", "records": 2}
    return _edited(lambda entry: entry.update(reading={**reading, "records_root": "1" * 64}))()


def _shown() -> Handed:
    path, of = layout.records_path("B-2"), chosen.read()
    raw = manifest.write_records(of.tree.root.hex(), of.tree.count, "", chosen.shown(of, 0))
    return _edited(lambda entry: entry.update(records=path), **{path: raw})()


def _events() -> Handed:
    """An event of the picture that is withheld, which tells nothing by itself."""
    path = layout.parent_event_path("B-2", 1)
    raws = make.chain(make.same_id("the picture"), "0" * 64, 9, (Act.OPENED, {"count": 1}))
    return _edited(lambda entry: entry["parent"].update(events=[path]), **{path: raws[1]})()


def _called_original() -> Handed:
    return _edited(lambda entry: entry.update(form="original"))()


def _two_forms() -> Handed:
    def edit(value: Any) -> None:
        entry = base.exhibit(value, "B-2")
        value["exhibits"].append({**entry, "form": "original", "parent": None, "number": "B-9"})

    return _manifest(edit)


def _both() -> Handed:
    """The export whose records are chosen stands in full as another exhibit."""
    item = make.same_id("export")
    whole = make.message_export(make.house())
    raws = make.chain(item, whole.sha256, whole.size)
    other = copies.with_chain(replace(whole, number="B-9", item=item), raws)
    content = base.content()
    exhibits = (*content.exhibits, other)
    loose = replace(content, exhibits=exhibits, log=None, withheld=Withheld())
    return zipped(base.build(loose))


def _planted() -> Handed:
    return zipped({**_whole(), "5_PROOF/parent.txt": sha256_hex(copies.ORIGINAL).encode()})

"""The Merkle log: cut, reordered, another house's, another's places."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from complaints.bundle import layout
from evidence.integrity import event, merkle
from evidence.integrity.digest import canonical, sha256_hex
from tests.complaints.bundle import logged
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped

HISTORY, MAIN = layout.LOG_HISTORY, layout.CHECKPOINT


def rows() -> list[Forgery]:
    other = "log/history-other"
    return [
        forgery("log-left-out", _left_out, CHANGED, "log/history-other"),
        forgery("log-reordered", _reordered, CHANGED, "log/log-not-included"),
        forgery("log-path-cut", _path_cut, CHANGED, "log/log-not-included"),
        forgery("log-entry-missing", _entry_missing, CHANGED, "log/log-entry-missing"),
        forgery("log-entry-twice", _entry_twice, CHANGED, "log/log-entry-twice"),
        forgery("log-entry-of-nothing-here", _entry_strange, CHANGED, "log/log-not-included"),
        forgery(
            "checkpoint-of-another-house", _checkpoint("second"), CHANGED, "log/checkpoint-wrong"
        ),
        forgery("checkpoint-of-a-shorter-log", _shorter, CHANGED, "log/log-not-included"),
        forgery("checkpoint-edited", _checkpoint_edited, CHANGED, "log/checkpoint-wrong"),
        forgery("history-reindented", _history_indented, CHANGED, "log/history-broken"),
        forgery("history-later-version", _history(v=2), CANNOT, "log/version"),
        forgery("history-of-another-size", _history(size=3), CHANGED, other),
        forgery("history-checkpoint-twice", _point_twice, CHANGED, other),
        forgery("history-checkpoint-renamed", _point(path=MAIN), CHANGED, other),
        forgery("history-checkpoint-unstamped", _point(tokens=[]), CHANGED, other),
        forgery("history-checkpoint-other-size", _other_size, CHANGED, other),
        forgery("history-cut", _point(consistency=[]), CHANGED, "log/log-not-consistent"),
        forgery("history-of-the-same-log", _same_size, CHANGED, "log/log-not-consistent"),
        forgery("history-of-another-log", _rewritten, CHANGED, "log/log-not-consistent"),
        forgery("history-by-another-house", _foreign_point, CHANGED, "log/checkpoint-wrong"),
        forgery("history-exhibit-unknown", _place(number="Z-9"), CHANGED, other),
        forgery("history-exhibit-twice", _place_twice, CHANGED, other),
        forgery("history-place-of-a-later-event", _later_event, CHANGED, "log/log-not-included"),
        forgery("history-place-elsewhere", _place(index=1), CHANGED, "log/log-not-included"),
        forgery(
            "history-place-unknown-point", _place(checkpoint=2), CHANGED, "log/log-not-included"
        ),
        forgery("history-gone", _history_gone, UNCHANGED),
    ]


def _left_out() -> Handed:
    return zipped(base.exhibits(lambda value: value.update(log=None)))


def _entries(edit: Callable[[list[Any]], None]) -> Handed:
    return zipped(base.exhibits(lambda value: edit(value["log"]["entries"])))


def _reordered() -> Handed:
    def edit(entries: list[Any]) -> None:
        entries[0]["index"], entries[1]["index"] = entries[1]["index"], entries[0]["index"]

    return _entries(edit)


def _path_cut() -> Handed:
    return _entries(lambda entries: entries[0]["path"].pop())


def _entry_missing() -> Handed:
    return _entries(lambda entries: entries.pop(0))


def _entry_twice() -> Handed:
    return _entries(lambda entries: entries.append(dict(entries[0])))


def _entry_strange() -> Handed:
    return _entries(lambda entries: entries[0].update(event="0" * 64))


def _leaves() -> list[bytes]:
    raws = [
        raw
        for exhibit in base.content().exhibits
        for raw in (*exhibit.custody, *(exhibit.parent.events if exhibit.parent else ()))
    ]
    return [merkle.leaf_hash(event.leaf_data(raw)) for raw in raws] + [
        merkle.leaf_hash(b"another case's")
    ]


def _checkpoint(of: str) -> Callable[[], Handed]:
    return lambda: zipped(base.signed({MAIN: logged.note(_leaves(), of=of)}))


def _shorter() -> Handed:
    return zipped(base.signed({MAIN: logged.note(_leaves()[:5])}))


def _checkpoint_edited() -> Handed:
    lines = base.files()[MAIN].split(b"\n")
    lines[1] = b"%d" % (int(lines[1]) + 1)
    return zipped(base.signed({MAIN: b"\n".join(lines)}))


def _history_value() -> Any:
    return json.loads(base.files()[HISTORY])


def _history(**members: Any) -> Callable[[], Handed]:
    return lambda: zipped(base.signed({HISTORY: canonical(_history_value() | members)}))


def _history_indented() -> Handed:
    return zipped(base.signed({HISTORY: json.dumps(_history_value(), indent=1).encode()}))


def _history_gone() -> Handed:
    """A package of before there was a history: whole, with less to say about outside times."""
    value = _history_value()
    [point] = value["checkpoints"]
    gone = [HISTORY, point["path"], *(token["path"] for token in point["tokens"])]
    made = base.files()
    for path in gone:
        made.pop(path)
    return zipped(base.signed(dict.fromkeys(gone)))


def _point(**members: Any) -> Callable[[], Handed]:
    def make_it() -> Handed:
        value = _history_value()
        value["checkpoints"][0] |= members
        return zipped(base.signed({HISTORY: canonical(value)}))

    return make_it


def _point_twice() -> Handed:
    value = _history_value()
    value["checkpoints"] *= 2
    return zipped(base.signed({HISTORY: canonical(value)}))


def _other_size() -> Handed:
    """A true checkpoint of this log, under another's size."""
    [point] = _history_value()["checkpoints"]
    note = logged.note(_leaves()[: point["size"] + 1])
    return zipped(base.signed({point["path"]: note}))


def _same_size() -> Handed:
    """The log itself passed off as what there was of it earlier."""
    value, leaves = _history_value(), _leaves()
    [point], first = value["checkpoints"], base.content().exhibits[0]
    path = layout.earlier_checkpoint_path(len(leaves))
    note, token = logged.note(leaves), point["tokens"][0]["path"]
    changed = {
        point["path"]: None,
        path: note,
        token: base.stranger().token(sha256_hex(note)).der,
    }
    point.update(path=path, size=len(leaves), consistency=[])
    value["exhibits"][0] |= {
        "checkpoint": len(leaves),
        "path": [node.hex() for node in logged.entry(first.custody[0], leaves, 0).path],
    }
    return zipped(base.signed({**changed, HISTORY: canonical(value)}))


def _exchanged(note: bytes) -> Handed:
    [point] = _history_value()["checkpoints"]
    return zipped(base.signed({point["path"]: note}))


def _rewritten() -> Handed:
    [point] = _history_value()["checkpoints"]
    return _exchanged(logged.note([merkle.leaf_hash(b"rewritten"), *_leaves()[1 : point["size"]]]))


def _foreign_point() -> Handed:
    [point] = _history_value()["checkpoints"]
    return _exchanged(logged.note(_leaves()[: point["size"]], of="second"))


def _place(**members: Any) -> Callable[[], Handed]:
    def make_it() -> Handed:
        value = _history_value()
        value["exhibits"][0] |= members
        return zipped(base.signed({HISTORY: canonical(value)}))

    return make_it


def _place_twice() -> Handed:
    value = _history_value()
    value["exhibits"] *= 2
    return zipped(base.signed({HISTORY: canonical(value)}))


def _later_event() -> Handed:
    """The second event passed off as the arrival: it is in the log, but later."""
    value = _history_value()
    [point], first = value["checkpoints"], base.content().exhibits[0]
    leaves = _leaves()[: point["size"]]
    entry = logged.entry(first.custody[1], leaves, 1)
    value["exhibits"][0] |= {
        "event": entry.event,
        "index": 1,
        "path": [node.hex() for node in entry.path],
    }
    return zipped(base.signed({HISTORY: canonical(value)}))

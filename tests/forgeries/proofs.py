"""Custody events and receipts: spliced, cut, exchanged, signed by others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from complaints.bundle import layout
from evidence.integrity import receipt
from evidence.integrity.digest import canonical
from evidence.integrity.event import Act
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped

FIRST = layout.event_path("A-1", 1)
OTHER = make.same_id("nobody's item")
OTHER_ONE = "receipts/receipt-other"


def rows() -> list[Forgery]:
    return [
        forgery("chain-event-taken-out", _taken_out, CHANGED, "custody/custody-broken"),
        forgery("chain-reordered", _reordered, CHANGED, "custody/custody-broken"),
        forgery("chain-spliced", _spliced, CHANGED, "custody/custody-broken"),
        forgery("chain-tail-cut", _tail_cut, CHANGED, "pdf/pdf-other-manifest"),
        forgery("chain-of-another-item", _other_item, CHANGED, "custody/custody-other"),
        forgery("chain-without-arrival", _no_arrival, CHANGED, "custody/custody-other"),
        forgery("chain-of-other-bytes", _other_bytes, CHANGED, "custody/custody-other"),
        forgery("chain-of-another-id", _chain(id=OTHER), CHANGED, "custody/custody-other"),
        forgery("chain-of-an-upload", _chain(type="upload"), CHANGED, "custody/custody-other"),
        forgery("chain-gone", _no_chain, CHANGED, "custody/custody-none"),
        forgery(
            "event-no-event",
            lambda: zipped(base.signed({FIRST: b'{"v":1}'})),
            CHANGED,
            "custody/event-malformed",
        ),
        forgery("event-reindented", _indented, CHANGED, "custody/event-malformed"),
        forgery("event-later-version", _later, CHANGED, "custody/version"),
        forgery("event-unknown-act", _unknown_act, CHANGED, "custody/version"),
        forgery("receipt-of-another-item", _other_receipt, CHANGED, "receipts/receipt-other"),
        forgery("receipt-by-another-key", _foreign_receipt, CHANGED, "receipts/receipt-wrong"),
        forgery("receipt-gone", _no_receipt, CHANGED, "receipts/receipt-none"),
        *(
            forgery(
                f"receipt-naming-another-{member}", _receipt(**{member: value}), CHANGED, OTHER_ONE
            )
            for member, value in (
                ("item", OTHER),
                ("sha256", "0" * 64),
                ("size", 1),
                ("event", "0" * 64),
            )
        ),
        replace(
            forgery("arrival-not-stated", _arrival_unsaid, CHANGED, "pdf/pdf-other-manifest"),
            held=frozenset(base.HELD.split()) - {"pdf/pdf"},
        ),
        forgery("receipt-reindented", _receipt_indented, CHANGED, "receipts/receipt-wrong"),
        forgery("time-of-arrival-moved", _arrival_moved, CHANGED, "receipts/receipt-other"),
    ]


def _taken_out() -> Handed:
    def edit(value: Any) -> None:
        del base.exhibit(value, "A-1")["custody"][1]

    return zipped(base.exhibits(edit, **{layout.event_path("A-1", 2): None}))


def _reordered() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["custody"][1:] = base.exhibit(value, "A-1")["custody"][:0:-1]

    return zipped(base.exhibits(edit))


def _spliced() -> Handed:
    """An event of another item's chain in the middle of this one."""
    other = base.files()[layout.event_path("B-2", 2)]
    return zipped(base.signed({layout.event_path("A-1", 2): other}))


def _tail_cut() -> Handed:
    """What came last is gone: the chain holds, but the manifest in the PDF knows more."""

    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["custody"].pop()
        events = value["log"]["entries"]
        del events[2]

    return zipped(base.exhibits(edit, **{layout.event_path("A-1", 3): None}))


def _other_item() -> Handed:
    changed = {
        layout.event_path("A-1", n): base.files()[layout.event_path("B-2", n)] for n in (1, 2, 3)
    }
    return zipped(base.signed(changed))


def _no_arrival() -> Handed:
    return _first_alone(json.loads(base.files()[FIRST]) | {"act": str(Act.SEALED)})


def _chain(**subject: str) -> Callable[[], Handed]:
    """An arrival of these very bytes, of something else than this item."""

    def make_it() -> Handed:
        raw = json.loads(base.files()[FIRST])
        return _first_alone(raw | {"subject": raw["subject"] | subject})

    return make_it


def _no_chain() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["custody"].clear()
        value["log"] = None

    paths = [layout.event_path("A-1", n) for n in (1, 2, 3)]
    gone = dict.fromkeys([*paths, layout.LOG_HISTORY])
    return zipped(base.exhibits(edit, **gone))


def _first_alone(raw: Any) -> Handed:
    def edit(value: Any) -> None:
        del base.exhibit(value, "A-1")["custody"][1:]

    gone = {layout.event_path("A-1", n): None for n in (2, 3)}
    return zipped(base.exhibits(edit, **{FIRST: canonical(raw), **gone}))


def _other_bytes() -> Handed:
    """An exhibit exchanged, listed and signed anew: its arrival names other bytes."""

    def edit(value: Any) -> None:
        from tests.complaints.bundle.forge import sha256_hex

        base.exhibit(value, "A-1").update(sha256=sha256_hex(b"%PDF other"), size=10)

    return zipped(base.exhibits(edit, **{"3_EXHIBITS/A-1.pdf": b"%PDF other"}))


def _indented() -> Handed:
    raw = base.files()[FIRST]
    return zipped(base.signed({FIRST: raw.replace(b'":', b'": ')}))


def _later() -> Handed:
    return _event_with(v=2)


def _unknown_act() -> Handed:
    return _event_with(act="blessed")


def _event_with(**members: Any) -> Handed:
    raw = json.loads(base.files()[FIRST]) | members
    return zipped(base.signed({FIRST: canonical(raw)}))


def _other_receipt() -> Handed:
    a, b = layout.receipt_path("A-1"), layout.receipt_path("B-2")
    made = base.files()
    return zipped(base.signed({a: made[b], a + ".sig": made[b + ".sig"]}))


def _foreign_receipt() -> Handed:
    path = layout.receipt_path("A-1")
    signature = receipt.sign(base.files()[path], make.house("second").log_key)
    return zipped(base.signed({path + ".sig": signature}))


def _receipt(**members: Any) -> Callable[[], Handed]:
    """A receipt that the log key itself signed, with one member of something else."""

    def make_it() -> Handed:
        path = layout.receipt_path("A-1")
        raw = canonical(json.loads(base.files()[path]) | members)
        signature = receipt.sign(raw, make.house().log_key)
        return zipped(base.signed({path: raw, path + ".sig": signature}))

    return make_it


def _no_receipt() -> Handed:
    path = layout.receipt_path("A-1")

    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["receipt"] = None

    return zipped(base.exhibits(edit, **{path: None, path + ".sig": None}))


def _arrival_unsaid() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["times"]["received_at"] = None

    return zipped(base.exhibits(edit))


def _receipt_indented() -> Handed:
    path = layout.receipt_path("A-1")
    raw = base.files()[path].replace(b'":', b'": ')
    return zipped(base.signed({path: raw, path + ".sig": receipt.sign(raw, make.house().log_key)}))


def _arrival_moved() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["times"]["received_at"] = "2026-01-10T06:00:00.000000Z"

    return zipped(base.exhibits(edit))

"""Small timelines for the tests of the patterns, by role."""

from evidence.abuse.patterns import find
from evidence.abuse.timeline import Timeline

PARTIES = {
    "N1": {"role": "says it acts for [公司]"},
    "N2": {"role": "another line of [公司]"},
    "X1": {"role": "unknown number"},
    "K1": {"role": "courier"},
    "B1": {"role": "[银行] official line"},
    "W1": {"role": "witness: aunt"},
    "W2": {"role": "witness: colleague"},
    "G1": {"role": "guarantor"},
}


def call(number, at, *, who="N1", answered=True, **more):
    """One incoming call."""
    return {
        "id": f"e{number}",
        "type": "call",
        "at": at,
        "direction": "in",
        "counterparty": who,
        "answered": answered,
        "duration_s": 30 if answered else 0,
        **more,
    }


def message(number, at, text, *, who="N1", **more):
    """One incoming message."""
    entry = {"id": f"e{number}", "type": "message", "at": at, "text": text, "counterparty": who}
    return {"direction": "in", **entry, **more}


def timeline(*events, parties=PARTIES):
    """The events as one case."""
    return Timeline.from_json({"id": "t", "parties": parties, "events": list(events)})


def findings(*events, parties=PARTIES):
    """All that is found in them."""
    return find(timeline(*events, parties=parties))


def hours(count, *, day="2026-03-01", start=9, **more):
    """So many calls, a minute apart."""
    return [
        call(number, f"{day}T{start:02}:{number:02}:00+08:00", **more) for number in range(count)
    ]


def ids(count):
    """Their ids."""
    return tuple(f"e{number}" for number in range(count))


def only(found, label):
    """The findings of one label."""
    return [one for one in found if one.label == label]

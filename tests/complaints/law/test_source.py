"""complaints/law/source.py and checks.py: what is shipped holds; each broken reference is named."""

import json

import pytest

from complaints.law.errors import (
    BadDateError,
    BadLevelError,
    DuplicateEntryError,
    LawDataError,
    LawDataUnreadableError,
    UnknownReferenceError,
    UnquotableError,
    UntranslatedError,
)
from complaints.law.source import law, load, shipped


def test_what_is_shipped_holds_together():
    pack = load(shipped())

    assert pack.version == law().version
    assert len(pack.statutes) == 336
    assert len(pack.kinds) == 26
    assert len(pack.agencies) == 18
    assert len(pack.rules) == 29


def entry(entries, entry_id, key="id"):
    return next(each for each in entries if each[key] == entry_id)


def statute(files, statute_id="PSAPL2025-50"):
    return entry(files["statutes.json"], statute_id)


BREAKS = {
    "a kind names a provision that is not there": (
        lambda f: f["abuse_kinds.json"][0]["statute_ids"].append("X-1"),
        UnknownReferenceError,
    ),
    "a provision names a kind that is not there": (
        lambda f: statute(f)["abuse_kinds"].append("RUDE"),
        UnknownReferenceError,
    ),
    "a provision binds a lender type that is not there": (
        lambda f: statute(f).update(applies_to=["shop"]),
        UnknownReferenceError,
    ),
    "a provision is replaced by one that is not there": (
        lambda f: statute(f, "PSAPL2012-42").update(replaced_by="X-1"),
        UnknownReferenceError,
    ),
    "an agency stands on a rule that is not there": (
        lambda f: entry(f["agencies.json"], "LENDER")["governing_rules"].append("X-1"),
        UnknownReferenceError,
    ),
    "an agency's limit has a rule that is not there": (
        lambda f: entry(f["agencies.json"], "LENDER")["deadlines"][0].update(rule="X-1"),
        UnknownReferenceError,
    ),
    "an agency has no document": (
        lambda f: f["documents.json"]["documents"].pop(),
        UnknownReferenceError,
    ),
    "a document has an unknown depth": (
        lambda f: f["documents.json"]["documents"][0].update(depth="deep"),
        UnknownReferenceError,
    ),
    "a rule names an agency that is not there": (
        lambda f: f["routing.json"]["rules"][3]["to"][0].update(agency="X"),
        UnknownReferenceError,
    ),
    "a rule names a kind that is not there": (
        lambda f: f["routing.json"]["rules"][3]["when"]["kinds_any"].append("RUDE"),
        UnknownReferenceError,
    ),
    "a rule names a lender type that is not there": (
        lambda f: f["routing.json"]["rules"][3]["when"]["lender_type"].append("shop"),
        UnknownReferenceError,
    ),
    "a rule has a condition that nobody evaluates": (
        lambda f: f["routing.json"]["rules"][3]["when"].update(full_moon=True),
        UnknownReferenceError,
    ),
    "an alarm has a rule that is not there": (
        lambda f: f["routing.json"]["deadline_alarms"][0].update(rule="X-1"),
        UnknownReferenceError,
    ),
    "a ruling names a provision that is not there": (
        lambda f: f["citing.json"]["requires"][0]["provisions"].append("X-1"),
        UnknownReferenceError,
    ),
    "a ruling needs a fact that nobody asks for": (
        lambda f: f["citing.json"]["requires"][0].update(fact="full_moon"),
        UnknownReferenceError,
    ),
    "a desk is missing": (
        lambda f: f["citing.json"]["desks"].pop("COURT"),
        UnknownReferenceError,
    ),
    "a desk reads a topic that no provision has": (
        lambda f: f["citing.json"]["desks"]["COURT"][0]["topics"].append("weather"),
        UnknownReferenceError,
    ),
    "a clause is named that the wording does not have": (
        lambda f: f["citing.json"]["points"][0].update(point="第一款第（九）项"),
        UnquotableError,
    ),
    "a provision is verified and has no wording": (
        lambda f: statute(f).update(text_zh=None),
        UnquotableError,
    ),
    "a date cannot be read": (
        lambda f: statute(f).update(effective_from="2026-13-01"),
        BadDateError,
    ),
    "a provision ends before it begins": (
        lambda f: statute(f).update(effective_to="2025-12-31"),
        BadDateError,
    ),
    "a successor overlaps what it replaced": (
        lambda f: statute(f, "PSAPL2012-42").update(effective_to="2026-01-01"),
        BadDateError,
    ),
    "what is replaced has no last day": (
        lambda f: statute(f, "PSAPL2012-42").update(effective_to=None),
        BadDateError,
    ),
    "a severity lies above its maximum": (
        lambda f: f["abuse_kinds.json"][0].update(severity_default=5),
        BadLevelError,
    ),
    "an authority level is unknown": (
        lambda f: statute(f).update(authority_level="custom"),
        BadLevelError,
    ),
    "an id stands twice": (
        lambda f: f["statutes.json"].append(dict(statute(f))),
        DuplicateEntryError,
    ),
    "a reason has no English": (
        lambda f: f["english.json"]["rules"]["R11-nfra"].clear(),
        UntranslatedError,
    ),
    "a lender type has no English": (
        lambda f: f["english.json"]["lender_types"].pop("bank"),
        UntranslatedError,
    ),
    "a never has nobody who keeps it": (
        lambda f: f["routing.json"]["never"].append("…"),
        LawDataError,
    ),
    "an entry lacks a field": (
        lambda f: statute(f).pop("topic"),
        LawDataUnreadableError,
    ),
}


@pytest.mark.parametrize(("break_it", "error"), BREAKS.values(), ids=BREAKS)
def test_it_refuses_the_pack_by_name_when(break_it, error):
    files = {name: json.loads(raw) for name, raw in shipped().items()}
    break_it(files)

    with pytest.raises(LawDataError) as refusal:
        load({name: json.dumps(value).encode() for name, value in files.items()})

    assert type(refusal.value) is error
    assert refusal.value.file


def test_a_missing_file_is_named():
    files = shipped()
    del files["citing.json"]

    with pytest.raises(LawDataUnreadableError) as refusal:
        load(files)

    assert refusal.value.file == "citing.json"


def test_a_file_that_is_not_json_is_named():
    with pytest.raises(LawDataUnreadableError) as refusal:
        load({**shipped(), "agencies.json": b"\xff["})

    assert refusal.value.file == "agencies.json"

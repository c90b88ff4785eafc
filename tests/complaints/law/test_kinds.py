"""complaints/law/kinds.py: the kinds as the law sees them, the same that the tagger names."""

import json
from importlib import resources

import pytest

from complaints.law.errors import UnknownKindError
from complaints.law.kinds import kind, kinds
from complaints.law.source import shipped


def test_the_tagger_and_the_law_speak_of_the_same_kinds():
    # Two copies, since evidence may not import complaints: they must not drift apart.
    taggers = (resources.files("evidence.abuse") / "data" / "kinds.json").read_bytes()

    assert json.loads(taggers) == json.loads(shipped()["abuse_kinds.json"])


def test_a_kind_says_what_it_is_and_what_it_is_not():
    threat = kind("THREAT")

    assert (threat.zh, threat.en, threat.label) == (
        "威胁恐吓",
        "Threat or intimidation",
        "threat",
    )
    assert all(each.definition_zh and each.not_this_zh for each in kinds().values())


def test_a_kind_that_is_not_there_is_refused():
    with pytest.raises(UnknownKindError):
        kind("RUDE")

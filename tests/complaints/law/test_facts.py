"""complaints/law/facts.py: what a person told, read strictly."""

import pytest

from complaints.law.errors import UnknownFactError
from complaints.law.facts import Facts


def test_nothing_told_is_nothing_true():
    assert Facts().as_json() == {}
    assert Facts.from_json({}) == Facts()


def test_facts_come_back_as_they_went():
    told = Facts(still_online=True, info_items=30, wants=("stop", "apology"))

    assert Facts.from_json(told.as_json()) == told
    assert told.as_json() == {"still_online": True, "info_items": 30, "wants": ["stop", "apology"]}


@pytest.mark.parametrize(
    "answers",
    [
        {"full_moon": True},
        {"still_online": "yes"},
        {"still_online": 1},
        {"info_items": True},
        {"info_items": -1},
        {"info_items": "30"},
        {"wants": ["money"]},
        {"wants": "stop"},
        {"danger_now": None},
    ],
)
def test_an_unknown_name_or_a_wrong_type_is_refused(answers):
    with pytest.raises(UnknownFactError) as refusal:
        Facts.from_json(answers)

    assert refusal.value.fact in answers

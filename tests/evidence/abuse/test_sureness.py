"""evidence/abuse/sureness.py: a word instead of a number that looks like a chance."""

import pytest

from accounts.language import LANGUAGES, has_text
from evidence.abuse.rulebook import rulebook
from evidence.abuse.sureness import SURENESS, sureness


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(1.0, "high"), (0.9, "high"), (0.89, "medium"), (0.85, "medium"), (0.84, "low"), (0.0, "low")],
)
def test_a_confidence_has_a_word(confidence, word):
    assert sureness(confidence) == word


def test_a_persons_own_tag_has_none():
    assert sureness(None) is None


def test_the_rules_use_every_word_and_each_is_in_the_catalogue():
    assert {sureness(rule.confidence) for rule in rulebook().rules} == set(SURENESS)
    for word in SURENESS:
        assert all(has_text(f"abuse-confidence-{word}", language) for language in LANGUAGES)

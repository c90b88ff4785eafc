"""evidence/abuse/prefilter: what it rules out can never match."""

import re

import pytest

from evidence.abuse.normalise import normalise
from evidence.abuse.prefilter import Prefilter, needed
from evidence.abuse.rulebook import rulebook


@pytest.mark.parametrize(
    ("source", "alternatives"),
    [
        ("打死", [["打", "死"]]),
        ("打(?:死|残)", [["打", "死残"]]),
        ("[砍剁]手?", [["砍剁"]]),
        ("打死|骂", [["打", "死"], ["骂"]]),
        ("(?:打|骂(?:爹|娘))", [["打"], ["骂", "爹娘"]]),
        ("(?:打)?(?=死).*", [[]]),
        ("(?<!不)打{2}", [["打"]]),
        ("打|.", [["打"], []]),
    ],
)
def test_what_every_match_needs_is_read_from_the_pattern(source, alternatives):
    found = [sorted("".join(sorted(one)) for one in sets) for sets in needed(source)]

    assert found == [sorted("".join(sorted(one)) for one in sets) for sets in alternatives]


def test_frequent_characters_are_the_last_choice():
    assert needed("你的不是打死狗") == [[frozenset("打"), frozenset("死"), frozenset("狗")]]


def test_a_text_without_a_needed_character_is_ruled_out():
    filter_ = Prefilter()
    bit, other = filter_.add(re.compile("打(?:死|残)")), filter_.add(re.compile("."))

    assert filter_.possible("打残你") & bit
    assert not filter_.possible("打你") & bit
    assert filter_.possible("") & other


def test_no_pattern_that_matches_is_ever_ruled_out():
    book = rulebook()
    texts = [
        normalise(text).text
        for rule in book.rules
        for text in (*rule.examples, *rule.counter_examples)
    ]
    groups = [
        *(rule.patterns for rule in book.rules),
        *(rule.unless for rule in book.rules),
        *(cue.patterns for cue in book.cues),
        *book.features.values(),
    ]
    matched = 0
    for text in texts:
        possible = book.prefilter.possible(text)
        for pattern in (one for group in groups for one in group.each):
            if pattern.regex.search(text):
                matched += 1
                assert pattern.bits & possible, (pattern.regex.pattern, text)
    assert matched > 500

"""evidence/abuse/rules: every rule finds its examples and is silent on its counter-examples."""

import pytest

from evidence.abuse.errors import RuleFileError
from evidence.abuse.kinds import KINDS, LABELS, kind
from evidence.abuse.rulebook import compile_pattern, rulebook
from evidence.abuse.tagger import found_by_rules, tag

RULES = rulebook().rules


def rules_found(text):
    return {one.rule for one in tag(text)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples(rule):
    assert rule.examples
    for example in rule.examples:
        assert rule.id in {one.rule for one in found_by_rules(example)}, example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_on_its_counter_examples(rule):
    for example in rule.counter_examples:
        assert rule.id not in rules_found(example), example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_its_clause_and_both_reasons(rule):
    assert rule.clause
    assert rule.reason_zh
    assert rule.reason_en
    assert KINDS[rule.kind].label in LABELS


def test_there_are_26_kinds_and_12_labels():
    assert len(KINDS) == 26
    assert len(LABELS) == 12
    assert {one.label for one in KINDS.values()} == {*LABELS, None}


def test_every_label_but_off_hours_has_a_rule():
    assert {KINDS[rule.kind].label for rule in RULES} == set(LABELS) - {"off_hours"}


def test_an_unknown_kind_is_refused():
    with pytest.raises(RuleFileError) as refusal:
        kind("NO_SUCH")

    assert refusal.value.rule == "NO_SUCH"


def test_a_pattern_with_an_unknown_slot_is_refused():
    with pytest.raises(RuleFileError):
        compile_pattern("{NOWHERE}打你", {}, "T-999")


def test_a_pattern_that_is_no_regular_expression_is_refused():
    with pytest.raises(RuleFileError) as refusal:
        compile_pattern("(不还", {}, "T-999")

    assert refusal.value.rule == "T-999"


def test_a_gap_does_not_cross_the_end_of_a_sentence():
    pattern = compile_pattern("不还<9>打你", {}, "T-999")

    assert pattern.search("不还就打你")
    assert not pattern.search("不还。打你")

"""bench/abuse: the tagger holds what docs/evaluation.md says of the judged part."""

import importlib.util
import sys
from pathlib import Path

import pytest

# What docs/evaluation.md says, less a point: micro F1, share of negatives wrongly tagged.
MEASURED = {"part2": (0.89, 0.05), "fresh1": (0.89, 0.05), "fresh2": (0.86, 0.08)}
BENCH = Path(__file__).resolve().parents[3] / "bench" / "abuse"


def bench():
    spec = importlib.util.spec_from_file_location("abuse_evaluate", BENCH / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["part2", "fresh1", "fresh2"])
def test_a_judged_set_keeps_its_quality(name):
    evaluate = bench()
    lines = evaluate.read(BENCH / "judged" / f"{name}.tsv")
    found = [(line.gold, line.labels()) for line in lines]

    hit = sum(len(gold & seen) for gold, seen in found)
    extra = sum(len(seen - gold) for gold, seen in found)
    missed = sum(len(gold - seen) for gold, seen in found)
    negatives = [seen for gold, seen in found if not gold]

    micro, alarms = MEASURED[name]
    assert evaluate.f1(hit, extra, missed)[2] >= micro
    assert sum(map(bool, negatives)) / len(negatives) <= alarms


def test_the_sets_are_large_and_nearly_half_negative():
    evaluate = bench()
    lines = [line for path in BENCH.glob("*/*.tsv") for line in evaluate.read(path)]

    assert len(lines) >= 9_000
    assert sum(not line.gold for line in lines) / len(lines) >= 0.40


def test_no_judged_message_is_in_the_development_set():
    evaluate = bench()
    judged, development = (
        {line.text for path in (BENCH / part).glob("*.tsv") for line in evaluate.read(path)}
        for part in ("judged", "development")
    )

    assert judged
    assert not judged & development


def test_no_message_of_the_set_is_an_example_of_a_rule():
    evaluate = bench()
    from evidence.abuse.rulebook import rulebook

    texts = {line.text for path in BENCH.glob("*/*.tsv") for line in evaluate.read(path)}
    examples = {
        one for rule in rulebook().rules for one in (*rule.examples, *rule.counter_examples)
    }

    assert not texts & examples

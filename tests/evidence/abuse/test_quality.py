"""bench/abuse: the tagger holds what docs/evaluation.md says of the judged part."""

import importlib.util
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[3] / "bench" / "abuse"


def bench():
    spec = importlib.util.spec_from_file_location("abuse_evaluate", BENCH / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_judged_part_keeps_its_quality():
    evaluate = bench()
    lines = evaluate.read(BENCH / "part2.tsv")
    found = [(line.gold, line.labels()) for line in lines]

    hit = sum(len(gold & seen) for gold, seen in found)
    extra = sum(len(seen - gold) for gold, seen in found)
    missed = sum(len(gold - seen) for gold, seen in found)
    negatives = [seen for gold, seen in found if not gold]

    assert evaluate.f1(hit, extra, missed)[2] >= 0.90
    assert sum(map(bool, negatives)) / len(negatives) <= 0.05


def test_the_development_set_is_large_and_nearly_half_negative():
    evaluate = bench()
    lines = [line for path in sorted(BENCH.glob("part*.tsv")) for line in evaluate.read(path)]

    assert len(lines) >= 600
    assert sum(not line.gold for line in lines) / len(lines) >= 0.40


def test_no_message_of_the_set_is_an_example_of_a_rule():
    evaluate = bench()
    from evidence.abuse.rulebook import rulebook

    texts = {line.text for path in BENCH.glob("part*.tsv") for line in evaluate.read(path)}
    examples = {
        one for rule in rulebook().rules for one in (*rule.examples, *rule.counter_examples)
    }

    assert not texts & examples

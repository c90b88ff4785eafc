"""Train the weights of `evidence/abuse/data/model.json`; judge them by leaving folds out.

Usage: python bench/abuse/train.py [--write], with `requirements/train.txt` beside the lock files
of the product (`make train`). It reads `development/*.tsv` and the rules' examples, never
`judged/*.tsv`. Deterministic: no chance, the folds are taken in turn.

A logistic regression with an L2 penalty for each label and one for "any label at all", on signs
scaled by how unevenly each stands in messages with and without the label (a naive Bayes log-count
ratio, after Wang and Manning 2012): the penalty then falls on signs that tell little. The floors
are those that, on folds left out, give the best micro F1 with at most `ALARMS` of the negatives
tagged; weights too small to matter are dropped.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

from evaluate import LETTERS, Line, read  # noqa: E402

from evidence.abuse.context import is_third_person  # noqa: E402
from evidence.abuse.kinds import LABELS  # noqa: E402
from evidence.abuse.model import (  # noqa: E402
    ANY,
    CONTEXT,
    SCALE,
    WORDING,
    signs_of_context,
    signs_of_wording,
)
from evidence.abuse.tagger import apply_rules, heard  # noqa: E402

TARGET = HERE.parents[1] / "evidence" / "abuse" / "data" / "model.json"
VERSION = "2"
KNOWN = [label for label in LABELS if label != "off_hours"]
# The rules were written from these: what they find there says nothing of how far they can be
# trusted, so the model does not see it.
RULES_GREW_FROM = ("part1", "part3", "part4", "part5", "part6a", "ordinary")
FOLDS = 5
INVERSE_PENALTY = 25.0
RATIO_SHARE = 0.5  # of a sign's scale; the rest is the same for all signs
SEEN_AT_LEAST = 3
SMALL = 60  # thousandths of a log odd below which a weight is dropped
ALARMS = 0.04
STEPS = np.arange(-1.0, 3.01, 0.1)


@dataclass(frozen=True)
class Example:
    wording: frozenset[str]
    context: tuple[str, ...]
    gold: frozenset[str]  # without off_hours


def example(line: Line, *, with_rules: bool) -> Example:
    message, who = heard(line.text, direction=line.direction, recipient=line.recipient)
    apply_rules(message, who)
    context = signs_of_context(
        message, who, direction=line.direction, to_third=is_third_person(line.recipient)
    )
    if not with_rules:
        context = [sign for sign in context if not sign.startswith(("@found:", "@rule:"))]
    wording = frozenset(signs_of_wording(message.plain.text))
    return Example(wording, tuple(context), line.gold - {"off_hours"})


def examples() -> list[Example]:
    found = []
    for path in sorted((HERE / "development").glob("*.tsv")):
        with_rules = path.stem not in RULES_GREW_FROM
        # What the owner wrote is settled before the model is asked.
        lines = [line for line in read(path) if line.direction != "out"]
        found += [example(line, with_rules=with_rules) for line in lines]
    return found


def matrix(items: Sequence[Example], words: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, item in enumerate(items):
        known = [words[sign] for sign in item.wording if sign in words]
        spoken = [words[sign] for sign in item.context if sign in words]
        rows += [row] * (len(known) + len(spoken))
        columns += known + spoken
        values += [WORDING / math.sqrt(max(len(known), 1))] * len(known) + [CONTEXT] * len(spoken)
    return csr_matrix((values, (rows, columns)), shape=(len(items), len(words)))


def wanted(items: Sequence[Example]) -> np.ndarray:
    return np.array([[label in item.gold for label in KNOWN] + [bool(item.gold)] for item in items])


@dataclass(frozen=True)
class Trained:
    words: dict[str, int]
    weights: np.ndarray  # signs x (labels, any)
    bias: np.ndarray

    def log_odds(self, items: Sequence[Example]) -> np.ndarray:
        return matrix(items, self.words) @ self.weights + self.bias


def train(items: Sequence[Example]) -> Trained:
    seen = Counter(sign for item in items for sign in (*item.wording, *item.context))
    kept = sorted(sign for sign, times in seen.items() if times >= SEEN_AT_LEAST)
    words = {sign: place for place, sign in enumerate(kept)}
    table, gold = matrix(items, words), wanted(items)
    columns = [fit(table, column) for column in gold.T]
    weights = np.stack([weights for weights, _ in columns], axis=1)
    return Trained(words, weights, np.array([bias for _, bias in columns]))


def scales(table: csr_matrix, column: np.ndarray) -> np.ndarray:
    """How much each sign tells of a label: the size of its log-count ratio, softened."""
    seen = (table > 0).astype(float)
    within = (1 + seen[column].sum(axis=0).A1) / (2 + column.sum())
    without = (1 + seen[~column].sum(axis=0).A1) / (2 + (~column).sum())
    ratio = np.abs(np.log(within / without))
    return RATIO_SHARE * ratio + (1 - RATIO_SHARE) * ratio.mean()


def fit(table: csr_matrix, column: np.ndarray) -> tuple[np.ndarray, float]:
    """The weights of all signs, and the bias, for one label."""
    scale = scales(table, column)
    fitted = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", class_weight="balanced").fit(
        table @ diags(scale), column
    )
    return fitted.coef_[0] * scale, fitted.intercept_[0]


def left_out(items: Sequence[Example]) -> np.ndarray:
    """The log odds of each item by a model that has not seen its fold."""
    odds = np.zeros((len(items), len(KNOWN) + 1))
    for fold in range(FOLDS):
        rest = [item for place, item in enumerate(items) if place % FOLDS != fold]
        odds[fold::FOLDS] = train(rest).log_odds(items[fold::FOLDS])
    return odds


def judged(
    odds: np.ndarray, gold: np.ndarray, floor: float, sum_floor: float
) -> tuple[float, float]:
    """Micro F1, and the share of negatives that are tagged."""
    tagged = (odds[:, :-1] >= floor) & (odds[:, :-1] + odds[:, -1:] >= sum_floor)
    true = gold[:, :-1].astype(bool)
    hit, extra, missed = (
        (tagged & true).sum(),
        (tagged & ~true).sum(),
        (~tagged & true).sum(),
    )
    negatives = ~true.any(axis=1)
    return 2 * hit / (2 * hit + extra + missed), tagged[negatives].any(axis=1).mean()


def floors(odds: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    """The two floors with the best micro F1 among those that raise few alarms.

    One floor for all labels: a floor for each fitted the folds better and fresh messages worse.
    """
    grid = [(floor, sum_floor) for floor in STEPS for sum_floor in STEPS]

    def merit(pair: tuple[float, float]) -> float:
        score, alarms = judged(odds, gold, *pair)
        return score - 3 * max(alarms - ALARMS, 0.0)

    return max(grid, key=merit)


def main(arguments: list[str]) -> None:
    items = examples()
    gold, odds = wanted(items), left_out(items)
    floor, sum_floor = floors(odds, gold)
    score, alarms = judged(odds, gold, floor, sum_floor)
    negatives = (~gold[:, -1].astype(bool)).sum()
    print(f"{len(items)} messages, {negatives} negatives; on folds left out:")
    print(f"micro F1 {score:.3f}, negatives wrongly tagged {alarms:.1%}")
    print(f"floors {floor:.1f} and {sum_floor:.1f}")
    trained = train(items)
    whole = np.rint(trained.weights * SCALE).astype(int)
    letter_of = {label: letter for letter, label in LETTERS.items()} | {ANY: "*"}
    names = [letter_of[label] for label in (*KNOWN, ANY)]
    weights = {
        sign: {
            name: int(weight)
            for name, weight in zip(names, whole[place], strict=True)
            if abs(weight) >= SMALL
        }
        for sign, place in trained.words.items()
    }
    kept = {sign: of for sign, of in weights.items() if of}
    model = {
        "version": VERSION,
        "labels": dict(zip(names, (*KNOWN, ANY), strict=True)),
        "bias": dict(zip(names, np.rint(trained.bias * SCALE).astype(int).tolist(), strict=True)),
        "floor": round(floor * SCALE),
        "sum_floor": round(sum_floor * SCALE),
        "weights": kept,
    }
    if "--write" in arguments:
        TARGET.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n")
        print(f"{len(kept)} signs, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])

"""A small linear model: how much a whole message reads like each label.

A rule knows some words; people find new ones every day. The model weighs all signs of a message at
once: runs of characters, words by class, who seems to speak, and what the rules found. It is
trained by `bench/abuse/train.py` on messages that the project wrote itself; its weights are data
(`data/model.json`). A linear model can say why: each sign's share in the sum is known, so the
clause that weighed most is shown with a suggestion.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from evidence.abuse.classes import tokens
from evidence.abuse.context import Message, Speaker

RUN = 4  # longest run of characters
CLASS_RUN = 3  # longest run of words, at least one of them of a class
WORDING = 3.0  # the length of the vector of all signs of the wording
CONTEXT = 0.5  # what each sign of the context counts beside it
ANY = "any"  # the pseudo-label "some label at all"
SCALE = 1000  # weights are kept as whole thousandths of a log odd

Weights = npt.NDArray[np.int32]

_CLAUSE = re.compile(r"[^,。!?;:\n…]+")


def signs_of_wording(text: str) -> set[str]:
    """All runs of a plain text.

    Runs of one to four characters as they are; runs of one to three words with classes as
    `#<KIN>`. `^` and `$` stand for the ends of the text.
    """
    framed = f"^{text}$"
    size = len(framed)
    found = set(framed)
    for length in range(2, RUN + 1):
        found.update([framed[at : at + length] for at in range(size - length + 1)])
    found.update([sign for sign, _, _ in _runs_of_words(text)])
    return found


def _runs_of_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Runs of words of which one at least is of a class, with their places in the text."""
    words = tokens(text)
    for first, word in enumerate(words):
        sign, of_class = f"#{word.name}", word.is_class
        if of_class:
            yield sign, word.start, word.end
        for further in words[first + 1 : first + CLASS_RUN]:
            sign += further.name
            of_class = of_class or further.is_class
            if of_class:
                yield sign, word.start, further.end


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """Every sign of the wording with each of its places, ends of the text left out."""
    for length in range(1, RUN + 1):
        for at in range(len(text) - length + 1):
            yield text[at : at + length], at, at + length
    yield from _runs_of_words(text)


def signs_of_context(
    message: Message, who: Speaker, *, direction: str | None, to_third: bool | None
) -> list[str]:
    """What is known beside the wording: who speaks to whom, features, and what the rules found."""
    found = [f"@{side}" for side, score in who.scores.items() if score >= 1]
    found += [f"@{side}+" for side, score in who.scores.items() if score >= 3]
    found.append(f"@who:{who.side}")
    found += [f"@has:{name}" for name in message.book.features if message.holds(name)]
    found += [f"@{name}" for name in sorted(message.features)]
    if direction is not None:
        found.append(f"@direction:{direction}")
    if to_third is not None:
        found.append(f"@recipient:{'third' if to_third else 'debtor'}")
    return found


@dataclass(frozen=True)
class Model:
    """Weights in thousandths of a log odd for each sign and label.

    A label stands from `floor`, and where it reaches `sum_floor` together with `any`, the log odds
    of "some label at all": what sounds like nobody's abuse must sound the more like one kind.
    """

    version: str
    labels: tuple[str, ...]  # the columns of the weights
    bias: Weights
    floor: int
    sum_floor: int
    rows: Mapping[str, int]  # sign to row of the weights
    weights: Weights

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Model:
        """Read what `bench/abuse/train.py` wrote: labels go by a letter, zeros are left out."""
        column = {letter: place for place, letter in enumerate(raw["labels"])}
        weights = np.zeros((len(raw["weights"]), len(column)), dtype=np.int32)
        for row, of in enumerate(raw["weights"].values()):
            for letter, weight in of.items():
                weights[row, column[letter]] = weight
        return cls(
            version=raw["version"],
            labels=tuple(raw["labels"].values()),
            bias=np.array([raw["bias"][letter] for letter in column], dtype=np.int32),
            floor=raw["floor"],
            sum_floor=raw["sum_floor"],
            rows={sign: row for row, sign in enumerate(raw["weights"])},
            weights=weights,
        )

    def log_odds(self, wording: Iterable[str], context: Iterable[str]) -> dict[str, float]:
        """The log odds of each label, and of `any`, that the training gives a message."""
        rows = self.rows
        known = [row for row in map(rows.get, wording) if row is not None]
        around = [row for row in map(rows.get, context) if row is not None]
        share = WORDING / math.sqrt(max(len(known), 1))
        sums = share * self.weights[known].sum(axis=0) + CONTEXT * self.weights[around].sum(axis=0)
        return dict(zip(self.labels, ((sums + self.bias) / SCALE).tolist(), strict=True))

    def standing(self, wording: Iterable[str], context: Iterable[str]) -> dict[str, float]:
        """The labels that stand, each with its chance (0..1) as the training gives it."""
        odds = self.log_odds(wording, context)
        of_any = odds.pop(ANY)
        return {
            label: 1 / (1 + math.exp(-of))
            for label, of in odds.items()
            if of * SCALE >= self.floor and (of + of_any) * SCALE >= self.sum_floor
        }

    def clause(self, label: str, text: str) -> tuple[int, int]:
        """The clause of a plain text that weighs most for a label, as a half-open span."""
        column = self.labels.index(label)
        weight = [0.0] * len(text)
        for sign, start, end in _places(text):
            row = self.rows.get(sign)
            if row is None:
                continue
            gain = int(self.weights[row, column]) / (end - start)
            for at in range(start, end):
                weight[at] += gain
        return max(
            _clauses(text),
            key=lambda span: sum(weight[span[0] : span[1]]) / math.sqrt(span[1] - span[0]),
            default=(0, len(text)),
        )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a text without the blanks around them."""
    for match in _CLAUSE.finditer(text):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner)
            yield start, start + len(inner)


@cache
def model() -> Model:
    """Read the weights once per process."""
    folder = resources.files(__package__).joinpath("data")
    return Model.from_json(json.loads(folder.joinpath("model.json").read_text("utf-8")))

"""How much a message as a whole reads like a collector's: a small linear model behind the rules.

A rule sees a few words; "I am at your door" is a courier's sentence as well as a collector's. The
model weighs all characters (runs of one to three) and the cues of who speaks, and only ever takes
suggestions away: it names no abuse. It is trained by `bench/abuse/train.py` on messages that the
project wrote itself; its weights are `data/likeness.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evidence.abuse.context import Message

RUN = 3  # longest run of characters
CUE = 0.35  # what one cue counts beside the runs, whose squares add up to one
FEATURES = ("debt", "overdue", "demand", "not_pay", "third", "pressure")
SCALE = 1000  # weights are kept as whole thousandths


def runs(text: str) -> set[str]:
    """All runs of one to three characters; `^` and `$` stand for the ends."""
    text = f"^{text}$"
    return {text[at : at + n] for n in range(1, RUN + 1) for at in range(len(text) - n + 1)}


def cues(message: Message, scores: Mapping[str, float]) -> list[str]:
    """What the rules already know of the context, as words of the model."""
    found = [f"<{name}>" for name in FEATURES if message.holds(name)]
    found += [f"<{side}>" for side, score in scores.items() if score >= 1]
    return found + [f"<{side}+>" for side, score in scores.items() if score >= 3]


@dataclass(frozen=True)
class Likeness:
    """Weights in thousandths of a log odd; `floor` is where a message is set aside."""

    version: str
    bias: int
    floor: int
    weights: dict[str, int]

    def score(self, message: Message, scores: Mapping[str, float]) -> float:
        """Log odds that a message is a collector's abuse, as trained: an order, not a chance."""
        known = [
            weight
            for run in runs(message.plain.text)
            if (weight := self.weights.get(run)) is not None
        ]
        spoken = sum(self.weights.get(cue, 0) for cue in cues(message, scores))
        return (sum(known) / math.sqrt(max(len(known), 1)) + CUE * spoken + self.bias) / SCALE

    def is_collectors(self, message: Message, scores: Mapping[str, float]) -> bool:
        """Whether what the rules found in a message may stand."""
        return self.score(message, scores) * SCALE >= self.floor


@cache
def likeness() -> Likeness:
    """Read the weights once per process."""
    folder = resources.files(__package__).joinpath("data")
    return Likeness(**json.loads(folder.joinpath("likeness.json").read_text("utf-8")))

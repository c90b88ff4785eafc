"""Train the weights of `evidence/abuse/data/likeness.json`; print what leaving a part out shows.

Usage: python bench/abuse/train.py [--write]. Deterministic: no chance, fixed steps. Logistic
regression with an L2 penalty by Nesterov's gradient. It reads the development parts, the ordinary
talk and the rules' examples; never the judged parts.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

from evaluate import read  # noqa: E402

from evidence.abuse.context import Message, speaker  # noqa: E402
from evidence.abuse.likeness import CUE, SCALE, cues, runs  # noqa: E402
from evidence.abuse.normalise import normalise  # noqa: E402
from evidence.abuse.rulebook import rulebook  # noqa: E402
from evidence.abuse.tagger import found_by_rules  # noqa: E402

PARTS = ("part1", "part3", "part4", "part5", "part6a", "ordinary")
TARGET = HERE.parents[1] / "evidence" / "abuse" / "data" / "likeness.json"
PENALTY, STEPS, FLOOR = 0.2, 600, -0.7

Item = tuple[set[str], list[str], float]


def item(text: str, wanted: bool) -> Item:
    message = Message(normalise(text), rulebook())
    scores = speaker(message, direction=None, to_third=None).scores
    return runs(message.plain.text), cues(message, scores), float(wanted)


def matrix(items: list[Item], words: dict[str, int]) -> np.ndarray:
    table = np.zeros((len(items), len(words) + 1))
    table[:, -1] = 1.0
    for row, (grams, spoken, _) in enumerate(items):
        known = [words[gram] for gram in grams if gram in words]
        table[row, known] = 1 / np.sqrt(max(len(known), 1))
        table[row, [words[cue] for cue in spoken if cue in words]] = CUE
    return table


def train(items: list[Item]) -> tuple[dict[str, int], np.ndarray]:
    seen = Counter(gram for grams, _, _ in items for gram in grams)
    spoken = sorted({cue for _, names, _ in items for cue in names})
    kept = [gram for gram in sorted(seen) if seen[gram] >= 2] + spoken
    words = {word: place for place, word in enumerate(kept)}
    table = matrix(items, words)
    wanted = np.array([answer for _, _, answer in items])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[-1] = 0.0
    rate = 1 / (0.25 * np.linalg.norm(table, 2) ** 2 + PENALTY)
    old = ahead = np.zeros(table.shape[1])
    for step in range(STEPS):
        guess = 1 / (1 + np.exp(-(table @ ahead)))
        new = ahead - rate * (table.T @ (guess - wanted) + penalty * ahead)
        ahead = new + step / (step + 3) * (new - old)
        old = new
    return words, old


def main(arguments: list[str]) -> None:
    lines = {part: read(HERE / f"{part}.tsv") for part in PARTS}
    items = {
        part: [item(line.text, bool(line.gold - {"off_hours"})) for line in lines[part]]
        for part in PARTS
    }
    examples = [item(text, True) for rule in rulebook().rules for text in rule.examples]
    for part in PARTS:
        others = [one for other in PARTS if other != part for one in items[other]]
        words, weights = train(others + examples)
        score = matrix(items[part], words) @ weights
        wanted = np.array([one[2] for one in items[part]]) > 0
        tagged = np.array(
            [
                bool(found_by_rules(line.text, direction=line.direction, recipient=line.recipient))
                for line in lines[part]
            ]
        )
        alarm, hit, passes = tagged & ~wanted, tagged & wanted, score >= FLOOR
        print(
            f"{part:9} false alarms {alarm.sum():3} -> {(alarm & passes).sum():3}"
            f"   abuse found {hit.sum():3} -> {(hit & passes).sum():3}"
        )
    words, weights = train([one for part in PARTS for one in items[part]] + examples)
    whole = np.rint(weights * SCALE).astype(int)
    kept = {word: int(whole[place]) for word, place in words.items() if abs(whole[place]) >= 10}
    model = {"version": "1", "bias": int(whole[-1]), "floor": int(FLOOR * SCALE), "weights": kept}
    if "--write" in arguments:
        TARGET.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n")
        print(f"{len(kept)} weights, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])

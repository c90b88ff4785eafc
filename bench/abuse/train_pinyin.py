"""Count how characters follow each other in our own messages: `evidence/abuse/data/pinyin.json`.

Usage: python bench/abuse/train_pinyin.py [--write], with `requirements/train.txt` (`make train`).
The readings of a character are those of pypinyin (MIT), which is needed here only.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

from pypinyin import Style, pinyin

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

from evaluate import read  # noqa: E402

from evidence.abuse.normalise import normalise  # noqa: E402
from evidence.abuse.pinyin import BEFORE, SCALE  # noqa: E402

TARGET = HERE.parents[1] / "evidence" / "abuse" / "data" / "pinyin.json"
CHOICES = 20  # characters kept for a syllable
SEEN_AT_LEAST = 2  # times, for a run of two or three characters
# Stupid backoff: what a shorter run counts in place of a longer one that was never seen.
BACKOFF = 0.4

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")


def texts() -> list[str]:
    """Our messages in plain spelling; those with Latin words, where pinyin hides, are left out."""
    return [
        normalise(line.text).text
        for path in sorted((HERE / "development").glob("*.tsv"))
        for line in read(path)
        if not _LATIN.search(line.text)
    ]


def readings(character: str) -> set[str]:
    """All readings of a character, without tones, ü as v."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return {reading for reading in found if reading.isascii() and reading.isalpha()}


def score(chance: float) -> int:
    return round(SCALE * math.log(chance))


def main(arguments: list[str]) -> None:
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for text in texts():
        framed = f"{BEFORE}{text}"
        for at in range(len(BEFORE), len(framed)):
            singles[framed[at]] += 1
            pairs[framed[at - 1 : at + 1]] += 1
            triples[framed[at - 2 : at + 1]] += 1
    before: Counter[str] = Counter()
    for run, times in (pairs + triples).items():
        before[run[:-1]] += times
    total = sum(singles.values())
    of_syllable: dict[str, str] = {}
    for character, _ in singles.most_common():
        if not _HAN.match(character):
            continue
        for reading in readings(character):
            known = of_syllable.get(reading, "")
            if len(known) < CHOICES:
                of_syllable[reading] = known + character
    found = {
        "syllables": dict(sorted(of_syllable.items())),
        "singles": {
            one: score(BACKOFF**2 * times / total) for one, times in sorted(singles.items())
        },
        "pairs": {
            run: score(BACKOFF * times / before[run[0]])
            for run, times in sorted(pairs.items())
            if times >= SEEN_AT_LEAST
        },
        "triples": {
            run: score(times / before[run[:2]])
            for run, times in sorted(triples.items())
            if times >= SEEN_AT_LEAST
        },
        "unknown": score(BACKOFF**2 * 0.1 / total),
    }
    print({name: len(of) for name, of in found.items() if isinstance(of, dict)})
    if "--write" in arguments:
        TARGET.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
        print(f"{TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])

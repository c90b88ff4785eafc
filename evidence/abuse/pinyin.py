"""Pinyin read back into characters: "zai bu huan qian" is 再不还钱, for rules and model alike.

A syllable stands for many characters; which one was meant is told by its neighbours. How often
characters follow each other was counted in messages that the project wrote itself
(`data/pinyin.json`, written by `bench/abuse/train_pinyin.py`). The likeliest few readings are
carried along from left to right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib import resources
from operator import itemgetter
from typing import Any, NamedTuple

LONGEST = 6  # letters of a syllable: "zhuang"
CARRIED = 5  # readings carried along
BEFORE = "^^"  # what stands before a text
SCALE = 100  # scores are kept as whole hundredths of a natural logarithm

# Below this share of its letters a text is in another language, or has just a few words in Latin.
SHARE = 0.8
ENOUGH = 3  # syllables, or one word of
LONG_WORD = 5  # letters: "emo" and "aa" are no pinyin
LONGEST_WORD = 120  # letters: a sentence without blanks; what is longer is no writing

_LETTERS = re.compile(r"[a-z]+")
_PARTS = re.compile(r"(?P<word>[a-z]+)|(?P<blank> +)|(?P<other>[^a-z ])", re.DOTALL)


_Chain = tuple[str, "_Chain"] | None


class Unit(NamedTuple):
    """A syllable to be read, or a character that stays; its place counts characters of the text."""

    text: str
    start: int
    end: int
    is_syllable: bool


@dataclass(frozen=True)
class Readings:
    """The characters of each syllable, commonest first, and the score of one after two others."""

    syllables: Mapping[str, str]
    singles: Mapping[str, int]
    pairs: Mapping[str, int]  # of the last character after the one before it
    triples: Mapping[str, int]  # of the last character after the two before it
    unknown: int

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Readings:
        """Read what `bench/abuse/train_pinyin.py` wrote."""
        return cls(**raw)

    def score(self, before: str, character: str) -> int:
        """How well a character follows the two before it: the longest run that was ever counted."""
        found = self.triples.get(before + character)
        if found is None:
            found = self.pairs.get(before[-1] + character)
        if found is None:
            found = self.singles.get(character, self.unknown)
        return found

    def likeliest(self, units: Iterable[Unit]) -> str:
        """One character for each unit."""
        # A reading is its score, its last two characters, and all of it as a chain from its end.
        carried: list[tuple[int, str, _Chain]] = [(0, BEFORE, None)]
        for unit in units:
            choices = self.syllables[unit.text] if unit.is_syllable else unit.text
            carried = nlargest(
                CARRIED,
                [
                    (total + self.score(last, character), last[-1] + character, (character, chain))
                    for total, last, chain in carried
                    for character in choices
                ],
                key=itemgetter(0),
            )
        characters = []
        chain = carried[0][2]
        while chain is not None:
            character, chain = chain
            characters.append(character)
        return "".join(reversed(characters))


@cache
def readings() -> Readings:
    """Read the counts once per process, when a first text with Latin words comes."""
    folder = resources.files(__package__).joinpath("data")
    return Readings.from_json(json.loads(folder.joinpath("pinyin.json").read_text("utf-8")))


def spelled_out(text: str) -> list[tuple[int, int, str]]:
    """What to put where in a plain text: half-open spans with their character, from left to right.

    Empty when the text is not in pinyin. Blanks around a syllable go: their text is "".
    """
    if not _is_pinyin(text):
        return []
    units = list(_units(text))
    read = readings().likeliest(unit for unit in units if unit.text != " ")
    characters = iter(read)
    found = []
    for unit in units:
        if unit.text == " ":
            found.append((unit.start, unit.end, ""))
            continue
        character = next(characters)
        if unit.is_syllable:
            found.append((unit.start, unit.end, character))
    return found


def syllables(word: str) -> tuple[str, ...]:
    """A word of small letters cut into the fewest syllables; empty when it is no pinyin."""
    if len(word) > LONGEST_WORD:
        return ()
    known = readings().syllables
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        ways = [
            (*way, word[start:end])
            for start in range(max(0, end - LONGEST), end)
            if (way := best[start]) is not None and word[start:end] in known
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or ()


def _is_pinyin(text: str) -> bool:
    words = _LETTERS.findall(text)
    letters = sum(map(len, words))
    if letters < ENOUGH:
        return False
    of_pinyin = [(word, syllables(word)) for word in words if len(word) > 1]
    spelled = [(word, of) for word, of in of_pinyin if of]
    if sum(len(word) for word, _ in spelled) < SHARE * letters:
        return False
    return sum(len(of) for _, of in spelled) >= ENOUGH or any(
        len(word) >= LONG_WORD for word, _ in spelled
    )


def _units(text: str) -> Iterator[Unit]:
    for part in _PARTS.finditer(text):
        start, end = part.span()
        if part["blank"]:
            yield Unit(" ", start, end, False)
            continue
        for syllable in syllables(part[0]) if len(part[0]) > 1 else ():
            yield Unit(syllable, start, start + len(syllable), True)
            start += len(syllable)
        # What is no pinyin stays, letter by letter.
        for at in range(start, end):
            yield Unit(text[at], at, at + 1, False)

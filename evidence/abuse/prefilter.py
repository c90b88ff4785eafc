"""Which patterns a text can match at all, told from its characters alone.

Nine hundred regular expressions are tried on each message; nearly all of them need a character that
the message does not have. For each pattern we keep sets of characters of which every match holds at
least one, read from the expression's own syntax tree. A message's characters then rule out most
patterns with a few operations on whole numbers (a bit for each alternative of a pattern).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

# The standard library's own parser: private, but in every Python since 3.11; another parser of
# regular expressions would be a second opinion on what `re` does.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Characters that nearly every message has tell nothing; one weighs as much as this many others.
COMMON = frozenset("你我您的了不一是在,。")
COMMON_WEIGHT = 8
LEVELS = 3  # sets kept for each pattern


def needed(source: str) -> list[list[frozenset[str]]]:
    """For each alternative of a pattern: sets of characters of which every match of it holds at
    least one, best first.

    Empty when nothing is known. At most `LEVELS`, those that the fewest texts satisfy.
    """
    return [
        sorted(set(_in_sequence(one)), key=lambda sets: (_cost(sets), min(sets)))[:LEVELS]
        for one in _alternatives(list(parser.parse(source)))
    ]


def _alternatives(sequence: list[tuple[Any, Any]]) -> list[list[tuple[Any, Any]]]:
    """The alternatives that a whole pattern consists of; itself, when it is none."""
    if len(sequence) == 1:
        operation, value = sequence[0]
        if operation is sre.SUBPATTERN:
            return _alternatives(list(value[3]))
        if operation is sre.BRANCH:
            return [one for branch in value[1] for one in _alternatives(list(branch))]
    return [sequence]


def _cost(characters: frozenset[str]) -> int:
    return len(characters) + (COMMON_WEIGHT - 1) * len(characters & COMMON)


def _in_sequence(sequence: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """One set for each part of a sequence that no match can do without."""
    return [one for operation, value in sequence for one in _in_part(operation, value)]


def _in_part(operation: Any, value: Any) -> list[frozenset[str]]:
    if operation is sre.LITERAL:
        return [frozenset(chr(value))]
    if operation is sre.IN and all(kind is sre.LITERAL for kind, _ in value):
        return [frozenset(chr(code) for _, code in value)]
    if operation is sre.BRANCH:
        return _in_branches([_in_sequence(branch) for branch in value[1]])
    if operation is sre.SUBPATTERN:
        return _in_sequence(value[3])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        return _in_sequence(value[2])
    return []  # look-arounds, optional parts, classes such as \d: a match may do without


def _in_branches(branches: list[list[frozenset[str]]]) -> list[frozenset[str]]:
    """One of the branches matches: each gives its best set, together they are one."""
    if not all(branches):
        return []
    return [frozenset().union(*(min(sets, key=_cost) for sets in branches))]


class Prefilter:
    """Gives each pattern bits; tells of a text which of them may match. Filled once, then read."""

    def __init__(self) -> None:
        self._count = 0
        self._free = [0] * LEVELS  # patterns that ask for nothing at this level
        self._with: list[dict[str, int]] = [{} for _ in range(LEVELS)]

    def add(self, regex: re.Pattern[str]) -> int:
        """The bits of one more pattern, one for each of its alternatives."""
        bits = 0
        for sets in needed(regex.pattern):
            bit = 1 << self._count
            self._count += 1
            bits |= bit
            for level in range(LEVELS):
                if level >= len(sets):
                    self._free[level] |= bit
                    continue
                for character in sets[level]:
                    self._with[level][character] = self._with[level].get(character, 0) | bit
        return bits

    def possible(self, text: str) -> int:
        """The bits of all patterns that the text may match."""
        characters = set(text)
        possible = -1
        for free, holding in zip(self._free, self._with, strict=True):
            known = characters & holding.keys()
            possible &= reduce(or_, map(holding.__getitem__, known), free)
        return possible

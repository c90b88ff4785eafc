"""The fast lane of the tokenizer: writers repeat one attribute order for a million elements.

A shape is learned from one element and matches its equals in a single step. Whatever does not fit
exactly takes the slow lane and gives the same result.
"""

from __future__ import annotations

import re
from typing import Final

KEPT: Final = 3  # attribute orders tried before the slow lane
LEARNED: Final = 24  # orders worth compiling in one file
_NAME: Final = re.compile(rb"([A-Za-z_][\w:.\-]*)=\"[^\"]*\"")


class Shapes:
    """The attribute orders seen of one element; the one that matched last is tried first."""

    def __init__(self, name: bytes, wanted: tuple[bytes, ...]) -> None:
        """`wanted` are the attributes whose values `match` hands out, in that order.

        An order without the first of them is not learned.
        """
        self.name = name
        self._wanted = wanted
        self._known: list[tuple[re.Pattern[bytes], tuple[int, ...]]] = []
        self._learned = 0

    def match(self, buffer: bytes, at: int) -> tuple[int, tuple[bytes, ...]] | None:
        """The end of the element at this place and its wanted values; an absent one is empty."""
        for index, (pattern, groups) in enumerate(self._known):
            if found := pattern.match(buffer, at):
                if index:
                    self._known.insert(0, self._known.pop(index))
                return found.end(), found.group(*groups)
        return None

    def learn(self, name: bytes, raw: bytes) -> None:
        """Remember the order of an element that came by the slow lane."""
        if name != self.name or self._learned >= LEARNED or self._wanted[0] + b"=" not in raw:
            return
        self._learned += 1
        pattern = b"<" + re.escape(name)
        seen: list[bytes] = []
        for attribute in _NAME.findall(raw):
            group = b'([^"]*+)' if attribute in self._wanted else b'[^"]*+'
            if attribute in self._wanted:
                seen.append(attribute)
            pattern += b"\\s" + re.escape(attribute) + b'="' + group + b'"'
        absent = [attribute for attribute in self._wanted if attribute not in seen]
        seen += absent
        pattern += rb"\s?/>" + b"()" * len(absent)
        shape = re.compile(pattern)
        if len(set(seen)) == len(seen) and shape.fullmatch(b"<" + name + raw + b">"):
            groups = tuple(seen.index(attribute) + 1 for attribute in self._wanted)
            self._known.insert(0, (shape, groups))
            del self._known[KEPT:]

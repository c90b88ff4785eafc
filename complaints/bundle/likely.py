"""Text in some bytes, as far as one of the texts that are looked for could stand in it.

Bytes are read in the encodings that people here use; of each only those stretches that consist of
letters of the texts looked for. In noise there is hardly one.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from complaints.bundle import stretches
from complaints.bundle.folding import fold

LEAST = 6  # letters of a text that is looked for
MOST_OF_TWO_BYTES = 3  # letters that one of two bytes can stand for
SMALL_BYTES = 2048  # read whole sooner than looked through
_BLOCK = 256  # characters that are folded at once
CODECS = (
    *(("utf-8", 0), ("gb18030", 0)),
    *(("utf-16-le", 0), ("utf-16-le", 1), ("utf-16-be", 0), ("utf-16-be", 1)),
)
# What two bytes can be, as bits of one table.
LITTLE, BIG, UTF8_TWO, UTF8_THREE, UTF8_FOUR, GB_TWO, GB_FOUR = (1 << bit for bit in range(7))
Flags = npt.NDArray[np.uint8]
"""For each byte, what it and the next one can be."""


class Likely:
    """Reads bytes for certain texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are folded, each of at least `LEAST` letters."""
        folded = frozenset().union(*texts)
        letters = _before_folding(folded) if folded else set()
        self._pairs = np.zeros(1 << 16, dtype=np.uint8)
        self._single = stretches.table(bytes(ord(each) for each in letters if each.isascii()))
        # A letter that stands for several makes a stretch shorter than its text.
        most = max((len(fold(each)) for each in letters), default=1)
        self._least_wide = -(-LEAST // max(most, 1))
        self._least_bytes = LEAST if most < MOST_OF_TWO_BYTES else 2 * self._least_wide
        for letter in letters:
            self._enter(letter)
        self._is_empty = not letters

    def texts(self, data: bytes) -> Iterator[str]:
        """Each encoding's stretches as one text."""
        if self._is_empty or len(data) < LEAST:
            return
        if len(data) <= SMALL_BYTES:
            yield from (data[at:].decode(codec, "ignore") for codec, at in CODECS)
            return
        even, odd = _pairs(data, 0), _pairs(data, 1)
        seen = self._pairs[even], self._pairs[odd]
        for codec, bit in (("utf-16-le", LITTLE), ("utf-16-be", BIG)):
            for at, wide in enumerate(seen):
                yield from self._wide(data[at:], wide & np.uint8(bit), codec)
        flags = np.zeros(len(data), dtype=np.uint8)
        flags[0 : 2 * len(even) : 2], flags[1 : 1 + 2 * len(odd) : 2] = seen
        single = stretches.of_bytes(data, self._single)
        yield from _utf8(data, single.copy(), flags, self._least_bytes)
        yield from _gb18030(data, single.copy(), flags, self._least_bytes)

    def _enter(self, letter: str) -> None:
        """What two bytes of this letter look like, in every encoding."""
        wide = letter.encode("utf-16-le", "surrogatepass")
        for at in range(0, len(wide), 2):
            self._mark(wide[at : at + 2], LITTLE)
            self._mark(wide[at : at + 2][::-1], BIG)
        if letter.isascii():
            return
        narrow = letter.encode("utf-8", "surrogatepass")
        self._mark(narrow, {2: UTF8_TWO, 3: UTF8_THREE, 4: UTF8_FOUR}[len(narrow)])
        try:
            chinese = letter.encode("gb18030")
        except UnicodeEncodeError:  # half of a surrogate pair
            return
        self._mark(chinese, {2: GB_TWO, 4: GB_FOUR}[len(chinese)])

    def _mark(self, two: bytes, bit: int) -> None:
        self._pairs[two[0] | two[1] << 8] |= bit

    def _wide(self, data: bytes, flags: Flags, codec: str) -> Iterator[str]:
        marks = flags.astype(bool).view(np.uint8)
        sign = stretches.BETWEEN.decode("ascii").encode(codec)
        if found := stretches.cut(data, marks, self._least_wide, sign=sign):
            yield found.decode(codec, "ignore")


def _pairs(data: bytes, at: int) -> npt.NDArray[np.uint16]:
    return np.frombuffer(data, dtype="<u2", count=(len(data) - at) // 2, offset=at)


def _utf8(data: bytes, marks: stretches.Marks, flags: Flags, least: int) -> Iterator[str]:
    _cover(marks, flags, {UTF8_TWO: 2, UTF8_THREE: 3, UTF8_FOUR: 4})
    if 2 * np.count_nonzero(marks) > len(data):  # text: its stretches are too many to be cut out
        yield data.decode("utf-8", "ignore")
    elif found := stretches.cut(data, marks, least):
        yield found.decode("utf-8", "ignore")


def _gb18030(data: bytes, marks: stretches.Marks, flags: Flags, least: int) -> Iterator[str]:
    if not (flags & np.uint8(GB_TWO | GB_FOUR)).any():  # the rest of it is in UTF-8 the same
        return
    _cover(marks, flags, {GB_TWO: 2, GB_FOUR: 4}, stretches.CORE)
    # Where a stretch begins in the middle of a letter, all of it is read out of step: so twice.
    for skipped in (0, 1):
        if found := stretches.cut(data, marks, least, skipped=skipped, around=stretches.CORE):
            yield found.decode("gb18030", "ignore")


def _cover(
    marks: stretches.Marks, flags: Flags, lengths: Mapping[int, int], mark: int = stretches.MARK
) -> None:
    """Mark all bytes of the letters that begin where a flag says so."""
    for bit, length in lengths.items():
        begins = np.flatnonzero((flags & np.uint8(bit)).astype(np.bool_))
        for further in range(length):
            at = begins + further
            marks[at[at < len(marks)]] = mark


def _before_folding(folded: frozenset[str]) -> set[str]:
    """Every letter that becomes nothing but these when it is folded: so also white space."""
    sources = _sources()
    found = {each for each in folded if fold(each) == each} | sources[""]
    for result, letters in sources.items():
        if set(result) <= folded:
            found |= letters
    return found


@cache
def _sources() -> Mapping[str, set[str]]:
    """By what becomes of them: the letters that folding changes."""
    sources: dict[str, set[str]] = defaultdict(set)
    for start in range(0, sys.maxunicode + 1, _BLOCK):
        block = "".join(map(chr, range(start, start + _BLOCK)))
        if fold(block) == block:  # nearly every one
            continue
        for letter in block:
            if (result := fold(letter)) != letter:
                sources[result].add(letter)
    return sources

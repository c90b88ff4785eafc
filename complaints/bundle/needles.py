"""Many texts searched in one text at once: an export may withhold tens of thousands of messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from complaints.bundle.folding import fold
from complaints.bundle.likely import LEAST, Likely

START = LEAST  # characters by which a text is first recognised; shorter texts are not searched
FEW = 64  # up to so many, one look for each is faster
_BITS = 22
_FACTORS = [pow(0x9E3779B1, power, 1 << 32) for power in range(START)]
Label = TypeVar("Label")


class Needles(Generic[Label]):
    """Texts with a label each. Their first characters are looked up at every place at once."""

    def __init__(self, texts: Iterable[tuple[str, Label]]) -> None:
        """Folded texts. Those shorter than `START` are left out: half of all letters are such."""
        self._texts = [(text, label) for text, label in texts if len(text) >= START]
        self._by_start: dict[str, list[tuple[str, Label]]] = defaultdict(list)
        for text, label in self._texts:
            self._by_start[text[:START]].append((text, label))
        self._table = np.zeros(1 << _BITS if len(self._texts) > FEW else 0, dtype=np.bool_)
        if len(self._table):
            self._table[_places("".join(self._by_start))[::START]] = True

    def found_in_bytes(self, data: bytes) -> Iterator[Label]:
        """The label of every text that stands in these bytes in any encoding, perhaps repeated."""
        for text in self._likely.texts(data):
            yield from self.found_in(fold(text))

    def found_in(self, text: str) -> Iterator[Label]:
        """The label of every text that stands in this folded one, perhaps more than once."""
        if len(text) < START:
            return
        if not len(self._table):
            yield from (label for needle, label in self._texts if needle in text)
            return
        for at in np.nonzero(self._table[_places(text)])[0].tolist():
            for needle, label in self._by_start.get(text[at : at + START], ()):
                if text.startswith(needle, at):
                    yield label

    @cached_property
    def _likely(self) -> Likely:
        return Likely(text for text, _ in self._texts)


def _places(text: str) -> npt.NDArray[np.uint32]:
    """For the `START` characters at each place of a text: where the table tells of them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    count = len(codes) - START + 1
    total = np.zeros(count, dtype=np.uint32)
    for power, factor in enumerate(_FACTORS):
        total += codes[power : power + count] * np.uint32(factor)
    return total >> np.uint32(32 - _BITS)

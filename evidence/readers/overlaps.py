"""Finds the second copy of a record in overlapping backups, with 12 bytes a record."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from typing import Final

_MASK: Final = (1 << 64) - 1


class Overlaps:
    """An open-addressing table of 64-bit hashes: three million records take about 50 MB.

    Where nobody asks which record came first it takes a third less, and 0 stands for any.
    """

    def __init__(self, *, keeps_firsts: bool = True) -> None:
        """An empty table."""
        self._size = 1 << 12
        self._hashes = _empty("Q", self._size)
        self._firsts = _empty("I", self._size) if keeps_firsts else None
        self._used = 0

    def first_index(self, key: Hashable) -> int | None:
        """The index of the record that had this key before, or None: then it is remembered."""
        return self.first_of(hash(key) & _MASK or 1)  # zero marks a free place

    def first_of(self, value: int) -> int | None:
        """As `first_index`, of a key's hash."""
        mask = self._size - 1
        hashes = self._hashes
        place = value & mask
        while found := hashes[place]:
            if found == value:
                return 0 if self._firsts is None else self._firsts[place]
            place = (place + 1) & mask
        hashes[place] = value
        if self._firsts is not None:
            self._firsts[place] = self._used
        self._used += 1
        if self._used * 4 > self._size * 3:
            self._grow()
        return None

    def _grow(self) -> None:
        old_hashes, old_firsts = self._hashes, self._firsts
        self._size *= 2
        mask = self._size - 1
        hashes = self._hashes = _empty("Q", self._size)
        firsts = self._firsts = None if old_firsts is None else _empty("I", self._size)
        for old, value in enumerate(old_hashes):
            if value:
                place = value & mask
                while hashes[place]:
                    place = (place + 1) & mask
                hashes[place] = value
                if firsts is not None and old_firsts is not None:
                    firsts[place] = old_firsts[old]


def _empty(typecode: str, size: int) -> array[int]:
    return array(typecode, [0]) * size


class Remembered:
    """As `Overlaps`, for few records; the hashes of what was new stay in `fresh`, in order."""

    def __init__(self, known: Iterable[int] = ()) -> None:
        """`known` are hashes of records that were given before."""
        self.fresh = array("Q")
        self._seen = {value: index for index, value in enumerate(known)}

    def first_index(self, key: Hashable) -> int | None:
        """As of `Overlaps`."""
        value = hash(key) & _MASK or 1
        index = len(self._seen)
        first = self._seen.setdefault(value, index)
        if first != index:
            return first
        self.fresh.append(value)
        return None

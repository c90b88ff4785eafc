"""Finds the second copy of a record in overlapping backups, with 12 bytes a record."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from typing import Final

_MASK: Final = (1 << 64) - 1


class Overlaps:
    """An open-addressing table of 64-bit hashes: three million records take about 50 MB."""

    def __init__(self) -> None:
        self._size = 1 << 12
        self._hashes = array("Q", bytes(8 * self._size))
        self._firsts = array("L" if array("L").itemsize == 4 else "I", bytes(4 * self._size))
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
                return self._firsts[place]
            place = (place + 1) & mask
        hashes[place] = value
        self._firsts[place] = self._used
        self._used += 1
        if self._used * 4 > self._size * 3:
            self._grow()
        return None

    def _grow(self) -> None:
        old_hashes, old_firsts = self._hashes, self._firsts
        self._size *= 2
        mask = self._size - 1
        self._hashes = array("Q", bytes(8 * self._size))
        self._firsts = array(old_firsts.typecode, bytes(4 * self._size))
        for value, first in zip(old_hashes, old_firsts, strict=True):
            if value:
                place = value & mask
                while self._hashes[place]:
                    place = (place + 1) & mask
                self._hashes[place] = value
                self._firsts[place] = first


class Remembered(Overlaps):
    """As its base; the hashes of what was new stay in `fresh`, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh = array("Q")

    def first_of(self, value: int) -> int | None:
        """As of the base."""
        first = super().first_of(value)
        if first is None:
            self.fresh.append(value)
        return first

"""What must stand nowhere in a package, as values: the x-ray looks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Withheld:
    """The secrets of what is not handed over, or not handed over whole.

    Attributes:
        digests: of withheld bytes, lower-case hex, of whatever algorithm.
        salts: that open commitments, raw bytes.
        names: of withheld files, as they were declared.
        texts: of records that are not shown, of words under a box.
        ids: that would tie this package to another one.
    """

    digests: frozenset[str] = frozenset()
    salts: frozenset[bytes] = frozenset()
    names: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.digests or self.salts or self.names or self.texts or self.ids)

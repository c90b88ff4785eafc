"""Whose a row of QQ's MHT is: green is own, blue the other side's.

Who worked with real files found the first row of a section in the wrong colour. So a row in another
colour than nearly all rows of the same sender has that of the others, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from evidence.readers.syntax.html_tokens import plain

from .qq_head import Sender, sender_of

SENDERS: Final = 100_000  # whose colours are counted; no group is larger
NAME: Final = re.compile(r"<div[^<>]{0,200}float:\s*left[^<>]{0,200}>(.*?)</div>", re.S | re.I)
_COLOUR: Final = re.compile(r"color:\s*#(42B475|006EFE)", re.I)
_WAYS: Final = {"42b475": "out", "006efe": "in"}
_OTHER: Final = {"out": "in", "in": "out"}
# Two people may share a name, never an account: so much rarer must a name's other colour be.
_RARER: Final = 4


class Side(NamedTuple):
    """The direction of a row; whether its own colour says the contrary."""

    direction: str | None
    corrected: bool = False


class Sides:
    """The colours of all rows of one page, by sender."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def count(self, row: str) -> None:
        """Take in one row; rows without a sender or a colour tell nothing."""
        name = NAME.search(row)
        way = _way(row, name) if name else None
        if not name or not way:
            return
        key = (_key(sender_of(plain(name[1]))), way)
        if key in self._seen or len(self._seen) < SENDERS:
            self._seen[key] += 1

    def of(self, row: str, name: re.Match[str], sender: Sender) -> Side:
        """Whose a row is; `name` is where its sender stands."""
        way = _way(row, name)
        if way is None or sender.is_system:
            return Side(None)
        key = _key(sender)
        own, other = self._seen[key, way], self._seen[key, _OTHER[way]]
        wrong = own < other if sender.account is not None else own * _RARER <= other
        return Side(_OTHER[way], corrected=True) if wrong else Side(way)


def _key(sender: Sender) -> str:
    return sender.account or f"name:{sender.name}"


def _way(row: str, name: re.Match[str]) -> str | None:
    colour = _COLOUR.search(row, 0, name.start())
    return _WAYS[colour[1].lower()] if colour else None

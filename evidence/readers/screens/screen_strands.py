"""Overlapping screenshots as one strand: each message once, all in one reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .screen_overlaps import Mark, Overlap, Screen


@dataclass(frozen=True, slots=True)
class Strand:
    """Pictures that follow each other, and their messages from first to last.

    `twins`: the id of a message that is told elsewhere → the id under which it counts.
    """

    screens: tuple[str, ...]
    messages: tuple[str, ...]
    twins: Mapping[str, str]


def strands(screens: Sequence[Screen], overlaps: Iterable[Overlap]) -> list[Strand]:
    """Join what overlaps.

    Args:
        screens: in the order of their capture, oldest first.
        overlaps: those that count; the ones with most in common are believed first.
    """
    by_id = {screen.id: screen for screen in screens}
    places = {screen.id: (screen.id, 0.0) for screen in screens}  # → strand, how far down
    same = _Classes(screens)
    for each in sorted(overlaps, key=lambda each: -len(each.pairs)):
        if each.first not in by_id or each.second not in by_id or not same.can(each.pairs):
            continue
        (strand, down), (lost, offset) = places[each.first], places[each.second]
        if strand != lost:
            moved = down + each.shift - offset
            for name, (there, at) in list(places.items()):
                if there == lost:
                    places[name] = (strand, at + moved)
        same.join(each.pairs)
    groups: dict[str, list[Screen]] = {}
    for screen in screens:
        groups.setdefault(places[screen.id][0], []).append(screen)
    return [_strand(group, places, same) for group in groups.values() if len(group) > 1]


def _strand(group: list[Screen], places: Mapping[str, tuple[str, float]], same: _Classes) -> Strand:
    order = sorted(group, key=lambda screen: places[screen.id][1])
    marks = [
        (places[screen.id][1] + mark.top, number, mark)
        for number, screen in enumerate(order)
        for mark in screen.marks
    ]
    told: dict[str, list[tuple[float, int, Mark]]] = {}
    for entry in marks:
        told.setdefault(same.of(entry[2].id), []).append(entry)
    twins: dict[str, str] = {}
    kept: list[tuple[float, int, str]] = []
    for entries in told.values():
        best = min(entries, key=lambda e: (e[2].is_cut, e[2].when is None, e[1]))
        kept.append((best[0], best[1], best[2].id))
        twins |= {e[2].id: best[2].id for e in entries if e is not best}
    return Strand(
        screens=tuple(screen.id for screen in order),
        messages=tuple(each[2] for each in sorted(kept)),
        twins=twins,
    )


class _Classes:
    """Which marks are one message; never two of one picture."""

    def __init__(self, screens: Sequence[Screen]) -> None:
        self._screen = {mark.id: screen.id for screen in screens for mark in screen.marks}
        self._class = {mark: mark for mark in self._screen}
        self._members = {mark: {mark} for mark in self._screen}

    def of(self, mark: str) -> str:
        """The name of its class."""
        return self._class[mark]

    def can(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether joining these would leave each picture's messages apart."""
        for a, b in pairs:
            if a not in self._class or b not in self._class:
                return False
            if self._class[a] != self._class[b]:
                both = [self._members[self._class[each]] for each in (a, b)]
                pictures = [{self._screen[mark] for mark in members} for members in both]
                if pictures[0] & pictures[1]:
                    return False
        return True

    def join(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Make each pair one message."""
        for a, b in pairs:
            kept, lost = self._class[a], self._class[b]
            if kept != lost:
                for mark in self._members.pop(lost):
                    self._class[mark] = kept
                    self._members[kept].add(mark)

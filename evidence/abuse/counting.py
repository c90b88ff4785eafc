"""Counting over time: by day, within a sliding hour, runs of days. Pure arithmetic on events."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from evidence.abuse.timeline import Event

Key = TypeVar("Key", bound=Hashable)


def group(events: Iterable[Event], key: Callable[[Event], Key]) -> dict[Key, list[Event]]:
    """Events by key, order kept."""
    groups: dict[Key, list[Event]] = {}
    for event in events:
        groups.setdefault(key(event), []).append(event)
    return groups


def bursts(events: Sequence[Event], *, at_least: int, within: timedelta) -> list[list[Event]]:
    """Maximal stretches in which every event lies in some window of that many events.

    Args:
        events: in time order.
        at_least: how many events make a burst.
        within: the window; an event exactly at its end is inside.
    """
    found: list[list[Event]] = []
    until = -1  # index of the last event already in a burst
    for first in range(len(events) - at_least + 1):
        last = first + at_least - 1
        if events[last].at - events[first].at > within:
            continue
        if first <= until:
            found[-1] += events[until + 1 : last + 1]
        else:
            found.append(list(events[first : last + 1]))
        until = last
    return found


@dataclass(frozen=True)
class Days:
    """The days of a timeline: first and last, those with contact, and the longest run."""

    first: date
    last: date
    with_contact: tuple[date, ...]
    longest_run: int  # consecutive days with contact
    run_from: date  # first day of the longest run; of the earliest, when several are as long
    run_until: date
    without_record: tuple[date, ...]  # days between first and last of which nothing is held


def days(of: Iterable[date]) -> Days | None:
    """The days on which there was something; None when there is none.

    Args:
        of: calendar days in Asia/Shanghai, in any order, each as often as one likes.
    """
    present = sorted(set(of))
    if not present:
        return None
    longest, run, run_until = 1, 1, present[0]
    for before, after in pairwise(present):
        run = run + 1 if after - before == timedelta(days=1) else 1
        if run > longest:
            longest, run_until = run, after
    held = set(present)
    span = (present[-1] - present[0]).days
    every = (present[0] + timedelta(days=number) for number in range(span + 1))
    return Days(
        first=present[0],
        last=present[-1],
        with_contact=tuple(present),
        longest_run=longest,
        run_from=run_until - timedelta(days=longest - 1),
        run_until=run_until,
        without_record=tuple(day for day in every if day not in held),
    )

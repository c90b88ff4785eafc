"""complaints/bundle/gaps.py: which runs of records are not shown."""

from __future__ import annotations

import itertools
import random

import pytest

from complaints.bundle.gaps import Gap, between


@pytest.mark.parametrize(
    ("shown", "count", "expected"),
    [
        ([], 0, []),
        ([], 3, [Gap(0, 2)]),
        ([0, 1, 2], 3, []),
        ([1], 3, [Gap(0, 0), Gap(2, 2)]),
        ([0, 5], 9, [Gap(1, 4), Gap(6, 8)]),
        ([5, 0, 5], 9, [Gap(1, 4), Gap(6, 8)]),
        ([4, 900], 5, [Gap(0, 3)]),
    ],
)
def test_every_run_between_before_and_after_is_a_gap(shown, count, expected):
    assert between(shown, count) == expected


def test_twelve_of_nine_hundred_and_their_gaps_are_the_whole_reading():
    dice = random.Random(900)
    for _ in range(50):
        shown = dice.sample(range(900), 12)

        found = between(shown, 900)

        hidden = [place for gap in found for place in range(gap.first, gap.last + 1)]
        assert sorted([*shown, *hidden]) == list(range(900))
        assert sum(gap.count for gap in found) == 888
        assert all(one.last + 1 < other.first for one, other in itertools.pairwise(found))

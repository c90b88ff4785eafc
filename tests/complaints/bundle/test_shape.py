"""complaints/bundle/shape.py: what a manifest may look like, and what is refused."""

from __future__ import annotations

import re

import pytest

from complaints.bundle.shape import Free, Maybe, ShapeError, Time, check

SHAPE = {
    "v": 1,
    "name": re.compile("[a-z]+"),
    "sizes": [int],
    "note": Maybe(str),
    "at": Time(),
    "more": Free(),
}
GOOD = {
    "v": 1,
    "name": "abc",
    "sizes": [0, 5],
    "note": None,
    "at": "2026-11-30T23:59:59.000000Z",
    "more": {"any": ["thing"]},
}


def test_it_takes_exactly_the_shape():
    check(GOOD, SHAPE)
    check(GOOD | {"note": "said"}, SHAPE)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("v", 2),
        ("v", True),
        ("v", "1"),
        ("name", "ABC"),
        ("name", "abc\n"),
        ("name", None),
        ("sizes", [1, -1]),
        ("sizes", [True]),
        ("sizes", [2**53]),
        ("sizes", {"0": 1}),
        ("note", 5),
        ("at", "2026-11-31T00:00:00.000000Z"),
        ("at", "2026-11-30T00:00:00Z"),
        ("at", 5),
        ("more", []),
    ],
)
def test_it_refuses_any_other_value_and_says_where(member, value):
    with pytest.raises(ShapeError) as refusal:
        check(GOOD | {member: value}, SHAPE)

    assert refusal.value.place.startswith(member)


def test_it_refuses_a_member_too_many_and_one_too_few():
    with pytest.raises(ShapeError):
        check(GOOD | {"surprise": 1}, SHAPE)
    with pytest.raises(ShapeError):
        check({name: value for name, value in GOOD.items() if name != "v"}, SHAPE)

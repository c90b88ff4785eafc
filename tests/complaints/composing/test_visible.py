"""complaints/composing/visible.py: which lines of a covered recording may be told."""

from __future__ import annotations

import pytest

from complaints.composing.visible import is_heard
from complaints.models import Redaction


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((0.0, 1.5), True),  # half a second lies between
        ((0.0, 1.6), False),
        ((1.0, 2.5), False),  # reaches in
        ((2.2, 2.4), False),  # within
        ((1.0, 9.0), False),  # around
        ((3.4, 4.0), False),
        ((3.5, 4.0), True),
        ((3.46, 4.0), True),  # to a tenth, as its place is told
        ((5.0, 5.2), False),  # the second span
        ((8.0, 9.0), True),
    ],
)
def test_a_line_is_told_only_where_no_span_touches_it(
    line: tuple[float, float], told: bool
) -> None:
    made = Redaction(spans=[[2000, 3000], [5500, 7000]])

    assert is_heard(*line, made) == told

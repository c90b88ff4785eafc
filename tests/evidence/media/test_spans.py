"""evidence/media/spans.py: which times may be covered, and which are refused by name."""

from __future__ import annotations

import pytest

from evidence.media.errors import RefusedError
from evidence.media.places import (
    MAX_PLACES,
    EmptyPlaceError,
    NothingRemovedError,
    PlaceOutsideError,
    TooManyPlacesError,
)
from evidence.media.spans import Span, WholeCoveredError, spans_within

LASTS_MS = 10_000


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ([[5000, 6000], [1000, 2000]], [(1000, 2000), (5000, 6000)]),  # in time order
        ([[1000, 3000], [2000, 4000]], [(1000, 4000)]),
        ([[1000, 4000], [2000, 3000]], [(1000, 4000)]),  # one within the other
        ([[1000, 2000], [2000, 3000]], [(1000, 3000)]),
        ([[1000, 2000], [2040, 3000]], [(1000, 3000)]),  # nothing but margins between
        ([[1000, 2000], [2041, 3000]], [(1000, 2000), (2041, 3000)]),
        ([[0, 9000]], [(0, 9000)]),
        ([[9999, 10_000]], [(9999, 10_000)]),
    ],
)
def test_what_overlaps_is_one(asked: list[list[int]], kept: list[tuple[int, int]]) -> None:
    assert spans_within(asked, lasts_ms=LASTS_MS) == tuple(Span(*one) for one in kept)


@pytest.mark.parametrize(
    ("asked", "error", "place"),
    [
        ([], NothingRemovedError, None),
        ([[1, 2]] * (MAX_PLACES + 1), TooManyPlacesError, None),
        ([[1000, 2000], [3000, 3000]], EmptyPlaceError, 2),
        ([[3000, 2999]], EmptyPlaceError, 1),
        ([[-1, 500]], PlaceOutsideError, 1),
        ([[0, 5], [9000, 10_001]], PlaceOutsideError, 2),
        ([[20_000, 30_000]], PlaceOutsideError, 1),
        ([[0, 10_000]], WholeCoveredError, None),
        ([[0, 5000], [5010, 10_000]], WholeCoveredError, None),
        ([[0, 9900]], WholeCoveredError, None),  # the margin takes most of what is left
    ],
)
def test_a_time_that_is_none_is_refused_by_name(
    asked: list[list[int]], error: type[RefusedError], place: int | None
) -> None:
    with pytest.raises(error) as refusal:
        spans_within(asked, lasts_ms=LASTS_MS)

    assert getattr(refusal.value, "place", None) == place

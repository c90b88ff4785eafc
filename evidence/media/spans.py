"""Which times of a recording somebody asks to cover, judged before anything is decoded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .errors import RefusedError
from .places import (
    MAX_PLACES,
    EmptyPlaceError,
    NothingRemovedError,
    PlaceOutsideError,
    TooManyPlacesError,
)

MARGIN_MS: Final = 20  # covered on either side too: a resampler and a codec blur what lies beside
LEAST_LEFT_MS: Final = 100  # a copy with less than this to hear shows nothing


class WholeCoveredError(RefusedError):
    """Nothing is left to hear: a recording like that is left out, not handed over."""

    code = "redaction_covers_whole"


@dataclass(frozen=True, slots=True)
class Span:
    """Milliseconds from the recording's beginning, in decoded sound; `end_ms` is not in it."""

    start_ms: int
    end_ms: int

    def as_list(self) -> list[int]:
        """For JSON: from, to."""
        return [self.start_ms, self.end_ms]


def spans_within(values: Iterable[Sequence[Any]], *, lasts_ms: int) -> tuple[Span, ...]:
    """Judge what somebody asks to cover.

    Args:
        values: `[from, to]` each, milliseconds of the decoded recording.
        lasts_ms: how long that is.

    Returns:
        The spans in time order; those that overlap, or have only their margins between them, are
        one: nothing could be heard there.

    Raises:
        NothingRemovedError, TooManyPlacesError, EmptyPlaceError, PlaceOutsideError,
        WholeCoveredError.
    """
    spans = [Span(*value) for value in values]
    if not spans:
        raise NothingRemovedError("no time to cover")
    if len(spans) > MAX_PLACES:
        raise TooManyPlacesError(MAX_PLACES)
    for place, span in enumerate(spans, 1):
        if span.end_ms <= span.start_ms:
            raise EmptyPlaceError(place)
        if span.start_ms < 0 or span.end_ms > lasts_ms:
            raise PlaceOutsideError(place)
    joined = _joined(spans)
    covered = sum(
        min(span.end_ms + MARGIN_MS, lasts_ms) - max(span.start_ms - MARGIN_MS, 0)
        for span in joined
    )
    if lasts_ms - covered < LEAST_LEFT_MS:
        raise WholeCoveredError("nothing is left to hear")
    return joined


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start_ms, one.end_ms)):
        if found and span.start_ms - found[-1].end_ms <= 2 * MARGIN_MS:
            last = found.pop()
            span = Span(last.start_ms, max(last.end_ms, span.end_ms))
        found.append(span)
    return tuple(found)

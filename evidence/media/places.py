"""What somebody asks to remove from a picture, judged before anything is decoded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .errors import RefusedError

MAX_PLACES: Final = 200
_TURNED: Final = (5, 6, 7, 8)  # EXIF orientations that swap width and height


class NothingRemovedError(RefusedError):
    """A redaction without a place to remove is no redaction."""

    code = "redaction_removes_nothing"


class TooManyPlacesError(RefusedError):
    """More places than one redaction may have."""

    code = "redaction_too_many_places"

    def __init__(self, allowed: int) -> None:
        super().__init__(f"at most {allowed} places")
        self.allowed = allowed


class EmptyPlaceError(RefusedError):
    """A place without any size; `place` counts from 1."""

    code = "redaction_place_empty"

    def __init__(self, place: int) -> None:
        super().__init__(f"place {place} has no size")
        self.place = place


class PlaceOutsideError(RefusedError):
    """A place that lies outside the picture or recording, wholly or in part."""

    code = "redaction_place_outside"

    def __init__(self, place: int) -> None:
        super().__init__(f"place {place} lies outside")
        self.place = place


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels of the upright picture: `left`, `top` from its corner, `width`, `height`."""

    left: int
    top: int
    width: int
    height: int

    def as_list(self) -> list[int]:
        """For JSON: left, top, width, height."""
        return [self.left, self.top, self.width, self.height]


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height of the picture as it is shown, from stored ones and EXIF orientation."""
    return (height, width) if orientation in _TURNED else (width, height)


def boxes_within(values: Iterable[Sequence[Any]], *, width: int, height: int) -> tuple[Box, ...]:
    """Judge what somebody asks to remove.

    Args:
        values: `[left, top, width, height]` each, pixels of the upright picture.
        width: of that picture.
        height: of that picture.

    Raises:
        NothingRemovedError, TooManyPlacesError, EmptyPlaceError, PlaceOutsideError.
    """
    boxes = tuple(Box(*value) for value in values)
    if not boxes:
        raise NothingRemovedError("no place to remove")
    if len(boxes) > MAX_PLACES:
        raise TooManyPlacesError(MAX_PLACES)
    for place, box in enumerate(boxes, 1):
        if box.width < 1 or box.height < 1:
            raise EmptyPlaceError(place)
        fits = (
            box.left >= 0
            and box.top >= 0
            and box.left + box.width <= width
            and box.top + box.height <= height
        )
        if not fits:
            raise PlaceOutsideError(place)
    return boxes

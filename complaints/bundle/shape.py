"""The exact shape of a JSON value: members, types, patterns. What is not expected is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from complaints.errors import ComplaintError
from evidence.integrity.times import TimeFormatError, read_time

MAX_INTEGER = 2**53 - 1


class ShapeError(ComplaintError):
    """A value has another shape than its format says; `place` is a path such as `files.3.size`."""

    code = "json_shape"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place or 'value'}: {why}")
        self.place = place


@dataclass(frozen=True)
class Maybe:
    """This shape, or null."""

    shape: Any


@dataclass(frozen=True)
class Later:
    """As a member's shape: this shape, or no such member, which older packages do not have."""

    shape: Any


@dataclass(frozen=True)
class Free:
    """Any object: claims of somebody else that we only pass on."""


@dataclass(frozen=True)
class Time:
    """A text that is a time in the one spelling of signed bytes, of a day that there is."""


@dataclass(frozen=True)
class Claims:
    """Any object; where one of these members is there, it has its shape."""

    members: Mapping[str, Any]


def check(value: Any, shape: Any, place: str = "") -> None:
    """Compare a decoded JSON value with a shape.

    A shape is a dict (exactly these members), a one-entry list (a list of that shape), a compiled
    pattern (a string that matches whole), `str`, `bool`, `int` (0 .. 2**53 - 1), a literal value,
    `Time`, `Maybe`, `Free`, `Claims` or, as the shape of a member, `Later`.

    Raises:
        ShapeError: at the first difference.
    """
    if isinstance(shape, Maybe):
        if value is not None:
            check(value, shape.shape, place)
    elif isinstance(shape, Free):
        _demand(isinstance(value, dict), place, "no object")
    elif isinstance(shape, Claims):
        _demand(isinstance(value, dict), place, "no object")
        _members(value, shape.members, place)
    elif isinstance(shape, dict):
        _demand(isinstance(value, dict), place, "no object")
        needed = {name for name, inner in shape.items() if not isinstance(inner, Later)}
        fits = needed <= value.keys() <= shape.keys()
        _demand(fits, place, "other members than the format has")
        _members(value, shape, place)
    elif isinstance(shape, list):
        _demand(isinstance(value, list), place, "no list")
        for index, entry in enumerate(value):
            check(entry, shape[0], f"{place}.{index}")
    else:
        _check_plain(value, shape, place)


def _members(value: Mapping[str, Any], shape: Mapping[str, Any], place: str) -> None:
    """The members that are there."""
    for name, inner in shape.items():
        if name in value:
            within = inner.shape if isinstance(inner, Later) else inner
            check(value[name], within, f"{place}.{name}" if place else name)


def _check_plain(value: Any, shape: Any, place: str) -> None:
    """A text, a number, a literal."""
    if isinstance(shape, re.Pattern):
        _demand(isinstance(value, str) and shape.fullmatch(value) is not None, place, "no match")
    elif isinstance(shape, Time):
        try:
            read_time(value)
        except TimeFormatError as cause:
            raise ShapeError(place, "no time") from cause
    elif shape is int:
        _demand(type(value) is int and 0 <= value <= MAX_INTEGER, place, "no whole number")
    elif isinstance(shape, type):
        _demand(type(value) is shape, place, f"no {shape.__name__}")
    else:
        _demand(type(value) is type(shape) and value == shape, place, "another value")


def _demand(holds: bool, place: str, why: str) -> None:
    if not holds:
        raise ShapeError(place, why)

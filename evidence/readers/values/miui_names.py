"""Callers in MIUI recording names: `NAME(NUMBER)` joined by `_`, rewritten and cut by the phone."""

from __future__ import annotations

import re
from typing import Final

from .name_patterns import MIUI_CALL

_MANGLED: Final = re.compile(r"^[0-9ps ]{2,24}$")
_FOREIGN: Final = re.compile(r"^00(?=[1-9])")


def callers(everyone: str) -> tuple[str | None, str | None]:
    """Number and name of the callers; several are joined by `;` in their order.

    The phone writes `+` as `00`, `*` as `s`, `,` as `p`, and cuts the name at 50 characters.
    """
    numbers: list[str] = []
    people: list[str] = []
    calls = [(found.group("name"), found.group("num")) for found in MIUI_CALL.finditer(everyone)]
    if not calls:
        calls = _bare(everyone)
    for person, number in calls:
        person = person.strip("_ ")
        if number:
            numbers.append(restored(number))
        if person and restored(person) != (restored(number) if number else None):
            people.append(person)
    return (";".join(numbers) or None), (";".join(people) or None)


def _bare(everyone: str) -> list[tuple[str, str]]:
    """No `NAME(NUMBER)`: numbers alone, a name alone, or number and name the wrong way round."""
    swapped = re.match(r"^(?P<num>[0-9ps ]{3,24})\((?P<name>[^()]+)\)?$", everyone)
    if swapped:
        return [(swapped.group("name"), swapped.group("num"))]
    parts = everyone.split("_")
    if all(_MANGLED.match(part) for part in parts):
        return [("", part) for part in parts]
    return [(everyone, "")]


def restored(number: str) -> str:
    """The number before the phone rewrote it for a file name."""
    text = number.strip().replace("s", "*").replace("p", ",")
    return _FOREIGN.sub("+", text)

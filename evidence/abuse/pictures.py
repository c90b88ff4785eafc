"""Statistics as pictures: SVG for the phone client, the console and the PDF, from one module.

Every picture has a title and a description for a screen reader; days and hours are Beijing time;
names and numbers are masked here, whoever calls.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evidence.abuse.limits import limits
from evidence.abuse.svg import GREY, INK, SHADE, Drawing, on_step, step
from evidence.abuse.tagger import QUIET_FROM, QUIET_UNTIL, SHANGHAI, is_quiet_time
from evidence.abuse.words import say

_CELL = 13
_LEFT = 44  # room for the date
_TOP = 44  # title and hour figures
_WIDTH = _LEFT + 24 * _CELL + 4
_WIDE_CELL = 24
_LABEL = 12  # from one line of text to the next
_BAR = 10  # from one to the other of a day
_FIGURE, _DIGIT, _FIGURE_HEIGHT = 9, 0.56, 0.75  # size in a cell; parts of it, in Noto Sans SC
_ROW_GAP_DAYS = 3  # this many empty days in a row become one line of text


@dataclass(frozen=True)
class Contact:
    """One call or message to draw. `at` is aware; `line` the number or account it came from."""

    at: datetime
    line: str = ""
    is_call: bool = True
    is_effective: bool = False  # an answered call

    @property
    def local(self) -> datetime:
        """The moment in Beijing time."""
        return self.at.astimezone(SHANGHAI)


def mask_number(number: str) -> str:
    """A number with its middle hidden: 13800001234 -> 138****1234; short ones keep two figures.

    Where a chat names its writer instead of a number, the name is hidden.
    """
    plain = number.strip().removeprefix("+86")
    if plain and not any(character.isdigit() for character in plain):
        return mask_name(plain)
    if len(plain) >= 8:
        return f"{plain[:3]}****{plain[-4:]}"
    return f"{plain[:2]}***" if plain else "?"


def mask_name(name: str) -> str:
    """A name reduced to its first character, with a relation in brackets kept: 张*（姑姑）.

    What stands in brackets alone is an alias that hides all: （第三人A） -> 第三人A.
    """
    match = re.match(r"\s*([^（(]*)([（(].*)?$", name, re.DOTALL)
    person, relation = (match[1].strip(), match[2] or "") if match else (name, "")
    if person or not relation:
        return f"{person[:1]}*{relation}"
    return relation.strip("（()）")


def letter(place: int) -> str:
    """A, B … Z, AA, AB …: the alias of the person at a place, counted from 0."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _quiet_ground(drawing: Drawing, y: float, height: float) -> None:
    """Shade 22:00–24:00 and 00:00–08:00 behind one row or block of hours."""
    drawing.rectangle(_LEFT, y, QUIET_UNTIL.hour * _CELL, height, SHADE)
    hours = 24 - QUIET_FROM.hour
    drawing.rectangle(_LEFT + QUIET_FROM.hour * _CELL, y, hours * _CELL, height, SHADE)


def _rows(days: Iterable[date]) -> list[date | int]:
    """Days to draw, first to last; longer stretches without contact become their number of days."""
    present = sorted(set(days))
    rows: list[date | int] = []
    for place, day in enumerate(present):
        if place:
            empty = (day - present[place - 1]).days - 1
            if empty > _ROW_GAP_DAYS:
                rows.append(empty)
            else:
                rows += [day - timedelta(days=back) for back in range(empty, 0, -1)]
        rows.append(day)
    return rows


def _empty(title: str, language: str) -> str:
    none = say("abuse-picture-none", language)
    drawing = Drawing(title=title, description=none, language=language)
    drawing.text(8, 20, title, size=14)
    drawing.text(8, 44, none, fill=GREY)
    return drawing.render(_WIDTH, 60)


def _fitting(count: int, width: float) -> int:
    """The size of a count's figures that is no wider."""
    return min(_FIGURE, int(width / (_DIGIT * len(str(count)))))


def _figure(drawing: Drawing, x: float, y: float, count: int, width: int = _CELL) -> None:
    """One cell with its count in ink steps and in figures, which are smaller the more they are."""
    drawing.rectangle(x + 0.5, y + 0.5, width - 1, _CELL - 1, step(count))
    size = _fitting(count, width - 1)
    base = y + _CELL / 2 + _FIGURE_HEIGHT * size / 2
    drawing.text(x + width / 2, base, str(count), size=size, fill=on_step(count), anchor="middle")


def heat_strip(contacts: Sequence[Contact], *, language: str = "zh-CN") -> str:
    """Days × 24 hours of Beijing time; quiet hours have a grey ground. An SVG document."""
    title = say("abuse-picture-heat-title", language)
    if not contacts:
        return _empty(title, language)
    cells = Counter((contact.local.date(), contact.local.hour) for contact in contacts)
    rows = _rows(day for day, _ in cells)
    quiet = sum(is_quiet_time(contact.at) for contact in contacts)
    description = say(
        "abuse-picture-heat-desc",
        language,
        days=len({day for day, _ in cells}),
        count=len(contacts),
        quiet=quiet,
    )
    drawing = Drawing(title=title, description=description, language=language)
    drawing.text(8, 18, title, size=14)
    for hour in range(0, 24, 4):
        drawing.text(_LEFT + hour * _CELL, _TOP - 6, str(hour), size=10, fill=GREY)
    _quiet_ground(drawing, _TOP, len(rows) * _CELL)
    for place, row in enumerate(rows):
        y = _TOP + place * _CELL
        if isinstance(row, int):
            text = say("abuse-picture-gap", language, days=row)
            drawing.text(_LEFT + 4, y + 10, text, size=9, fill=GREY)
            continue
        drawing.text(_LEFT - 4, y + 10, f"{row:%m-%d}", size=9, fill=GREY, anchor="end")
        for hour in range(24):
            if cells[row, hour]:
                _figure(drawing, _LEFT + hour * _CELL, y, cells[row, hour])
    bottom = _TOP + len(rows) * _CELL
    drawing.rectangle(_LEFT, bottom + 8, 10, 10, SHADE)
    drawing.text(_LEFT + 15, bottom + 17, say("abuse-picture-quiet", language), size=10, fill=GREY)
    zone = say("abuse-picture-zone", language)
    drawing.text(_WIDTH - 4, bottom + 17, zone, size=10, fill=GREY, anchor="end")
    return drawing.render(_WIDTH, bottom + 26)


def calls_per_day(contacts: Sequence[Contact], *, language: str = "zh-CN") -> str:
    """Two bars a day, answered and not answered, with the limits as dashed lines. An SVG document.

    Only calls are counted; pass the calls of one lender.
    """
    title = say("abuse-picture-calls-title", language)
    calls = [contact for contact in contacts if contact.is_call]
    if not calls:
        return _empty(title, language)
    effective = Counter(call.local.date() for call in calls if call.is_effective)
    unanswered = Counter(call.local.date() for call in calls if not call.is_effective)
    days = {call.local.date() for call in calls}
    description = say(
        "abuse-picture-calls-desc",
        language,
        days=len(days),
        effective=effective.total(),
        unanswered=unanswered.total(),
    )
    drawing = Drawing(title=title, description=description, language=language)
    drawing.text(8, 18, title, size=14)
    lines = (
        ("abuse-picture-limit-effective", limits()["effective_calls_per_day"].value),
        ("abuse-picture-limit-unanswered", limits()["unanswered_attempts_per_day"].value),
    )
    rows = _rows(days)
    height, step_x = 120, 26
    most = max([*effective.values(), *unanswered.values(), *(limit for _, limit in lines)]) + 1
    width = max(_WIDTH, _LEFT + len(rows) * step_x + 90)
    base = _TOP + height
    below: float = base + _LABEL
    for key, limit in sorted(lines, key=lambda line: line[1]):
        y = base - limit / most * height
        drawing.line(_LEFT, y, width - 84, y, dashed=True)
        below = min(y + 3, below - _LABEL)  # beside its line, or above the label of the lower one
        drawing.text(width - 80, below, say(key, language, limit=limit), size=10)
    drawing.line(_LEFT, base, width - 84, base)
    for place, row in enumerate(rows):
        x = _LEFT + place * step_x + 3
        if isinstance(row, int):
            drawing.text(x + 9, base - 4, "…", size=12, fill=GREY, anchor="middle")
            continue
        for offset, counts, fill in ((0, effective, INK), (_BAR, unanswered, "#ffffff")):
            count = counts[row]
            if count:
                top = base - count / most * height
                drawing.rectangle(x + offset, top, 9, base - top, fill, INK)
                size = _fitting(count, _BAR)  # the other bar's count stands right beside it
                drawing.text(x + offset + 4.5, top - 3, str(count), size=size, anchor="middle")
        drawing.text(x + 9, base + 13, f"{row:%m-%d}", size=8, fill=GREY, anchor="middle")
    keys = say("abuse-picture-effective", language), say("abuse-picture-unanswered", language)
    zone = say("abuse-picture-zone", language)
    drawing.text(_LEFT, base + 32, "  ·  ".join((*keys, zone)), size=10, fill=GREY)
    return drawing.render(width, base + 42)


def numbers_by_days(contacts: Sequence[Contact], *, language: str = "zh-CN") -> str:
    """A matrix: each number (masked) a row, each day a column, counts in the cells."""
    title = say("abuse-picture-numbers-title", language)
    if not contacts:
        return _empty(title, language)
    cells = Counter((contact.line, contact.local.date()) for contact in contacts)
    totals = Counter(contact.line for contact in contacts)
    numbers = [line for line, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))]
    columns = _rows(day for _, day in cells)
    days = len({day for _, day in cells})
    description = say(
        "abuse-picture-numbers-desc",
        language,
        numbers=len(numbers),
        days=days,
        count=len(contacts),
    )
    drawing = Drawing(title=title, description=description, language=language)
    drawing.text(8, 18, title, size=14)
    left, step_x = 108, 26
    for place, column in enumerate(columns):
        text = "…" if isinstance(column, int) else f"{column:%m-%d}"
        drawing.text(left + place * step_x + 13, _TOP - 6, text, size=8, fill=GREY, anchor="middle")
    for row, line in enumerate(numbers):
        y = _TOP + row * 18
        drawing.line(8, y + 17, left + len(columns) * step_x, y + 17)
        drawing.text(8, y + 12, mask_number(line), size=10)
        for place, column in enumerate(columns):
            count = 0 if isinstance(column, int) else cells[line, column]
            if count:
                _figure(drawing, left + place * step_x + 1, y + 2, count, _WIDE_CELL)
    bottom = _TOP + len(numbers) * 18
    drawing.text(8, bottom + 18, say("abuse-picture-zone", language), size=10, fill=GREY)
    return drawing.render(max(_WIDTH, left + len(columns) * step_x + 8), bottom + 28)


def contact_map(counts: dict[str, int], *, language: str = "zh-CN") -> str:
    """The collector on the left, each third person (masked) on the right, with how often.

    Args:
        counts: name or relation ("张三（姑姑）"), or an alias ("（第三人A）") → number of contacts.
        language: a language of the catalogue.
    """
    title = say("abuse-picture-map-title", language)
    if not counts:
        return _empty(title, language)
    total = sum(counts.values())
    description = say("abuse-picture-map-desc", language, persons=len(counts), count=total)
    drawing = Drawing(title=title, description=description, language=language)
    drawing.text(8, 18, title, size=14)
    height = len(counts) * 30
    middle = _TOP + height / 2
    most = max(counts.values())
    persons = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for place, (_, count) in enumerate(persons):
        y = _TOP + place * 30 + 15
        drawing.line(64, middle, 196, y, width=1 + 3 * count / most)
    for place, (name, count) in enumerate(persons):
        y = _TOP + place * 30 + 15
        drawing.circle(200, y, 5, INK)
        times = say("abuse-picture-times", language, count=count)
        drawing.text(212, y + 4, f"{mask_name(name)}  {times}", size=12)
    drawing.circle(56, middle, 8, INK)
    caller = say("abuse-picture-caller", language)
    drawing.text(56, middle + 24, caller, size=11, fill=GREY, anchor="middle")
    return drawing.render(_WIDTH, _TOP + max(height, 40) + 12)


OF_CONTACTS: Mapping[str, Callable[..., str]] = {
    "heat_strip": heat_strip,
    "calls_per_day": calls_per_day,
    "numbers_by_days": numbers_by_days,
}
OF_PERSONS: Mapping[str, Callable[..., str]] = {"contact_map": contact_map}
PICTURES = (*OF_CONTACTS, *OF_PERSONS)  # all that a page may ask for, in the order it shows them

"""complaints/bundle/blocks.py: numbers stay in their column, however many rows there are."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from complaints.bundle import blocks
from tests.complaints.bundle import make_package as make

INSET_PT = 4  # on either side (complaints/bundle/templates/blocks.typ)
SIZES = (8, 9)


def width_of(text: str, points: float) -> float:
    """Of the text in points, in the font that the tables are set in."""
    widest = 0.0
    for file in make.fonts().files:
        if "Serif" in file.name and "Bold" not in file.name:
            font = TTFont(file, fontNumber=0)
            glyphs, lasts = font.getBestCmap(), font["hmtx"]
            units = sum(lasts[glyphs[ord(letter)]][0] for letter in text)
            widest = max(widest, units * points / font["head"].unitsPerEm)
    assert widest > 0
    return widest


@pytest.mark.parametrize("code", ["1", "B-1", "B-12", "W-111", "B-1008", "A-10000", "100000"])
@pytest.mark.parametrize("least", ["2em", "3em", "3.4em"])
@pytest.mark.parametrize("size", SIZES)
def test_the_first_column_holds_its_longest_number(code, least, size):
    made = blocks.table(["no", "text"], [["1", "a"], [code, "b" * 99]], [least, "1fr"], size=size)

    [width, rest] = made["widths"]
    inner = float(width.removesuffix("em")) * size - 2 * INSET_PT
    assert width_of(code, size) <= inner
    assert float(width.removesuffix("em")) >= float(least.removesuffix("em"))
    assert rest == "1fr"


def test_a_width_that_gives_way_is_left_as_it_is():
    made = blocks.table(["words"], [["a" * 14]], ["1fr"])

    assert made["widths"] == ["1fr"]


def test_a_long_run_is_broken_and_widens_no_further():
    short, long = (blocks.table(["a"], [["x" * length]], ["3em"])["widths"] for length in (14, 400))

    assert short == long


@pytest.mark.parametrize(("length", "breaks"), [(14, 0), (15, 1), (40, 3)])
def test_a_run_that_would_leave_its_column_may_be_broken(length, breaks):
    [[cell]] = blocks.table(["a"], [["x" * length]], ["1fr"])["rows"]

    assert cell.count(blocks.BREAK) == breaks
    assert cell.replace(blocks.BREAK, "") == "x" * length

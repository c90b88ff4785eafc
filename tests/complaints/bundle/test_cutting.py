"""complaints/bundle/cutting.py: a long screenshot is cut between lines, and nothing is lost."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
from PIL import Image, ImageDraw

from complaints.bundle import cutting

LINE, GAP, WIDTH = 22, 14, 360  # pixels


def chat(lines: int, *, bubble: bool = False) -> tuple[bytes, list[range]]:
    """A picture of lines of small strokes on grey, and the rows that the strokes lie on."""
    picture = Image.new("RGB", (WIDTH, lines * (LINE + GAP) + GAP), (237, 237, 237))
    draw, rows = ImageDraw.Draw(picture), []
    for number in range(lines):
        top = GAP + number * (LINE + GAP)
        if bubble:
            draw.rectangle((30, top - 3, 300, top + LINE + 3), fill=(255, 255, 255))
        for x in range(40, 290, 9):
            draw.rectangle((x, top, x + 4, top + LINE - 1), fill=(20, 20, 20))
        rows.append(range(top, top + LINE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue(), rows


def test_a_short_picture_stays_whole():
    jpeg, _ = chat(5)

    assert cutting.pieces(jpeg, longest=900, overlap=50) == [(0, 5 * (LINE + GAP) + GAP)]


@pytest.mark.parametrize("bubble", [False, True])
@pytest.mark.parametrize("longest", [601, 640, 677, 700])
def test_no_cut_goes_through_a_line(bubble: bool, longest: int):
    jpeg, rows = chat(90, bubble=bubble)

    for first, after in cutting.pieces(jpeg, longest=longest, overlap=60):
        for row in rows:
            assert first not in range(row.start + 1, row.stop)
            assert after not in range(row.start + 1, row.stop)


@pytest.mark.parametrize("longest", [601, 700])
def test_the_pieces_cover_everything_and_each_repeats_some_of_the_last(longest: int):
    jpeg, _ = chat(90)
    height = 90 * (LINE + GAP) + GAP

    found = cutting.pieces(jpeg, longest=longest, overlap=60)

    assert (found[0][0], found[-1][1]) == (0, height)
    assert all(after - first <= longest for first, after in found)
    for (_, after), (first, _) in itertools.pairwise(found):
        assert 60 <= after - first <= 120


def test_a_picture_without_any_gap_is_cut_all_the_same():
    noise = np.random.default_rng(7).integers(0, 255, (3000, 200), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG", quality=95)

    found = cutting.pieces(out.getvalue(), longest=700, overlap=50)

    assert found[0] == (0, 700)
    assert found[-1][1] == 3000
    assert all(first < before for (_, before), (first, _) in itertools.pairwise(found))


def test_the_same_picture_is_cut_at_the_same_rows():
    jpeg, _ = chat(60)

    assert cutting.pieces(jpeg, longest=640, overlap=60) == cutting.pieces(
        jpeg, longest=640, overlap=60
    )

"""evidence/abuse/bands.py: coarse, never exact, never of few, never more than the truth."""

from __future__ import annotations

from datetime import date

import pytest

from evidence.abuse.bands import ALLOWANCE, BANDS, Span, band_of, bands, taking_part

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
ONCE = Span(MAY, MAY)


@pytest.mark.parametrize("allowance", range(ALLOWANCE))
def test_at_least_is_always_true(allowance):
    for borrowers in range(1, 140):
        band = band_of([ONCE] * borrowers, allowance=allowance)
        assert band is None or BANDS[0] <= band.least <= borrowers - 1


@pytest.mark.parametrize(
    ("borrowers", "least"), [(3, None), (4, 3), (10, 3), (11, 10), (30, 10), (31, 30), (500, 100)]
)
def test_the_band_without_allowance(borrowers, least):
    band = band_of([ONCE] * borrowers, allowance=0)

    assert (band.least if band else None) == least


def test_no_month_is_one_person_s_alone():
    spans = [Span(MAY, JULY), *[Span(JUNE, JUNE)] * 3]
    band = band_of(spans, allowance=0)

    assert (band.first, band.last) == (JUNE, JUNE)


def test_with_one_dated_act_no_month_is_told():
    undated = Span(None, None)
    band = band_of([ONCE, undated, undated, undated], allowance=0)

    assert (band.least, band.first, band.last) == (3, None, None)


def test_the_first_month_is_never_after_the_last():
    spans = [Span(MAY, MAY), Span(JUNE, JUNE), Span(JULY, JULY), Span(JULY, JULY)]
    band = band_of(spans, allowance=0)

    assert band.first <= band.last


def test_spans_of_one_person_are_joined():
    assert Span(JUNE, JULY).joined(Span(None, None)).joined(ONCE) == Span(MAY, JULY)


def test_few_are_no_band_at_all():
    told = [{"a": ONCE, "b": ONCE}] * 3 + [{"a": ONCE}]

    assert set(bands(told, allowance_of=lambda _: 0)) == {"a"}
    assert bands(told, allowance_of=lambda _: 1) == {}


def test_known_ones_stay_and_new_ones_come_slowly():
    wanted = [f"{n:02d}" for n in range(60)]

    assert taking_part(wanted, set()) == wanted[:10]
    assert taking_part(wanted, {"59"}) == ["59", *wanted[:10]]
    assert taking_part(wanted, set(wanted[:45])) == wanted[:50]
    assert taking_part(wanted, set(wanted)) == wanted[:50]
    assert taking_part(wanted, set(), carried=20) == wanted[:30]

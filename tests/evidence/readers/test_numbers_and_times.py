"""readers/values/phone_numbers.py, clock.py, encodings.py: the small rules all formats share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers.syntax import encodings
from evidence.readers.values import clock, phone_numbers


@pytest.mark.parametrize(
    ("raw", "e164"),
    [
        ("13700000001", "+8613700000001"),
        ("137 0000 0001", "+8613700000001"),
        ("+86-137-0000-0001", "+8613700000001"),
        ("008613700000001", "+8613700000001"),
        ("8613700000001", "+8613700000001"),
        ("１３７０００００００１", "+8613700000001"),
        ('="13700000001"', "+8613700000001"),
        ("'13700000001", "+8613700000001"),
        ("\t13700000001", "+8613700000001"),
        ("13700000001.0", "+8613700000001"),
        ("(010)60000001", "+861060000001"),
        ("010-12345678", "+861012345678"),
        ("1795113700000001", "+8613700000001"),
        ("12593013700000001", "+8613700000001"),
        ("17909 0755-23456789", "+8675523456789"),
        ("17951", None),
        ("1795110086", None),
        ("0571-80000001", "+8657180000001"),
        ("+86 10 6000 0001", "+861060000001"),
        ("4000000001", "+864000000001"),
        ("+85260000001", "+85260000001"),
        ("10086", None),
        ("95588", None),
        ("12306", None),
        ("1069000000001", None),
        ("+8610690000001234", None),
        ("1.06901E+15", None),
        ("-1", None),
        ("insert-address-token", None),
        ("somebody@example.invalid", None),
        ("", None),
    ],
)
def test_only_subscribers_get_an_international_form(raw, e164):
    assert phone_numbers.e164(raw) == e164


@pytest.mark.parametrize("raw", ["", "-1", "-2", "私密号码", "Unknown", "--", "~", "anonymous"])
def test_withheld_numbers_are_known(raw):
    assert phone_numbers.is_withheld(raw)


@pytest.mark.parametrize(
    ("raw", "precision"),
    [
        ("1730000000", "s"),
        ("1730000000000", "ms"),
        ("1730000000000000", "ms"),
        ("1730000000000000000", "ms"),
    ],
)
def test_epochs_are_told_apart_by_magnitude(raw, precision):
    moment = clock.from_epoch(raw)

    assert moment.utc == datetime(2024, 10, 27, 3, 33, 20, tzinfo=UTC)
    assert moment.precision == precision


@pytest.mark.parametrize("raw", ["0", "-1", "12", "9" * 13, "9" * 400, "x", "１７３", "1e12"])
def test_what_is_no_time_has_none(raw):
    assert clock.from_epoch(raw, datetime(2026, 11, 23, tzinfo=UTC)).utc is None


def test_hour_24_is_hour_0_of_the_same_date():
    moment = clock.from_wall((2020, 1, 2, 24, 3, 4), raw="x", zone="Asia/Shanghai")

    assert moment.utc == datetime(2020, 1, 1, 16, 3, 4, tzinfo=UTC)


def test_china_had_summer_time():
    moment = clock.from_wall((1990, 7, 1, 12, 0, 0), raw="x", zone="Asia/Shanghai")

    assert moment.utc == datetime(1990, 7, 1, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "word", "expected"),
    [
        (12, "上午", 0),
        (12, "下午", 12),
        (1, "中午", 13),
        (11, "中午", 11),
        (12, "中午", 12),
        (9, "晚上", 21),
        (5, "凌晨", 5),
        (3, "p. m.", 15),
        (12, "AM", 0),
        (15, None, 15),
    ],
)
def test_words_turn_a_clock_into_hours(hour, word, expected):
    assert clock.hour_of_day(hour, word) == expected


def test_an_apple_time_is_seconds_or_nanoseconds():
    seconds = clock.from_apple(700_000_000)
    nanoseconds = clock.from_apple(700_000_000 * 10**9)

    assert seconds.utc == nanoseconds.utc == datetime(2023, 3, 8, 20, 26, 40, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_decoded_by_proof_not_by_guess(encoding):
    assert encodings.decode("你好，世界".encode(encoding))[0] == "你好，世界"


def test_utf16_without_a_mark_shows_by_its_zeros():
    assert encodings.marked("<smses count='1'>".encode("utf-16-le")) == ("utf-16-le", 0)


def test_bytes_that_are_no_text_are_none():
    assert encodings.decode_head(b"\x80\x01\xff\x02\x03" * 20) is None

"""evidence/readers/tables/cell_times.py, and lengths of talk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers import Options
from evidence.readers.tables.cell_times import moment
from evidence.readers.tables.table_values import duration_s

MORNING = datetime(2024, 5, 1, 1, 5, 6, tzinfo=UTC)  # 09:05:06 in China
MINUTE = MORNING.replace(second=0)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-05-01 09:05:06 +0800",
        "2024/05/01 01:05:06 GMT",
        "2024-05-01T03:05:06+02:00",
        "Wed, 01 May 2024 01:05:06 GMT",
        "Wed, 01 May 2024 09:05:06 +0800",
        "May 1, 2024 1:05:06 AM UTC",
    ],
)
def test_a_written_offset_counts(cell):
    got = moment(cell, Options(), None)

    assert (got.utc, got.zone_source, got.raw) == (MORNING, "offset", cell)


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2024-05-01 9:05:06 a.m.", MORNING),
        ("2024-05-01 9:05 p. m.", MINUTE.replace(hour=13)),
        ("2024-05-01 P.M. 9:05", MINUTE.replace(hour=13)),
        ("20240501 09:05:06", MORNING),
        ("202405010905", MINUTE),
        ("2024-05-01, 09:05:06", MORNING),
        ("2024-05-01_09:05:06", MORNING),
        ("2024/05/01-09:05:06", MORNING),
        ("Wed May 01 09:05:06 CST 2024", MORNING),
        ("2024-05-01 09:05:06,123", MORNING.replace(microsecond=123000)),
    ],
)
def test_a_clock_without_a_zone_hangs_in_china(cell, utc):
    got = moment(cell, Options(), None)

    assert (got.utc, got.zone_source, got.raw) == (utc, "assumed", cell)


@pytest.mark.parametrize(
    ("cell", "utc", "precision"),
    [
        ("1714525506.0", MORNING, "s"),
        ("1714525506.5", MORNING.replace(microsecond=500000), "ms"),
        ("1714525506000.0", MORNING, "ms"),
    ],
)
def test_an_epoch_may_have_gone_through_a_float(cell, utc, precision):
    got = moment(cell, Options(), None)

    assert (got.utc, got.precision, got.zone_source) == (utc, precision, "epoch")


@pytest.mark.parametrize(
    "cell", ["1.7145E+12", "24-05-01 09:05", "昨天 09:05", "2024-05", "01 Foo 2024 01:05:06 GMT"]
)
def test_what_does_not_tell_a_day_for_certain_has_no_time(cell):
    assert moment(cell, Options(), None).utc is None


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1'32''", 92),
        ("1′32″", 92),
        ("1.5分钟", 90),
        ("通话1分32秒", 92),
        ("通话时长：1分32秒", 92),
        ("响铃12秒", None),
        ("未接通", None),
    ],
)
def test_lengths_of_talk_in_words(cell, seconds):
    assert duration_s(cell) == seconds

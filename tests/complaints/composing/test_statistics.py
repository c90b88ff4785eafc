"""complaints/composing/statistics.py: counted by days, each figure with how it was counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from complaints.composing.statistics import Counted, figures, patterns
from evidence.models import EvidenceItem, Finding, Reading, Record

ITEM = EvidenceItem()
READING = Reading(item=ITEM)
# 15:30 UTC is 23:30 in Beijing: an hour later the next day has begun there.
LATE = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)


def record(days, *, hours=0, kind="call"):
    at = LATE + timedelta(days=days, hours=hours)
    return Record(
        reading=READING, kind=kind, direction="in", peer_number="1", when_utc=at, duration_s=9.0
    )


def told(*records):
    counted = Counted(records, {}, {ITEM.pk: "A-1"})
    return {figure.label: figure for figure in figures(counted)}


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("连续有联系的天数", "最长 2 天"),
        ("期间没有来电来信记录的天数", "2 天"),
        ("来电最多的一天", "2 次"),
    ],
)
def test_days_are_those_of_beijing(label, value):
    figure = told(record(0), record(0, hours=1), record(1), record(4))[label]

    assert figure.value == value
    assert figure.exhibits == ("A-1",)
    assert "日" in figure.method


def test_without_calls_no_day_has_the_most():
    assert "来电最多的一天" not in told(record(0, kind="sms"))


def test_nothing_counted_gives_no_figure():
    assert told() == {}


@pytest.mark.django_db
def test_a_pattern_says_how_it_was_counted_and_an_old_one_does_not_pretend_to():
    finding = Finding(kind="HIGH_FREQUENCY", rule="H-101", rule_version="1", reason_zh="四次。")
    (old,) = patterns([finding], {})
    finding.facts = {"counting_zh": "按北京时间自然日计。"}
    (new,) = patterns([finding], {})

    assert "计数方法" not in old.method
    assert new.method == f"{old.method}计数方法：按北京时间自然日计。"

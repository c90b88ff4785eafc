"""complaints/bundle/limits.py and fitting.py: what a desk takes, and a text that keeps to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from complaints.bundle import limits
from complaints.bundle.fitting import fitted
from complaints.bundle.limits import BadFigureError, Confidence, What
from complaints.interview import steps_for
from complaints.law import agencies


def test_every_figure_is_of_a_desk_that_we_know_and_is_dated() -> None:
    told = [one for desk in agencies.agencies() for one in limits.figures(desk)]

    raw = json.loads(limits.SOURCE.read_bytes())["figures"]
    assert len(told) == len(raw) == 10
    assert all(one.source and one.as_of for one in told)


def test_of_two_figures_both_are_told_and_the_smaller_counts() -> None:
    told = {one.value for one in limits.figures("H12345") if one.what is What.TEXT_CHARS}

    assert told == {300, 500}
    assert limits.most("H12345", What.TEXT_CHARS) == 300
    assert limits.most("NIFA", What.REPORTS_PER_DAY) == 3
    assert limits.most("NIFA", What.FILE_BYTES) == 2_000_000


def test_what_nobody_told_is_unknown_and_never_a_number() -> None:
    assert limits.most("PSB_STATION", What.FILE_BYTES) is None
    assert What.FILE_BYTES in limits.unknown("PSB_STATION")
    assert What.FILE_TYPES in limits.unknown("NIFA")
    assert What.FILE_BYTES not in limits.unknown("NIFA")
    assert not any(
        one.confidence is Confidence.VERIFIED
        for desk in agencies.agencies()
        for one in limits.figures(desk)
    )  # none was read at a desk itself: whoever adds one changes this line


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.pop("source"),
        lambda one: one.update(source=""),
        lambda one: one.update(checked_on="2026-13-01"),
        lambda one: one.update(as_of=""),
        lambda one: one.update(confidence="sure"),
        lambda one: one.update(what="weight"),
        lambda one: one.update(value=None),
        lambda one: one.update(value="2M"),
    ],
)
def test_a_figure_without_source_day_or_trust_is_refused(
    change: Callable[[dict[str, Any]], Any],
) -> None:
    told = json.loads(limits.SOURCE.read_bytes())
    change(told["figures"][0])

    with pytest.raises(BadFigureError):
        limits.read(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("desk", "document"), [("NFRA_LOCAL", "nfra_report"), ("LOCAL_FIN", "local_finance_report")]
)
def test_the_interview_asks_for_a_sentence_as_long_as_the_desk_reads(
    desk: str, document: str
) -> None:
    fields = {field.id: field for step in steps_for(document) for field in step.questions}

    assert fields["report_summary"].max_length == limits.most(desk, What.SUMMARY_CHARS)


def rest(left: int) -> str:
    return f"另有{left}次"


@pytest.mark.parametrize("most", [40, 60, 100, 300])
@pytest.mark.parametrize("name", ["某公司", "某" * 130])
@pytest.mark.parametrize("acts", [0, 1, 2, 60])
@pytest.mark.parametrize("length", [5, 50, 400])
def test_no_text_is_longer_than_its_field(most: int, name: str, acts: int, length: int) -> None:
    lines = [f"{index:02}" + "话" * length for index in range(acts)]

    told = fitted([name, "共若干次"], lines, extra="涉及规定：某法", rest=rest, most=most)

    assert len(told) <= most
    assert acts == 0 or "\n00" in told  # the first act is always told
    whole = sum(line in told for line in lines)
    cut = "话…" in told
    assert whole + cut == acts or told.endswith(rest(acts - whole - cut))


def test_the_rules_give_way_to_the_first_act() -> None:
    long = "涉及规定：" + "法" * 80

    told = fitted(["某公司"], ["甲" * 50], extra=long, rest=rest, most=100)

    assert told == "某公司\n" + "甲" * 50


def test_without_a_known_limit_everything_is_told() -> None:
    told = fitted(["头"], ["一", "二"], extra="规定", rest=rest, most=None)

    assert told == "头\n规定\n一\n二"

"""evidence/stages/comparing.py: a message on two pictures counts once, and a person may undo it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evidence import custody, decisions, erasure, jobs, tasks
from evidence.custody import Act, Subject
from evidence.models import (
    PictureHash,
    Record,
    ScreenDecision,
    ScreenPair,
    ScreenRun,
    ScreenStrand,
    ScreenTwin,
)
from evidence.models.screens import newest_run, told_elsewhere
from evidence.models.timelines import timeline_of
from tests import make
from tests.evidence.shots import SAID, messages_of, shot
from tests.samples.screens import drawing, scripts, skins, windows

WHEN = datetime(2026, 3, 6, 13, 0, tzinfo=UTC)


def compare(case) -> ScreenRun:
    decisions.compare_screens_again(case.pk)
    jobs.work(tasks.COMPARE, tasks.ROAD)
    return newest_run(case)


def test_overlapping_neighbours_become_one_strand_and_each_message_counts_once(case):
    first, second = shot(case, 0, 5), shot(case, 2, 7)

    run = compare(case)

    [pair] = run.pairs.all()
    assert (pair.kind, pair.message_count, pair.is_sure, pair.counts_once) == (
        "overlap", 3, True, True,
    )  # fmt: skip
    [strand] = run.strands.all()
    told = {str(row.pk): row.text for row in Record.objects.filter(case=case)}
    assert [told[pk] for pk in strand.record_ids] == list(SAID)
    assert strand.item_ids == [str(first.pk), str(second.pk)]
    assert {twin.record_id for twin in run.twins.all()} == {
        row.pk for row in messages_of(second)[:3]
    }


def test_patterns_see_a_message_of_two_pictures_once(case):
    shot(case, 0, 5, when=WHEN), shot(case, 2, 7, when=WHEN)
    assert len(timeline_of(case).events) == 10

    compare(case)

    assert len(timeline_of(case).events) == 7


def test_the_same_words_twice_on_one_picture_are_two_messages(case):
    shot(case, 0, 4, said=["还钱"] * 4, when=WHEN)

    assert len(timeline_of(case).events) == 4


def test_the_same_picture_saved_again_is_a_duplicate(case):
    shot(case, 0, 5), shot(case, 0, 5, grey=203)

    [pair] = compare(case).pairs.all()

    assert (pair.kind, pair.message_count) == ("duplicate", 5)


def test_two_pages_alike_in_every_cell_with_one_other_message_are_no_duplicates(case):
    other = [*SAID[:3], "我在和你们协商还款", *SAID[4:]]
    shot(case, 0, 5), shot(case, 0, 5, said=other)

    run = compare(case)

    assert not run.pairs.exists()
    assert not told_elsewhere(case).exists()


def test_one_shared_message_is_asked_about_and_not_joined(case):
    shot(case, 0, 3), shot(case, 2, 7)

    run = compare(case)

    assert [(pair.is_sure, pair.counts_once) for pair in run.pairs.all()] == [(False, False)]
    assert not told_elsewhere(case).exists()


@pytest.mark.parametrize(
    ("last", "decision", "once"), [(5, "apart", 0), (3, "joined", 1), (5, "joined", 3)]
)
def test_the_person_has_the_last_word(case, last, decision, once):
    first, second = shot(case, 0, last), shot(case, 2, 7)
    compare(case)

    decisions.decide_pair(second, first, decision=decision, by=case.borrower)
    run = compare(case)

    assert run.pairs.get().counts_once is (once > 0)
    assert told_elsewhere(case).count() == once
    told = custody.log_of(Subject.CASE, case.pk).filter(act=Act.DECIDED)
    assert told.count() == 1


def test_a_look_at_the_very_same_leaves_no_second_run(case):
    shot(case, 0, 5), shot(case, 2, 7)

    assert compare(case) == compare(case)


def test_pictures_of_another_case_are_never_compared(case, stranger):
    shot(case, 0, 5), shot(make.case(stranger), 0, 5)

    assert not compare(case).pairs.exists()


def test_erasing_one_picture_lets_its_messages_count_on_the_other(case):
    first, second = shot(case, 0, 5), shot(case, 2, 7)
    decisions.decide_pair(first, second, decision="joined", by=case.borrower)
    compare(case)

    erasure.destroy_item_keys([first.pk])
    erasure.delete_item_rows(case.pk, [first.pk])

    for model in (ScreenTwin, ScreenPair, ScreenStrand, ScreenRun, ScreenDecision):
        assert not model.objects.exists()
    assert PictureHash.objects.count() == 1
    compare(case)
    assert not told_elsewhere(case).exists()


def test_erasing_the_case_leaves_nothing_of_the_comparison(case):
    first, second = shot(case, 0, 5), shot(case, 2, 7)
    decisions.decide_pair(first, second, decision="joined", by=case.borrower)
    compare(case)

    erasure.destroy_keys(case.pk)
    erasure.delete_rows(case.pk)

    for model in (ScreenTwin, ScreenPair, ScreenStrand, ScreenRun, ScreenDecision, PictureHash):
        assert not model.objects.exists()


@pytest.mark.chinese_font
def test_screenshots_of_one_scrolling_chat_are_joined_from_upload_to_timeline(case):
    now = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock
    said = [
        scripts.Said("right" if n % 3 == 2 else "left", f"第{n}次催收，今天必须还清", now)
        for n in range(24)
    ]
    said[9] = scripts.Said("left", "还钱", now - timedelta(minutes=1))
    canvas = drawing.draw(said, skins.SKINS["wechat"], now=now, width=720, size=32)
    ends = windows.scroll_end(canvas, height=1600)
    for place, offset in enumerate((0, ends // 2, ends)):
        page = windows.screenshot(canvas, "催收小刘", offset=offset, height=1600)
        kind, told = "chat_screenshot", make.declaration(file_name=f"{place}-{page.name}")
        make.item(case, page.png, kind=kind, declaration=told)
    make.go_the_road()

    [strand] = newest_run(case).strands.all()

    told = {str(row.pk): row.text for row in Record.objects.filter(case=case, kind="chat")}
    assert len(told) > len(said)
    assert [told[pk] for pk in strand.record_ids] == [one.text for one in said]

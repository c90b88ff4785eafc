"""evidence/stages/comparing.py: what a picture, a film and an export tell is one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from complaints.composing import statistics
from evidence import decisions, forgetting, jobs, talks, tasks
from evidence.models import EvidenceItem, Reading, Record, ScreenTwin
from evidence.models.screens import newest_run, told_elsewhere
from evidence.models.timelines import timeline_of
from evidence.same_messages import Said, Talk, shared
from tests import make
from tests.evidence.shots import SAID, messages_of, shot

WHEN = datetime(2026, 3, 6, 13, 0, tzinfo=UTC)


def telling(
    case, said: Sequence[str] = SAID, *, reader="whatsapp", name="催收小刘", at=WHEN
) -> EvidenceItem:
    """An export, or with `reader="recording"` a film, as rows: one message a minute."""
    item = make.item(case, f"{reader} {name} {said}".encode(), kind="message_export")
    reading = Reading.objects.create(
        item=item, engine_version="test", format=reader, reader=reader, record_count=len(said),
        created_at=timezone.now(),
    )  # fmt: skip
    for place, words in enumerate(said):
        locator = {"seconds": [place, place]} if reader == "recording" else {"line": place}
        Record.objects.create(
            reading=reading, case=case, index=place, placed_at=at, kind="chat",
            when_utc=at + timedelta(minutes=place), when_precision="s", text=words,
            direction="out" if place % 2 else "in", peer_name=name, conversation=name,
            source_locator=locator, raw=b"{}",
        )  # fmt: skip
    return item


def compare(case):
    decisions.compare_screens_again(case.pk)
    jobs.work(tasks.COMPARE, tasks.ROAD)
    return newest_run(case)


def test_a_message_of_a_picture_and_an_export_counts_once_in_the_export(case):
    picture, export = shot(case, 0, 5, when=WHEN), telling(case)
    assert len(timeline_of(case).events) == 12

    run = compare(case)

    [pair] = run.pairs.all()
    assert (pair.first, pair.second, pair.message_count) == (picture, export, 5)
    assert (pair.is_sure, pair.counts_once) == (True, True)
    twins = {twin.record_id: twin.counts_as_id for twin in told_elsewhere(case)}
    assert twins == {
        a.pk: b.pk for a, b in zip(messages_of(picture), messages_of(export), strict=False)
    }
    assert len(timeline_of(case).events) == 7


def test_a_person_says_it_is_not_the_same_and_both_count(case):
    picture, export = shot(case, 0, 5, when=WHEN), telling(case)
    compare(case)

    decisions.decide_pair(export, picture, decision="apart", by=case.borrower)
    jobs.work(tasks.COMPARE, tasks.ROAD)

    assert len(timeline_of(case).events) == 12
    [pair] = newest_run(case).pairs.all()
    assert (pair.is_sure, pair.counts_once) == (True, False)


def test_two_pictures_a_film_and_an_export_tell_seven_messages(case):
    shot(case, 0, 5, when=WHEN), shot(case, 2, 7, when=WHEN)
    telling(case, reader="recording", at=WHEN + timedelta(seconds=20))
    compare(case)
    assert len(timeline_of(case).events) == 7

    export = telling(case)
    compare(case)

    assert len(timeline_of(case).events) == 7
    counted = set(told_elsewhere(case).values_list("counts_as", flat=True))
    assert counted == {row.pk for row in messages_of(export)}


def test_the_same_words_of_another_person_at_another_time_are_asked_about_or_none(case):
    shot(case, 0, 5)  # without a time
    telling(case, name="别人")

    [pair] = compare(case).pairs.all()

    assert (pair.is_sure, pair.counts_once) == (False, False)
    assert not told_elsewhere(case).exists()


def test_a_time_that_speaks_against_it_keeps_them_apart(case):
    shot(case, 0, 5, when=WHEN), telling(case, at=WHEN + timedelta(days=1))

    assert not compare(case).pairs.exists()


def test_a_message_goes_on_counting_where_its_time_is(case):
    shot(case, 0, 5, when=WHEN), telling(case)
    Record.objects.filter(reading__reader="whatsapp").update(when_utc=None, when_precision="none")

    compare(case)

    assert not told_elsewhere(case).exists()
    assert len(timeline_of(case).events) == 5


def test_one_other_message_in_between_keeps_them_apart(case):
    other = [*SAID[:2], "别的话放在中间", *SAID[2:]]
    shot(case, 0, 5, when=WHEN), telling(case, other)

    assert not compare(case).pairs.exists()


def test_a_stretch_that_stands_twice_is_asked_about():
    said = tuple(Said(str(n), "in", words) for n, words in enumerate(SAID[:3]))
    again = tuple(
        Said(f"b{n}", "in", words) for n, words in enumerate([*SAID[:3], "嗯", *SAID[:3]])
    )
    names = frozenset(["刘"])

    found = shared(Talk("a", names, said), Talk("b", names, again))

    assert found is not None
    assert len(found.pairs) == 3
    assert not found.is_sure


def test_records_that_go_take_what_was_said_of_them_along(case):
    shot(case, 0, 5, when=WHEN)
    export = telling(case)
    compare(case)
    reading = Reading.objects.get(item=export)

    forgetting.records(reading, {0, 1})

    assert Record.objects.filter(reading=reading).count() == 5
    assert ScreenTwin.objects.count() == 3


def test_an_export_alone_asks_for_no_look(case):
    export = telling(case)
    assert not talks.is_compared(export)

    shot(case, 0, 5)

    assert talks.is_compared(export)


def test_figures_count_a_message_of_two_exhibits_once_even_without_its_export(case):
    first, second = shot(case, 0, 5, when=WHEN), shot(case, 2, 7, when=WHEN)
    telling(case)
    Record.objects.filter(case=case).update(peer_number="+8613700000001")
    decisions.name_number(
        case, "+8613700000001", role="collector", how_known="", lender="", by=case.borrower
    )
    compare(case)

    counted = statistics.count(case, [], {first.pk: "A-1", second.pk: "A-2"})

    towards = [words for place, words in enumerate(SAID) if place % 2 == 0]
    assert sorted(record.text for record in counted.records) == sorted(towards)

"""readers/screens/screen_overlaps.py, screen_strands.py: a message on two pictures counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from evidence.readers.screens.screen_overlaps import Mark, Screen, overlap, same_words
from evidence.readers.screens.screen_strands import strands

SAID = [
    "你好请问是本人吗",
    "什么事",
    "借款逾期了请尽快处理",
    "我在和平台协商",
    "今天必须还清",
    "好的知道了",
    "别再打给我家人",
]
AT = datetime(2026, 3, 6, 13, 0, tzinfo=UTC)


def chat(said=SAID, *, step: int = 100) -> list[Mark]:
    """A long page: each bubble 60 high."""
    return [
        Mark(f"{n}", "out" if n % 2 else "in", words, n * step, n * step + 60)
        for n, words in enumerate(said)
    ]


def window(name: str, marks: list[Mark], first: int, last: int, **given) -> Screen:
    """A picture of some of them, its top at the first one's."""
    top = marks[first].top - 20
    seen = [
        replace(one, id=f"{name}{one.id}", top=one.top - top, bottom=one.bottom - top)
        for one in marks[first:last]
    ]
    return Screen(name, given.pop("title", "催收"), tuple(seen), **given)


def test_neighbours_of_one_scrolling_chat_overlap():
    marks = chat()

    found = overlap(window("a", marks, 0, 5), window("b", marks, 2, 7))

    assert found is not None
    assert found.pairs == (("a2", "b2"), ("a3", "b3"), ("a4", "b4"))
    assert (found.shift, found.is_sure) == (200, True)


def test_one_message_otherwise_in_the_shared_stretch_is_another_chat():
    marks = chat()
    other = chat([*SAID[:3], "我在和你们协商还款", *SAID[4:]])

    assert overlap(window("a", marks, 0, 5), window("b", other, 2, 7)) is None


def test_another_sum_is_another_message():
    assert not same_words("您的借款金额500元请今天还清", "您的借款金额800元请今天还清")
    assert same_words("您的借款已经逾期，请尽快处理", "您的借款己经逾期，请尽快处理")
    assert not same_words("好", "行")
    assert not same_words("？", "！")


def test_the_same_words_sent_again_and_again_are_not_joined_without_asking():
    marks = chat(["还钱"] * 8)
    marks = [replace(one, side="in") for one in marks]

    found = overlap(window("a", marks, 0, 5), window("b", marks, 4, 8))

    assert found is None or not found.is_sure


def test_the_same_words_on_another_day_are_another_message():
    marks = chat()
    later = [replace(one, when=AT + timedelta(days=1)) for one in marks]

    assert (
        overlap(
            window("a", [replace(one, when=AT) for one in marks], 0, 5), window("b", later, 2, 7)
        )
        is None
    )


def test_one_shared_message_is_only_asked_about():
    marks = chat()

    found = overlap(window("a", marks, 0, 3), window("b", marks, 2, 7))

    assert found is not None
    assert not found.is_sure


def test_two_shared_messages_are_enough_when_the_pictures_were_made_together():
    marks = chat()
    one = window("a", marks, 0, 4, seen_at=AT)

    assert overlap(one, window("b", marks, 2, 7, seen_at=AT + timedelta(minutes=1))).is_sure
    assert not overlap(one, window("b", marks, 2, 7, seen_at=AT + timedelta(days=3))).is_sure


def test_a_bubble_cut_by_the_edge_is_found_whole_on_its_neighbour():
    marks = chat()
    lower = window("b", marks, 2, 7)
    first = lower.marks[0]
    cut = replace(first, words="请尽快处理", top=first.top + 20, is_cut=True)
    lower = replace(lower, marks=(cut, *lower.marks[1:]))

    found = overlap(window("a", marks, 0, 5), lower)

    assert ("a2", "b2") in found.pairs


def test_other_name_bars_are_other_chats():
    marks = chat()

    assert overlap(window("a", marks, 0, 5), window("b", marks, 2, 7, title="妈妈")) is None


def test_a_strand_tells_each_message_once_in_one_order():
    marks = chat([*SAID, "十分钟后再说", "可以", "到时联系"])
    screens = [window("c", marks, 5, 10), window("a", marks, 0, 5), window("b", marks, 2, 8)]
    pairs = [(1, 2), (2, 0)]
    found = [overlap(screens[i], screens[j]) for i, j in pairs]

    [strand] = strands(screens, found)

    assert strand.screens == ("a", "b", "c")
    assert [each[1:] for each in strand.messages] == [str(n) for n in range(10)]
    assert strand.twins["b3"] == "a3"
    assert len(strand.messages) + len(strand.twins) == sum(len(one.marks) for one in screens)


def test_a_whole_bubble_counts_before_its_cut_twin():
    marks = chat()
    upper = window("a", marks, 0, 5)
    cut = replace(
        upper.marks[-1], words="今天必须", bottom=upper.marks[-1].bottom - 20, is_cut=True
    )
    upper = replace(upper, marks=(*upper.marks[:-1], cut))
    lower = window("b", marks, 2, 7)

    [strand] = strands([upper, lower], [overlap(upper, lower)])

    assert strand.twins["a4"] == "b4"


def test_pictures_without_overlap_are_no_strand():
    marks = chat()

    assert strands([window("a", marks, 0, 2), window("b", marks, 4, 7)], []) == []


@pytest.mark.parametrize("count", [2, 3])
def test_joining_never_makes_two_messages_of_one_picture_one(count):
    marks = [replace(one, side="in") for one in chat(["请您今天把欠款全部还清"] * 6)]
    screens = [window("a", marks, 0, 4), window("b", marks, 1, 5), window("c", marks, 2, 6)][:count]
    found = [
        replace(each, is_sure=True)
        for i, one in enumerate(screens)
        for other in screens[i + 1 :]
        if (each := overlap(one, other)) is not None
    ]

    for strand in strands(screens, found):
        for screen in screens:
            counted = [strand.twins.get(mark.id, mark.id) for mark in screen.marks]
            assert len(set(counted)) == len(counted)

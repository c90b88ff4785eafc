"""evidence/speech/guards.py: what nobody can have said is dropped, what is doubtful is marked."""

from __future__ import annotations

import pytest

from evidence.speech import guards
from evidence.speech.draft import Heard

SILENCES = [(10.0, 20.0)]


def judge(*heard: Heard, duration_s: float = 60.0) -> guards.Judged:
    return guards.judge(heard, duration_s=duration_s, silences=SILENCES)


def test_words_with_sound_beneath_them_are_kept_without_a_doubt():
    judged = judge(Heard(1.0, 4.0, "你今天必须把钱还上", 0.01, -0.2))

    assert [one.heard.text for one in judged.kept] == ["你今天必须把钱还上"]
    assert judged.kept[0].doubts == ()
    assert judged.dropped == ()


@pytest.mark.parametrize(
    ("heard", "reason"),
    [
        (Heard(10.0, 20.0, "我要去你家"), "in_silence"),
        (Heard(12.0, 19.0, "我要去你家"), "in_silence"),
        (Heard(9.95, 20.05, "我要去你家"), "in_silence"),  # engines round
        (Heard(60.0, 63.0, "再见"), "outside_recording"),
        (Heard(61.0, 63.0, "再见"), "outside_recording"),
        (Heard(1.0, 3.0, "……。"), "no_words"),
        (Heard(1.0, 3.0, ""), "no_words"),
        (Heard(1.0, 3.0, "你好", 0.9, -1.5), "no_speech"),
        (Heard(1.0, 2.0, "还" * 31), "too_many_words"),
        (Heard(59.5, 90.0, "很" + "长的话" * 10), "too_many_words"),  # half a second is left
    ],
)
def test_what_cannot_have_been_said_is_dropped_with_the_reason_and_without_its_words(heard, reason):
    judged = judge(heard)

    assert judged.kept == ()
    assert [(one.start_s, one.reason) for one in judged.dropped] == [(heard.start_s, reason)]
    assert not any(
        isinstance(value, str) and heard.text and heard.text in value
        for value in (judged.dropped[0].reason,)
    )


@pytest.mark.parametrize(
    ("heard", "doubt"),
    [
        (Heard(1.0, 4.0, "字幕志愿者 李宗盛"), "stock_line"),
        (Heard(1.0, 6.0, "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目"), "stock_line"),
        (Heard(1.0, 6.0, "請不吝點贊 訂閱 轉發"), "stock_line"),
        (Heard(1.0, 4.0, "Subtitles by the Amara.org community!"), "stock_line"),
        (Heard(1.0, 9.0, "谢谢大家谢谢大家谢谢大家谢谢大家"), "repeated"),
        (Heard(1.0, 9.0, "啊啊啊啊啊啊啊啊啊啊"), "repeated"),
        (Heard(10.5, 20.6, "我在听"), "mostly_silent"),
        (Heard(1.0, 4.0, "你好", 0.7, -0.2), "unsure"),
        (Heard(1.0, 4.0, "你好", 0.1, -1.2), "unsure"),
        (Heard(1.0, 2.0, "还" + "你今天必须把欠的钱都还了"), "too_fast"),
        (Heard(58.0, 64.0, "再见"), "beyond_end"),
    ],
)
def test_what_is_doubtful_is_kept_and_marked(heard, doubt):
    judged = judge(heard)

    assert [one.heard.text for one in judged.kept] == [heard.text]
    assert doubt in judged.kept[0].doubts
    assert judged.kept[0].heard.end_s <= 60.0


def test_the_same_words_three_times_running_are_a_loop_twice_are_not():
    def lines(count: int) -> list[Heard]:
        return [
            Heard(20.0 + 2 * n, 21.5 + 2 * n, "您好，请问！" if n else "您好请问")
            for n in range(count)
        ]

    assert all("repeated" in one.doubts for one in judge(*lines(3)).kept)
    assert not any("repeated" in one.doubts for one in judge(*lines(2)).kept)


def test_words_that_only_touch_a_silence_stay():
    judged = judge(Heard(8.0, 12.0, "我先挂了"))

    assert judged.kept[0].doubts == ()


def test_the_answer_is_in_the_order_of_time():
    judged = judge(Heard(30.0, 31.0, "后"), Heard(1.0, 2.0, "先"))

    assert [one.heard.text for one in judged.kept] == ["先", "后"]


def test_every_reason_and_doubt_is_on_its_list():
    assert len(set(guards.DROPPED)) == 5
    assert len(set(guards.DOUBTS)) == 6
    assert all(guards.stock_lines())

"""evidence/readers: what a survey shows, what a choice takes, which digits are never shown."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from evidence.readers import Choice, Options, choice_of, read, survey_of
from evidence.readers.errors import PathTraversalError, UnreadableError
from evidence.readers.record import Record
from evidence.readers.selection.choice import conversation_key
from evidence.readers.selection.codes import masked
from evidence.readers.selection.excerpt import excerpt
from evidence.readers.selection.inside import opened_member
from evidence.readers.values.days import Days


def record(**fields) -> Record:
    return Record("sms", "", {"line": 1}, **fields)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("您的验证码是 482913，5分钟内有效", "您的验证码是 ••••，5分钟内有效"),
        ("482913（动态码），请勿告知他人", "••••（动态码），请勿告知他人"),
        ("【样例】校验码：１２３４５６", "【样例】校验码：••••"),
        ("G-482913 is your verification code", "G-•••• is your verification code"),
        ("Your code is 123 456.", "Your code is ••••."),
        ("OTP 4829", "OTP ••••"),
        ("今天还款 8000 元", "今天还款 8000 元"),
        ("验证码已发到尾号为8位的 13700000001", "验证码已发到尾号为8位的 13700000001"),
        ("validate the decoder 4829", "validate the decoder 4829"),
    ],
)
def test_codes_are_masked_near_a_word_for_one_and_other_numbers_are_not(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"peer_number_raw": "137 0000 0001", "peer_number_e164": "+8613700000001",
          "conversation": "137 0000 0001"}, "n:+8613700000001"),
        ({"peer_number_raw": "95588", "conversation": "95588"}, "n:95588"),
        ({"peer_number_raw": "-1"}, "-"),
        ({"peer_number_raw": "13700000001", "conversation": "催收群"}, "c:催收群"),
        ({"peer_number_raw": "13700000001", "conversation": "+86 137 0000 0001"},
         "n:+8613700000001"),
        ({"peer_name": "张经理"}, "p:张经理"),
        ({}, "-"),
    ],
)  # fmt: skip
def test_a_conversation_has_one_key_however_its_number_is_written(fields, key):
    assert conversation_key(record(**fields)) == key


def test_a_name_beyond_all_measure_still_has_a_key_of_its_own():
    keys = {conversation_key(record(conversation="长" * 5000 + end)) for end in "ab"}

    assert len(keys) == 2
    assert all(len(key) < 200 for key in keys)


def test_a_choice_takes_by_conversation_or_number_within_beijing_days():
    group = {"conversation": "群", "peer_number_raw": "95588"}
    late = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
    choice = Choice(
        conversations=frozenset(["c:别的"]), numbers=frozenset(["95588"]), until=date(2026, 3, 1)
    )

    assert choice.takes(record(**group, when_utc=late))
    assert not choice.takes(record(**group, when_utc=late.replace(hour=16)))
    assert not choice.takes(record(**group))
    assert not choice.takes(record(conversation="群", when_utc=late))
    assert choice_of(choice.as_json()) == choice


def test_days_between_are_counted_in_beijing_and_the_longest_gaps_named():
    days = Days("Asia/Shanghai")
    for day, hour in ((1, 15), (1, 16), (5, 0)):  # the second is the next day in Beijing
        days.take(datetime(2026, 3, day, hour, tzinfo=UTC))

    assert days.as_json() == {"with": 3, "missing": 2, "gaps": [["2026-03-03", "2026-03-04"]]}


def packed(**members: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out


SMS = (
    '<?xml version="1.0"?><smses count="1"><sms address="{}" date="1772377200000" type="1"'
    ' body="还钱"/></smses>'
)


def test_warnings_of_a_chat_that_nobody_chose_do_not_name_it():
    cut = SMS.format("13900000002")[:-12].encode()
    file = packed(**{"妈妈.xml": cut, "催收.xml": SMS.format("13700000001").encode()})
    choice = Choice(conversations=frozenset(["n:+8613700000001"]))

    reading = read(file, name="x.zip", options=Options(choice=choice))
    kept = [one for one, is_chosen in reading.judged() if is_chosen]

    assert [one.peer_number_raw for one in kept] == ["13700000001"]
    assert "妈妈" not in str(reading.summary.as_json())
    assert reading.summary.left_out <= 1


def test_a_survey_lists_files_by_place_and_conversations_by_size():
    file = packed(
        **{"a.xml": SMS.format("13700000001").encode(), "b/妈妈.jpg": b"\xff\xd8\xff\xe0"}
    )

    told = survey_of(read(file, name="x.zip")).as_json()

    assert [talk["key"] for talk in told["conversations"]] == ["n:+8613700000001"]
    assert told["files"] == [{"key": "b/妈妈.jpg", "name": "妈妈.jpg", "format": "jpeg", "size": 4}]


def test_a_member_is_found_in_an_archive_inside_an_archive_and_nowhere_else():
    inner = packed(**{"a!b.txt": b"words"}).getvalue()
    file = packed(**{"in.zip": inner, "c.txt": b"more"})

    with opened_member(file, "in.zip!a!b.txt") as member:
        assert member.read() == b"words"
    with pytest.raises(UnreadableError), opened_member(file, "in.zip!c.txt"):
        pass
    outside = packed(**{"../c.txt": b"x", "d.txt": b"y"})
    with pytest.raises(PathTraversalError), opened_member(outside, "d.txt"):
        pass


def test_an_excerpt_is_bounded_and_shows_no_neighbour():
    text = "一\n" + "二" * 9000 + "\n三\n"
    file = io.BytesIO(text.encode("gb18030"))

    shown = excerpt(file, {"line": 2})

    assert (len(shown["text"]), set(shown["text"]), shown["is_cut"]) == (4000, {"二"}, True)
    with pytest.raises(UnreadableError):
        excerpt(file, {"line": 9})
    with pytest.raises(UnreadableError):
        excerpt(file, {"bytes": [10**9, 10**9 + 5]})
    assert excerpt(file, {"box": [1, 2, 3, 4]}) == {"form": "picture", "box": [1, 2, 3, 4]}

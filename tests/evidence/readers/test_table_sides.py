"""evidence/readers/tables: who wrote to whom, unusual spellings of headers, times and periods."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evidence.readers.tables.table_values import period_of

from .reads import records

OWNER = "机主号码：13700000009\n"
SIDES = (
    "发件人,收件人,时间,内容\n"
    "13700000001,13700000009,2024-05-01 09:05:06,催\n"
    "13700000009,13700000001,2024-05-01 09:06:06,回\n"
)


@pytest.mark.parametrize(
    "title", [OWNER, "本机,13700000009\n", "短信 13700000009 的手机:13700000009\n"]
)
def test_a_title_with_the_owners_number_tells_both_directions(title):
    first, second = records((title + SIDES).encode(), name="x.csv")

    assert [(each.kind, each.direction) for each in (first, second)] == [
        ("sms", "in"),
        ("sms", "out"),
    ]
    assert [each.peer_number_e164 for each in (first, second)] == ["+8613700000001"] * 2
    assert (first.peer_name, second.peer_name, first.conversation) == (None, None, "13700000001")


def test_the_one_number_in_every_row_is_the_owners():
    rows = SIDES + "106550001,13700000009,2024-05-01 09:07:06,码\n"

    got = records(rows.encode(), name="x.csv")

    assert [(each.direction, each.peer_number_raw) for each in got] == [
        ("in", "13700000001"),
        ("out", "13700000001"),
        ("in", "106550001"),
    ]


def test_two_numbers_of_which_nobody_says_whose_phone_it_is_stay_open():
    [record] = records(SIDES[: SIDES.index("13700000009,1")].encode(), name="x.csv")

    assert (record.direction, record.peer_number_raw) == (None, "13700000001")


def test_the_number_that_a_list_was_asked_for_is_not_its_owners():
    got = records(("对方号码：13700000001\n" + SIDES).encode(), name="x.csv")

    assert {each.direction for each in got} == {None}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("我,13700000001,{},a", ("out", "13700000001", None)),
        ("13700000001,本机,{},a", ("in", "13700000001", None)),
        ("李雷,我,{},a", ("in", None, "李雷")),
        ("我,李雷,{},a", ("out", None, None)),
    ],
)
def test_the_owner_may_stand_as_a_word(row, told):
    table = f"发件人,收件人,时间,内容\n{row.format('2024-05-01 09:05:06')}\n"

    [record] = records(table.encode(), name="x.csv")

    assert (record.direction, record.peer_number_raw, record.peer_name) == told
    assert record.conversation == ("13700000001" if told[1] else "李雷")


def test_a_number_in_every_row_beside_the_word_for_the_owner_is_the_others():
    table = (
        "Sender,Receiver,Date,Message\n"
        "Me,13700000001,2024-05-01 09:05:06,a\n13700000001,Me,2024-05-01 09:06:06,b\n"
    )

    got = records(table.encode(), name="x.csv")

    assert [(each.direction, each.peer_number_raw) for each in got] == [
        ("out", "13700000001"),
        ("in", "13700000001"),
    ]


def test_the_word_alone_is_one_sender_among_others():
    table = "消息,时间,发送者\na,2024-05-01 09:05:06,李雷\nb,2024-05-01 09:05:07,我\n"

    got = records(table.encode(), name="x.csv")

    assert [(each.kind, each.direction, each.peer_name) for each in got] == [
        ("chat", None, "李雷"),
        ("chat", None, "我"),
    ]


@pytest.mark.parametrize(("word", "way"), [("收信", "in"), ("已发信息", "out"), ("发信箱", "out")])
def test_boxes_of_letters_tell_the_way(word, way):
    table = f"对方号码,收发时间,收发类型,正文\n10086,2024-05-01 09:05:06,{word},a\n"

    assert records(table.encode(), name="x.csv")[0].direction == way


@pytest.mark.parametrize("name", ["【{}】", "（{}）", "[{}]", "“{}”", "「{}」"])
def test_a_header_may_stand_in_brackets_or_quotes(name):
    heads = ",".join(name.format(field) for field in ("号码", "时间", "内容", "类型"))

    [record] = records(f"{heads}\n13700000001,2024-05-01 09:05,a,接收\n".encode(), name="x.csv")

    assert (record.peer_number_raw, record.text, record.direction) == ("13700000001", "a", "in")


@pytest.mark.parametrize(
    ("cell", "at", "precision"),
    [
        ("2024年5月1日 下午3点06分", (7, 6, 0, 0), "min"),
        ("2024年05月01日 15时06分20秒", (7, 6, 20, 0), "s"),
        ("2024-05-01 15:06:20.123", (7, 6, 20, 123), "ms"),
        ("20240501150620.5", (7, 6, 20, 500), "ms"),
        ("2024-05-01 15:06:20.0", (7, 6, 20, 0), "s"),
        ("2024年5月1日 星期三 15:06:20", (7, 6, 20, 0), "s"),
        ("2024-05-01（周三）下午3:06", (7, 6, 0, 0), "min"),
        ("Wed 1 May 2024 3:06 PM", (7, 6, 0, 0), "min"),
        ("2024-05-01 深夜1:06", (-7, 6, 0, 0), "min"),
        ("2024-05-01 深夜11:06", (15, 6, 0, 0), "min"),
    ],
)
def test_clocks_in_words_and_with_parts_of_a_second(cell, at, precision):
    [record] = records(f"号码,时间,内容,类型\n10086,{cell},a,接收\n".encode(), name="x.csv")

    hour, minute, second, thousandths = at
    day = 1 if hour >= 0 else 30  # of the day before, in UTC
    month = 5 if hour >= 0 else 4
    expected = datetime(2024, month, day, hour % 24, minute, second, thousandths * 1000, UTC)
    assert (record.when_utc, record.when_precision, record.when_raw) == (expected, precision, cell)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("查询日期：2023年12月-2024年01月", (date(2023, 12, 1), date(2024, 1, 31))),
        ("账期 2023-12 至 2024-02", (date(2023, 12, 1), date(2024, 2, 29))),
        ("查询时间：2024-06", (date(2024, 6, 1), date(2024, 6, 30))),
        ("打印日期：2024年06月", None),
        ("2024年05月详单 打印日期：2024年06月", (date(2024, 5, 1), date(2024, 5, 31))),
    ],
)
def test_a_period_may_be_of_months(title, period):
    assert period_of(title) == period


@pytest.mark.parametrize(
    ("day", "other"), [("15/11/2023", "16/11/2023"), ("11/15/2023", "11/16/2023")]
)
def test_days_whose_year_stands_last_may_have_a_column_of_their_own(day, other):
    table = f"Number,Date,Time,Type,Body\n10086,{day},06:13:20,inbox,a\n10086,{other},,sent,b\n"

    first, second = records(table.encode(), name="x.csv")

    assert first.when_utc == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (second.when_utc, second.when_precision) == (
        datetime(2023, 11, 15, 16, tzinfo=UTC),
        "day",
    )

"""evidence/readers/table*.py: message and call tables, operator bills, Nokia CSV."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evidence.readers import Options
from evidence.readers.tables.cell_times import moment
from evidence.readers.tables.table_values import Period, duration_s, period_of
from tests.samples.exports import zipped

from .reads import reading, records, warnings

MESSAGES = (
    "号码,姓名,时间,内容,类型\r\n"
    '13700000001,李雷,2024/3/5 7:08,"明天,可以\r\n吗",接收\r\n'
    "10086,,2024/3/5 7:09,余额,草稿\r\n"
)
BILL = (
    "中国移动通信语音详单\r\n客户姓名,某某\r\n手机号码,13700000009\r\n起止日期,2024-12-01至2025-01-31\r\n\r\n"
    "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,实收通信费\r\n"
    "12-31 23:59:01,杭州,被叫,13700000001,1分32秒,本地,0.00\r\n"
    "01-01 00:10:00,杭州,主叫,02160000001,58秒,本地,0.10\r\n"
    "12-31 23:59:59,--,--,--,--,月租,10.00\r\n"
    "合计,,,,2分30秒,,10.10\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_message_table_is_read_in_any_encoding_and_separator(encoding, separator):
    text = "号码,姓名,时间,内容,类型\r\n13700000001,李雷,2024/3/5 7:08,可以吗,接收\r\n"
    raw = text.replace(",", separator).encode(encoding)

    [record] = records(raw, name="x.bin")

    assert (record.kind, record.direction, record.text) == ("sms", "in", "可以吗")
    assert record.when_utc == datetime(2024, 3, 4, 23, 8, tzinfo=UTC)
    assert (record.when_precision, record.zone_source) == ("min", "assumed")
    assert (record.peer_name, record.peer_number_e164) == ("李雷", "+8613700000001")


def test_quotes_hold_separators_and_line_ends_and_places_are_lines():
    first, second = records(MESSAGES.encode(), name="x.csv")

    assert first.text == "明天,可以\n吗"
    assert (first.source_locator, second.source_locator) == ({"line": 2}, {"line": 4})
    assert second.direction == "draft"


def test_a_bill_without_years_takes_them_from_its_period():
    got = reading(BILL.encode("gb18030"), name="bill.csv")
    first, second = got

    assert got.format == "call_table"
    assert (first.kind, first.direction, first.duration_s) == ("call", "in", 92)
    assert first.when_utc == datetime(2024, 12, 31, 15, 59, 1, tzinfo=UTC)
    assert second.when_utc == datetime(2024, 12, 31, 16, 10, tzinfo=UTC)
    assert (second.direction, second.peer_number_e164) == ("out", "+862160000001")


def test_without_a_period_a_time_without_year_stays_open():
    raw = BILL.replace("起止日期,2024-12-01至2025-01-31\r\n", "").encode()

    assert records(raw, name="bill.csv")[0].when_utc is None
    assert "time_without_year" in warnings(raw, name="bill.csv")


def test_a_bill_with_two_numbers_names_the_other_side():
    raw = (
        "主叫号码,被叫号码,呼叫类型,开始时间,通话时长(秒)\n"
        "13700000009,13700000001,主叫,2024-03-05 07:08:09,30\n"
        "13700000002,13700000009,被叫,2024-03-05 07:10:09,0\n"
    ).encode()

    assert [record.peer_number_raw for record in records(raw)] == ["13700000001", "13700000002"]


def test_a_bill_s_service_message_without_a_way_is_a_message():
    raw = (
        "起始时间,通信方式,对方号码,通信时长,通信类型\n"
        "2024-03-05 07:08:09,主叫,13700000001,65,本地\n"
        "2024-03-05 09:08:09,梦网短信,10657000000001,--,国内\n"
    ).encode()

    got = [(record.kind, record.direction, record.duration_s) for record in records(raw)]

    assert got == [("call", "out", 65), ("sms", None, None)]


def test_a_number_that_a_spreadsheet_ruined_is_kept_raw():
    raw = "号码,时间,内容\n1.06901E+15,2024-03-05 07:08,好\n13700000001.0,2024-03-05 07:09,好\n"

    first, second = records(raw.encode())

    assert (first.peer_number_raw, first.peer_number_e164) == ("1.06901E+15", None)
    assert "number_lost_in_spreadsheet" in first.warnings
    assert second.peer_number_e164 == "+8613700000001"


def test_received_time_counts_for_what_came_in():
    raw = "号码,发送时间,接收时间,内容,类型\n1,2024-03-05 07:00,2024-03-05 07:08,好,收件箱\n"

    assert records(raw.encode())[0].when_raw == "2024-03-05 07:08"


def test_nokia_tables_have_no_header_and_loose_commas():
    raw = (
        "\ufeffsms,deliver,\t13700000001,李雷,,2013. 7.15  8:12,,一,二\r\n"
        "sms,submit,,13700000001,,2017.04.20 19:14,12,好\r\n"
    ).encode()

    first, second = records(raw, name="20130715-20170420(Wandoujia).csv")

    assert (first.direction, first.text, first.peer_name) == ("in", "一,二", "李雷")
    assert first.when_utc == datetime(2013, 7, 15, 0, 12, tzinfo=UTC)
    assert (second.direction, second.peer_number_raw) == ("out", "13700000001")


@pytest.mark.parametrize(
    ("line", "direction", "text"),
    [
        ('"sms","READ,RECEIVED","13700000001","","","2017.12.04 12:06","","a\nb"', "in", "a\nb"),
        ('"sms","SENT","13700000000","13700000001","","2017.12.04 12:06","","a"', "out", "a"),
        ('"sms","DRAFT","","13700000001","","2017.12.04 12:06","","a"', "draft", "a"),
        ("sms,submit,,\t13700000001,,2012.10.07 13:44:57,a, b", "out", "a, b"),
    ],
)
def test_nokia_suite_marks_the_way_and_some_have_no_size(line, direction, text):
    got = reading(f"{line}\n".encode(), name="a.csv")
    [record] = got

    assert (got.format, record.direction, record.text) == ("nokia_csv", direction, text)
    assert (record.peer_number_e164, record.peer_name) == ("+8613700000001", None)


@pytest.mark.parametrize(
    "text", ["日期,名称,类型\n2024-03-05,x,y\n", "a,b\n1,2\n", "号码,时间\n1,2\n", "还钱"]
)
def test_any_other_table_stays_unknown(text):
    assert reading(text.encode()).format == "unknown"


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1分32秒", 92), ("58秒", 58), ("5分", 300), ("1小时2分3秒", 3723), ("1时2分3秒", 3723),
        ("00:01:32", 92), ("1:32", 92), ("92", 92), ("92秒", 92), ("1'32\"", 92), ("--", None),
        ("响铃12秒", None), ("", None),
    ],
)  # fmt: skip
def test_durations_come_in_many_words(cell, seconds):
    assert duration_s(cell) == seconds


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2024-05-01 09:05:06", (2024, 5, 1, 1, 5, 6)),
        ("2024年5月1日 08:00", (2024, 5, 1, 0, 0, 0)),
        ("2024/5/1 下午1:54", (2024, 5, 1, 5, 54, 0)),
        ("45413.375", (2024, 5, 1, 1, 0, 0)),
        ("2024-05-01T09:05:06+08:00", (2024, 5, 1, 1, 5, 6)),
        ("1714525506", (2024, 5, 1, 1, 5, 6)),
        ("05-01 09:05", (2024, 5, 1, 1, 5, 0)),
        ("20240501", (2024, 4, 30, 16, 0, 0)),
        ("40-40 09:05", None),
        ("2024-13-01 09:05", None),
        ("明天", None),
    ],
)
def test_dates_come_in_many_forms(cell, utc):
    period = Period(date(2024, 4, 15), date(2024, 5, 14))

    assert moment(cell, Options(), period).utc == (datetime(*utc, tzinfo=UTC) if utc else None)


def test_a_period_stands_in_title_or_name():
    assert period_of("2024年12月01日-2025年01月31日") == (date(2024, 12, 1), date(2025, 1, 31))
    assert period_of("详单202402.csv") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period_of("详单.csv") is None


def test_formats_that_little_is_known_of_say_so_once_a_file():
    raw = "号码,时间,内容,类型\n13700000001,2024/3/5 7:08,甲,接收\n95588,2024/3/5 7:09,乙,接收\n"
    nokia = "sms,deliver,13700000001,,,2017.04.20 19:14,,甲\n"

    assert warnings(raw.encode(), name="a.csv") == {"format_unverified": 1}
    assert warnings(zipped({"a.csv": raw.encode()}), name="a.zip") == {"format_unverified": 1}
    assert warnings(nokia.encode(), name="a.csv") == {}


@pytest.mark.parametrize(
    "text",
    [
        "姓名,电话,日期,状态\n李雷,13700000001,2024-03-05,已签收\n",
        "姓名,手机号,时间,类型\n李雷,13700000001,2024-03-05 07:08,1\n",
        "名称,型号,日期,类型\nx,y,2024-03-05,z\n",
    ],
)
def test_a_list_of_people_is_no_table_of_calls(text):
    assert reading(text.encode()).format == "unknown"


@pytest.mark.parametrize(
    ("header", "row", "way", "seconds"),
    [
        (
            "号码,开始时间,通话时间,呼叫类型",
            "13700000001,2024-03-05 07:08:09,00:01:05,来电",
            "in",
            65,
        ),
        (
            "对方号码,通话开始时间,通话时长(分钟),主被叫",
            "13700000001,2024-03-05 07:08:09,2,主叫",
            "out",
            120,
        ),
        (
            "Name,Number,Call Type,Date & Time,Duration (sec)",
            "李雷,13700000001,Incoming,5-Mar-2024 07:08:09 AM,65",
            "in",
            65,
        ),
        (
            "Call type,Date,Duration,Number,Contact",
            "Outgoing,2024-03-05 07:08:09,1m 5s,13700000001,",
            "out",
            65,
        ),
        (
            "本机号码,对方号码,呼叫开始时间,呼叫时长,话单类型",
            "13700000009,13700000001,20240305070809,65,VoLTE主叫",
            "out",
            65,
        ),
        (
            "姓名,号码,类型,状态,日期,时间,时长",
            "李雷,13700000001,呼入,未接,2024/3/5,7:08:09,响铃12秒",
            "missed",
            None,
        ),
        (
            "号码,通话时间,通话类型,时长",
            "13700000001,2024-03-05 07:08:09,无条件呼转,65",
            "forwarded",
            65,
        ),
        (
            "电话号码,时间,类型,通话时长",
            "13700000001,1709593689000,5,65",
            "rejected",
            None,
        ),
    ],
)
def test_phones_and_operators_name_the_same_things_in_many_words(header, row, way, seconds):
    [record] = records(f"{header}\n{row}\n".encode())

    assert (record.kind, record.direction, record.duration_s) == ("call", way, seconds)
    assert record.peer_number_e164 == "+8613700000001"
    assert record.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)


def test_whose_bill_it_is_shows_by_the_number_in_every_row_or_stays_open():
    head = "主叫号码,被叫号码,开始时间,通话时长\n"
    rows = (
        "13700000009,13700000001,2024-03-05 07:08:09,5\n",
        "13700000002,13700000009,2024-03-05 07:09:09,5\n",
    )

    assert [r.direction for r in records((head + "".join(rows)).encode())] == ["out", "in"]
    assert [r.peer_number_raw for r in records((head + "".join(rows)).encode())] == [
        "13700000001", "13700000002",
    ]  # fmt: skip

    [open_one] = records((head + rows[0]).encode())
    assert (open_one.direction, open_one.peer_number_raw) == (None, None)
    assert records((head + rows[0]).encode(), name="13700000009.csv")[0].direction == "out"


def test_days_of_printing_are_no_part_of_the_period():
    raw = (
        "手机号码:13700000009 开始时间：20241130 结束时间：20250130 打印日期：2026-01-30\n"
        "起始时间,通信方式,对方号码,通信时长\n12-31 23:59:01,被叫,13700000001,1分\n"
    )

    assert records(raw.encode())[0].when_utc == datetime(2024, 12, 31, 15, 59, 1, tzinfo=UTC)


def test_a_day_that_lies_in_the_period_twice_has_no_year():
    raw = (
        "起止日期,2023-12-01至2025-01-31\n"
        "起始时间,通信方式,对方号码,通信时长\n12-31 23:59:01,被叫,13700000001,1分\n"
    )

    assert records(raw.encode())[0].when_utc is None


def test_a_chat_s_table_has_senders_and_no_numbers():
    raw = "发送人,接收人,时间,内容\n李雷,韩梅梅,2024-03-05 07:08:09,还钱\n"

    [record] = records(raw.encode(), owner="韩梅梅")

    assert (record.kind, record.direction, record.peer_name) == ("chat", "in", "李雷")


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("5/3/2024", "13/3/2024"), (2024, 3, 4)),
        (("3/5/2024", "3/13/2024"), (2024, 3, 4)),
        (("05.03.2024", "06.03.2024"), (2024, 3, 4)),
        (("5/3/2024", "5/3/2024"), None),
    ],
)
def test_day_and_month_before_the_year_are_told_apart_by_all_rows_or_stay_open(days, first):
    text = "Number,Type,Date,Duration\n" + "".join(
        f"13700000001,Incoming,{day} 07:08:09,5\n" for day in days
    )

    record = records(text.encode())[0]

    assert record.when_utc == (first and datetime(*first, 23, 8, 9, tzinfo=UTC))
    assert record.warnings == (() if first else ("date_order_open",))


def test_a_quote_that_was_not_doubled_costs_no_row():
    rows = ["1'32\"", "2'05\"", "3'00\""]
    table = "号码,时间,类型,通话时长\n" + "".join(
        f'1370000000{index},2024/3/5 7:0{index},呼入,"{talk}"\n' for index, talk in enumerate(rows)
    )

    got = records(table.encode())

    assert [record.duration_s for record in got] == [92, 125, 180]
    assert [record.source_locator for record in got] == [{"line": n} for n in (2, 3, 4)]


def test_a_doubled_quote_at_the_end_of_a_line_stays_part_of_its_text():
    table = '号码,时间,内容\n13700000001,2024/3/5 7:08,"他说""还钱""\n13700000002,今天,还"\n'

    (got,) = records(table.encode())

    assert got.text == '他说"还钱"\n13700000002,今天,还'


def test_an_empty_number_is_kept_as_the_table_has_it():
    with_column = records("号码,时间,类型,通话时长\n,2024/3/5 7:08,未接,\n".encode())

    assert [record.peer_number_raw for record in with_column] == [""]


def test_a_bill_may_call_its_clock_a_moment_of_starting():
    bill = (
        "对端号码,呼叫方式,起始日期,起始时刻,通话时长（秒）\n"
        "13700000001,被叫,2025-01-02,09:00:01,65\n"
    )

    (call,) = records(bill.encode())

    assert (call.when_utc, call.duration_s) == (datetime(2025, 1, 2, 1, 0, 1, tzinfo=UTC), 65)


def test_the_time_of_a_call_beside_its_day_is_a_clock_where_its_length_stands_apart():
    head, row = (
        "通话日期,通话时间,通话时长,主叫/被叫,对方号码",
        "2024-12-31,23:59:58,92,被叫,13700000001",
    )
    apart = records(f"{head}\n{row}\n".encode())
    (length,) = records(
        "通话日期,通话时间,主叫/被叫,对方号码\n2024-12-31,92,被叫,13700000001\n".encode()
    )

    assert [call.when_utc for call in apart] == [datetime(2024, 12, 31, 15, 59, 58, tzinfo=UTC)]
    assert [(call.duration_s, call.direction) for call in apart] == [(92, "in")]
    assert (length.duration_s, length.when_precision) == (92, "day")


def test_headers_and_words_may_be_in_traditional_characters():
    texts = "電話號碼,聯絡人,時間,簡訊內容,類型\n13700000001,李雷,2024/3/5 下午 7:08,號碼,接收\n"
    calls = "號碼,時間,通話類型,通話時長\n13700000001,2024/3/5 7:08,撥出,1小時2分3秒\n"

    (message,) = records(texts.encode())
    (call,) = records(calls.encode())

    assert (message.direction, message.text, message.peer_name) == ("in", "號碼", "李雷")
    assert (call.kind, call.direction, call.duration_s) == ("call", "out", 3723)


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        ("计费号码,对方号码,呼叫标识,开始时间,时长", "x,1,主叫,{},65", ("call", "out", 65)),
        ("来去电,电话,时间,通话时长", "去电,1,{},65", ("call", "out", 65)),
        ("呼叫方向,通话号码,起始时间,持续时长", "呼入,1,{},1分5秒", ("call", "in", 65)),
        ("类别,号码,时间,通话时长", "已接来电,1,{},65", ("call", "in", 65)),
        ("联系号码,信息内容,发送日期,信息状态", "1,还钱,{},已接收", ("sms", "in", None)),
    ],
)
def test_columns_bear_many_names(head, row, told):
    (record,) = records(f"{head}\n{row.format('2025-01-02 09:00:01')}\n".encode())

    assert (record.kind, record.direction, record.duration_s) == told
    assert record.when_utc == datetime(2025, 1, 2, 1, 0, 1, tzinfo=UTC)


def test_a_word_for_an_unknown_caller_is_no_name():
    table = "姓名,号码,类型,通话时间,时长\n未知号码,13700000001,呼入,2024-03-05 08:53:20,9\n"

    [record] = records(table.encode())

    assert (record.peer_name, record.peer_number_raw) == (None, "13700000001")


def test_the_time_of_a_message_may_be_when_it_was_created():
    table = (
        '"Created","Number","Sender Name","Text","Folder"\n'
        '"2016-04-19 01:04:34","13700000001","","Dear, customer","INBOX"\n'
        '"2016-04-19 17:24:11","13700000001","Li","ok","SENT"\n'
    )

    found = records(table.encode())

    assert [(record.direction, record.peer_name) for record in found] == [
        ("in", None),
        ("out", "Li"),
    ]
    assert found[0].when_utc == datetime(2016, 4, 18, 17, 4, 34, tzinfo=UTC)

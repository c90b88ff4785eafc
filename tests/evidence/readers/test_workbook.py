"""evidence/readers/{workbook,xlsx,xls,markup_tables,cell_formats}.py."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time

import pytest

from evidence.readers import ReadingError
from evidence.readers.selection.excerpt import excerpt
from evidence.readers.tables.cell_formats import date_text, number_text, shape_of
from tests.samples.exports import zipped
from tests.samples.wechat import memotrace_page
from tests.samples.workbooks import (
    BILL,
    HEADER,
    bare_biff,
    handmade,
    ods,
    packed_ods,
    page,
    spreadsheetml,
    web_archive,
    xls,
    xlsx,
)

from .reads import reading, records, warnings

MORNING = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
WALL = datetime(2024, 3, 5, 7, 8, 9)  # noqa: DTZ001 - a spreadsheet has no zones
SHAPES = {
    "xlsx": lambda rows: xlsx({"语音详单": rows}),
    "ods": lambda rows: ods({"语音详单": rows}),
    "xls": lambda rows: xls({"语音详单": rows}),
    "bare xls": bare_biff,
    "gbk page": lambda rows: page(rows).encode("gbk"),
    "utf-8 page": lambda rows: page(rows, charset="utf-8").encode(),
    "xml": lambda rows: spreadsheetml(rows, "语音详单").encode(),
    "utf-16 tabs": lambda rows: "\r\n".join("\t".join(row) for row in rows).encode("utf-16"),
    "gbk csv": lambda rows: "\r\n".join(",".join(row) for row in rows).encode("gbk"),
    "semicolons": lambda rows: "\r\n".join(";".join(row) for row in rows).encode("utf-8-sig"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bill_reads_the_same_in_every_shape_that_is_called_a_spreadsheet(shape):
    got = records(SHAPES[shape](BILL), name="x.xls")

    assert [record.kind for record in got] == ["call"] * 3
    assert [record.direction for record in got] == ["in", "out", "forwarded"]
    assert [record.duration_s for record in got] == [65, 58, 65]
    assert got[0].when_utc == MORNING
    assert [record.peer_number_raw for record in got] == [
        "13700000001", "02160000001", "138****1234",
    ]  # fmt: skip
    assert [record.peer_number_e164 for record in got] == ["+8613700000001", "+862160000001", None]


@pytest.mark.parametrize(
    ("shape", "format_id"),
    [
        ("xlsx", "xlsx"), ("xls", "xls"), ("bare xls", "xls"), ("gbk page", "html_table"),
        ("xml", "xml_table"), ("utf-16 tabs", "call_table"),
    ],
)  # fmt: skip
def test_what_it_is_shows_by_its_content(shape, format_id):
    got = reading(SHAPES[shape](BILL), name="x.xls")

    assert list(got)
    assert got.format == format_id


@pytest.mark.parametrize("make", [xlsx, xls])
def test_places_are_rows_of_sheets_and_every_sheet_counts(make):
    rows = [HEADER, BILL[4], BILL[5]]
    raw = make({"说明": [["感谢使用"]], "三月": rows, "四月": rows[:2]})

    assert [record.source_locator for record in records(raw)] == [
        {"row": 2, "table": "三月"},
        {"row": 3, "table": "三月"},
        {"row": 2, "table": "四月"},
    ]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_dates_clocks_and_numbers_of_cells_are_what_they_show(make):
    rows = [
        ("对方号码", "日期", "时间", "通话时长", "类型"),
        (13700000001, date(2024, 3, 5), time(7, 8, 9), time(0, 1, 5), "呼入"),
        (1069012345678901234, WALL, "", 65, "呼出"),
    ]

    first, second = records(make({"a": rows}))

    assert (first.when_utc, first.duration_s) == (MORNING, 65)
    assert first.peer_number_e164 == "+8613700000001"
    assert (second.when_utc, second.duration_s, second.direction) == (MORNING, 65, "out")
    assert second.peer_number_e164 is None
    assert "number_lost_in_spreadsheet" in second.warnings


def test_days_counted_from_1904_are_the_same_days():
    rows = [("号码", "时间", "通话时长"), ("13700000001", WALL, 5)]

    [record] = records(xlsx({"a": rows}, since_1904=True))

    assert record.when_utc == MORNING


@pytest.mark.parametrize("shape", ["xlsx", "xls", "page"])
def test_a_cell_that_spans_rows_counts_for_each(shape):
    rows = [
        ("日期", "时间", "对方号码", "通话类型", "通话时长"),
        ("2024-03-05", "07:08:09", "13700000001", "来电", "1分"),
        ("", "07:09:09", "13700000002", "去电", "2分"),
    ]
    if shape == "xlsx":
        raw = xlsx({"a": rows}, merged=["A2:A3"])
    elif shape == "xls":
        raw = xls({"a": rows}, merged=[(1, 2, 0, 0)])
    else:
        text = page(rows).replace("<td style='x'>2024", "<td rowspan=2>2024")
        raw = text.replace("<td style='x'></td>", "").encode("gbk")

    assert [record.when_utc.minute for record in records(raw)] == [8, 9]
    assert {record.when_utc.day for record in records(raw)} == {4}


def test_several_tables_in_one_sheet_each_by_its_own_header():
    rows = [
        ("通话详单",),
        ("序号", *HEADER),
        ("1", *BILL[4]),
        ("短/彩信详单",),
        ("序号", "起始时间", "通信地点", "对方号码", "通信方式", "信息类型", "通信费"),
        ("1", "2024-03-07 10:00:00", "杭州", "95588", "接收", "短信", "0"),
        ("上网详单",),
        ("序号", "起始时间", "通信地点", "上网方式", "总时长", "总流量", "通信费"),
        ("1", "2024-03-08 10:00:00", "杭州", "CMNET", "3600", "12MB", "0"),
    ]

    call, message = records(xlsx({"详单": rows}))

    assert (call.kind, call.duration_s) == ("call", 65)
    assert (message.kind, message.direction, message.peer_number_raw) == ("sms", "in", "95588")


@pytest.mark.parametrize("first", ["xl/worksheets/sheet0.xml", "[Content_Types].xml"])
def test_cells_without_places_and_strings_in_place_are_read(first):
    cells = "".join(
        f'<c t="inlineStr"><is><t>{text}</t><rPh><t>x</t></rPh></is></c>'
        for text in ("号码", "时间", "内容", "类型")
    )
    sheet = (
        (
            f'<x:worksheet xmlns:x="a"><x:sheetData><x:row>{cells}</x:row><x:row>'
            '<c><v>1.3700000001E10</v></c><c s="1"><v>45356.29732638889</v></c>'
            '<c t="s"><v>0</v></c><c t="str"><f>"1"</f><v>接收</v></c></x:row>'
            "</x:sheetData></x:worksheet>"
        )
        .replace("<c", "<x:c")
        .replace("</c", "</x:c")
    )
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;'
        'd&quot;日&quot;\\ h:mm:ss;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/>'
        "</cellXfs></styleSheet>"
    )
    raw = handmade(
        sheet,
        strings="<sst><si><r><t>还</t></r><r><t>钱</t></r></si></sst>",
        styles=styles,
        first=first,
    )

    [record] = records(raw)

    assert (record.peer_number_e164, record.text, record.direction) == (
        "+8613700000001", "还钱", "in",
    )  # fmt: skip
    assert record.when_utc == MORNING


@pytest.mark.parametrize("part", ["sheet", "strings", "styles"])
def test_a_doctype_in_any_part_is_refused(part):
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    parts = {"sheet": "<worksheet/>", "strings": "<sst/>", "styles": "<styleSheet/>", part: bomb}

    with pytest.raises(ReadingError) as refusal:
        records(handmade(parts["sheet"], strings=parts["strings"], styles=parts["styles"]))

    assert refusal.value.code == "reading_xml_entities"


def test_a_doctype_in_an_xml_spreadsheet_is_refused():
    raw = spreadsheetml(BILL).replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook')

    with pytest.raises(ReadingError) as refusal:
        records(raw.encode())

    assert refusal.value.code == "reading_xml_entities"


def test_a_workbook_with_a_password_says_so():
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    raw += "EncryptedPackage".encode("utf-16-le") + bytes(480)

    with pytest.raises(ReadingError) as refusal:
        records(raw)

    assert refusal.value.code == "reading_encrypted"


@pytest.mark.parametrize("raw", [
    xlsx({"a": [("姓名", "年龄"), ("李雷", 20)]}),
    xls({"a": [("姓名", "年龄"), ("李雷", 20)]}),
    spreadsheetml([("姓名", "年龄")]).encode(),
])  # fmt: skip
def test_a_workbook_of_something_else_has_no_records(raw):
    assert records(raw) == []


def test_a_page_of_something_else_is_a_page():
    assert reading(page([("姓名", "年龄")]).encode()).format == "html"
    assert reading(b"<html><body>x</body></html>").format == "html"


def test_workbooks_in_an_archive_are_read_and_others_are_attachments():
    long = [HEADER, *[BILL[4]] * 3000]
    raw = zipped({"a/账单.xls": xls({"a": long}), "b.xlsx": xlsx({"a": [("x", "y")]})})

    got = records(raw, name="x.zip")

    assert sum(record.kind == "call" for record in got) == 3000
    assert got[0].source_locator == {"member": "a/账单.xls", "row": 2, "table": "a"}
    assert [record.kind for record in got if record.kind != "call"] == ["attachment"]


def test_a_page_made_to_keep_a_pattern_busy_is_read_at_once():
    for hostile in (
        "<!--" * 100_000,
        "<td " * 200_000,
        "<table><tr>" * 50_000,
        "<script>" * 50_000,
    ):
        raw = page(BILL, charset="utf-8").replace("</table>", "</table>" + hostile).encode()

        assert len(records(raw)) == 3


def test_bills_are_called_unverified_once():
    assert warnings(SHAPES["xlsx"](BILL))["format_unverified"] == 1


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("General", None), ("@", None), ("0.00", None), ("#,##0", None), ("0.00E+00", None),
        ("yyyy-mm-dd", "d"), ("yyyy/m/d h:mm", "dt"), ("[$-804]yyyy年m月d日;@", "d"),
        ("[h]:mm:ss", "ts"), ("mm:ss.0", "ts"), ('h"时"mm"分"', "t"), ("[Red]0", None),
        ("yyyy\\-mm\\-dd hh:mm:ss", "dts"), ("上午/下午 h:mm", "t"),
    ],
)  # fmt: skip
def test_number_formats_tell_dates_from_numbers(code, shape):
    assert shape_of(code) == shape


@pytest.mark.parametrize(
    ("value", "text"),
    [(13700000001.0, "13700000001"), (0.1, "0.1"), (1e15, "1E+15"), (-3.0, "-3")],
)
def test_numbers_keep_their_digits_or_say_that_they_lost_them(value, text):
    assert number_text(value) == text


def test_a_length_of_more_than_a_day_is_no_date():
    assert date_text(1.5, shape_of("[h]:mm:ss")) == "36:00:00"
    assert date_text(45356, shape_of("yyyy-mm-dd")) == "2024-03-05"
    assert date_text(-1, shape_of("yyyy-mm-dd")) == "-1"


def test_a_page_saved_as_a_web_archive_is_read_as_the_page():
    got = reading(web_archive(BILL), name="x.xls")

    assert [record.duration_s for record in got] == [65, 58, 65]
    assert got.format == "mail_table"


@pytest.mark.parametrize("shape", ["xlsx", "xls", "gbk page", "xml"])
def test_the_original_at_a_row_is_shown_with_the_names_above_it(shape):
    raw = SHAPES[shape](BILL)
    place = records(raw)[1].source_locator

    shown = excerpt(io.BytesIO(raw), place)

    assert shown["row"] == 6
    assert {"name": "对方号码", "value": "02160000001"} in shown["cells"]


def test_a_row_that_is_not_there_and_a_script_s_message_show_nothing():
    raw = xlsx({"a": BILL})

    assert excerpt(io.BytesIO(raw), {"row": 99, "table": "a"}) == {"form": "none"}
    page_of_chat = memotrace_page().encode()
    assert excerpt(io.BytesIO(page_of_chat), {"row": 2, "table": "messages"}) == {"form": "none"}


def test_an_open_document_gives_values_and_all_its_sheets():
    head = ("号码", "时间", "内容", "类型")
    first = [head, (13700000001, WALL, "一\n二", "接收"), (None, None, None, None)]
    second = [("别的",), head, ("10086", "2024-03-05 07:08", "=1+1", "发送")]
    raw = ods({"甲": first, "空": [], "乙": second})

    one, two = records(raw, name="a.ods")

    assert (one.peer_number_raw, one.text, one.when_utc) == ("13700000001", "一\n二", MORNING)
    assert one.source_locator == {"row": 2, "table": "甲"}
    assert (two.direction, two.text, two.source_locator["row"]) == ("out", "=1+1", 3)


def test_what_an_open_document_repeats_is_bounded():
    repeated = b'"1048000"><table:table-cell table:number-columns-repeated="1024"/>'
    full = b'"9999999"><table:table-cell office:value-type="string"><text:p>x</text:p>'
    raw = ods({"甲": [("号码", "时间", "内容", "类型"), ("1", "2024-03-05 07:08", "x", "接收")]})
    content = zipfile.ZipFile(io.BytesIO(raw)).read("content.xml")
    assert repeated in content
    bomb = packed_ods(content.replace(repeated, full + b"</table:table-cell>"))

    assert len(records(bomb, name="a.ods")) == 1


def test_a_locked_open_document_and_one_with_a_declaration_are_refused():
    locked = packed_ods(b"x", manifest=b"<manifest:encryption-data/>")
    declared = packed_ods(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>")

    with pytest.raises(ReadingError) as lock:
        records(locked)
    with pytest.raises(ReadingError) as declaration:
        records(declared)

    assert lock.value.code == "reading_encrypted"
    assert declaration.value.code == "reading_xml_entities"

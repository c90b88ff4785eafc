"""Tables of phones and operators: CSV, workbooks, web pages."""

from __future__ import annotations

from datetime import datetime, time

from tests.samples.workbooks import (
    BILL,
    HEADER,
    bare_biff,
    ods,
    page,
    spreadsheetml,
    web_archive,
    xls,
    xlsx,
)

MESSAGES = (
    "号码,姓名,时间,内容,类型\r\n"
    '13700000001,李雷,2024/3/5 7:08,"明天,可以\r\n吗",接收\r\n'
    "10086,,2024/3/5 7:09,余额,草稿\r\n"
)
CALLS = "\r\n".join(",".join(row) for row in BILL)
DATED = (
    datetime(2024, 3, 5, 7, 8, 9),  # noqa: DTZ001 - a spreadsheet has no zones
    "杭州",
    "被叫",
    13700000001,
    time(0, 1, 5),
    "本地",
    0.1,
)
NOKIA = "sms,deliver,\t13700000001,李雷,,2013. 7.15  8:12,,一,二\r\n"

SAMPLES = {
    "messages": MESSAGES.encode(),
    "messages_utf16": MESSAGES.replace(",", "\t").encode("utf-16"),
    "calls_gb18030": CALLS.encode("gb18030"),
    "nokia": NOKIA.encode(),
    "nokia_suite": b'"sms","READ,RECEIVED","13700000001","","","2017.12.04 12:06","","a\nb"\n',
    "ods": ods({"语音详单": BILL}),
    "xlsx": xlsx({"语音详单": BILL}),
    "xlsx_dates": xlsx({"语音详单": [HEADER, DATED]}),
    "xls_dates": xls({"语音详单": [HEADER, DATED]}),
    "xls": xls({"语音详单": BILL}),
    "bare_xls": bare_biff(BILL),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "page": page(BILL).encode("gbk"),
    "spreadsheetml": spreadsheetml(BILL).encode(),
    "web_archive": web_archive(BILL),
}

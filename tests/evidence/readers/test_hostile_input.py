"""All readers: whatever the bytes, the answer is records or a named reason, and it comes soon."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.readers import Options, ReadingError, read
from evidence.readers.errors import ReaderFailedError
from evidence.readers.names import read_name
from tests.samples.backups import (
    CALLS,
    MESSAGES,
    TELEPHONY,
    android_backup,
    android_mms,
    android_sms,
    listed,
    message,
    miui_backup,
    miui_call,
    miui_sms,
)
from tests.samples.chats import (
    QQ_BANNER,
    qq_conversation,
    qq_day,
    qq_exported,
    qq_exported_message,
    qq_label,
    qq_mht,
    qq_row,
    telegram_account,
    telegram_box,
    telegram_chat,
    telegram_message,
    telegram_notice,
    telegram_page,
)
from tests.samples.databases import NUMBER, android_messages, iphone_messages, typedstream, with_log
from tests.samples.exports import NOON, backup, call, mms, sms, zipped
from tests.samples.pictures import encoded, gradient, photo
from tests.samples.recordings import amr, recording, silk, tone
from tests.samples.vmessages import NOKIA, nokia_backup
from tests.samples.wechat import (
    EXPORTER_TEXT,
    PYWXDUMP_CSV,
    SHARED_TEXT,
    WEFLOW,
    exporter_page,
    memotrace_page,
)
from tests.samples.workbooks import BILL, bare_biff, page, spreadsheetml, xls, xlsx

from .test_mms import TEXT, picture

SAMPLES = {
    "xml": backup(sms("你好&#55357;&#56397;"), mms(TEXT + picture()), sms("再见"), call()),
    "utf16": backup(sms("你好")).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "android": android_messages((NUMBER, NOON, 1, "你好"), (NUMBER, NOON, 2, "好")),
    "iphone": iphone_messages((None, typedstream("你好"), 736_218_000, 0)),
    "adb": android_backup({f"{TELEPHONY}/d_f/000000_sms_backup": listed(android_sms("你好"))}),
    "adb_packed": android_backup({"shared/0/a.xml": backup(sms())}, packed=True),
    "adb_list": listed(android_sms("你好"), android_mms("好"), packed=False),
    "miui": miui_backup({MESSAGES: message((4, message((1, miui_sms()), (1, miui_sms("再见")))))}),
    "miui_calls": miui_backup({CALLS: message((2, message((1, miui_call()))))}),
    "nbu": nokia_backup(NOKIA, filler=4),
    "note": b'{"timestamp_unix_ms": 1730000000123, "direction": "in", "calls": [], "output": {}}',
    "huawei": b"<?xml version='1.0'?><info.xml><row table='HeaderInfo'/></info.xml>",
    "qq_text": (QQ_BANNER + qq_conversation("甲", "2024-03-05 7:08:09 乙(10001)\n好")).encode(),
    "qq_mht": qq_mht(
        qq_label("消息对象:甲"), qq_day("2024/3/5"), qq_row("乙(10001)", "7:08:09", "好")
    ),
    "qq_json": qq_exported(qq_exported_message(), selfUin="10002"),
    "signal_text": b"[2024-03-05, 07:08] Me: x\n(- A: y -)\n[2024-03-05, 07:09] A: y\n",
    "telegram": telegram_account(9, telegram_chat(telegram_message(1, ["a", {"text": "好"}]))),
    "telegram_html": telegram_page(telegram_notice(-1, "5 March 2024"), telegram_box(1, "好<br>")),
    "welink_text": "甲(z001)\t2024-03-05 07:08:09\n好\n".encode(),
    "zip": zipped({"sms.xml": backup(sms()), "a.png": b"\x89PNG"}),
    "jpeg": photo(taken="2024:03:05 07:08:09", gps=True),
    "png": encoded(gradient(64, 64), "PNG"),
    "webp": encoded(gradient(64, 64), "WEBP"),
    "m4a": recording(tone(0.4), container="mp4", codec="aac"),
    "ogg": recording(tone(0.4), container="ogg", codec="libopus", rate=48_000),
    "amr": amr(20),
    "silk": silk(tone(0.4)),
    "xlsx": xlsx({"详单": BILL}),
    "xls": xls({"详单": BILL}),
    "bare xls": bare_biff(BILL),
    "page": page(BILL).encode("gbk"),
    "xml table": spreadsheetml(BILL).encode(),
    "wechat json": json.dumps(WEFLOW, ensure_ascii=False).encode(),
    "wechat table": PYWXDUMP_CSV.encode(),
    "wechat text": EXPORTER_TEXT.encode(),
    "wechat shared": SHARED_TEXT.encode(),
    "wechat page": exporter_page().encode(),
    "wechat script": memotrace_page().encode(),
}
QUIET = settings(
    max_examples=60,
    deadline=5_000,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def survives(raw: bytes) -> None:
    """Read to the end; every line is JSON, every refusal is one that we foresaw."""
    reading = read(io.BytesIO(raw), name="f", options=Options(ocr=False))
    refusal: ReadingError | None = None
    try:
        for record in reading:
            json.loads(record.as_line())
    except ReadingError as told:
        refusal = told
    assert not isinstance(refusal, ReaderFailedError), "a reader died of something without a name"
    json.dumps(reading.summary.as_json())


@pytest.mark.parametrize("kind", SAMPLES)
@given(data=st.data())
@QUIET
def test_damaged_samples_never_crash_a_reader(kind, data):
    raw = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))

    survives(bytes(raw[:cut] if data.draw(st.booleans()) else raw))


@given(body=st.text(alphabet="<>&\"'#;x0123456789dDbBcC/=! \n\u200e你😀\ufffe-?[]", max_size=200))
@example("<" * 100)
@example('"<!--')
@example("&#x110000;&#xFFFFFFFF;&#4294967295;")
@settings(parent=QUIET, max_examples=200)
def test_any_text_where_a_body_should_be_never_crashes_the_tokenizer(body):
    survives(backup(sms("甲"), f'<sms address="1" date="1" type="1" body="{body}" />', sms("乙")))


@given(magic=st.sampled_from([raw[:16] for raw in SAMPLES.values()]), rest=st.binary(max_size=400))
@QUIET
def test_a_right_beginning_with_anything_behind_it_is_answered(magic, rest):
    survives(magic + rest)


@given(st.text(max_size=120))
@settings(parent=QUIET, max_examples=300)
def test_any_name_is_read(name):
    json.dumps(read_name(name).as_json())


@pytest.mark.parametrize(
    "name",
    [
        "通话录音@" + "((((" * 100 + "_20240305070809.mp3",
        "通话录音@" + "a(b)" * 100 + "(_20240305070809",
        "1" * 500,
        "_".join(["20240305"] * 50),
        "a_20240305-070809" * 25,
    ],
)
def test_names_made_to_keep_a_pattern_busy_are_read_at_once(name):
    assert read_name(name).name == name


@given(data=st.data())
@QUIET
def test_a_damaged_log_beside_a_database_never_crashes_it(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("log")
    database, log = with_log(folder, (NUMBER, NOON, 1, "你好"), (NUMBER, NOON, 2, "好"))
    raw = bytearray(log)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    survives(zipped({"a.db": database, "a.db-wal": bytes(raw), "a.db-journal": bytes(raw)}))


def test_a_million_open_tags_are_read_in_one_pass():
    raw = b"<?xml version='1.0'?><smses count='1'>" + b"<a " * 300_000

    survives(raw)


def test_a_start_tag_that_never_ends_is_bounded():
    raw = b"<?xml version='1.0'?><smses count='1'><sms " + b"a " * 12_000_000

    with pytest.raises(ReadingError) as refusal:
        list(read(io.BytesIO(raw), name="f"))

    assert refusal.value.code == "reading_over_limit"

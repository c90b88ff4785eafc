"""evidence/readers/chat_exports/whatsapp*.py: clocks, calendars and notices of other languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .reads import records, warnings

AFTERNOON = datetime(2024, 6, 13, 7, 2, tzinfo=UTC)  # 15:02 in China
NEXT_MORNING = datetime(2024, 6, 14, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("13/6/2567 15:02", "14/6/2567 09:02"),  # Thailand counts from the Buddha
        ("13/6/67 15:02", "14/6/67 09:02"),
        ("๑๓/๖/๒๕๖๗ ๑๕:๐๒", "๑๔/๖/๒๕๖๗ ๐๙:๐๒"),
        ("১৩/৬/২৪, ৩:০২ PM", "১৪/৬/২৪, ৯:০২ AM"),
        ("۲۰۲۴/۶/۱۳،‏ ۱۵:۰۲", "۲۰۲۴/۶/۱۴،‏ ۹:۰۲"),
        ("13. 6. 2024 v 15:02", "14. 6. 2024 v 9:02"),
        ("13. 06. 2024. u 15:02", "14. 06. 2024. u 09:02"),
        ("13.06.2024 г., 15:02", "14.06.2024 г., 9:02"),
        ("13.06.24 г., 15:02 ч.", "14.06.24 г., 9:02 ч."),
        ("13.6.24, 3:02 e pasdites", "14.6.24, 9:02 e paradites"),
        ("13.06.24 сл.об. 3:02", "14.06.24 пр.об. 9:02"),
        ("2024. 06. 13. du. 3:02", "2024. 06. 14. de. 9:02"),
        ("2024/6/13 چ.ك 3:02", "2024/6/14 چ.ب 9:02"),
        ("13/6/2024 a las 3:02 p. m.", "14/6/2024 a las 9:02 a. m."),
    ],
)
def test_days_and_clocks_as_phones_of_the_world_write_them(first, second):
    text = f"{first} - A: x\n{second} - B: y\n"

    one, two = records(text.encode(), name="x.txt")

    assert (one.when_utc, two.when_utc) == (AFTERNOON, NEXT_MORNING)
    assert (one.peer_name, two.text) == ("A", "y")
    assert one.when_raw.replace("\u200f", "").startswith(first[:5].replace("\u200f", ""))


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("深夜11:02", 15), ("深夜1:02", 17), ("午夜12:02", 16), ("夜里2:02", 18)],
)
def test_the_night_has_two_sides(clock, hour):
    [record] = records(f"2024/6/13 {clock} - A: x\n".encode(), name="x.txt")

    day = 13 if hour == 15 else 12  # before eight in the morning in China it is the day before
    assert record.when_utc == datetime(2024, 6, day, hour, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "notice",
    [
        "訊息和通話均受端對端加密保護",
        "Pesan dan panggilan terenkripsi secara end-to-end.",
        "Wiadomości są szyfrowane od początku do końca.",
    ],
)
def test_the_notice_on_encryption_is_known_by_its_mark_and_subject(notice):
    text = f"[2024/6/13, 15:02:00] A: \u200e{notice}\n[2024/6/13, 15:02:01] A: {notice}\n"

    told, said = records(text.encode(), name="_chat.txt")

    assert (told.kind, told.peer_name) == ("system", None)
    assert (said.kind, said.peer_name) == ("chat", "A")  # no mark: a person's words


def test_a_year_of_no_calendar_that_we_know_has_no_time():
    text = "1403/3/24 15:02 - A: x\n1403/3/25 15:02 - A: y\n"

    assert warnings(text.encode(), name="x.txt") == {"time_out_of_range": 2}


@pytest.mark.parametrize(
    "words", ["이미지 생략됨", "الصورة غير مشمولة", "התמונה הושמטה", "画像は省略されました"]
)
def test_what_was_left_out_is_said_in_other_languages(words):
    text = f"[13.6.2024, 15:02:00] A: \u200e{words}\n"

    [record] = records(text.encode(), name="_chat.txt")

    assert record.warnings == ("media_omitted",)


@pytest.mark.parametrize("word", ["attached", "ekli dosya", "מצורף", "đính kèm"])
def test_a_numbered_file_is_attached_in_whatever_language(word):
    name = "00000012-PHOTO-2024-06-13-15-02-00.jpg"

    [record, typed] = records(
        f"[13.6.2024, 15:02:00] A: \u200e<{word}: {name}>\n"
        "[14.6.2024, 15:02:00] A: <see: report.pdf>\n".encode(),
        name="_chat.txt",
    )

    assert [file["name"] for file in record.attachments] == [name]
    assert typed.attachments == ()


@pytest.mark.parametrize(
    ("name", "chat"),
    [
        ("WhatsApp 與 陳先生 的對話.txt", "陳先生"),
        ("陳先生님과의 WhatsApp 대화.txt", "陳先生"),
        ("Czat WhatsApp z Jan (2).txt", "Jan"),
        ("WhatsApp csevegés vele_ Jan.txt", "Jan"),
        ("notes on WhatsApp.txt", None),
    ],
)
def test_the_chat_is_named_by_its_file_in_other_languages(name, chat):
    [record] = records(b"13.6.2024, 15:02 - A: x\n", name=name)

    assert record.conversation == chat

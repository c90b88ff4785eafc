"""evidence/readers/chat_exports/imessage_text.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .reads import reading, records

CHAT = (
    "May 17, 2022  5:29:42 PM (Read by you after 1 hour, 49 seconds)\n"
    "+8613700000001\nHello\n\nsecond\nTapbacks:\nLoved by Me\n\n\n"
    "May 17, 2022 10:29:42 PM\nMe\nok\n/Users/a/Library/Messages/IMG_2.HEIC\n\n"
    "May 18, 2022 12:01:02 AM You renamed the conversation to Rent\n\n"
)
ANSWERED = (
    "Jun 10, 2024  2:13:20 PM\nLi\nrent?\n"
    "    Jun 10, 2024  2:15:20 PM\n    Me\n    no\n\n"
    "Jun 10, 2024  2:15:20 PM\nMe\nno\nThis message responded to an earlier message.\n\n"
)


def test_the_owner_is_me_and_the_phones_own_words_are_notices():
    got = reading(CHAT.encode(), name="+8613700000001.txt")
    first, second, notice = got

    assert got.format == "imessage_text"
    assert (first.direction, first.peer_number_e164) == ("in", "+8613700000001")
    assert (first.text, first.when_raw) == ("Hello\n\nsecond", "May 17, 2022  5:29:42 PM")
    assert first.when_utc == datetime(2022, 5, 17, 9, 29, 42, tzinfo=UTC)
    assert first.facts["reactions"] == [{"sender": "Me", "reaction": "Loved"}]
    assert (second.direction, second.text, second.peer_number_raw) == (
        "out",
        "ok",
        "+8613700000001",
    )
    assert [file["name"] for file in second.attachments] == ["IMG_2.HEIC"]
    assert (notice.kind, notice.text) == ("system", "You renamed the conversation to Rent")
    assert notice.when_utc == datetime(2022, 5, 17, 16, 1, 2, tzinfo=UTC)
    places = [record.source_locator["line"] for record in records(CHAT.encode(), name="x.txt")]
    assert places == [1, 10, 15]


def test_an_answer_shown_twice_is_one_record_at_its_own_time():
    first, answer = records(ANSWERED.encode(), name="Li.txt")

    assert (first.direction, first.peer_name, first.text) == ("in", "Li", "rent?")
    assert (answer.direction, answer.text) == ("out", "no")
    assert answer.source_locator == {"line": 8}


def test_an_answer_shown_only_below_what_it_answers_is_kept():
    text = ANSWERED[: ANSWERED.index("\n\nJun") + 2]

    assert [each.text for each in records(text.encode(), name="Li.txt")] == ["rent?", "no"]


@pytest.mark.parametrize(
    "text",
    [
        "May 17, 2022  5:29:42 PM started\nMay 17, 2022  5:29:43 PM stopped\n",  # a log
        "May 17, 2022  5:29:42 PM\n\n",
        "On May 17, 2022  5:29:42 PM\nMe\nx\n",
    ],
)
def test_other_texts_with_such_times_are_not_taken(text):
    assert reading(text.encode(), name="x.txt").format == "unknown"


def test_without_the_word_me_only_a_chat_with_who_names_the_file_is_told():
    text = b"May 17, 2022  5:29:42 PM\n95588\nx\n\n"

    [named] = records(text, name="95588.txt")
    [open_] = records(text, name="chat.txt")
    [owned] = records(text, name="chat.txt", owner="95588")

    assert (named.direction, open_.direction, owned.direction) == ("in", None, "out")

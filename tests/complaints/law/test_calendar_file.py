"""complaints/law/calendar_file.py: the days of the person as a calendar, telling nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from complaints.law.calendar_file import calendar_file
from complaints.law.following import Filed, Following, Outcome, Told, following

DAY = date(2026, 11, 1)
MADE = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
FILINGS = (
    Filed("one", "NFRA_LOCAL", DAY),
    Filed("two", "LENDER", DAY, (Told(Outcome.DECIDED, DAY),)),
    Filed("three", "PSB_CRIM", DAY, (Told(Outcome.REFUSED, DAY),)),
)


def days() -> list[Following]:
    return following(today=DAY, last_act_on=DAY, filings=FILINGS[:2])


def written(found: list[Following], of: str = "case") -> bytes:
    return calendar_file(found, of=of, made_at=MADE)


def unfolded(file: bytes) -> list[str]:
    return file.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def values(file: bytes, name: str) -> list[str]:
    return [row.partition(":")[2] for row in unfolded(file) if row.startswith(name)]


def test_no_row_is_longer_than_75_octets_and_none_is_cut_inside_a_character() -> None:
    rows = written(days()).split(b"\r\n")

    assert max(map(len, rows)) <= 75
    assert any(row.startswith(b" ") for row in rows)
    assert all(row.decode() == row.decode("utf-8", "strict") for row in rows)


def test_every_row_ends_with_a_carriage_return_and_a_line_feed() -> None:
    file = written(days())

    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")


def test_an_event_lasts_the_whole_last_day_and_names_the_agency() -> None:
    file = written([one for one in days() if one.agency == "NFRA_LOCAL"])

    assert values(file, "DTSTART") == ["20261116"]
    assert values(file, "DTEND") == ["20261117"]
    assert "监管受理告知 · The regulator says whether it accepts" in values(file, "SUMMARY")[0]
    assert "12378" in values(file, "SUMMARY")[0]


def test_what_is_met_or_passed_is_no_event() -> None:
    assert len(values(written(days()), "UID")) == 1 + 1  # the last act, the regulator
    assert values(written(following(today=date(2030, 1, 1), filings=FILINGS)), "UID") == []


@pytest.mark.parametrize(
    ("number", "trigger"),
    [(2, "-PT63H"), (0, "PT33H")],  # three days before a day of ours; the day after one of theirs
)
def test_the_reminder_rings_at_nine_of_its_day(number: int, trigger: str) -> None:
    assert values(written(following(today=DAY, filings=(FILINGS[number],))), "TRIGGER") == [trigger]


def test_a_second_file_names_the_same_days_and_another_case_others() -> None:
    first, later = values(written(days()), "UID"), values(written(days()), "UID")
    other = values(written(days(), of="another case"), "UID")

    assert first == later
    assert len(set(first)) == len(first)
    assert len(set(first) & set(other)) == 1  # the filing's own day is the filing's


def test_signs_with_a_meaning_in_the_format_are_escaped() -> None:
    (found,) = following(today=DAY, last_act_on=DAY)
    odd = replace(found, deadline=replace(found.deadline, what_zh="a;b,c\\d\ne\r\nf"))

    assert values(written([odd]), "SUMMARY")[0].startswith("a\\;b\\,c\\\\d\\ne\\nf ·")

"""complaints/views/shorts.py: a table of numbers and text to paste, of the caller's own case."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from accounts.models import User
from complaints.composing import short
from complaints.law import never
from evidence import decisions
from evidence.models import EvidenceItem, Tag
from evidence.models.cases import Case
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
SHORT = ("R12321", "TELECOM", "H12345", "NIFA")


@pytest.fixture
def case(borrower: User) -> Case:
    return make.confirmed_case(borrower)


def asked(browser: Client, case: Case, form: str, agency: str) -> str:
    answer = browser.get(f"/api/cases/{case.pk}/short.{form}", {"agency": agency})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_table_has_each_message_with_number_time_and_exact_words(
    borrower: User, case: Case
) -> None:
    data = asked(make.signed_in(borrower), case, "csv", "R12321")

    assert data.startswith("\ufeff被举报号码,")
    rows = list(csv.reader(io.StringIO(data)))[1:]
    assert {row[0] for row in rows} == {"13700000001"}
    assert all(row[1].startswith("2026年3月1日 23:0") for row in rows)
    assert {row[5] for row in rows} <= {record.text for record in case.records.all()}


@pytest.mark.parametrize("agency", SHORT)
def test_the_text_to_paste_quotes_the_acts_and_breaks_no_rule(
    borrower: User, case: Case, agency: str
) -> None:
    told = asked(make.signed_in(borrower), case, "txt", agency)

    assert "“再不还钱，就让你全家都不得安宁，小心你孩子上学的路”" in told
    assert "13700000001" in told
    assert "快递" not in told  # nobody confirmed it
    assert never.breaches(told) == []


def of_many(borrower: User) -> Case:
    into = make.case(borrower)
    bodies = [f"第{i}次通知：再不还钱就让你全家都不得安宁，小心你孩子上学的路" for i in range(60)]
    make.item(into, make.sms_export(*bodies), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    tags = Tag.objects.filter(item__case=into)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    return into


@pytest.mark.parametrize(("agency", "least", "most"), [("NIFA", 300, 800), ("H12345", 200, 300)])
def test_a_text_fits_the_form_and_says_how_many_are_left(
    borrower: User, agency: str, least: int, most: int
) -> None:
    told = short.paste(of_many(borrower), agency)

    assert least <= len(told) <= most
    assert "见表格附件" in told.splitlines()[-1]


def test_a_third_persons_own_number_is_never_listed(borrower: User, case: Case) -> None:
    number = "+8613700000001"
    decisions.name_number(case, number, role="witness", how_known="姐姐", lender="", by=borrower)

    assert "13700000001" not in short.table(case)
    assert "13700000001" not in short.paste(case, "R12321")
    assert "13700000001" not in short.paste(case, "NIFA")


def test_words_of_the_other_side_run_as_no_formula() -> None:
    assert short._inert('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert short._inert("13700000001") == "13700000001"


def test_two_cases_share_no_act(borrower: User, case: Case) -> None:
    mine = set(short.paste(case, "NIFA").splitlines())
    theirs = set(short.paste(of_many(borrower), "NIFA").splitlines())

    assert not {line for line in mine & theirs if "原话" in line}


@pytest.mark.parametrize("agency", ["PSB_STATION", "PSB_110"])
def test_a_desk_that_wants_a_paper_or_nothing_gets_no_short_form(
    borrower: User, case: Case, agency: str
) -> None:
    answer = make.signed_in(borrower).get(f"/api/cases/{case.pk}/short.txt", {"agency": agency})

    assert answer.status_code == 409
    assert answer.json()["code"] == "document_not_written_here"


def test_a_stranger_finds_no_case(case: Case) -> None:
    browser = make.signed_in(make.user())

    for form in ("csv", "txt"):
        answer = browser.get(f"/api/cases/{case.pk}/short.{form}", {"agency": "R12321"})
        assert answer.status_code == 404

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
SHORT = ("R12321", "TELECOM", "H12345", "NIFA", "MEDIATE")


@pytest.fixture
def case(borrower: User) -> Case:
    into = make.confirmed_case(borrower)
    make.complaint(into)  # whose answers name the lender
    return into


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
    assert {row[6] for row in rows} == {"B-1"}


@pytest.mark.parametrize("agency", SHORT)
def test_the_text_to_paste_quotes_the_acts_and_breaks_no_rule(
    borrower: User, case: Case, agency: str
) -> None:
    told = asked(make.signed_in(borrower), case, "txt", agency)

    assert "“再不还钱，就让你全家都不得安宁，小心你孩子上学的路”" in told
    assert "13700000001" in told
    assert "快递" not in told  # nobody confirmed it
    assert "（证据B-1）" in told
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


def test_before_any_complaint_numbers_the_evidence_no_number_is_told(borrower: User) -> None:
    into = make.confirmed_case(borrower)

    assert "证据B" not in short.paste(into, "R12321")
    assert {row[6] for row in list(csv.reader(io.StringIO(short.table(into, "R12321"))))[1:]} == {
        ""
    }


def test_the_numbers_are_those_of_the_complaint_changed_last(borrower: User, case: Case) -> None:
    assert short.numbered_in(case) == case.complaints.get()
    later = make.complaint(case, "NFRA_LOCAL")

    assert short.numbered_in(case) == later


def test_a_third_persons_own_number_is_never_listed(borrower: User, case: Case) -> None:
    number = "+8613700000001"
    decisions.name_number(case, number, role="witness", how_known="姐姐", lender="", by=borrower)

    assert "13700000001" not in short.table(case, "R12321")
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


def checks(borrower: User, case: Case, agency: str) -> dict[str, bool]:
    path = f"/api/cases/{case.pk}/short/preflight/"
    answer = make.signed_in(borrower).get(path, {"agency": agency})
    assert answer.status_code == 200
    return {one["code"]: one["is_blocking"] for one in answer.json()["bounces"]}


def test_a_desk_that_needs_the_lenders_name_gets_no_text_without_it(borrower: User) -> None:
    case = make.confirmed_case(borrower)  # nobody has named the lender

    answer = make.signed_in(borrower).get(f"/api/cases/{case.pk}/short.txt", {"agency": "NIFA"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "preflight_blocks"
    assert checks(borrower, case, "NIFA")["legal_name_missing"]
    assert asked(make.signed_in(borrower), case, "txt", "R12321")  # this one asks for no name


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"lender_legal_name": "快快借"}, "legal_name_looks_like_app"),
        ({"lender_place": ""}, "lender_place_missing"),
        ({"lender_type": "bank", "lender_legal_name": "样例银行"}, "wrong_remit"),
        ({"in_court": True}, "already_in_court"),
    ],
)
def test_the_association_sends_back_what_is_named_here(
    borrower: User, told: dict[str, object], code: str
) -> None:
    case = make.confirmed_case(borrower)
    make.complaint(case, **told)

    assert checks(borrower, case, "NIFA")[code] is True
    assert code not in checks(borrower, case, "R12321")


def test_the_persons_word_to_the_association_lets_it_go(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    why = {"check": "already_in_court", "why": "诉讼的是另一笔借款"}
    make.complaint(case, in_court=True, goes_although=[why | {"desk": "NIFA"}])

    assert checks(borrower, case, "NIFA")["already_in_court"] is False
    assert asked(make.signed_in(borrower), case, "txt", "NIFA")


@pytest.mark.parametrize(("agency", "most"), [("NIFA", 800), ("H12345", 300)])
def test_a_long_name_and_place_do_not_break_the_field(
    borrower: User, agency: str, most: int
) -> None:
    case = of_many(borrower)
    make.complaint(case, lender_legal_name="长" * 118 + "公司", lender_place="远" * 120)

    told = short.paste(case, agency)

    assert len(told) <= most
    assert "2026年" in told  # an act is still told


def test_the_checks_tell_what_the_desk_takes_and_what_nobody_knows(
    borrower: User, case: Case
) -> None:
    path = f"/api/cases/{case.pk}/short/preflight/"
    told = make.signed_in(borrower).get(path, {"agency": "NIFA"}).json()

    size = next(one for one in told["limits"] if one["what"] == "file_bytes")
    assert (size["value"], size["confidence"]) == ("2000000", "secondary")
    assert size["checked_on"] == "2026-11-23"
    assert told["unknown"] == ["file_count", "file_types"]


def test_a_text_that_is_shorter_than_the_desk_asks_for_is_named(borrower: User) -> None:
    into = make.case(borrower)
    body = "再不还钱，就让你全家都不得安宁"
    make.item(into, make.sms_export(body), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    make.confirm_all(into)
    make.complaint(into)

    assert len(short.paste(into, "NIFA")) < 300
    assert checks(borrower, into, "NIFA")["description_too_short"] is False

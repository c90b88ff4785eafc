"""`/api/cases/` and `/api/consents/`: begin, agree, open to review, close again."""

from __future__ import annotations

import pytest

from evidence import custody
from evidence.consents import TEXT_VERSION
from evidence.custody import Act, Subject
from evidence.models import Case, CaseKey
from tests import make


def post(browser, path, body=None):
    return browser.post(f"/api/{path}", body or {}, content_type="application/json")


def test_a_case_begins_with_a_key_and_an_event(borrower_browser, borrower, house):
    answer = post(borrower_browser, "cases/", {"title": "某平台"})

    assert answer.status_code == 201
    body = answer.json()
    assert (body["title"], body["items"], body["open_to_review"]) == ("某平台", 0, False)
    assert CaseKey.objects.filter(case=body["id"]).exists()
    assert custody.log_of(Subject.CASE, body["id"]).get().act == Act.CASE_BEGUN


def test_a_case_can_be_renamed(borrower_browser, case):
    answer = borrower_browser.patch(
        f"/api/cases/{case.pk}/", {"title": "新名"}, content_type="application/json"
    )

    assert answer.json()["title"] == "新名"


def test_each_sees_only_their_own(borrower_browser, case, stranger):
    make.case(stranger)

    rows = borrower_browser.get("/api/cases/").json()["results"]

    assert [row["id"] for row in rows] == [str(case.pk)]


@pytest.mark.parametrize("method", ["get", "patch"])
def test_a_stranger_finds_no_such_case(case, stranger, method):
    browser = make.signed_in(stranger)

    answer = getattr(browser, method)(
        f"/api/cases/{case.pk}/", {"title": "x"}, content_type="application/json"
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["open-review", "close-review"])
def test_a_stranger_opens_and_closes_nothing(case, stranger, path):
    assert post(make.signed_in(stranger), f"cases/{case.pk}/{path}/").status_code == 404
    assert not case.is_open_to_review()


def test_opening_twice_is_one_opening(borrower_browser, case):
    for _ in range(2):
        assert post(borrower_browser, f"cases/{case.pk}/open-review/").json()["open_to_review"]

    acts = [row.act for row in custody.log_of(Subject.CASE, case.pk)]
    assert acts.count(Act.CASE_OPENED) == 1


def test_closing_is_recorded_and_it_can_be_opened_again(borrower_browser, case):
    for path in ("open-review", "close-review", "open-review"):
        post(borrower_browser, f"cases/{case.pk}/{path}/")

    assert case.is_open_to_review()
    acts = [row.act for row in custody.log_of(Subject.CASE, case.pk)]
    assert acts[-3:] == [Act.CASE_OPENED, Act.CASE_CLOSED, Act.CASE_OPENED]


def test_that_staff_looked_is_recorded_once_an_hour(borrower_browser, reviewer_browser, case):
    post(borrower_browser, f"cases/{case.pk}/open-review/")
    for _ in range(3):
        assert reviewer_browser.get(f"/api/cases/{case.pk}/").status_code == 200

    viewed = custody.log_of(Subject.CASE, case.pk).filter(act=Act.CASE_VIEWED)
    assert viewed.count() == 1


@pytest.mark.parametrize("path", ["cases/{case}/timeline/", "cases/{case}/items/", "items/{item}/"])
def test_whichever_way_staff_look_it_is_recorded(borrower_browser, reviewer_browser, case, path):
    item = make.item(case)
    post(borrower_browser, f"cases/{case.pk}/open-review/")
    where = "/api/" + path.format(case=case.pk, item=item.pk)
    for browser in (borrower_browser, reviewer_browser):
        assert browser.get(where).status_code == 200

    viewed = custody.log_of(Subject.CASE, case.pk).filter(act=Act.CASE_VIEWED)
    assert viewed.count() == 1


def test_staff_begin_no_case(reviewer_browser, house):
    assert post(reviewer_browser, "cases/", {"title": "x"}).status_code == 403
    assert not Case.objects.exists()


def test_consents_show_their_words_and_whether_they_are_given(borrower_browser):
    rows = borrower_browser.get("/api/consents/").json()

    assert [row["purpose"] for row in rows if row["is_required"]] == [
        "process_evidence",
        "sensitive_data",
        "third_person_data",
    ]
    assert all(row["text"] and row["version"] == TEXT_VERSION for row in rows)
    assert not any(row["given"] for row in rows)


def test_agreeing_and_withdrawing_are_events_on_the_account(borrower_browser, borrower):
    said = {"purposes": ["process_evidence"], "version": TEXT_VERSION}
    given = post(borrower_browser, "consents/", said).json()
    post(borrower_browser, "consents/", said)
    borrower_browser.delete("/api/consents/process_evidence/")

    assert [row["given"] for row in given] == [True, False, False, False]
    acts = [row.act for row in custody.log_of(Subject.ACCOUNT, borrower.pk)]
    assert acts == [Act.CONSENTED, Act.CONSENT_WITHDRAWN]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"purposes": ["sell_data"], "version": TEXT_VERSION}, "unknown_purpose"),
        ({"purposes": ["process_evidence"], "version": "1999-01-01"}, "consent_outdated"),
        ({"purposes": [], "version": TEXT_VERSION}, "invalid_input"),
    ],
)
def test_what_cannot_be_agreed_to_is_refused(borrower_browser, borrower, said, code):
    assert post(borrower_browser, "consents/", said).json()["code"] == code
    assert not custody.log_of(Subject.ACCOUNT, borrower.pk).exists()

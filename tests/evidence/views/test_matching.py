"""/api/cases/…/matching/: what is told and agreed, and that it is plainly off when it is off."""

from __future__ import annotations

import pytest
from django.contrib import admin

from evidence import cases, matching
from evidence.models import CollectorBand, CollectorMark, MatchingConsent
from tests import make
from tests.evidence.matching import people
from tests.evidence.matching.conftest import switched_on as switched_on
from tests.evidence.matching.people import NUMBER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

JSON = "application/json"


def path(case, tail=""):
    return f"/api/cases/{case.pk}/matching/{tail}"


def put(browser, case, version=matching.TEXT_VERSION):
    return browser.put(path(case, "consent/"), {"version": version}, JSON)


def test_while_it_is_off_the_answer_says_so_in_words_and_nothing_is_kept(borrower_browser, case):
    told = borrower_browser.get(path(case)).json()

    assert (told["state"], told["results"], told["given_at"]) == ("off", [], None)
    assert "没有开启" in told["sentence"]
    refused = put(borrower_browser, case)
    assert (refused.status_code, refused.json()["code"]) == (409, "matching_off")
    assert not MatchingConsent.objects.exists()


def test_it_says_first_what_it_means_then_takes_the_consent_and_its_end(
    borrower_browser, case, switched_on
):
    told = borrower_browser.get(path(case)).json()
    assert told["state"] == "not_agreed"
    assert len(told["words"]) == 6
    assert all(told["words"])
    assert put(borrower_browser, case, "1999-01-01").json()["code"] == "consent_outdated"

    agreed = put(borrower_browser, case, told["version"])
    assert (agreed.status_code, agreed.json()["state"]) == (200, "waiting")
    ended = borrower_browser.delete(path(case, "consent/"))
    assert (ended.status_code, ended.json()["state"]) == (200, "not_agreed")


def test_it_can_be_taken_back_while_it_is_off(borrower_browser, case, switched_on, settings):
    put(borrower_browser, case)
    settings.COLLECTOR_MATCHING = False

    assert borrower_browser.delete(path(case, "consent/")).json()["state"] == "off"
    assert not MatchingConsent.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "至少 3 位别人"), ("en", "3 other")])
def test_it_tells_a_band_in_the_caller_s_language(switched_on, language, words):
    case = people.several(NUMBER, 6)[0]
    people.count()
    browser = make.signed_in(case.borrower)
    answer = browser.get(path(case), headers={"Accept-Language": language}).json()

    assert answer["state"] == "counted"
    assert words in answer["results"][0]["sentence"]
    assert "2026-03" in answer["results"][0]["sentence"]


def test_staff_see_the_same_of_an_opened_case_and_may_not_agree_for_anybody(
    reviewer_browser, switched_on
):
    case = people.several(NUMBER, 6)[0]
    people.count()
    assert reviewer_browser.get(path(case)).status_code == 404

    cases.open_to_review(case, by=case.borrower)
    theirs = reviewer_browser.get(path(case)).json()
    assert theirs == make.signed_in(case.borrower).get(path(case)).json()
    assert put(reviewer_browser, case).status_code == 403
    assert reviewer_browser.delete(path(case, "consent/")).status_code == 403


def test_no_page_of_the_operator_lists_marks():
    shown = set(admin.site._registry)

    assert not shown & {MatchingConsent, CollectorMark, CollectorBand}


def test_a_key_that_is_missing_is_a_problem_with_a_name(borrower_browser, case, switched_on):
    people.agreed(case)
    people.count()
    (switched_on / "matching_key.txt").unlink()
    answer = borrower_browser.get(path(case))

    assert (answer.status_code, answer.json()["code"]) == (503, "matching_key_unusable")

"""`/api/cases/<id>/screens/` and `strands/`: compared pictures, and a person's word on them."""

from __future__ import annotations

from evidence import decisions, jobs, tasks
from tests import make
from tests.evidence.shots import SAID, shot


def compared(case):
    pictures = shot(case, 0, 5), shot(case, 2, 7)
    decisions.compare_screens_again(case.pk)
    jobs.work(tasks.COMPARE, tasks.ROAD)
    return pictures


def test_it_shows_pairs_and_strands(borrower_browser, case):
    first, second = compared(case)

    said = borrower_browser.get(f"/api/cases/{case.pk}/screens/").json()

    [pair], [strand] = said["pairs"], said["strands"]
    assert {pair["first"], pair["second"]} == {str(first.pk), str(second.pk)}
    assert (pair["first_name"], pair["kind"], pair["counts_once"]) == ("0-5.png", "overlap", True)
    assert (strand["items"], strand["message_count"]) == ([str(first.pk), str(second.pk)], 7)
    assert said["is_looking"] is False


def test_a_strand_is_read_in_one_order(borrower_browser, case):
    compared(case)
    [strand] = borrower_browser.get(f"/api/cases/{case.pk}/screens/").json()["strands"]

    told = borrower_browser.get(f"/api/cases/{case.pk}/strands/{strand['id']}/").json()

    assert [record["text"] for record in told] == list(SAID)


def test_the_timeline_shows_a_message_once_and_each_picture_all_of_its_own(borrower_browser, case):
    _, second = compared(case)

    timeline = borrower_browser.get(f"/api/cases/{case.pk}/timeline/").json()["results"]
    own = borrower_browser.get(f"/api/items/{second.pk}/records/").json()["results"]

    assert len(timeline) == 7
    assert [record["counts_as"] is not None for record in own] == [True] * 3 + [False] * 2


def test_the_person_undoes_a_joining(borrower_browser, case):
    first, second = compared(case)
    body = {"first": str(first.pk), "second": str(second.pk), "decision": "apart"}

    answer = borrower_browser.post(f"/api/cases/{case.pk}/screens/", body, "application/json")
    jobs.work(tasks.COMPARE, tasks.ROAD)

    assert (answer.status_code, answer.json()["is_looking"]) == (202, True)
    said = borrower_browser.get(f"/api/cases/{case.pk}/screens/").json()
    assert said["pairs"][0]["counts_once"] is False
    assert said["strands"] == []


def test_it_refuses_one_picture_twice_and_pictures_of_others(borrower_browser, case, stranger):
    first, _ = compared(case)
    foreign = shot(make.case(stranger), 0, 5)
    address = f"/api/cases/{case.pk}/screens/"

    for other, status in ((first, 400), (foreign, 404)):
        body = {"first": str(first.pk), "second": str(other.pk), "decision": "joined"}
        assert borrower_browser.post(address, body, "application/json").status_code == status


def test_a_stranger_sees_nothing(case, stranger):
    compared(case)

    browser = make.signed_in(stranger)
    assert browser.get(f"/api/cases/{case.pk}/screens/").status_code == 404


def test_an_item_carries_its_hints_in_words(borrower_browser, case):
    picture = shot(case, 0, 2)
    reading = picture.readings.get()
    type(reading).objects.filter(pk=reading.pk).update(facts={"quality": ["no_date", "unheard"]})

    [hint] = borrower_browser.get(f"/api/items/{picture.pk}/").json()["hints"]

    assert hint["code"] == "no_date"
    assert "看不到日期" in hint["text"]

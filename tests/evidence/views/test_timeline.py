"""`/api/cases/<id>/timeline/`: records in order, page by page, with the tags that count."""

from __future__ import annotations

import pytest

from evidence.models import EvidenceItem, Tag
from evidence.views import pages
from tests import make


@pytest.fixture
def read_case(case):
    make.item(case, make.sms_export(), kind="message_export")
    make.go_the_road()
    return case


def records(browser, case, query=""):
    answer = browser.get(f"/api/cases/{case.pk}/timeline/{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_it_shows_words_and_tags_with_their_reason(borrower_browser, read_case):
    first = records(borrower_browser, read_case)[0]

    assert first["text"].startswith("再不还钱")
    tag = next(tag for tag in first["tags"] if tag["label"] == "threat")
    assert first["text"][tag["start"] : tag["end"]]
    assert tag["reason"]
    assert tag["decision"] is None


def test_the_reason_is_in_the_caller_s_language(borrower_browser, read_case):
    address = f"/api/cases/{read_case.pk}/timeline/"
    chinese = borrower_browser.get(address).json()["results"][0]["tags"][0]["reason"]
    english = borrower_browser.get(address, headers={"Accept-Language": "en"}).json()

    assert english["results"][0]["tags"][0]["reason"] != chinese


def test_the_addresses_of_the_next_page_keep_the_filters(borrower_browser, case):
    texts = [f"消息 {n}" for n in range(pages.PAGE_SIZE + 5)]
    make.item(case, make.sms_export(*texts), kind="message_export")
    make.go_the_road()
    seen, address = [], f"/api/cases/{case.pk}/timeline/?kind=sms"
    while address:
        page = borrower_browser.get(address).json()
        seen += [row["text"] for row in page["results"]]
        address = page["next"]

    assert seen == texts
    assert "kind=sms" in page["previous"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?label=threat", 2),
        ("?label=obscene_image", 0),
        ("?kind=sms", 3),
        ("?kind=THREAT", 2),
        ("?number=%2B8613700000001", 3),
        ("?number=10086", 0),
        ("?from=2026-03-01T15:01:00Z", 2),
        ("?to=2026-03-01T15:01:00Z", 1),
    ],
)
def test_filters(borrower_browser, read_case, query, count):
    assert len(records(borrower_browser, read_case, query)) == count


@pytest.mark.parametrize("query", ["?cursor=AAAA", "?cursor=bm90anNvbg==", "?from=then"])
def test_a_query_that_cannot_be_read_is_refused(borrower_browser, read_case, query):
    refused = borrower_browser.get(f"/api/cases/{read_case.pk}/timeline/{query}")

    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")


def test_the_number_of_queries_does_not_grow(borrower_browser, case, django_assert_max_num_queries):
    make.item(case, make.sms_export(*(f"再不还钱杀你全家 {n}" for n in range(60))))
    make.go_the_road()
    assert Tag.objects.count() >= 60

    with django_assert_max_num_queries(12):
        assert len(records(borrower_browser, case)) == 60


def test_a_stranger_finds_no_such_case(read_case, stranger):
    answer = make.signed_in(stranger).get(f"/api/cases/{read_case.pk}/timeline/")

    assert answer.status_code == 404


def test_the_records_of_one_item_are_its_own(borrower_browser, read_case):
    make.item(read_case, make.sms_export("另一份导出"), kind="message_export")
    make.go_the_road()
    item = EvidenceItem.objects.order_by("received_at").last()

    rows = borrower_browser.get(f"/api/items/{item.pk}/records/").json()["results"]

    assert [row["text"] for row in rows] == ["另一份导出"]

"""Tags, findings, pictures and numbers: a person decides beside the suggestion."""

from __future__ import annotations

import pytest

from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import Finding, NumberRole, Record, Tag, TagDecision, Tagging
from tests import make

NUMBER = "+8613700000001"


@pytest.fixture
def read_case(case):
    make.item(case, make.sms_export(), kind="message_export")
    make.go_the_road()
    return case


@pytest.fixture
def tag(read_case):
    return Tag.objects.filter(label="threat").first()


def decide(browser, tag, **decision):
    address = f"/api/tags/{tag.pk}/decision/"
    return browser.post(address, decision, content_type="application/json")


def test_a_decision_stands_beside_the_suggestion_and_in_the_log(borrower_browser, tag):
    answer = decide(borrower_browser, tag, decision="confirmed", reason="原话如此")

    assert answer.status_code == 201
    assert answer.json()["decision"]["decision"] == "confirmed"
    event = custody.log_of(Subject.ITEM, tag.item_id).last()
    assert event.act == Act.DECIDED
    assert "原话" not in bytes(event.raw).decode()


def test_a_second_thought_is_kept_beside_the_first(borrower_browser, tag):
    decide(borrower_browser, tag, decision="confirmed")
    answer = decide(borrower_browser, tag, decision="rejected")

    assert answer.json()["decision"]["decision"] == "rejected"
    assert TagDecision.objects.count() == 2


def test_a_correction_names_the_right_kind(borrower_browser, tag):
    assert decide(borrower_browser, tag, decision="corrected").json()["code"] == "unknown_tag_kind"

    answer = decide(borrower_browser, tag, decision="corrected", kind="INSULT")

    assert answer.json()["decision"]["kind"] == "INSULT"


def test_a_correction_may_point_to_other_words_and_the_suggestion_stays(borrower_browser, tag):
    before = {name: getattr(tag, name) for name in ("kind", "start", "end", "rule", "reason_zh")}

    answer = decide(
        borrower_browser, tag, decision="corrected", kind=tag.kind, start=0, end=4, reason="少选了"
    )

    told = answer.json()["decision"]
    assert (told["start"], told["end"], told["reason"]) == (0, 4, "少选了")
    assert told["kind_name"] == "威胁恐吓"
    assert TagDecision.objects.get().words == tag.words[:4]
    tag.refresh_from_db()
    assert {name: getattr(tag, name) for name in before} == before


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"start": 0, "end": 9999}, "tag_span_outside"),
        ({"start": 3, "end": 3}, "tag_span_outside"),
        ({"start": 4, "end": 2}, "tag_span_outside"),
        ({"start": 1}, "invalid_input"),
        ({"start": -1, "end": 2}, "invalid_input"),
    ],
)
def test_words_outside_the_text_are_refused(borrower_browser, tag, span, code):
    answer = decide(borrower_browser, tag, decision="corrected", kind="THREAT", **span)

    assert answer.json()["code"] == code
    assert not TagDecision.objects.exists()


def test_only_a_correction_names_other_words(borrower_browser, tag):
    answer = decide(borrower_browser, tag, decision="confirmed", start=0, end=2)

    assert answer.json()["code"] == "tag_span_outside"
    assert not TagDecision.objects.exists()


def test_many_are_rejected_with_their_reason(borrower_browser, tag):
    body = [{"tag": str(tag.pk), "decision": "rejected", "reason": "是正常提醒"}]
    address = f"/api/cases/{tag.item.case_id}/decisions/"

    borrower_browser.post(address, body, content_type="application/json")

    assert TagDecision.objects.get().reason == "是正常提醒"


def test_a_suggestion_says_in_a_word_how_sure_it_is(borrower_browser, tag):
    rows = borrower_browser.get(f"/api/cases/{tag.item.case_id}/timeline/").json()["results"]

    assert {one["kind_name"] for row in rows for one in row["tags"]} >= {"威胁恐吓"}
    assert {one["sureness"] for row in rows for one in row["tags"]} <= {"high", "medium", "low"}
    assert any(row["tags"] for row in rows)


def test_the_kinds_are_listed_by_name(borrower_browser):
    kinds = {one["code"]: one for one in borrower_browser.get("/api/kinds/").json()}

    assert kinds["THREAT"] == {"code": "THREAT", "label": "threat", "name": "威胁恐吓"}


@pytest.mark.parametrize("decision", [{"decision": "perhaps"}, {}, {"decision": None}])
def test_what_is_no_decision_is_refused(borrower_browser, tag, decision):
    assert decide(borrower_browser, tag, **decision).json()["code"] == "invalid_input"
    assert not TagDecision.objects.exists()


def test_a_stranger_decides_nothing(tag, stranger):
    assert decide(make.signed_in(stranger), tag, decision="rejected").status_code == 404


def test_many_decisions_are_kept_together(borrower_browser, read_case):
    tags = list(Tag.objects.all())
    body = [{"tag": str(tag.pk), "decision": "confirmed"} for tag in tags]
    address = f"/api/cases/{read_case.pk}/decisions/"

    answer = borrower_browser.post(address, body, content_type="application/json")

    assert answer.json() == {"decided": len(tags)}
    assert TagDecision.objects.count() == len(tags)


def test_one_foreign_tag_among_many_stops_them_all(borrower_browser, tag, stranger):
    foreign = make.case(stranger)
    make.item(foreign, make.sms_export())
    make.go_the_road()
    other = Tag.objects.filter(item__case=foreign).first()
    body = [{"tag": str(each.pk), "decision": "confirmed"} for each in (tag, other)]

    answer = borrower_browser.post(
        f"/api/cases/{tag.item.case_id}/decisions/", body, content_type="application/json"
    )

    assert answer.status_code == 404
    assert not TagDecision.objects.exists()


def test_a_person_s_own_tag_is_confirmed_by_making_it(borrower_browser, read_case):
    record = Record.objects.get(text__contains="快递")
    address = f"/api/records/{record.pk}/tags/"
    said = {"kind": "INSULT", "start": 0, "end": 2, "reason": "暗语"}

    answer = borrower_browser.post(address, said, content_type="application/json")

    assert (answer.status_code, answer.json()["proposed_by"]) == (201, "person")
    assert answer.json()["decision"]["decision"] == "confirmed"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "INSULT", "start": 0, "end": 9999}, "tag_span_outside"),
        ({"kind": "INSULT", "start": 5, "end": 2}, "tag_span_outside"),
        ({"kind": "RUDENESS", "start": 0, "end": 2}, "unknown_tag_kind"),
    ],
)
def test_a_tag_that_points_nowhere_is_refused(borrower_browser, read_case, said, code):
    record = Record.objects.first()

    refused = borrower_browser.post(
        f"/api/records/{record.pk}/tags/", said, content_type="application/json"
    )

    assert refused.json()["code"] == code


def test_numbers_come_with_how_often_and_whose(borrower_browser, read_case):
    [row] = borrower_browser.get(f"/api/cases/{read_case.pk}/numbers/").json()

    assert (row["number"], row["records"], row["role"]) == (NUMBER, 3, "unknown")
    assert row["first"] < row["last"]


def name(browser, case, role, number="%2B8613700000001"):
    said = {"role": role, "how_known": "来电自报", "lender": "样例消费金融"}
    address = f"/api/cases/{case.pk}/numbers/{number}/"
    return browser.put(address, said, content_type="application/json")


def test_naming_a_number_keeps_earlier_words(borrower_browser, read_case):
    name(borrower_browser, read_case, "lender")
    answer = name(borrower_browser, read_case, "collector")

    assert answer.json()["role"] == "collector"
    assert NumberRole.objects.count() == 2


def test_a_number_that_is_not_about_collection_loses_its_suggestions(borrower_browser, tag):
    name(borrower_browser, tag.item.case, "not_collection")
    make.go_the_road()

    rows = borrower_browser.get(f"/api/cases/{tag.item.case_id}/timeline/").json()["results"]
    assert [tag for row in rows for tag in row["tags"]] == []
    assert Tag.objects.filter(pk=tag.pk).exists()
    assert Tagging.objects.filter(item=tag.item).count() == 2


def test_a_decided_tag_outlives_another_run(borrower_browser, tag):
    decide(borrower_browser, tag, decision="confirmed")
    name(borrower_browser, tag.item.case, "collector")
    make.go_the_road()

    shown = Tag.objects.filter(item=tag.item).shown()
    place = {"record": tag.record, "kind": tag.kind, "start": tag.start, "end": tag.end}
    assert [row.pk for row in shown.filter(**place)] == [tag.pk]


def test_a_number_that_is_not_in_the_case_cannot_be_named(borrower_browser, read_case):
    assert name(borrower_browser, read_case, "lender", "10086").status_code == 404


def test_findings_name_their_rule_and_their_records(borrower_browser, read_case):
    rows = borrower_browser.get(f"/api/cases/{read_case.pk}/findings/").json()

    assert len(rows) == Finding.objects.count() > 0
    assert all(row["rule"] and row["reason"] and row["records"] for row in rows)


@pytest.mark.parametrize(
    "picture", ["heat_strip", "calls_per_day", "numbers_by_days", "contact_map"]
)
def test_pictures_are_svg_and_hide_the_number(borrower_browser, read_case, picture):
    answer = borrower_browser.get(f"/api/cases/{read_case.pk}/pictures/{picture}.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"13700000001" not in answer.content


def test_an_unknown_picture_is_not_found(borrower_browser, read_case):
    assert borrower_browser.get(f"/api/cases/{read_case.pk}/pictures/pie.svg").status_code == 404

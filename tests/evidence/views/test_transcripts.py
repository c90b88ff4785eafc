"""/api/items/…/transcript/, /api/segments/…: drafts are shown as drafts, decided one by one."""

from __future__ import annotations

import pytest

from evidence import custody
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models import SegmentDecision, Tag
from tests import make

THREAT, OTHER = "再不还钱就去你单位闹，让你全家不得安宁", "我会尽快还的"


@pytest.fixture
def item(case):
    return make.recorded_call(case)


@pytest.fixture
def segments(item):
    return make.draft(item, THREAT, OTHER)


def decide(browser, segment, **said):
    return browser.post(
        f"/api/segments/{segment.pk}/decision/", said, content_type="application/json"
    )


def play(browser, item) -> None:
    assert browser.get(f"/api/items/{item.pk}/derivatives/playable/").status_code == 200


def test_while_speech_is_off_the_answer_says_so(borrower_browser, item):
    told = borrower_browser.get(f"/api/items/{item.pk}/transcript/").json()

    assert (told["state"], told["segments"]) == ("off", [])
    asked = borrower_browser.post(f"/api/items/{item.pk}/transcript/")
    assert (asked.status_code, asked.json()["code"]) == (409, "speech_off")


def test_with_an_engine_but_no_consent_the_purpose_is_named(borrower_browser, item, settings):
    settings.SPEECH_ENGINE, settings.SPEECH_HTTP_URL = "openai_http", "http://127.0.0.1:9/v1"

    told = borrower_browser.get(f"/api/items/{item.pk}/transcript/").json()
    asked = borrower_browser.post(f"/api/items/{item.pk}/transcript/")

    assert (told["state"], told["purpose"]) == ("consent_missing", "speech_to_text")
    assert (asked.status_code, asked.json()["code"]) == (403, "speech_consent_missing")
    assert asked.json()["purpose"] == "speech_to_text"


def test_the_purpose_of_an_outside_engine_is_offered_with_the_name_of_who_gets_it(
    borrower_browser, settings
):
    before = {row["purpose"] for row in borrower_browser.get("/api/consents/").json()}
    settings.SPEECH_ENGINE, settings.SPEECH_HTTP_URL = "openai_http", "https://speech.example/v1"
    settings.SPEECH_HTTP_PARTY = "某某语音公司"

    rows = {row["purpose"]: row for row in borrower_browser.get("/api/consents/").json()}

    assert "speech_outside" not in before
    assert "某某语音公司" in rows["speech_outside"]["text"]
    assert not rows["speech_outside"]["is_required"]
    body = {"purposes": ["speech_outside"], "version": rows["speech_to_text"]["version"]}
    refused = borrower_browser.post("/api/consents/", body, content_type="application/json")
    assert refused.json()["code"] == "consent_outdated"


def test_a_draft_is_asked_for_once_all_is_agreed(borrower_browser, item, settings):
    settings.SPEECH_ENGINE, settings.SPEECH_HTTP_URL = "openai_http", "http://127.0.0.1:9/v1"
    rows = {row["purpose"]: row for row in borrower_browser.get("/api/consents/").json()}
    body = {"purposes": ["speech_to_text"], "version": rows["speech_to_text"]["version"]}
    borrower_browser.post("/api/consents/", body, content_type="application/json")

    asked = borrower_browser.post(f"/api/items/{item.pk}/transcript/")

    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")


def test_a_segment_is_shown_as_a_claim_with_its_seconds_and_no_decision(
    borrower_browser, item, segments
):
    told = borrower_browser.get(f"/api/items/{item.pk}/transcript/").json()

    assert told["state"] == "made"
    assert [(s["text"], s["start_s"], s["decision"]) for s in told["segments"]] == [
        (THREAT, 0.0, None),
        (OTHER, 2.0, None),
    ]
    [record] = borrower_browser.get(f"/api/items/{item.pk}/records/").json()["results"]
    assert (record["text"], record["heard"], record["tags"]) == ("", [], [])


def test_confirming_needs_the_recording_played_rejecting_does_not(borrower_browser, item, segments):
    refused = decide(borrower_browser, segments[0], decision="confirmed", speaker="other")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_listened")
    assert decide(borrower_browser, segments[1], decision="rejected").status_code == 201

    play(borrower_browser, item)
    kept = decide(borrower_browser, segments[0], decision="confirmed", speaker="other")

    assert kept.status_code == 201
    assert kept.json()["decision"]["words"] == THREAT


def test_confirmed_words_are_tagged_where_they_were_heard(borrower_browser, case, item, segments):
    play(borrower_browser, item)
    decide(borrower_browser, segments[0], decision="confirmed", speaker="other")
    make.go_the_road()

    [record] = borrower_browser.get(f"/api/cases/{case.pk}/timeline/").json()["results"]

    assert [(h["segment"], h["words"]) for h in record["heard"]] == [(str(segments[0].pk), THREAT)]
    assert record["tags"]
    assert {tag["heard"] for tag in record["tags"]} == {str(segments[0].pk)}
    assert record["text"] == ""  # the record itself says nothing of words


def test_a_correction_takes_the_place_of_the_draft_and_of_its_tags(
    borrower_browser, item, segments
):
    play(borrower_browser, item)
    decide(borrower_browser, segments[0], decision="confirmed", speaker="other")
    make.go_the_road()
    said = {"decision": "corrected", "speaker": "other", "words": " 请您尽快联系我们 "}

    kept = decide(borrower_browser, segments[0], **said)
    make.go_the_road()

    assert kept.json()["decision"]["words"] == "请您尽快联系我们"
    assert kept.json()["text"] == THREAT  # the draft stays beside it
    assert not Tag.objects.filter(item=item).shown().exists()
    assert SegmentDecision.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"decision": "corrected", "speaker": "other"}, "words_missing"),
        ({"decision": "corrected", "speaker": "other", "words": "  "}, "words_missing"),
        ({"decision": "perhaps"}, "invalid_input"),
        ({"decision": "confirmed", "speaker": "somebody"}, "invalid_input"),
        ({}, "invalid_input"),
        ({"decision": "corrected", "words": "字" * 2001}, "invalid_input"),
    ],
)
def test_what_is_no_decision_is_refused_by_name(borrower_browser, item, segments, said, code):
    play(borrower_browser, item)

    refused = decide(borrower_browser, segments[0], **said)

    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not SegmentDecision.objects.exists()


def test_strangers_and_staff_decide_nothing_here(item, segments, borrower_browser):
    stranger = make.signed_in(make.user())
    reviewer = make.signed_in(make.user("reviewer"))

    assert decide(stranger, segments[0], decision="rejected").status_code == 404
    assert stranger.get(f"/api/items/{item.pk}/transcript/").status_code == 404
    assert decide(reviewer, segments[0], decision="rejected").status_code == 403
    assert reviewer.post(f"/api/items/{item.pk}/transcript/").status_code == 403


def test_who_decided_what_and_when_stands_in_the_log_and_no_words_do(
    borrower_browser, borrower, item, segments
):
    play(borrower_browser, item)
    decide(borrower_browser, segments[0], decision="confirmed", speaker="other")

    [row] = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.DECIDED)
    event = events.decode(bytes(row.raw))
    assert event.actor_id == str(borrower.pk)
    assert event.facts == {
        "segment": str(segments[0].pk),
        "decision": "confirmed",
        "speaker": "other",
    }


def write(browser, item, **said):
    line = {"start_s": 1, "end_s": 2.5, "words": THREAT, "speaker": "other", **said}
    return browser.post(
        f"/api/items/{item.pk}/transcript/lines/", line, content_type="application/json"
    )


def test_a_line_that_the_engine_missed_stands_in_time_order_as_written(
    borrower_browser, item, segments
):
    play(borrower_browser, item)

    made = write(borrower_browser, item)

    assert made.status_code == 201
    told = borrower_browser.get(f"/api/items/{item.pk}/transcript/").json()
    assert [(s["start_s"], s["is_written"]) for s in told["segments"]] == [
        (0, False), (1, True), (2, False),
    ]  # fmt: skip
    [line] = [s for s in told["segments"] if s["is_written"]]
    assert (line["text"], line["decision"]["words"]) == (THREAT, THREAT)


def test_where_no_engine_is_lines_stand_alone_and_are_tagged(borrower_browser, item):
    play(borrower_browser, item)

    assert write(borrower_browser, item).status_code == 201
    make.go_the_road()

    told = borrower_browser.get(f"/api/items/{item.pk}/transcript/").json()
    assert (told["state"], told["engine"]) == ("made", "person")
    assert Tag.objects.filter(heard__words=THREAT, item=item).exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"start_s": 3, "end_s": 3}, "segment_outside"),
        ({"start_s": 4, "end_s": 3}, "segment_outside"),
        ({"start_s": 1, "end_s": 400}, "segment_outside"),
    ],
)
def test_seconds_outside_the_recording_are_refused(borrower_browser, item, said, code):
    play(borrower_browser, item)

    refused = write(borrower_browser, item, **said)

    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not SegmentDecision.objects.exists()


def test_nobody_writes_unheard_nor_beside_a_picture_nor_for_another(
    borrower_browser, stranger, case, item
):
    unheard = write(borrower_browser, item)
    assert (unheard.status_code, unheard.json()["code"]) == (409, "not_listened")
    picture = make.item(case, make.screenshot())
    make.go_the_road()
    assert write(borrower_browser, picture).json()["code"] == "not_a_recording"
    assert write(make.signed_in(stranger), item).status_code == 404

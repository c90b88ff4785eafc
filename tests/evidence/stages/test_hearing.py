"""evidence/stages/hearing.py: a draft only with engine and consent; its words accuse nobody."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from evidence import consents, custody, jobs, release, transcripts
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models import EvidenceItem, Segment, Tag, Transcript
from evidence.models.timelines import timeline_json
from evidence.transcripts import Decision, Speaker
from tests import make
from tests.fakes.speech_server import SpeechServer
from tests.samples.recordings import recording, tone

NAME = "20260301_230100.000+0800_in_+8613700000001.wav"
THREAT = "再不还钱就去你单位闹，让你全家不得安宁"
CALL_LOG = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    '<calls count="1"><call number="+8613700000001" duration="14" date="{date}" type="1" '
    'presentation="1" contact_name="(Unknown)" /></calls>'
)
SEGMENTS = [
    {"start": 0.5, "end": 5.0, "text": THREAT, "no_speech_prob": 0.01, "avg_logprob": -0.2},
    {
        "start": 6.0,
        "end": 9.0,
        "text": "请不吝点赞 订阅",
        "no_speech_prob": 0.7,
        "avg_logprob": -0.5,
    },
    {"start": 11.0, "end": 14.0, "text": "我会尽快还的"},
    {"start": 900.0, "end": 901.0, "text": "谢谢观看"},
]


def sound() -> bytes:
    samples = np.concatenate([tone(6, silent=(5.2, 6)), tone(4, silent=(0, 4)), tone(5)])
    return recording(samples, container="wav", codec="pcm_s16le")


@pytest.fixture
def endpoint(settings) -> Iterator[SpeechServer]:
    with SpeechServer(SEGMENTS) as server:
        settings.SPEECH_ENGINE = "openai_http"
        settings.SPEECH_HTTP_URL = server.url
        yield server


def agree(case, *purposes: str) -> None:
    for purpose in purposes or ("speech_to_text",):
        consents.give(case.borrower, [purpose], version=consents.version_of(purpose))


def recorded(case) -> EvidenceItem:
    item = make.item(
        case,
        sound(),
        kind=EvidenceItem.Kind.CALL_RECORDING,
        declaration=make.declaration(file_name=NAME),
    )
    make.go_the_road()
    return item


def acts(item, act: Act) -> list[events.Event]:
    return [
        events.decode(bytes(r.raw)) for r in custody.log_of(Subject.ITEM, item.pk).filter(act=act)
    ]


def test_with_engine_and_consent_a_draft_follows_the_reading(case, endpoint):
    agree(case)
    item = recorded(case)

    made = Transcript.objects.get(item=item)
    assert (made.engine, made.is_outside, made.problem) == ("openai_http", False, "")
    assert [(s.text, s.doubts) for s in made.segments.all()] == [
        (THREAT, []),
        ("我会尽快还的", []),
    ]
    assert [(d["from_s"], d["reason"]) for d in made.dropped] == [
        (6.0, "in_silence"),
        (900.0, "outside_recording"),
    ]
    derived = [e.facts for e in acts(item, Act.DERIVED) if e.facts["name"] == "transcript"]
    assert [(f["segments"], f["dropped"]) for f in derived] == [(2, 2)]
    assert not acts(item, Act.RELEASED)  # the machine is this one


def test_without_consent_not_one_byte_is_sent(case, endpoint):
    item = recorded(case)

    assert endpoint.asked == []
    assert transcripts.standing(item).state == "consent_missing"
    with pytest.raises(transcripts.SpeechConsentMissingError):
        transcripts.ask(item)


def test_consent_taken_back_before_the_worker_came_is_honoured(case, endpoint):
    agree(case)
    endpoint.how = "503"
    item = recorded(case)
    assert transcripts.standing(item).state == "waiting"
    before = len(endpoint.asked)
    consents.withdraw(case.borrower, "speech_to_text")
    endpoint.how = "sound"
    jobs.ask_again(transcripts.HEAR, item.pk)
    make.go_the_road()

    assert len(endpoint.asked) == before
    assert not Transcript.objects.exists()


def test_while_speech_is_off_nothing_is_asked(case):
    item = recorded(case)

    assert transcripts.standing(item).state == "off"
    assert not jobs.Job.objects.filter(stage=transcripts.HEAR).exists()
    with pytest.raises(transcripts.SpeechOffError):
        transcripts.ask(item)


def test_an_outside_endpoint_needs_its_own_consent_and_leaves_an_event_first(
    case, endpoint, settings, monkeypatch
):
    settings.SPEECH_HTTP_PARTY = "某某语音公司，010-0000"
    monkeypatch.setattr("evidence.speech_engine._is_outside", lambda url: True)
    settings.SPEECH_HTTP_URL = endpoint.url
    monkeypatch.setattr("evidence.speech_engine._http_faults", lambda: iter(()))
    agree(case)  # to speech in this house: not to this
    item = recorded(case)
    assert endpoint.asked == []
    endpoint.how = "503"  # even when it then fails

    agree(case, "speech_outside")
    transcripts.ask(item)
    make.go_the_road()

    assert endpoint.asked
    [left] = acts(item, Act.RELEASED)
    assert left.facts["to"] == "speech_to_text"
    assert "某某" not in str(left.facts)


def test_another_party_ends_the_consent(case, endpoint, settings, monkeypatch):
    monkeypatch.setattr("evidence.speech_engine._is_outside", lambda url: True)
    monkeypatch.setattr("evidence.speech_engine._http_faults", lambda: iter(()))
    settings.SPEECH_HTTP_PARTY = "甲公司"
    agree(case, "speech_outside")
    assert consents.is_given(case.borrower, "speech_outside")

    settings.SPEECH_HTTP_PARTY = "乙公司"

    assert not consents.is_given(case.borrower, "speech_outside")


def test_an_endpoint_that_is_away_is_asked_again_and_its_state_is_seen(case, endpoint):
    agree(case)
    endpoint.how = "503"
    item = recorded(case)

    assert transcripts.standing(item).state == "waiting"
    assert transcripts.standing(item).problem == "speech_endpoint_away"


def test_a_long_recording_goes_in_pieces_and_its_seconds_count_on(case, endpoint, settings):
    settings.SPEECH_HTTP_MAX_BYTES = 64 + 32_000 * 6
    endpoint.segments = [{"start": 0.0, "end": 2.0, "text": "你好"}]
    agree(case)
    item = recorded(case)

    assert len(endpoint.asked) >= 2
    starts = [one.start_s for one in Segment.objects.filter(transcript__item=item)]
    assert starts[0] == 0
    assert starts[-1] > 6
    assert sum(one.seconds for one in endpoint.asked) < 12  # four silent seconds are not sent


def test_a_recording_longer_than_the_limit_gets_a_reason_and_no_draft(case, endpoint, settings):
    settings.SPEECH_MAX_SECONDS = 5
    agree(case)
    item = recorded(case)

    standing = transcripts.standing(item)
    assert (standing.state, standing.problem) == ("failed", "reading_over_limit")


def test_a_draft_accuses_nobody(case, endpoint):
    agree(case)
    item = recorded(case)

    assert not Tag.objects.filter(item=item).exists()
    assert all("transcript" not in event for event in timeline_json(case)["events"])


def test_words_that_a_person_heard_are_tagged_and_stand_in_the_timeline(
    case, endpoint, complainant
):
    agree(case)
    item = recorded(case)
    listen(item, complainant)
    threat, own = Segment.objects.filter(transcript__item=item)
    transcripts.decide(threat, decision=Decision.CONFIRMED, speaker=Speaker.OTHER, by=case.borrower)
    transcripts.decide(own, decision=Decision.CONFIRMED, speaker=Speaker.SELF, by=case.borrower)
    make.go_the_road()

    tags = list(Tag.objects.filter(item=item).shown())
    assert tags
    assert {tag.heard.segment_id for tag in tags} == {threat.pk}
    assert all(tag.words[tag.start : tag.end] in THREAT for tag in tags)
    assert [event.get("transcript") for event in timeline_json(case)["events"]] == [THREAT]


def test_where_a_call_log_tells_of_the_same_call_the_words_stand_with_its_line(
    case, endpoint, complainant
):
    agree(case)
    log = CALL_LOG.format(date=1772377260000).encode()  # the very minute of the recording
    make.item(case, log, kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    item = recorded(case)
    listen(item, complainant)
    threat = Segment.objects.filter(transcript__item=item).first()
    transcripts.decide(threat, decision=Decision.CONFIRMED, speaker=Speaker.OTHER, by=case.borrower)

    [event] = timeline_json(case)["events"]
    assert (event["type"], event["transcript"], event["duration_s"]) == ("call", THREAT, 14)


def test_words_taken_back_take_their_tags_with_them(case, endpoint, complainant):
    agree(case)
    item = recorded(case)
    listen(item, complainant)
    threat = Segment.objects.filter(transcript__item=item).first()
    transcripts.decide(threat, decision=Decision.CONFIRMED, speaker=Speaker.OTHER, by=case.borrower)
    make.go_the_road()
    assert Tag.objects.filter(item=item).shown().exists()

    transcripts.decide(threat, decision=Decision.REJECTED, by=case.borrower)

    assert not Tag.objects.filter(item=item).shown().exists()
    make.go_the_road()
    assert not Tag.objects.filter(item=item).shown().exists()
    assert [e.facts["decision"] for e in acts(item, Act.DECIDED)] == ["confirmed", "rejected"]


def test_the_same_decision_again_is_no_new_one(case, endpoint, complainant):
    agree(case)
    item = recorded(case)
    listen(item, complainant)
    threat = Segment.objects.filter(transcript__item=item).first()
    said = {"decision": Decision.CONFIRMED, "speaker": Speaker.OTHER, "by": case.borrower}

    assert transcripts.decide(threat, **said) == transcripts.decide(threat, **said)
    with pytest.raises(transcripts.TranscriptBegunError):
        transcripts.ask(item)


def test_nobody_confirms_what_they_have_not_opened(case, endpoint):
    agree(case)
    item = recorded(case)
    threat = Segment.objects.filter(transcript__item=item).first()

    for decision, words in ((Decision.CONFIRMED, ""), (Decision.CORRECTED, "另一句")):
        with pytest.raises(transcripts.NotListenedError):
            transcripts.decide(threat, decision=decision, words=words, by=case.borrower)
    transcripts.decide(threat, decision=Decision.REJECTED, by=case.borrower)


def listen(item, actor) -> None:
    """Open the recording, as playing it does."""
    release.open_item(item, actor=actor).close()

"""evidence/abuse/description.py: what is counted with no limit to pass."""

from evidence.abuse.description import describe
from evidence.abuse.patterns import Tagger
from tests.evidence.abuse.timelines import call, findings, hours, message, timeline


def described(*events):
    return describe(timeline(*events), suggest=Tagger())


def test_lawful_contact_is_described_and_not_found():
    events = [call(n, f"2026-03-0{n}T10:00:00+08:00") for n in (1, 2, 3, 5)]

    (lender,) = described(*events)["lenders"]

    assert findings(*events) == []
    assert lender["longest_run"] == {"days": 3, "first": "2026-03-01", "last": "2026-03-03"}


def test_calls_are_counted_by_day_by_lender_and_by_number():
    events = hours(3)
    events[1] |= {"counterparty": "N2", "answered": False, "duration_s": 0}
    del events[2]["answered"], events[2]["duration_s"]

    (lender,) = described(*events, call(9, "2026-03-01T12:00:00+08:00", who="K1"))["lenders"]

    (day,) = lender["by_day"]
    assert (day["calls"], day["answered"], day["unanswered"], day["not_known"]) == (3, 1, 1, 1)
    assert day["by_number"]["N2"]["unanswered"] == 1
    assert lender["numbers"] == {"N1": 2, "N2": 1}


def test_days_without_any_record_are_named():
    told = described(
        call(1, "2026-03-01T10:00:00+08:00"), call(2, "2026-03-05T10:00:00+08:00", who="K1")
    )

    assert told["missing_days"] == [["2026-03-02", "2026-03-04"]]


def test_third_persons_stand_beside_even_a_courteous_word():
    text = "您好，麻烦请他方便时回电，谢谢。"

    (lender,) = described(message(1, "2026-03-01T10:00:00+08:00", text, recipient="W1"))["lenders"]

    (aunt,) = lender["third_persons"]
    assert aunt["role"] == "witness: aunt"
    assert aunt["contacts"][0]["told"] == []


def test_an_empty_timeline_has_no_lenders():
    assert described()["lenders"] == []

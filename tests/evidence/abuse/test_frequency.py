"""evidence/abuse/frequency.py: calls that nobody says were taken, and whose bursts count."""

from datetime import datetime, timedelta

from tests.evidence.abuse.timelines import call, findings, hours, ids, message


def unknown(count):
    events = hours(count)
    for event in events:
        del event["answered"], event["duration_s"]
    return events


def test_nine_calls_not_known_to_be_taken_may_keep_both_limits_and_ten_cannot():
    assert findings(*unknown(9)) == []
    (one,) = findings(*unknown(10))
    assert one.rule == "H-104"
    assert len(one.event_ids) == 10
    assert (one.facts["answered"], one.facts["not_known"]) == (0, 10)


def test_a_duration_alone_says_that_a_call_was_taken():
    events = hours(4)
    for event in events:
        del event["answered"]

    (one,) = findings(*events)

    assert one.rule == "H-101"


def test_a_wave_of_shop_and_bank_notices_is_no_bombing():
    parties = {
        f"S{n}": {"role": "marketing" if n % 2 else "[银行] official line"} for n in range(25)
    }
    events = [
        message(n, f"2026-11-11T09:{n:02}:00+08:00", "全场满300减50，拒收请回复R。", who=f"S{n}")
        for n in range(25)
    ]

    assert findings(*events, parties=parties) == []


def test_calls_from_many_unknown_numbers_within_the_hour_are_bombing():
    parties = {f"X{n}": {"role": "unknown number"} for n in range(20)}
    events = hours(20)
    for n, event in enumerate(events):
        event["counterparty"] = f"X{n}"

    (one,) = findings(*events, parties=parties)

    assert one.kind == "CALL_BOMBING"
    assert (one.facts["minutes"], one.facts["calls"]) == (19, 20)


def test_twenty_calls_within_an_hour_are_bombing_and_nineteen_are_not():
    assert not [one for one in findings(*hours(19)) if one.kind == "CALL_BOMBING"]
    (one,) = [one for one in findings(*hours(20)) if one.kind == "CALL_BOMBING"]
    assert one.event_ids == ids(20)


def test_a_wave_of_codes_is_bombing():
    parties = {"S1": {"role": "verification code sender"}}
    events = [
        message(n, f"2026-03-01T09:{n:02}:00+08:00", f"验证码 10{n:02}00", who="S1")
        for n in range(20)
    ]

    (one,) = findings(*events, parties=parties)

    assert one.label == "harassment_frequency"
    assert len(one.event_ids) == 20


def test_a_hundred_thousand_calls_are_counted():
    start = datetime.fromisoformat("2026-01-01T00:00:00+08:00")
    events = [
        call(n, (start + timedelta(minutes=5 * n)).isoformat(), answered=False)
        for n in range(100_000)
    ]

    found = findings(*events)

    assert sum(len(one.event_ids) for one in found if one.rule == "H-102") == 100_000

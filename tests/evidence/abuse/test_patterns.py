"""evidence/abuse/patterns.py: findings at and over the limits, with all and only their events."""

import json
import subprocess
import sys
from io import StringIO

import pytest

from evidence.abuse.errors import AbuseInputError
from evidence.abuse.patterns import main
from evidence.abuse.timeline import Timeline
from tests.evidence.abuse.timelines import PARTIES, call, findings, hours, ids, message, only


def test_an_empty_timeline_has_no_findings():
    assert findings() == []


def test_exactly_three_answered_calls_a_day_are_not_over_the_limit():
    assert findings(*hours(3)) == []


def test_four_answered_calls_a_day_are_one_finding_with_all_four():
    (one,) = findings(*hours(4))

    assert one.label == "harassment_frequency"
    assert one.event_ids == ids(4)
    assert one.rule == "H-101"
    assert "GBT45251-FREQ" in one.source
    assert one.facts["day"] == "2026-03-01"


def test_lines_of_one_lender_count_together():
    events = hours(4)
    events[2]["counterparty"] = events[3]["counterparty"] = "N2"

    (one,) = findings(*events)

    assert one.event_ids == ids(4)


def test_calls_of_two_lenders_do_not_count_together():
    parties = {**PARTIES, "N2": {"role": "says it acts for [平台乙]"}}
    events = hours(4)
    events[2]["counterparty"] = events[3]["counterparty"] = "N2"

    assert findings(*events, parties=parties) == []


def test_six_unanswered_attempts_are_not_over_the_limit_and_seven_are():
    assert findings(*hours(6, answered=False)) == []
    (one,) = findings(*hours(7, answered=False))
    assert one.event_ids == ids(7)
    assert one.rule == "H-102"


def test_days_are_those_of_beijing():
    # 15:30 and 16:30 UTC lie on both sides of midnight in Beijing.
    events = [call(n, f"2026-03-01T15:3{n}:00+00:00") for n in range(2)]
    events += [call(n + 2, f"2026-03-01T16:3{n}:00+00:00") for n in range(2)]

    found = findings(*events)

    assert only(found, "harassment_frequency") == []
    assert only(found, "off_hours")[0].event_ids == ids(4)


@pytest.mark.parametrize("who", ["K1", "B1", "W1", "X1"])
def test_couriers_banks_relatives_and_silent_unknown_numbers_are_not_collection(who):
    assert findings(*hours(5, who=who), *hours(0)) == []


def test_the_borrowers_own_calls_are_not_collection():
    assert findings(*hours(9, direction="out")) == []


@pytest.mark.parametrize(
    ("clock", "count"), [("21:59:59", 0), ("22:00:00", 1), ("07:59:59", 1), ("08:00:00", 0)]
)
def test_quiet_hours_have_sharp_edges(clock, count):
    found = findings(call(1, f"2026-03-01T{clock}+08:00"))

    assert len(only(found, "off_hours")) == count


def test_a_code_or_receipt_at_night_is_not_a_quiet_hours_finding():
    at = "2026-03-01T23:00:00+08:00"

    assert findings(message(1, at, "验证码482913，5分钟内有效。")) == []
    assert findings(message(1, at, "您已成功还款1200元。")) == []


def test_labels_of_texts_are_one_finding_a_label():
    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", "不还就弄死你"),
        message(2, "2026-03-02T09:00:00+08:00", "请您今天还款，谢谢"),
        message(3, "2026-03-03T09:00:00+08:00", "再不还打断你的腿"),
    )

    assert [(one.label, one.event_ids) for one in found] == [("threat", ("e1", "e3"))]


def test_third_persons_told_of_the_debt_are_found():
    text = "您侄子在我司的借款逾期，请转告他还款"

    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", text, recipient="W1", uploaded_by="W1")
    )

    assert {one.label for one in found} == {"contact_blasting", "privacy_disclosure"}
    assert all(one.event_ids == ("e1",) for one in found)


@pytest.mark.parametrize(
    "raw",
    [
        [],
        {"id": "t"},
        {"id": "t", "events": [{"id": "e"}]},
        {"id": "t", "events": [{"id": "e", "at": "soon"}]},
        {"id": "t", "events": [{"id": "e", "at": "9999-12-31T23:59:00-12:00"}]},
        {"id": "t", "events": [], "timezone": "Mars/Olympus"},
        {"id": "t", "events": [{"id": "e", "at": "2026-03-01T09:00:00Z", "direction": "up"}]},
        {"id": "t", "events": [{"id": "e", "at": "2026-03-01T09:00:00Z"}] * 2},
    ],
)
def test_a_timeline_of_another_shape_is_refused(raw):
    with pytest.raises(AbuseInputError):
        Timeline.from_json(raw)


def test_the_command_answers_a_line_for_a_line():
    out, err = StringIO(), StringIO()
    line = json.dumps({"id": "t1", "parties": PARTIES, "events": hours(4)})

    assert main([], StringIO(f"{line}\n\n"), out, err) == 0

    (answer,) = map(json.loads, out.getvalue().splitlines())
    assert answer["id"] == "t1"
    (one,) = answer["findings"]
    assert {"label", "event_ids", "rule", "rule_version", "source", "reason"} <= set(one)
    assert main([], StringIO("no"), out, err) == 2
    assert "abuse_input" in err.getvalue()


def test_the_command_describes_when_asked_to_and_knows_no_other_word():
    out, err = StringIO(), StringIO()
    line = json.dumps({"id": "t1", "parties": PARTIES, "events": hours(2)})

    assert main(["--describe"], StringIO(line), out, err) == 0
    assert json.loads(out.getvalue())["description"]["lenders"][0]["answered"] == 2
    assert main(["--verdict"], StringIO(line), out, err) == 2
    assert "usage" in err.getvalue()


def test_lawful_contact_gives_no_finding():
    found = findings(
        call(1, "2026-03-01T10:00:00+08:00"),
        call(2, "2026-03-01T15:00:00+08:00", answered=False),
        message(3, "2026-03-01T16:00:00+08:00", "您的借款已逾期3天，请尽快还款，如有困难可协商。"),
        message(4, "2026-03-04T16:00:00+08:00", "若仍未还款，我司将依法提起诉讼。"),
    )

    assert found == []


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (b'{"id":"\\ud800","events":[]}\n', 0, b'{"id": "\\ud800", "findings": []}\n'),
        (b'{"id":"\xff","events":[]}\n', 2, b""),
    ],
)
def test_the_command_meets_what_is_no_text(given, code, told):
    command = [sys.executable, "-m", "evidence.abuse.patterns"]
    done = subprocess.run(command, input=given, capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (code, told)
    assert b"Traceback" not in done.stderr

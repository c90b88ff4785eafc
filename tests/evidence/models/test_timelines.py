"""evidence/models/timelines.py: a case as the patterns see it, one lender's lines together."""

from __future__ import annotations

import pytest

from evidence import decisions
from evidence.abuse.parties import Standing, lines, standing
from evidence.abuse.timeline import Timeline
from evidence.models import NumberRole
from evidence.models.items import EvidenceItem
from evidence.models.readings import Record
from evidence.models.timelines import role_text, timeline_json
from tests import make
from tests.evidence.test_numbers import ONE, PAY, SIGNED, THREE, TWO, export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

LENDER = NumberRole(role=NumberRole.Role.LENDER, lender="某某贷")
SAME = "您名下{}元欠款至今未结清，我司将于今日18点前移交外访部门，请自行承担后果。"


@pytest.fixture
def told(case):
    texts = export((ONE, PAY), (TWO, PAY), (THREE, SAME.format(1)), (ONE, SAME.format(2)))
    make.chosen(make.item(case, texts, kind="message_export"))
    return case


def say(case, number, **said):
    values = {"role": "collector", "how_known": "", "lender": "", **said}
    decisions.name_number(case, number, **values, by=case.borrower)


def roles(case):
    return {line: party["role"] for line, party in timeline_json(case)["parties"].items()}


def test_a_number_that_shares_a_payment_link_counts_with_the_lender_the_person_named(told):
    assert roles(told)[TWO] == "unknown number"

    say(told, ONE, lender="恒易贷")

    assert roles(told)[TWO] == "acts for [恒易贷]"
    found = lines(Timeline.from_json(timeline_json(told)), {})
    assert found[TWO].standing is Standing.COLLECTOR
    assert found[TWO].lender == found[ONE].lender


def test_like_wording_alone_joins_no_lines(told):
    say(told, ONE, lender="恒易贷")

    assert roles(told)[THREE] == "unknown number"


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ({"role": "witness"}, "witness"),
        ({"lender": "某桥分期"}, "says it acts for [某桥分期]"),
        ({"role": "lender"}, "lender"),
    ],
)
def test_what_the_person_said_of_a_number_stands(told, said, role):
    say(told, ONE, lender="恒易贷")
    say(told, TWO, **said)

    assert roles(told)[TWO] == role


def test_a_signature_joins_the_lender_under_the_persons_spelling(case):
    texts = export((ONE, "你好"), (TWO, SIGNED), (THREE, "【某桥分期】您的借款已逾期"))
    make.chosen(make.item(case, texts, kind="message_export"))
    say(case, ONE, lender="恒易贷有限公司")

    assert roles(case)[TWO] == "acts for [恒易贷有限公司]"
    assert roles(case)[THREE] == "unknown number"


def test_without_a_lender_named_by_the_person_nothing_is_joined(case):
    make.chosen(make.item(case, export((ONE, SIGNED), (TWO, "你好")), kind="message_export"))

    assert set(roles(case).values()) == {"unknown number"}


@pytest.fixture
def records(case):
    item = make.item(case, make.sms_export("请尽快还款", "请再联系"), kind="message_export")
    make.go_the_road()
    return Record.objects.filter(reading__item=item)


def events_of(case):
    return timeline_json(case)["events"]


def test_the_lenders_own_number_collects_in_a_case_about_it():
    assert standing(role_text(LENDER)) is Standing.COLLECTOR


@pytest.mark.parametrize(
    ("direction", "duration_s", "expected"),
    [
        ("in", 40.0, {"answered": True, "duration_s": 40.0}),
        ("in", 0.0, {"answered": False, "duration_s": 0.0}),
        ("in", None, {}),
        ("missed", None, {"answered": False, "duration_s": 0}),
        ("blocked", None, {"answered": False, "duration_s": 0, "blocked": True}),
    ],
)
def test_a_call_is_told_as_taken_or_missed_only_where_its_source_says_so(
    case, records, direction, duration_s, expected
):
    record = records.first()
    assert record is not None
    Record.objects.filter(pk=record.pk).update(
        kind="call", direction=direction, duration_s=duration_s
    )

    (event,) = [event for event in events_of(case) if event["id"] == str(record.pk)]

    assert {key: event[key] for key in ("answered", "duration_s", "blocked") if key in event} == (
        expected
    )


def test_what_a_witness_wrote_is_told_as_theirs(case):
    export = make.sms_export("请尽快还款")
    make.item(case, export, kind="message_export", origin=EvidenceItem.Origin.WITNESS)
    make.go_the_road()
    Record.objects.update(direction="out")

    seen = timeline_json(case)

    (event,) = seen["events"]
    assert event["direction"] == "out_witness"
    assert seen["parties"][event["recipient"]] == {"role": "witness"}

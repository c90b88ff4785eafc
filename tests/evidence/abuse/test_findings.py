"""evidence/abuse/findings.py: each finding says against what, counted how, and what is missing."""

import json
from datetime import date

import pytest

from evidence.abuse.limits import limits
from tests.evidence.abuse.timelines import call, findings, hours, message, only


def test_a_finding_names_rule_version_source_level_zone_and_counting():
    (one,) = findings(*hours(4))

    limit = limits()["effective_calls_per_day"]
    assert (one.rule, one.rule_version) == (limit.rule, limit.version)
    assert one.authority_level == "national_standard_recommended"
    assert one.zone == "Asia/Shanghai"
    assert (one.counting_zh, one.counting_en) == (limit.counting_zh, limit.counting_en)
    assert one.facts["limit"] == 3


@pytest.mark.parametrize("limit", limits().values(), ids=lambda limit: limit.id)
def test_each_limit_says_where_it_is_from_how_binding_and_how_counted(limit):
    assert limit.source
    assert limit.authority_level in {"national_standard_recommended", "self_regulation", "none"}
    assert limit.verification in {"quoted_secondary", "not_applicable"}
    assert limit.counting_zh
    assert limit.counting_en


def test_days_of_which_nothing_is_held_are_named_within_the_findings_span():
    found = findings(
        call(1, "2026-02-20T10:00:00+08:00"),
        call(2, "2026-03-01T23:00:00+08:00"),
        call(3, "2026-03-02T10:00:00+08:00", who="K1"),
        call(4, "2026-03-06T23:00:00+08:00"),
    )

    (one,) = only(found, "off_hours")
    assert one.missing_days == ((date(2026, 3, 3), date(2026, 3, 5)),)


def test_calls_are_told_by_number_beside_the_lenders_count():
    events = hours(4)
    events[3]["counterparty"] = "N2"

    (one,) = findings(*events)

    assert one.facts["numbers"] == {"N1": 3, "N2": 1}


def test_third_persons_are_told_with_when_and_what():
    found = findings(
        message(
            1, "2026-03-01T09:00:00+08:00", "您侄子在我司的借款逾期，请转告他还款", recipient="W1"
        ),
        call(2, "2026-03-02T09:00:00+08:00", recipient="W2"),
    )

    (blasting,) = only(found, "contact_blasting")
    aunt, colleague = blasting.facts["third_persons"]
    assert aunt["person"] == "W1"
    assert aunt["told_of_debt"]
    assert aunt["contacts"][0]["event"] == "e1"
    assert "privacy_disclosure" in aunt["contacts"][0]["told"]
    assert colleague["contacts"] == [
        {"event": "e2", "at": "2026-03-02T09:00:00+08:00", "told": None}
    ]
    assert not colleague["told_of_debt"]


def test_what_a_finding_tells_is_json():
    found = findings(*hours(7, answered=False))

    told = json.loads(json.dumps([one.told() for one in found]))

    assert told[0]["zone"] == "Asia/Shanghai"
    assert told[0]["missing_days"] == []

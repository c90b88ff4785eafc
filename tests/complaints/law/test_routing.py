"""complaints/law/routing.py: the whole decision table, and what the optional facts add."""

import json
from pathlib import Path

import pytest

from complaints.law.errors import (
    SeverityOutOfRangeError,
    UnknownKindError,
    UnknownLenderTypeError,
)
from complaints.law.facts import Facts
from complaints.law.kinds import kinds
from complaints.law.lender import lender_types
from complaints.law.routing import route, takes

TABLE = json.loads((Path(__file__).parent / "decision_table.json").read_text("utf-8"))


def agencies(**case):
    return [to.agency for to in route(**case)]


def test_it_gives_every_row_of_the_decision_table():
    given = [
        [lender, kind, severity, [[to.agency, to.rule] for to in route(
            lender_type=lender, kinds=[kind], severity=severity)]]
        for lender, kind, severity, _ in TABLE
    ]  # fmt: skip

    assert len(given) == 686
    assert given == TABLE


def test_the_table_asks_for_every_kind():
    assert {row[1] for row in TABLE} == set(kinds())


@pytest.mark.parametrize("lender", lender_types())
def test_every_lender_type_has_somebody_to_go_to_for_every_kind(lender):
    # The table expands seven of the thirteen types; the others must not fall through.
    for kind in kinds():
        for severity in (1, 2, 3, 4):
            assert route(lender_type=lender, kinds=[kind], severity=severity)


def test_danger_now_gives_the_emergency_line_and_nothing_else():
    found = route(
        lender_type="bank",
        kinds=["THREAT", "PHYSICAL_VIOLENCE"],
        severity=4,
        facts=Facts(danger_now=True, still_online=True, police_refused=True),
    )

    assert [(to.agency, to.rule) for to in found] == [("PSB_110", "R00-emergency")]


def test_nobody_is_named_twice_and_the_later_rules_are_kept_beside():
    found = route(lender_type="bank", kinds=["THREAT", "CONTACT_BLAST", "INSULT"], severity=3)
    names = [to.agency for to in found]

    assert len(names) == len(set(names))
    police = next(to for to in found if to.agency == "PSB_STATION")
    assert police.rule == "R02-police"
    assert police.also == ("R02b-police-harass", "R06-police-info")


@pytest.mark.parametrize(
    ("fact", "case", "agency", "rule"),
    [
        (
            Facts(debt_unlawful=True),
            {"lender_type": "unlicensed_platform", "kinds": ["THREAT"], "severity": 3},
            "PSB_CRIM",
            "R03-crime",
        ),
        (
            Facts(authority_warned_before=True),
            {"lender_type": "bank", "kinds": ["INSULT"], "severity": 3},
            "PSB_CRIM",
            "R04-continued",
        ),
        (
            Facts(info_items=25),
            {"lender_type": "bank", "kinds": ["CONTACT_BLAST"], "severity": 3},
            "PSB_CRIM",
            "R05-personal-info",
        ),
        (
            Facts(document_is_lawyer_letter=True),
            {"lender_type": "bank", "kinds": ["FORGED_DOCUMENT"], "severity": 2},
            "JUSTICE",
            "R21b-lawletter",
        ),
        (
            Facts(still_online=True),
            {"lender_type": "bank", "kinds": ["PRIVACY_DISCLOSURE"], "severity": 2},
            "PLATFORM",
            "R23-takedown",
        ),
        (
            Facts(credit_report_wrong=True),
            {"lender_type": "bank", "kinds": ["FALSE_CREDIT_THREAT"], "severity": 1},
            "PBOC",
            "R25-credit",
        ),
        (
            Facts(police_refused=True),
            {"lender_type": "bank", "kinds": ["THREAT"], "severity": 3},
            "PROC",
            "R31-procuracy",
        ),
        (
            Facts(wants=("repayment_plan",)),
            {"lender_type": "bank", "kinds": ["THREAT"], "severity": 3},
            "MEDIATE",
            "R32-mediate",
        ),
    ],
)
def test_a_fact_opens_its_rule_and_its_absence_does_not(fact, case, agency, rule):
    with_fact = {to.agency: to.rule for to in route(**case, facts=fact)}

    assert with_fact[agency] == rule
    assert agency not in agencies(**case)


def test_fewer_records_than_the_threshold_open_nothing():
    case = {"lender_type": "bank", "kinds": ["CONTACT_BLAST"], "severity": 3}

    assert "PSB_CRIM" not in agencies(**case, facts=Facts(info_items=24))


def test_an_unlawful_debt_never_turns_a_licensed_lender_into_rule_r03():
    found = route(lender_type="bank", kinds=["THREAT"], severity=3, facts=Facts(debt_unlawful=True))

    assert "R03-crime" not in {rule for to in found for rule in (to.rule, *to.also)}


def test_where_nobody_fits_12345_is_named():
    found = route(lender_type="bank", kinds=[], severity=1)

    assert [(to.agency, to.rule) for to in found] == [("H12345", "R99-fallback")]


@pytest.mark.parametrize(
    ("lender", "regulator"),
    [("bank", "nfra_report"), ("microloan_company", "local_finance_report")],
)
def test_police_lender_and_regulator_get_whole_documents(lender, regulator):
    found = route(lender_type=lender, kinds=["THREAT"], severity=3)

    written = {to.document_id for to in found if to.depth == "full"}
    assert written == {"police_report", "lender_complaint", regulator}


def test_every_addressee_of_the_table_says_why_in_both_languages():
    for lender, kind, severity, _ in TABLE:
        for to in route(lender_type=lender, kinds=[kind], severity=severity):
            assert to.why_zh
            assert to.why_en.isascii() or "“" in to.why_en
            assert to.document_id


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ({"lender_type": "shop", "kinds": ["THREAT"], "severity": 3}, UnknownLenderTypeError),
        ({"lender_type": "bank", "kinds": ["RUDE"], "severity": 3}, UnknownKindError),
        ({"lender_type": "bank", "kinds": ["THREAT"], "severity": 5}, SeverityOutOfRangeError),
        ({"lender_type": "bank", "kinds": ["THREAT"], "severity": 0}, SeverityOutOfRangeError),
    ],
)
def test_it_refuses_what_is_not_in_the_data(case, error):
    with pytest.raises(error):
        route(**case)


@pytest.mark.parametrize(
    ("lender_type", "regulator"),
    [
        ("bank", "NFRA_LOCAL"),
        ("consumer_finance_company", "NFRA_LOCAL"),
        ("microloan_company", "LOCAL_FIN"),
        ("pawn", "LOCAL_FIN"),
        ("unlicensed_platform", "LOCAL_FIN"),
        ("private_lender", None),
    ],
)
def test_a_lender_has_one_financial_regulator_or_none(lender_type, regulator):
    both = ("NFRA_LOCAL", "LOCAL_FIN")

    assert [one for one in both if takes(one, lender_type)] == ([regulator] if regulator else [])

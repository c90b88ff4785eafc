"""complaints/law/bounces.py, remit.py, naming.py: what desks send back, and for whom they are."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from complaints.law import agencies, bounces, naming, remit
from complaints.law.errors import LawDataError, UnknownReferenceError
from complaints.law.source import law, load, shipped

ROOT = Path(__file__).resolve().parents[3]


def test_every_bounce_reason_has_a_check_or_says_why_not() -> None:
    told = {(line["agency"], line["reason"]): line for line in law().bounces["reasons"]}
    reasons = [(at.id, one) for at in agencies.agencies().values() for one in at.bounce_reasons]

    assert len(reasons) == 26
    assert all(told[reason]["checks"] for reason in reasons)  # there is none that we cannot know


def test_every_check_that_a_desk_names_is_one_that_we_make() -> None:
    room = (ROOT / "complaints/preflight").glob("*.py")
    made = set(re.findall(r'Found\("([a-z_]+)"', "".join(file.read_text() for file in room)))

    named = {check for line in law().bounces["reasons"] for check in line["checks"]}

    assert named <= made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda lines: lines.pop(0), LawDataError),
        (lambda lines: lines[0].update(reason="没有人这样说"), UnknownReferenceError),
        (lambda lines: lines[0].update(rule="X-1"), UnknownReferenceError),
        (lambda lines: lines[0].update(checks=[], because=""), LawDataError),
    ],
)
def test_a_line_that_no_desk_says_is_refused(change, error) -> None:  # type: ignore[no-untyped-def]
    files = shipped()
    lines = json.loads(files["bounces.json"])
    change(lines["reasons"])

    with pytest.raises(error):
        load(files | {"bounces.json": json.dumps(lines).encode()})


def test_a_desk_that_says_nothing_is_not_quoted() -> None:
    assert bounces.said_by(["PSB_STATION"], "wrong_remit") == ()
    assert bounces.said_by(["NIFA"], "no_provision_named")[0].agency == "NIFA"


@pytest.mark.parametrize(
    ("agency", "lender_type", "name", "fit"),
    [
        ("NFRA_LOCAL", "bank", "样例银行", "fits"),
        ("NFRA_LOCAL", "bank", "样例小额贷款有限公司", "not_taken"),
        ("NFRA_LOCAL", "unknown", "样例银行", "fits"),
        ("NFRA_LOCAL", "unknown", "", "unknown"),
        ("NFRA_LOCAL", "unknown", "样例小额贷款有限公司", "not_taken"),
        ("LOCAL_FIN", "microloan_company", "", "fits"),
        ("LOCAL_FIN", "loan_facilitation_of_licensed", "", "not_taken"),
        ("NIFA", "bank", "", "not_taken"),
        ("PSB_STATION", "private_lender", "", "fits"),
        ("LENDER", "unlicensed_platform", "", "fits"),
    ],
)
def test_a_desk_is_there_for_lenders_of_its_licence(
    agency: str, lender_type: str, name: str, fit: str
) -> None:
    assert remit.fit(agency, lender_type=lender_type, name=name) == fit


@pytest.mark.parametrize(
    ("text", "is_report", "words"),
    [
        ("请求赔偿，并赔偿误工", True, ["赔偿"]),
        ("请依法查处并书面答复", True, []),
        ("请依法查处", False, ["查处"]),
        ("请减免并道歉", False, []),
    ],
)
def test_a_report_asks_for_no_money_and_a_complaint_for_no_penalty(
    text: str, is_report: bool, words: list[str]
) -> None:
    assert remit.asked_of_the_wrong_desk(text, is_report=is_report) == words


@pytest.mark.parametrize(
    ("text", "day", "named"),
    [
        ("《治安管理处罚法（2012年修正）》第四十二条", date(2025, 12, 31), False),
        ("《治安管理处罚法（2012年修正）》第四十二条", date(2026, 1, 1), True),
        ("《中华人民共和国治安管理处罚法》（2025年修订）第五十条", date(2025, 12, 31), True),
        ("《中华人民共和国治安管理处罚法》（2025年修订）第五十条", date(2026, 1, 1), False),
        ("《治安管理处罚法》第五十条", date(2026, 1, 1), False),
        ("《治安管理处罚法》第四十二条", date(2026, 1, 1), True),
        ("《合同法》第一百零七条", date(2026, 1, 1), True),
        ("《一部我们不知道的办法》第一条", date(2026, 1, 1), False),
        ("没有写法条", date(2026, 1, 1), False),
    ],
)
def test_a_named_law_binds_on_the_day_or_is_said(text: str, day: date, named: bool) -> None:
    assert bool(naming.not_in_force(text, [day])) is named


def test_a_law_that_bound_on_one_of_the_days_is_right() -> None:
    text = "《治安管理处罚法（2012年修正）》第四十二条"

    assert naming.not_in_force(text, [date(2025, 6, 1), date(2026, 6, 1)]) == []

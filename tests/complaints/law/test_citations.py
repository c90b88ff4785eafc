"""complaints/law/citations.py: the table act, provision, exhibit that one desk reads."""

import json
import re
from datetime import date, timedelta

import pytest

from complaints.law.agencies import agencies
from complaints.law.citations import Act, by_law, cite
from complaints.law.errors import UnknownAgencyError, UnknownKindError, UnknownLenderTypeError
from complaints.law.facts import Facts
from complaints.law.kinds import kinds
from complaints.law.lender import lender_types
from complaints.law.source import law, shipped
from tests.complaints.law.test_catalogue import EVERYTHING

RAW = {entry["id"]: entry for entry in json.loads(shipped()["statutes.json"])}
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def acts_of_every_kind(on):
    return [Act(kind, on, f"B-{number}") for number, kind in enumerate(kinds(), 1)]


def turning_days():
    """The days around every beginning and end of a provision from 2021 to 2027."""
    found = {date(2021, 1, 1), date(2027, 12, 31)}
    for entry in RAW.values():
        for text in (entry["effective_from"], entry["effective_to"]):
            if text and "2021" <= text[:4] <= "2027":
                found |= {date.fromisoformat(text) + timedelta(days=n) for n in (-1, 0, 1)}
    return sorted(found)


@pytest.mark.parametrize("agency", agencies())
def test_no_row_cites_what_was_not_in_force_on_the_day_of_an_act(agency):
    every_lender = list(lender_types())
    for number, day in enumerate(turning_days()):
        rows = cite(
            acts_of_every_kind(day),
            agency=agency,
            lender_type=every_lender[number % len(every_lender)],
            facts=EVERYTHING,
        )
        for row in rows:
            begins, ends = RAW[row.provision]["effective_from"], RAW[row.provision]["effective_to"]
            assert begins <= day.isoformat()
            assert ends is None or day.isoformat() <= ends


def test_acts_before_and_after_the_new_law_stand_in_rows_of_their_own():
    rows = cite(
        [Act("THREAT", AFTER, "B-2"), Act("THREAT", BEFORE, "B-1")],
        agency="PSB_STATION",
        lender_type="bank",
    )

    assert [(row.provision, row.exhibits) for row in rows] == [
        ("PSAPL2012-42", ("B-1",)),
        ("PSAPL2025-50", ("B-2",)),
    ]
    assert list(by_law(rows)) == [
        "中华人民共和国治安管理处罚法（2012年修正）",
        "中华人民共和国治安管理处罚法（2025年修订）",
    ]


def test_acts_of_one_kind_and_law_share_a_row_and_name_each_exhibit_once():
    acts = [Act("INSULT", date(2026, 5, day), f"B-{1 + day // 3}") for day in (1, 2, 4, 5)]
    rows = cite(acts, agency="PSB_STATION", lender_type="bank")

    assert [row.exhibits for row in rows] == [("B-1", "B-2")]
    assert (rows[0].first_on, rows[0].last_on) == (date(2026, 5, 1), date(2026, 5, 5))
    assert len(rows[0].acts) == 4


def test_the_police_read_police_law_and_the_regulator_its_own_rules():
    acts = [Act("CONTACT_BLAST", date(2026, 5, 1), "C-1")]
    police = cite(acts, agency="PSB_STATION", lender_type="consumer_finance_company")
    regulator = cite(acts, agency="NFRA_LOCAL", lender_type="consumer_finance_company")

    assert {RAW[row.provision]["topic"] for row in police} == {"public_security"}
    assert "CFC2024" in {row.provision for row in regulator}
    assert not any(RAW[row.provision]["topic"] == "public_security" for row in regulator)


@pytest.mark.parametrize(
    ("lender", "provision_id"),
    [
        ("bank_credit_card", "CCM2011-68"),
        ("consumer_finance_company", "CFC2024"),
        ("loan_facilitation_of_licensed", "LAN2025-COLLECT"),
    ],
)
def test_the_regulators_rules_follow_the_lender(lender, provision_id):
    acts = [Act("CONTACT_BLAST", date(2026, 5, 1), "C-1")]
    rows = cite(acts, agency="NFRA_LOCAL", lender_type=lender)

    assert provision_id in {row.provision for row in rows}


def test_a_crime_is_a_suspicion_that_the_police_decide():
    rows = cite(
        [Act("CONTACT_BLAST", date(2026, 5, 1), "C-1")],
        agency="PSB_CRIM",
        lender_type="bank",
        facts=Facts(info_items=60),
    )
    crime = next(row for row in rows if row.provision == "CRIM-253-1")

    assert crime.phrase_zh == (
        "涉嫌触犯《中华人民共和国刑法》第二百五十三条之一（侵犯公民个人信息罪），"
        "是否构成犯罪由公安机关依法判断。"
    )


def test_a_norm_of_the_trade_is_never_called_law():
    seen = 0
    for agency in agencies():
        for lender in lender_types():
            acts = acts_of_every_kind(date(2026, 5, 1))
            for row in cite(acts, agency=agency, lender_type=lender, facts=EVERYTHING):
                level = RAW[row.provision]["authority_level"]
                if level in ("national_standard_recommended", "self_regulation"):
                    seen += 1
                    assert not row.is_binding
                    assert row.phrase_zh.startswith("可供参考的行业规范：")
                    assert not re.search("违反|违法|法律", row.phrase_zh)
    assert seen > 0


def test_no_sentence_asserts_guilt():
    for agency in agencies():
        acts = acts_of_every_kind(date(2026, 5, 1))
        rows = cite(acts, agency=agency, lender_type="unlicensed_platform", facts=EVERYTHING)
        for row in rows:
            assert re.match("涉嫌|可供参考|判断时可参照|请求的依据|该文书的真实性", row.phrase_zh)
            assert not re.search("构成犯罪(?!由)|已经?违反", row.phrase_zh)
            assert row.phrase_en


def test_a_document_nobody_confirmed_as_forged_is_only_not_verifiable():
    acts = [Act("FORGED_DOCUMENT", date(2026, 5, 1), "B-1")]
    case = {"agency": "PSB_STATION", "lender_type": "bank"}

    for row in cite(acts, **case):
        assert "无法核实" in row.phrase_zh
        assert "伪造" not in row.phrase_zh
    for row in cite(acts, **case, facts=Facts(forgery_confirmed=True)):
        assert "无法核实" not in row.phrase_zh


def test_private_prosecution_is_not_brought_to_the_police():
    acts = [Act("INSULT", date(2026, 5, 1), "B-1")]

    def crimes(agency):
        rows = cite(acts, agency=agency, lender_type="bank")
        return {row.provision for row in rows if row.provision.startswith("CRIM")}

    assert crimes("PSB_CRIM") == set()
    assert crimes("COURT") == {"CRIM-246"}


def test_a_kind_gets_no_more_than_the_desk_reads():
    for agency, slots in law().citing["desks"].items():
        most = sum(slot["most"] for slot in slots)
        acts = acts_of_every_kind(date(2026, 5, 1))
        rows = cite(acts, agency=agency, lender_type="microloan_company", facts=EVERYTHING)
        for kind in kinds():
            assert len([row for row in rows if row.kind == kind]) <= most


@pytest.mark.parametrize("lender", ["bank", "bank_credit_card", "consumer_finance_company"])
def test_one_kind_never_prints_the_same_name_twice(lender):
    # Two provisions of a guideline whose articles were not read have one printable name.
    acts = acts_of_every_kind(date(2026, 5, 1))
    rows = cite(acts, agency="LENDER", lender_type=lender, facts=EVERYTHING)
    names = [(row.kind, row.name_zh) for row in rows]

    assert len(names) == len(set(names))


def test_higher_authority_comes_first():
    acts = acts_of_every_kind(date(2026, 5, 1))
    rows = cite(acts, agency="NFRA_LOCAL", lender_type="consumer_finance_company")
    binding = [row.is_binding for row in rows]

    assert binding == sorted(binding, reverse=True)
    assert rows[0].authority_zh == "法律"


def test_a_row_remembers_the_catalogue_it_was_cited_from():
    rows = cite([Act("INSULT", AFTER, "B-1")], agency="PSB_STATION", lender_type="bank")

    assert rows[0].catalogue_version == law().version


def test_the_emergency_line_reads_no_law():
    assert cite(acts_of_every_kind(AFTER), agency="PSB_110", lender_type="bank") == []


def test_what_is_not_in_the_data_is_refused_by_name():
    act = [Act("INSULT", AFTER, "B-1")]
    with pytest.raises(UnknownAgencyError):
        cite(act, agency="NASA", lender_type="bank")
    with pytest.raises(UnknownLenderTypeError):
        cite(act, agency="COURT", lender_type="shop")
    with pytest.raises(UnknownKindError):
        cite([Act("RUDE", AFTER, "B-1")], agency="COURT", lender_type="bank")

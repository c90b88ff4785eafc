"""complaints/law/catalogue.py: what was in force on a day, and how it may be named."""

import json
import re
from datetime import date, timedelta

import pytest

from complaints.law import catalogue
from complaints.law.catalogue import cite_name, in_force, provision, quote
from complaints.law.errors import UnknownKindError, UnknownLenderTypeError, UnknownProvisionError
from complaints.law.facts import Facts
from complaints.law.kinds import kinds
from complaints.law.lender import lender_types
from complaints.law.source import shipped

# Read apart from the catalogue, so that its own reading of dates is checked as well.
RAW = {entry["id"]: entry for entry in json.loads(shipped()["statutes.json"])}
EVERYTHING = Facts(
    debt_unlawful=True,
    authority_warned_before=True,
    info_items=500,
    document_is_lawyer_letter=True,
    entered_home=True,
    property_damaged=True,
    forgery_confirmed=True,
)


def days(first=date(2021, 1, 1), last=date(2027, 12, 31)):
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def ids(found):
    return {each.id for each in found}


def test_on_no_day_from_2021_to_2027_is_a_repealed_or_coming_provision_in_force():
    every_kind = list(kinds())
    every_lender = list(lender_types())
    for number, day in enumerate(days()):
        lender = every_lender[number % len(every_lender)]
        for found in in_force(day, kinds=every_kind, lender_type=lender, facts=EVERYTHING):
            begins, ends = RAW[found.id]["effective_from"], RAW[found.id]["effective_to"]
            assert begins <= day.isoformat()
            assert ends is None or day.isoformat() <= ends


def test_the_public_security_law_changes_with_the_new_year_of_2026():
    old = in_force(date(2025, 12, 31), kinds=["THREAT"], lender_type="bank")
    new = in_force(date(2026, 1, 1), kinds=["THREAT"], lender_type="bank")

    assert "PSAPL2012-42" in ids(old)
    assert not any(each.startswith("PSAPL2025") for each in ids(old))
    assert "PSAPL2025-50" in ids(new)
    assert not any(each.startswith("PSAPL2012") for each in ids(new))


@pytest.mark.parametrize(
    "lender",
    sorted(set(lender_types()) - {"unlicensed_platform", "private_lender", "unknown"}),
)
def test_the_crime_of_collecting_unlawful_debts_never_meets_a_licensed_lender(lender):
    found = in_force(date(2026, 6, 1), kinds=list(kinds()), lender_type=lender, facts=EVERYTHING)

    assert "CRIM-293-1" not in ids(found)
    assert not any(each.startswith("SOFTVIOL") for each in ids(found))


def test_that_crime_needs_the_fact_of_unlawful_lending():
    case = {"kinds": ["THREAT"], "lender_type": "unlicensed_platform"}

    assert "CRIM-293-1" not in ids(in_force(date(2026, 6, 1), **case))
    assert "CRIM-293-1" in ids(in_force(date(2026, 6, 1), **case, facts=Facts(debt_unlawful=True)))


@pytest.mark.parametrize(
    ("provision_id", "kind", "fact"),
    [
        ("CRIM-293", "THREAT", Facts(authority_warned_before=True)),
        ("CRIM-253-1", "CONTACT_BLAST", Facts(info_items=25)),
        ("PSAPL2025-47", "HOME_VISIT", Facts(entered_home=True)),
        ("PSAPL2025-59", "HOME_VISIT", Facts(property_damaged=True)),
        ("LAWYER-55", "FORGED_DOCUMENT", Facts(document_is_lawyer_letter=True)),
    ],
)
def test_a_provision_that_needs_a_fact_is_there_only_with_it(provision_id, kind, fact):
    case = {"kinds": [kind], "lender_type": "bank"}

    assert provision_id not in ids(in_force(date(2026, 6, 1), **case))
    assert provision_id in ids(in_force(date(2026, 6, 1), **case, facts=fact))


@pytest.mark.parametrize(
    ("provision_id", "kind"),
    [
        ("CRIM-274", "THREAT"),  # extortion wants money that is not owed
        ("PSAPL2025-62", "NO_SELF_IDENTIFICATION"),  # no name is not a false name
        ("CC-670", "FALSE_CONSEQUENCE"),  # a rule on interest
        ("CRIM-285", "ILLEGAL_DATA_ACQUISITION"),  # nothing on a phone shows intrusion
    ],
)
def test_a_provision_is_not_there_for_a_kind_it_does_not_fit(provision_id, kind):
    found = in_force(date(2026, 6, 1), kinds=[kind], lender_type="bank", facts=EVERYTHING)

    assert provision_id not in ids(found)


def test_what_is_known_from_memory_alone_stands_last():
    found = [each.id for each in catalogue.fitting("CONTACT_BLAST")]

    assert found[-1] == "OLM2020-COLLECT"
    assert found[0] == "MLC2024-37"  # the order of the kind in the data


def test_rules_of_lenders_bind_their_own_lenders_only():
    def on(lender):
        return ids(in_force(date(2026, 6, 1), kinds=["THREAT", "INSULT"], lender_type=lender))

    assert "MLC2024-37" in on("microloan_company")
    assert "MLC2024-37" not in on("bank")
    assert "CFC2024" in on("consumer_finance_company")
    assert "CFC2024" not in on("bank_credit_card")
    assert {"BICP2022-41", "CCM2011-68"} <= on("bank_credit_card")
    assert "OLM2020-COLLECT" not in on("bank_credit_card")
    assert "CBA2026-BAN" not in on("private_lender")


def test_private_lending_rules_do_not_reach_licensed_lenders():
    found = in_force(
        date(2026, 6, 1), kinds=["EXCESSIVE_COST"], lender_type="bank", facts=EVERYTHING
    )

    assert not any(each.startswith("JI-MJJD") for each in ids(found))


def test_only_what_was_read_is_quoted():
    for each in catalogue.provisions().values():
        assert (quote(each) is not None) == RAW[each.id]["verified"]


def test_an_article_number_that_was_not_read_is_not_printed():
    for each in catalogue.provisions().values():
        name = cite_name(each)
        assert not any(word in name for word in ("未见", "待核", "仅见", "摘要"))
        if not RAW[each.id]["verified"]:
            assert not re.search("第[^》]+条", name.rpartition("》")[2])
            assert "Art." not in cite_name(each, "en")


@pytest.mark.parametrize(
    ("provision_id", "kind", "name"),
    [
        (
            "PSAPL2025-50",
            "CONTACT_BLAST",
            "《中华人民共和国治安管理处罚法》（2025年修订）第五十条第一款第（五）项",
        ),
        ("CRIM-293-1", None, "《中华人民共和国刑法》第二百九十三条之一"),
        ("CFC2024", None, "《消费金融公司管理办法》（国家金融监督管理总局令2024年第4号）"),
        (
            "EV-CRIM-110",
            None,
            "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第一百一十条",
        ),
        (
            "CBA2026-HOURS",
            None,
            "中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》（2026）",
        ),
        (
            "NIFA2018-18",
            None,
            "《互联网金融逾期债务催收自律公约（试行）》（中国互联网金融协会，2018）第十八条",
        ),
    ],
)
def test_a_law_is_named_with_its_version_and_article(provision_id, kind, name):
    assert cite_name(provision(provision_id), kind=kind) == name


def test_the_english_name_has_version_and_article():
    assert cite_name(provision("PSAPL2012-42"), "en") == (
        "Public Security Administration Punishments Law (2012 amendment), Art. 42"
    )


def test_what_is_not_in_the_data_is_refused_by_name():
    with pytest.raises(UnknownProvisionError):
        provision("PSAPL2025-999")
    with pytest.raises(UnknownKindError):
        in_force(date(2026, 1, 1), kinds=["RUDE"], lender_type="bank")
    with pytest.raises(UnknownLenderTypeError):
        in_force(date(2026, 1, 1), kinds=["THREAT"], lender_type="shop")

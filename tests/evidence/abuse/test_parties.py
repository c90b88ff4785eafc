"""evidence/abuse/parties.py: who a role in free text is, and whose lines count together."""

import pytest

from evidence.abuse.contacts import Contacts
from evidence.abuse.parties import is_liable, lender_name, standing, third_person
from tests.evidence.abuse.timelines import call, findings, hours, message, timeline

AT = "2026-03-01T09:00:00+08:00"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("HR of [某某公司], about a job interview", "ordinary"),
        ("says it acts for [公司]", "collector"),
        ("unknown number", "unknown"),
        ("[银行] official line", "ordinary"),
        ("witness: aunt", "person"),
        ("verification code sender", "ordinary"),
        ("courier", "ordinary"),
        ("says he is a courier", "ordinary"),
        ("claims to be from the police", "collector"),
        ("自称是[某某法院]的工作人员", "collector"),
        ("claims to be a lawyer of [公司]", "collector"),
        ("sales representative", "ordinary"),
        ("real estate agent", "ordinary"),
        ("网购平台客服", "unknown"),
        ("travel agency", "ordinary"),
        ("third-party agency hired by [公司]", "collector"),
        ("云某金融委外催收员", "collector"),
        ("贷款广告", "ordinary"),
        ("[公司]", "collector"),
        ("[公司] customer service", "collector"),
        ("[平台A] line 2", "collector"),
        ("lender's own number", "collector"),
        ("[公司] collection line 2", "collector"),
        ("[公司] 2号线", "collector"),
        ("borrower's new phone", "person"),
        ("friend", "person"),
        ("guarantor", "person"),
        ("unknown mobile", "unknown"),
        ("陌生号码", "unknown"),
        ("未知", "unknown"),
        ("银行客服", "ordinary"),
        ("[甲银行]信用卡中心催收", "collector"),
        ("[甲银行] credit card collections", "collector"),
        ("[银行] 官方客服", "ordinary"),
        ("exchange student friend", "person"),
        ("insurance", "ordinary"),
        ("同城快递", "ordinary"),
        ("SMS platform (codes)", "ordinary"),
        ("登录验证码", "ordinary"),
        ("other number of [公司]", "collector"),
        ("another number that says it is [公司]", "collector"),
        ("number that says it acts for [公司] (new)", "collector"),
        ("lawyer acting for the borrower", "ordinary"),
        ("says it acts for [某某保险公司]", "collector"),
        ("自称快递员", "ordinary"),
        ("telemarketing", "ordinary"),
        ("house agent", "unknown"),
        ("mother-in-law", "person"),
        ("class teacher", "person"),
        ("witness: HR manager", "person"),
        ("debt collector", "collector"),
        ("collection agency", "collector"),
        ("催收", "collector"),
        ("催收电话", "collector"),
        ("人工智能催收机器人", "collector"),
        ("voice robot of [公司]", "collector"),
        ("自称[公司]法务部", "collector"),
        ("mobile operator", "ordinary"),
        ("government hotline 12345", "ordinary"),
        ("taxi driver", "ordinary"),
        ("loan app [公司]", "collector"),
        ("loan broker advert", "ordinary"),
        ("private lender, fellow villager", "collector"),
        ("[消金公司] official line", "ordinary"),
        ("says it acts for [公司], number 3", "collector"),
        ("claims to act for [公司]", "collector"),
        ("says she calls on behalf of [公司]", "collector"),
        ("unknown number (later says it acts for [公司])", "collector"),
        ("number blocked by borrower, says it acts for [公司]", "collector"),
        ("doctor", "unknown"),
        ("社区居委会", "unknown"),
        ("公司同事", "person"),
        ("前公司HR", "unknown"),
        ("self: borrower", "person"),
    ],
)
def test_a_role_in_free_text_has_a_standing(role, expected):
    assert standing(role) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("says it acts for [公司]", "[公司] line 2", True),
        ("says it acts for [公司A]", "says it acts for [公司B]", False),
        ("云某金融委外催收员", "云某金融客服", True),
        ("自称代表云某金融", "云某金融催收", True),
        ("StarLoan collections", "collector of StarLoan", True),
        ("says it acts for [公司]", "acts for 公司 too", False),
        ("says it acts for [平台1]", "says it acts for [平台2]", False),
        ("says it acts for [Lender A]", "says it acts for [Lender B]", False),
        ("collector, line 1", "collector, line 2", False),
        ("agency hired by [公司] (outsourced)", "[公司] collection dept", True),
        ("collector for Star Loan", "Star Loan hotline", True),
        ("某某消费金融（自称）", "自称某某消费金融的人", True),
        ("says it acts for 公司甲", "says it acts for 公司乙", False),
        ("says it acts for [公司] #1", "says it acts for [公司] #2", True),
        ("安某小贷催收1", "安某小贷催收2", True),
    ],
)
def test_lines_are_one_lenders_when_their_roles_name_it(one, other, is_same):
    name = lender_name(one)

    assert (name is not None and name == lender_name(other)) == is_same


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("guarantor", True),
        ("担保人姐夫", True),
        ("co-borrower (spouse)", True),
        ("the guarantor's phone", True),
        ("guarantor's wife", False),
        ("担保人的妻子", False),
        ("witness: aunt", False),
    ],
)
def test_a_guarantor_answers_for_the_debt_and_their_kin_do_not(role, expected):
    assert is_liable(role) == expected


@pytest.mark.parametrize(
    ("role", "is_third"),
    [
        ("borrower", False),
        ("借款人本人", False),
        ("co-borrower", False),
        ("borrower's aunt", True),
        ("shop owner next door", True),
        ("客户王某", True),
        ("witness: guarantor's wife", True),
    ],
)
def test_whoever_is_reached_and_owes_nothing_is_a_third_person(role, is_third):
    case = timeline(call(1, AT, recipient="P"), parties={"P": {"role": role}})

    assert (third_person(case.events[0], case) == "P") == is_third


def test_a_hotline_of_the_lender_that_collects_counts_with_its_other_lines():
    parties = {"N1": {"role": "says it acts for [甲贷]"}, "N2": {"role": "[甲贷] official line"}}
    events = hours(4)
    events[2]["counterparty"] = events[3]["counterparty"] = "N2"

    (one,) = findings(*events, parties=parties)

    assert one.event_ids == ("e0", "e1", "e2", "e3")


def test_notices_of_a_lenders_own_line_are_no_contact_to_collect():
    parties = {"L": {"role": "lender [甲贷]"}}
    night = "2026-03-01T23:0{}:00+08:00"
    case = timeline(
        message(1, night.format(1), "祝您节日快乐，阖家幸福！", who="L"),
        message(2, night.format(2), "您的借款已逾期，请尽快还款。", who="L"),
        parties=parties,
    )

    contacts = Contacts.of(case, lambda event, timeline: ())

    assert [event.id for event in contacts.all] == ["e2"]


def test_calls_to_a_guarantor_and_to_the_borrower_are_counted_apart():
    events = hours(4)
    events[0]["recipient"] = events[1]["recipient"] = "G1"

    assert findings(*events) == []


def test_arrears_of_a_service_are_no_collected_debt():
    parties = {"P": {"role": "power company"}, "X": {"role": "unknown number"}}
    found = findings(
        message(1, "2026-03-01T07:30:00+08:00", "您的电费已欠费86元，请及时缴纳。", who="P"),
        message(2, "2026-03-01T22:30:00+08:00", "您的话费余额不足5元，请及时充值。", who="X"),
        parties=parties,
    )

    assert found == []

"""evidence/abuse/naming.py: the name a line gives itself, and what names nobody."""

import pytest

from evidence.abuse.naming import Named, Way, is_same, names_in
from evidence.abuse.normalise import normalise


def named(text):
    return [(one.way.value, one.name) for one in names_in(text, normalise(text).text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("【恒易贷】您的借款已逾期", "恒易贷"),
        ("您的借款已逾期，请还款【恒易贷】", "恒易贷"),
        ("您的借款已逾期，请还款【恒易贷】拒收请回复R", "恒易贷"),
        ("[恒易贷] 您的借款已逾期", "恒易贷"),
    ],
)
def test_a_signature_stands_at_an_end(text, name):
    assert named(text) == [("signature", name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我是恒易贷的，你欠的钱今天还吗", "恒易贷"),
        ("我们这边是恒易消费金融有限公司的，您的账单逾期了", "恒易消费金融有限公司"),
        ("这里是“恒易分期”，您的欠款未还", "恒易分期"),
        ("我公司代表恒易小额贷款向您催收", "恒易小额贷款"),
        ("现受恒易贷的委托向您催收欠款", "恒易贷"),
    ],
)
def test_a_sentence_says_for_whom(text, name):
    assert named(text) == [("says_so", name)]


@pytest.mark.parametrize(
    "text",
    [
        "我是你借款平台的，赶紧还款",
        "我不是恒易贷的，借款的事别问我",
        "【还款提醒】您的借款已逾期",
        "【某某律师事务所】就您的欠款发函",
        "我是派出所的，你欠款不还涉嫌诈骗",
        "受贵司委托处理还款",
        "【恒易贷】祝您节日快乐",
        "您的借款【2026】年逾期",
    ],
)
def test_what_names_no_lender_is_left_alone(text):
    assert named(text) == []


def test_a_name_is_found_once_a_text_and_way():
    text = "我是恒易贷的，再说一遍，我是恒易贷的，还款"

    assert names_in(text, text) == [Named(Way.SAYS_SO, "恒易贷")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("恒易贷", "恒易贷官方客服", True),
        ("恒易消费金融", "恒易消金有限公司", True),
        ("恒易达贷款", "深圳市恒易达小额贷款有限公司", True),
        ("恒易", "恒易达", False),
        ("恒易贷", "某桥分期", False),
        ("小贷公司", "消费金融公司", False),
    ],
)
def test_names_are_compared_by_what_is_theirs_alone(one, other, same):
    assert is_same(one, other) is same
    assert is_same(other, one) is same

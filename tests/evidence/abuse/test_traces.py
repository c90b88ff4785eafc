"""evidence/abuse/traces.py: where to pay and whom to call, and what everybody cites."""

import pytest

from evidence.abuse.traces import call_backs_in, traces_in


def values(text):
    return [trace.value for trace in traces_in(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("点击 https://pay.hengyi.com/h5?id=1 还款", "hengyi.com"),
        ("登录hengyi.com.cn/a还款", "hengyi.com.cn"),
        ("ｈｔｔｐ：／／m.hengyi.com", "hengyi.com"),
        ("戳 t.cn/A6abCd 还款", "t.cn/A6abCd"),
    ],
)
def test_a_link_is_a_domain_or_a_whole_address_on_a_public_host(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "金额3200.50元，版本1.2.3",
        "附件 notice.pdf",
        "见 http://zxgk.court.gov.cn/shixin 和 gov.cn",
        "微信支付 weixin.qq.com",
        "a@hengyi.com",
        "12.5折",
    ],
)
def test_what_everybody_cites_is_no_trace(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("打款到 6200 0000 0000 0001 户名某某", "6200000000000001"),
        ("对公账户：1100000000000000002", "1100000000000000002"),
        ("转到支付宝 pay@hengyi.example", "pay@hengyi.example"),
        ("收款账号 13700000009", "13700000009"),
    ],
)
def test_an_account_to_pay_to_is_a_trace(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "您的账号 6200000000000001 已扣款失败",
        "你名下卡号6200000000000001",
        "身份证号 账户 110101199003070003",
        "合同编号 6200000000000001 已逾期",
        "账户6200****0001",
    ],
)
def test_the_borrowers_own_numbers_are_none(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("请回电 137 0000 0009", "+8613700000009"),
        ("详询客服电话：0755-26670001。", "+8675526670001"),
        ("联系电话:400-000-0001", None),
        ("速联系李经理13700000009处理", "+8613700000009"),
    ],
)
def test_a_number_to_call_back_is_found(text, number):
    found = call_backs_in(text)

    assert len(found) == 1
    assert number is None or found == [number]


@pytest.mark.parametrize(
    "text",
    [
        "我们马上拨打你妈妈13700000009",
        "将联系您预留的紧急联系人，电话：13700000009",
        "投诉请拨打12378",
        "你的号码13700000009我们一直打",
        "马上打给你单位领导，拨打13700000009",
    ],
)
def test_a_relatives_or_a_public_number_is_none(text):
    assert call_backs_in(text) == []

"""evidence/abuse/turning.py: what ends contact, and what only wishes, promises or asks."""

import pytest

from evidence.abuse.turning import turn_of
from tests.evidence.abuse.timelines import call, message, timeline

AT = "2026-03-01T09:00:00+08:00"


@pytest.mark.parametrize(
    ("direction", "text", "turn"),
    [
        ("out_witness", "别打了", "refusal"),
        ("out_witness", "请不要再打给我", "refusal"),
        ("out_witness", "你们打错了", "refusal"),
        ("out_witness", "Please stop calling me.", "refusal"),
        ("out_witness", "I have nothing to do with this, do not contact me again", "refusal"),
        ("out_witness", "这事和我没关系，别找我", "refusal"),
        ("out_witness", "我不认识他，别再打来了", "refusal"),
        ("out_witness", "你是谁？", None),
        ("out_witness", "好的，我转告他", None),
        ("out_witness", "我会让他给你们回电话", None),
        ("out_witness", "他换号了，我也联系不上他", None),
        ("out_witness", "再打我就报警", "refusal"),
        ("out_witness", "请把我的号码删除", "refusal"),
        ("out_witness", "我拒绝再接听你们的电话", "refusal"),
        ("out_witness", "不要再骚扰我们", "refusal"),
        ("out", "别再打给我了", None),
        ("out", "请不要再联系我的家人", "refusal"),
        ("out", "不要打我单位电话", "refusal"),
        ("out", "欠款我上周已经还清", "claim_of_settlement"),
        ("out", "I paid it off in full last week, here is the receipt", "claim_of_settlement"),
        ("out", "钱已经还完了，怎么还催", "claim_of_settlement"),
        ("out", "我下个月结清", None),
        ("out", "我会全部还清的", None),
        ("out", "什么时候能开结清证明？", None),
        ("out", "已经还了一部分", None),
        ("out", "本期已经还清了", None),
        ("out", "再打我就拉黑你", None),
        ("out", "已拉黑", "block"),
        ("out", "拉黑了", "block"),
        ("out", "你被我拉黑了", "block"),
        ("out", "I have blocked your number", "block"),
        ("out", "I will block you", None),
        ("out", "我已经把你的号码加入黑名单", "block"),
        ("out", "这笔贷款结清了", "claim_of_settlement"),
        ("out", "贷款早就结清了，请停止催收", "claim_of_settlement"),
        ("out", "全部欠款已于3月1日结清", "claim_of_settlement"),
        ("out", "我撤回对你们处理我个人信息的同意", "withdrawal"),
        ("in", "您的贷款已结清", "settlement"),
        ("in", "您名下借款已全部还清，感谢您的支持", "settlement"),
        ("in", "请今日全部还清", None),
        ("in", "您本期账单已还清", None),
        ("in", "尽快结清欠款", None),
        ("in", "结清证明已开具，请下载", "settlement"),
        ("in", "您的借款已结清，如有疑问请致电客服", "settlement"),
        ("in", "若已还清请忽略本短信", None),
        ("in", "Your loan has been settled in full. Thank you.", "settlement"),
        ("in", "You have paid in full; your account is closed.", "settlement"),
        ("in", "已结清账户请忽略", None),
        ("in", "您4月账单已还清", None),
        ("in", "您于3月5日已全部结清贷款", "settlement"),
        ("in", "款项还未结清", None),
        ("in", "您的贷款账户已于今日结清，请妥善保管结清证明。", "settlement"),
    ],
)
def test_words_end_what_they_say(direction, text, turn):
    (event,) = timeline(message(1, AT, text, direction=direction)).events

    assert turn_of(event) == turn


@pytest.mark.parametrize(
    ("kind", "turn"),
    [("block", "block"), ("settlement", "settlement"), ("refusal", "withdrawal"), ("note", None)],
)
def test_a_recorded_act_ends_what_it_names(kind, turn):
    (event,) = timeline({"id": "e", "type": kind, "at": AT, "direction": "out"}).events

    assert turn_of(event) == turn


def test_a_plain_call_ends_nothing():
    (event,) = timeline(call(1, AT)).events

    assert turn_of(event) is None

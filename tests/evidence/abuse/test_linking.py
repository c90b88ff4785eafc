"""evidence/abuse/linking.py: which lender a number belongs to, each ground with its records."""

import pytest

from evidence.abuse.linking import By, How, Message, lenders_of, link
from evidence.abuse.naming import core
from evidence.abuse.timeline import Timeline

A, B, C, D = "+8613700000001", "+8613700000002", "+8613700000003", "+8675526670001"
SIGNED = "【恒易贷】您的借款已逾期3天，请尽快处理。"
PAY = "今天之内到 http://pay.hengyi.example.com.cn/h5?x=1 还清，不然后果自负"
TEMPLATE = (
    "【{}】{}您好，您名下{}元欠款至今未结清，我司将于今日18点前移交外访部门，请自行承担后果。"
)


def told(*texts):
    return [Message(f"r{number}", line, text) for number, (line, text) in enumerate(texts, 1)]


def hows(tie):
    return [(ground.how, ground.lender, ground.records) for ground in tie.grounds]


def test_a_signature_ties_a_number_and_names_its_records():
    tie = link(told((A, SIGNED), (A, SIGNED), (B, "你好")))[A]

    assert (tie.lender, tie.by) == ("恒易贷", By.OWN_WORDS)
    assert hows(tie) == [(How.SIGNATURE, "恒易贷", ("r1", "r2"))]
    assert tie.conflicts == ()


def test_a_caller_who_says_for_whom_is_tied():
    ties = link(
        told(
            (A, "我是恒易消费金融有限公司的，你那笔借款什么时候还"),
            (B, "本人受恒易贷委托，处理您的逾期欠款"),
        )
    )

    assert hows(ties[A]) == [(How.SAYS_SO, "恒易消费金融有限公司", ("r1",))]
    assert hows(ties[B]) == [(How.SAYS_SO, "恒易贷", ("r2",))]


def test_the_same_payment_link_ties_a_number_that_names_nobody():
    ties = link(told((A, SIGNED), (A, PAY), (B, PAY.replace("h5?x=1", "h5?x=2")), (C, "在吗")))

    assert (ties[B].lender, ties[B].by) == ("恒易贷", By.SHARED)
    [ground] = ties[B].grounds
    assert (ground.how, ground.lender, ground.others) == (How.PAYMENT_LINK, "恒易贷", (A,))
    assert ground.value == "example.com.cn"
    assert ground.records == ("r3", "r2")
    assert ties[C].lender == ""
    assert ties[C].grounds == ()


def test_a_tie_goes_on_from_number_to_number_but_gives_nothing_back():
    account = "请把欠款汇到账号 6200 0000 0000 0001"
    ties = link(told((A, SIGNED), (A, PAY), (B, PAY), (B, account), (C, account)))

    assert ties[C].lender == "恒易贷"
    assert hows(ties[C]) == [(How.PAYMENT_ACCOUNT, "恒易贷", ("r5", "r4"))]
    # B's name came from A and went on to C: C is no ground for B, nor B for A.
    assert [ground.lender for ground in ties[B].grounds if ground.others == (C,)] == [""]
    assert [ground.lender for ground in ties[A].grounds if ground.others] == [""]


def test_a_number_named_to_be_called_back_is_tied_though_it_wrote_nothing():
    ties = link(told((A, SIGNED), (A, "欠款事宜请回电0755-26670001，勿再拖延")), lines=[D])

    assert (ties[D].lender, ties[D].by) == ("恒易贷", By.SHARED)
    assert hows(ties[D]) == [(How.CALL_BACK, "恒易贷", ("r2",))]


def test_one_wording_with_other_sums_names_and_no_signature_is_a_weak_ground():
    texts = (A, TEMPLATE.format("恒易贷", "张先生", 3200)), (B, TEMPLATE[4:].format("李女士", 815))
    tie = link(told(*texts))[B]

    assert (tie.lender, tie.by) == ("恒易贷", By.WORDING)
    [ground] = tie.grounds
    assert (ground.how, ground.value, ground.records) == (How.WORDING, "100", ("r2", "r1"))


def test_wording_leads_one_step_and_never_from_one_name_to_another():
    one = TEMPLATE.format("恒易贷", "张先生", 3200)
    other = TEMPLATE.format("某桥分期", "张先生", 3200)

    ties = link(told((A, one), (B, other)))

    assert (ties[A].conflicts, ties[B].conflicts) == ((), ())
    assert [ground.how for ground in ties[A].grounds] == [How.SIGNATURE]


def test_what_a_person_said_counts_and_the_texts_stand_beside_it():
    tie = link(told((A, SIGNED)), {A: "某桥分期"})[A]

    assert (tie.lender, tie.by) == ("某桥分期", By.PERSON)
    assert tie.conflicts == ("恒易贷",)
    assert hows(tie) == [(How.SIGNATURE, "恒易贷", ("r1",))]


def test_what_a_person_said_of_one_number_ties_the_next():
    tie = link(told((A, PAY), (B, PAY)), {A: "恒易贷"})[B]

    assert (tie.lender, tie.by) == ("恒易贷", By.SHARED)


def test_two_names_of_one_line_are_a_conflict_and_settle_nothing():
    tie = link(told((A, SIGNED), (A, "【某桥分期】您的借款已逾期，请还款")))[A]

    assert (tie.lender, tie.by) == ("", By.NOTHING)
    assert tie.conflicts == ("恒易贷", "某桥分期")


def test_two_spellings_of_one_name_are_no_conflict():
    legal = "【深圳恒易贷科技有限公司】您的借款已逾期，请还款"

    assert link(told((A, SIGNED), (A, legal), (A, SIGNED)))[A].lender == "恒易贷"


def test_numbers_that_a_person_set_apart_neither_get_nor_give():
    texts = told((A, SIGNED), (A, PAY), (B, f"催收发给我的：{SIGNED}"), (B, PAY), (C, PAY))

    ties = link(texts, apart=[B])

    assert B not in ties
    assert ties[C].grounds[0].others == (A,)


def test_a_court_a_bank_code_and_a_shop_are_no_lender():
    ties = link(
        told(
            (A, "【某某区人民法院】您与某公司借款合同纠纷一案已立案"),
            (B, "【某某银行】验证码123456，请勿告诉他人"),
            (C, "【重要通知】您的借款已逾期，请还款"),
            (D, "【某某超市】您的积分即将到期"),
        )
    )

    assert {tie.lender for tie in ties.values()} == {""}


def test_order_of_the_texts_changes_no_tie():
    texts = [(A, SIGNED), (A, PAY), (B, PAY), (C, TEMPLATE.format("恒易贷", "王女士", 9))]
    there, back = link(told(*texts)), link(told(*reversed(texts)))

    assert [(tie.lender, tie.by) for tie in there.values()] == [
        (tie.lender, tie.by) for tie in back.values()
    ]


def test_a_timeline_gives_the_core_of_the_names():
    events = [
        {"id": "1", "at": "2026-03-01T10:00:00+08:00", "counterparty": A, "text": SIGNED},
        {"id": "2", "at": "2026-03-01T11:00:00+08:00", "counterparty": B, "text": "在吗"},
        {"id": "3", "at": "2026-03-01T12:00:00+08:00", "counterparty": C, "direction": "out"}
        | {"text": "我是恒易贷的借款人"},
    ]
    timeline = Timeline.from_json({"parties": {}, "events": events})

    assert lenders_of(timeline) == {A: core("恒易贷")}


def test_a_line_that_signs_with_every_name_settles_nothing_and_ends():
    texts = [(A, f"【第{number}号贷】您的借款已逾期") for number in range(3000)]

    tie = link(told(*texts))[A]

    assert (tie.lender, tie.by) == ("", By.NOTHING)
    assert 2 < len(tie.conflicts) <= 21


@pytest.mark.parametrize("text", ["a" * 500_000, "a." * 250_000, "1" * 500_000, "【" * 500_000])
@pytest.mark.parametrize("before", ["", "您的借款已逾期，收款账号", "我是", "请回电"])
def test_a_huge_text_is_read_in_its_own_time(text, before):
    """Linear: a pattern that began anew at each place would not end within the suite."""
    assert link(told((A, before + text)))[A].lender == ""

"""evidence/abuse/tagger.py: the edge cases of the labelling rules, one by one."""

from datetime import datetime, timedelta, timezone

import pytest

from evidence.abuse.errors import AbuseInputError
from evidence.abuse.tagger import is_quiet_time, labels, tag

BEIJING = timezone(timedelta(hours=8))
T, INSULT, C, P = "threat", "insult", "contact_blasting", "privacy_disclosure"
M, F, H = "impersonation", "false_legal_document", "harassment_frequency"
V, IMAGE, E = "home_or_workplace_visit", "obscene_image", "extortion_or_usury"
B, N = "induce_borrowing", "off_hours"


def found(text, **context):
    return set(labels(tag(text, **context)))


EDGE_CASES = [
    # 1 lawful remedies
    ("逾期未还，我司将依法向人民法院提起诉讼。", set()),
    ("请尽快还款，否则我司将申请仲裁并委托律师处理。", set()),
    ("判决生效后仍不履行的，我方将申请强制执行，您可能被列入失信名单。", set()),
    # 2 false legal
    ("你的案子已立案，传票已发。", {F}),
    ("今天不还我们就报案处理。", {F}),
    # 3 liberty words
    ("涉嫌贷款诈骗，不还就等着被刑拘。", {F, T}),
    # 4 impersonation
    ("我是公安局经侦支队的，你的欠款今天必须结清。", {M}),
    ("我是公司法务部的，想跟您确认还款意愿。", set()),
    ("受某银行委托，某律师事务所函告：请于7日内还款，否则将提起诉讼。", set()),
    # 5 genuine court
    (
        "某区人民法院：（2026）某0101民初12号案定于4月1日开庭，"
        "请登录人民法院送达平台查看，咨询12368。",
        set(),
    ),
    # 7 threatened contact
    ("联系不上您，我司将联系您的紧急联系人。", {C}),
    ("不还就爆你通讯录，一个不落。", {C, T}),
    # 8 own data
    ("您的身份证尾号为1234，请核对后还款。", set()),
    # 9 visits
    ("我行拟于周三14点与您面谈，如您不便可另行约定。", set()),
    ("外访人员明天上门，请在家等候。", {V}),
    ("明天带人去你家堵门。", {V, T}),
    # 10 harassment
    ("刚才给您打过一个电话未接通。", set()),
    ("今天给你打了四十个电话了。", {H}),
    ("不还就用呼死你轰炸到你关机。", {H, T}),
    # 11 insult floor
    ("欠债还钱天经地义，做人要讲信用。", set()),
    ("你还要不要脸？", {INSULT}),
    # 12 images
    ("给你P个图玩玩？", {IMAGE}),
    ("遗照都给你做好了。", {T}),
    ("通缉令海报贴满你们小区，欠债不还。", {P, T, V}),
    # 13 money
    ("先交600续期费，本金不动。", {E}),
    ("请转到这个账户：户名张某。", set()),
    ("交3000撤案费，案子就撤了。", {E, F}),
    # 14 borrowing
    ("您再想想办法凑一凑。", set()),
    ("去别的平台借一笔先还上。", {B}),
    # 16 obfuscation
    ("再不还钱就爆t.x.l", {C, T}),
    # 17 collector's manner without the word debt
    ("今晚不给钱就砍死你", {T}),
]


@pytest.mark.parametrize(("text", "expected"), EDGE_CASES)
def test_an_edge_case_is_labelled_as_defined(text, expected):
    assert found(text) >= expected
    if not expected:
        assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "你们再骚扰我妈，我就报警。",
        "催收天天打我电话，说要爆我通讯录，怎么办？",
        "警方捣毁一暴力催收团伙，该团伙以P图、上门泼漆相威胁。",
        "妈，有人打电话说我欠钱你别信。",
        "验证码482913，5分钟内有效。",
        "您的快递已到驿站，取件码6-1-3。",
        "妈的，今天又下雨。",
        "",
    ],
)
def test_others_than_the_creditor_side_earn_no_label(text):
    assert tag(text) == []


def test_what_the_owner_wrote_is_never_labelled():
    assert tag("再打老子弄死你", direction="out") == []


def test_a_courteous_request_to_a_third_person_is_no_abuse():
    assert tag("您好，麻烦您让小李回个电话，谢谢。", recipient="aunt") == []


def test_the_debt_told_to_a_third_person_is_contact_and_disclosure():
    assert found("他的贷款逾期了，请转告他。", recipient="母亲") == {C, P}


@pytest.mark.parametrize("recipient", ["担保人", "guarantor", "co-borrower"])
def test_a_guarantor_is_not_a_third_person(recipient):
    assert tag("您担保的贷款已逾期，请履行保证责任。", recipient=recipient) == []


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59:59", False), ("22:00:00", True), ("07:59:59", True), ("08:00:00", False)],
)
def test_quiet_time_starts_at_ten_and_ends_before_eight(clock, quiet):
    at = datetime.fromisoformat(f"2026-03-01T{clock}+08:00")

    assert is_quiet_time(at) is quiet
    assert (N in found("您已逾期，请尽快还款。", at=at)) is quiet


def test_quiet_time_is_beijing_time_whatever_the_offset():
    at = datetime.fromisoformat("2026-03-01T14:30:00+00:00")

    assert found("您已逾期，请尽快还款。", at=at) == {N}


@pytest.mark.parametrize(
    "text", ["验证码1234，请勿泄露。", "您的账单将于明日到期。", "您已成功还款1200元。", "睡了吗？"]
)
def test_codes_bills_receipts_and_chat_are_never_off_hours(text):
    assert tag(text, at=datetime(2026, 3, 1, 23, tzinfo=BEIJING)) == []


def test_without_a_time_nothing_is_off_hours():
    assert N not in found("您已逾期，请尽快还款。")


def test_a_time_without_offset_is_refused():
    with pytest.raises(AbuseInputError):
        tag("请还款", at=datetime(2026, 3, 1, 23))  # noqa: DTZ001


def test_a_suggestion_names_the_original_words_the_rule_and_both_reasons():
    text = "今晚不還錢，就爆 你 通訊錄！"

    one = next(one for one in tag(text) if one.label == C)

    assert text[one.start : one.end] in text
    assert "通訊錄" in text[one.start : one.end]
    assert one.rule.startswith("C-")
    assert one.reason_zh
    assert one.reason_en


def test_labels_come_once_in_a_fixed_order():
    many = tag("不还就爆你通讯录，再不还弄死你，弄死你全家")

    assert labels(many) == [T, C]

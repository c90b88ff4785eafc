"""Whole packages out of invented content, with a real house, real tokens and real events.

No person, company, number or case here exists. Numbers begin with 100, which no operator assigns.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from complaints.bundle.content import (
    ActGroup,
    Citation,
    DocumentKind,
    EarlierStep,
    Fact,
    Figure,
    Harm,
    LenderConduct,
    Loan,
    NumberRow,
    PackageContent,
    Person,
    Picture,
    Respondent,
    ThirdPersonRow,
)
from evidence.integrity.house import House

from .sample_exhibits import (
    ARRIVED,
    BORN,
    BUNDLE_TIME,
    ORIGIN,
    SMS_EXPORT,
    call_recording,
    chain,
    chat_screenshot,
    clock,
    exhibit,
    fonts,
    house,
    loan_contract,
    message_export,
    same_id,
    screenshot,
    stamp,
)

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120">
<rect x="0" y="0" width="600" height="120" fill="#f6f6f6"/>
<text x="10" y="22" font-size="14" font-family="Noto Sans SC, sans-serif">样例：每日来电次数</text>
<g fill="#4a4a4a"><rect x="40" y="60" width="30" height="50"/>
<rect x="100" y="40" width="30" height="70"/>
<rect x="160" y="80" width="30" height="30"/></g></svg>""".encode()


def facts() -> tuple[Fact, ...]:
    """Four acts, in time order, three of them told in full."""
    return (
        Fact(
            at=datetime(2026, 11, 3, 14, 47, tzinfo=UTC),
            channel="短信",
            number="10000000101",
            whom="本人",
            kinds=("威胁恐吓",),
            words="样例：今天不还就把你欠钱的事告诉单位所有人😡",
            account="当晚我在家中，收到后一夜未睡。",
            exhibit="B-1",
            place="第 1 条",
            serious=True,
        ),
        Fact(
            at=datetime(2026, 11, 4, 14, 47, tzinfo=UTC),
            channel="短信",
            number="10000000102",
            whom="本人",
            kinds=("威胁恐吓",),
            words="样例：你家住哪我们清楚",
            exhibit="B-1",
            place="第 2 条",
            serious=True,
        ),
        Fact(
            at=datetime(2026, 11, 4, 23, 5, tzinfo=UTC),
            channel="微信",
            number="wxid_sample_0001",
            whom="同事甲",
            kinds=("爆通讯录、骚扰第三人",),
            words="样例：转告他，今天之内处理。",
            exhibit="B-2",
        ),
        Fact(
            at=datetime(2026, 11, 5, 0, 12, tzinfo=UTC),
            at_precision="second",
            channel="来电",
            number="10000000101",
            whom="本人",
            kinds=("威胁恐吓", "单位骚扰"),
            words="样例：再不还，我们就去你单位门口。",
            present="家人乙",
            exhibit="B-3",
            place="00:00:23",
            serious=True,
        ),
    )


def content(of: House | None = None, **values: Any) -> PackageContent:
    """A whole invented case for a police station; `values` replace fields."""
    of = of or house()
    given: dict[str, Any] = {
        "case": "LZ-SAMPLE-0001",
        "document": DocumentKind.ACCUSATION,
        "title": "控告书",
        "addressee": "样例市公安局样例分局样例派出所",
        "complainant_role": "控告人",
        "respondent_role": "被控告人",
        "bundle_time": BUNDLE_TIME,
        "sample": True,
        "software": "liuzheng 0.1.0",
        "complainant": Person(name="样例甲", sex="女", phone="10000000001"),
        "respondents": (
            Respondent(name="样例小额贷款有限公司", role="贷款人", address="样例省样例市样例路1号"),
            Respondent(
                name="自称“张经理”",
                role="自称催收人员",
                numbers=("10000000101", "10000000102"),
                accounts=("微信 wxid_sample_0001",),
            ),
        ),
        "requests": (
            "依法受案查处被控告人在2026年11月3日至5日以短信、电话威胁本人的行为；",
            "责令被控告人停止接触本人、本人家人和同事。",
        ),
        "loan": Loan(
            lender="样例小额贷款有限公司",
            product="样例钱包",
            contract_number="YL-2025-000001",
            signed_on=date(2025, 12, 1),
            contract_amount=Decimal("12000"),
            received_amount=Decimal("11400"),
            repaid_amount=Decimal("8200"),
            claimed_amount=Decimal("6135.20"),
            overdue_since=date(2026, 10, 1),
            exhibits=("A-1",),
        ),
        "background": "十月起我因停工暂时还不上，曾三次主动致电客服说明情况，每次都被转到催收。",
        "facts": facts(),
        "figures": (
            Figure(label="各种方式合计", value="4 次", method="按记录逐条计，同一通话只计一次"),
            Figure(
                label="22:00 至次日 08:00", value="2 次", method="按北京时间，以接通或收到时刻计"
            ),
            Figure(label="被联系的第三人", value="1 人", method="按称谓计", exhibits=("B-2",)),
        ),
        "pictures": (
            Picture(
                title="每日来电次数",
                svg=PICTURE,
                alt="柱状图：三日的来电次数",
                caption="按北京时间；规则 calls_per_day 第1版；缺少 2026-11-06 以后的记录。",
                exhibits=("B-1", "B-3"),
            ),
        ),
        "statistics_note": "统计由程序按上列证据计算，时区为北京时间。",
        "harm": (Harm(text="连续失眠，11月6日在样例医院就诊，自付费用 312 元。"),),
        "earlier_steps": (
            EarlierStep(
                on=date(2026, 11, 4),
                to="样例小额贷款有限公司客服",
                reference="T0001",
                outcome="答复“会转告”",
                continued="次日仍来电",
            ),
        ),
        "citations": (
            Citation(
                act="威胁恐吓",
                period="2026-11-03 至 2026-11-05",
                provision="《样例治安法》（样例版）第五十条第一款第（五）项",
                wording="涉嫌违反该条规定",
                exhibits=("B-1", "B-3"),
            ),
        ),
        "numbers": (
            NumberRow(
                number="10000000101",
                place="未知",
                count=2,
                first_at=datetime(2026, 11, 3, 14, 47, tzinfo=UTC),
                last_at=datetime(2026, 11, 5, 0, 12, tzinfo=UTC),
                tie="来电中自称受样例小额贷款有限公司委托",
                exhibits=("B-1", "B-3"),
            ),
        ),
        "third_persons": (
            ThirdPersonRow(
                alias="同事甲", relation="同事", count=1, told_of_debt="是", material="其本人截图"
            ),
        ),
        "attachments": ("身份证复印件一份",),
        "exhibits": (
            loan_contract(of),
            message_export(of),
            chat_screenshot(of),
            call_recording(of),
        ),
        "trust": of.trust_json(at=BUNDLE_TIME),
    }
    return PackageContent(**(given | values))


def report(of: House | None = None) -> PackageContent:
    """The same case as a report to a regulator."""
    return replace(
        content(of),
        document=DocumentKind.REGULATOR_REPORT,
        title="举报书",
        addressee="国家金融监督管理总局样例监管局",
        complainant_role="举报人",
        respondent_role="被举报人",
        matter="样例小额贷款有限公司委托人员威胁借款人并骚扰其同事",
        requests=("依法查处上述行为，并书面告知处理结果。",),
        act_groups=(
            ActGroup(
                conduct="威胁恐吓",
                description="2026年11月3日、4日、5日共三次，号码 10000000101、10000000102",
                rules="《样例监管办法》第三十七条",
                exhibits=("B-1", "B-3"),
            ),
        ),
        lender_conduct=(
            LenderConduct(question="是否告知委托催收", answer="未告知"),
            LenderConduct(question="机构对投诉的答复", answer="“会转告”，无书面答复"),
        ),
    )


__all__ = [
    "ARRIVED",
    "BORN",
    "BUNDLE_TIME",
    "ORIGIN",
    "SMS_EXPORT",
    "chain",
    "clock",
    "content",
    "exhibit",
    "facts",
    "fonts",
    "house",
    "message_export",
    "report",
    "same_id",
    "screenshot",
    "stamp",
]

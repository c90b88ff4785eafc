"""The invented borrower's answers to the interview of each document."""

from __future__ import annotations

from typing import Any

from complaints.demo import story

LENDER_TYPE = "microloan_company"

SHARED: dict[str, Any] = {
    "danger_now": False,
    "lender_type": LENDER_TYPE,
    "lender_legal_name": story.LENDER,
    "lender_app_name": story.APP,
    "lender_place": "样例省样例市",
    "incident_place": "样例市样例区",
    "relation": "self",
    "name": "林小禾（样例）",
    "signs_by_hand": True,
    "contract_number": "样例-2025-0001",
    "borrowed_on": "2025-11-15",
    "contract_amount": "1200.00",
    "received_amount": "1000.00",
    "claimed_amount": "2350.00",
    "overdue_since": "2025-12-16",
    "background": "我因临时周转借了这笔款，到期后没能按时还清，一直愿意协商分期。",
    "asked_to_stop_on": "2026-10-08",
    "asked_to_stop_how": "短信",
    "continued_after_stop": True,
    "harm": [{"text": "家人和同事多次被电话打扰，我夜里无法入睡。", "on": "2026-10-15"}],
    "earlier_steps": [
        {
            "on": "2026-10-16",
            "to_whom": story.LENDER,
            "reference": "样例工单0001",
            "result": "客服答复会转告，没有书面答复。",
            "went_on_after": True,
        }
    ],
}

BY_AGENCY: dict[str, dict[str, Any]] = {
    "PSB_STATION": {
        **SHARED,
        "addressee_name": "样例市公安局样例分局样例派出所",
        "requests": ["accept_and_investigate", "forbid_contact"],
        "visits": [
            {
                "on": "2026-10-20",
                "at": "19:30 左右",
                "place": "家门口（样例小区）",
                "who": "两名男子，自称受贷款公司委托",
                "what": "敲门十几分钟，在门上贴了一张写有我姓名的纸，邻居出来后离开。",
                "present": "邻居一人",
                "reported": "样例接警单0002",
            }
        ],
    },
    "PSB_CRIM": {
        **SHARED,
        "addressee_name": "样例市公安局样例分局",
        "requests": ["open_criminal_case", "written_non_filing"],
    },
    "NFRA_LOCAL": {  # it takes licensed lenders; a microloan company is the local administration's
        **SHARED,
        "lender_type": "consumer_finance_company",
        "lender_legal_name": story.LICENSED_LENDER,
        "addressee_name": "国家金融监督管理总局样例监管局",
        "requests": ["investigate_and_punish", "written_answer"],
        "report_summary": "反映贷款催收中威胁、夜间联系和联系第三人",
        "told_of_outsourcing": "no",
        "collector_listed": "unknown",
    },
    "LENDER": {
        **SHARED,
        "addressee_name": f"{story.LENDER}消费者权益保护部门",
        "requests": ["no_third_persons", "give_recordings", "repayment_plan"],
    },
    "LOCAL_FIN": {
        **SHARED,
        "addressee_name": "样例省地方金融管理局",
        "lender_credit_code": "91000000样例00001X",
        "requests": ["investigate_and_punish", "order_correction", "written_answer"],
        "report_summary": "反映小额贷款公司催收中威胁、夜间联系和联系第三人",
        "agent_name": "林小禾的姐姐（样例）",
        "agent_relation": "near_relative",
        "agent_powers": ["hand_in", "receive_answers"],
        "agent_until": "2027-05-31",
    },
    "CAC": {
        **SHARED,
        "addressee_name": "样例市互联网信息办公室",
        "app_version": "3.2.1（样例）",
        "app_operator": "星河样例信息技术有限公司",
        "info_kinds": ["contacts", "workplace"],
        "info_items": 120,
        "info_obtained": "forced_permission",
        "info_discovered_on": "2026-10-08",
        "info_use": "催收人员来短信说要给我通讯录里的人逐个打电话，我没有告诉过他们这些号码。",
        "requests": ["order_deletion", "investigate_and_punish", "written_answer"],
        "report_summary": "反映借款 App 读取通讯录并用于催收",
    },
}

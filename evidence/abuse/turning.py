"""Events after which further contact means something else: refusal, settlement, blocking.

What the borrower or a witness wrote is their claim; what the lender wrote is its own word. A wish,
a promise, a condition or a question ends nothing.
"""

from __future__ import annotations

import re
from enum import StrEnum

from evidence.abuse.timeline import Event


class Turn(StrEnum):
    """What an event ends."""

    REFUSAL = "refusal"  # contact with a third person
    SETTLEMENT = "settlement"  # by the lender's word or a recorded act
    CLAIM_OF_SETTLEMENT = "claim_of_settlement"  # by the borrower's word
    WITHDRAWAL = "withdrawal"  # consent withdrawn, wrong person, recorded refusal
    BLOCK = "block"  # of this line


_REFUSAL = re.compile(
    r"(?:不要|别|请勿|不准|禁止|停止|拒绝|不许|请不要|勿)(?:你们?|贵司|贵公司)?(?:再|继续)?(?:给|向|对|和|跟)?.{0,8}"
    r"(?:打|联系|骚扰|发|催|找|来电|拨|打扰|致电|接触)|我拒绝|明确拒绝|与我无关|跟我没关系|和我没关系|"
    r"再(?:给我)?(?:打|联系|骚扰|发|来).{0,8}(?:报警|投诉|起诉|告你)|把我的?(?:号码|电话|联系方式).{0,4}删|"
    r"删(?:掉|除)我的?(?:号码|电话|联系)|不(?:想|愿意?|希望)(?:再)?(?:被|接到|收到).{0,6}(?:骚扰|电话|短信|联系)|"
    r"(?:do not|don'?t|stop|never|no longer) (?:call|contact|text|messag|writ|harass|"
    r"phon|ring|bother)|"
    r"refuse|leave me alone|(?:delete|remove) my number|not my debt|nothing to do with me|"
    r"(?:do not|don'?t) (?:want|wish) (?:any (?:more|further) |to (?:be|get|receive) )"
    r".{0,12}(?:call|contact)",
    re.IGNORECASE,
)
_THIRD_NAMED = re.compile(
    r"家人|家属|亲戚|亲友|父母|爸|妈|老婆|老公|朋友|同事|单位|公司|领导|第三人|联系人|通讯录|哥|姐|弟|妹|婆|亲属|"
    r"family|parent|mother|father|wife|husband|friend|colleague|employer|third|relative|contacts",
    re.IGNORECASE,
)
_NOT_THE_DEBTOR = re.compile(
    r"(?:我|这)不是.{0,8}(?:本人|借款人|你要找|你们要找|机主)|打错了?|(?:从来?)?没(?:有)?(?:借|贷)过|新(?:办|换)的?号|"
    r"不认识(?:他|她|这个?人|此人)|not the (?:borrower|debtor)|wrong number|never borrowed|"
    r"(?:do not|don'?t) know (?:him|her|this person)",
    re.IGNORECASE,
)
# Said as done: only a condition, or talk of one instalment, takes it back.
_SETTLED = re.compile(
    r"已(?:经|于.{1,10}|在.{1,10})?(?:全部|全额|正式|提前)?(?:结清|还清|清偿完)|结清证明已|"
    r"(?:fully |been )settled|paid in full",
    re.IGNORECASE,
)
# May be a demand as well ("请今日全部还清"): a word of asking takes it back, too.
_SETTLED_PERHAPS = re.compile(
    r"(?:全部|账户|贷款|借款|欠款|款项|本息)(?:全部|全额|正式|提前)?(?:结清|还清|清偿完)|结清证明|"
    r"settlement (?:letter|certificate)",
    re.IGNORECASE,
)
_NOT_SETTLED = re.compile(
    r"未结清|没结清|尚未|若(?!有)|如(?:果|已|您已)|忽略|未还清|没还清|才算|之前|才能|才可|方可|不结清|否则|"
    r"本期|当期|上期|本月|当月|\d月(?:份|应|账|的)|第.{1,3}期|期账单|本次账单|账单已|部分|"
    r"not (?:been )?settled|unless|until|once|\bif\b|instal?ment|statement|this month",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"请|必须|务必|要求|尽快|马上|立即|立刻|抓紧|限|需|要全部|please|must", re.IGNORECASE
)
_CLAIMS_SETTLED = re.compile(
    r"(?:已经?|都|全部?|早就?|上.{1,3}就?|昨天|前天).{0,6}(?:结清|还清|还完)|(?:结清|还清|还完)了|这是结清证明|"
    r"(?:already |have |fully |I )(?:been )?(?:settled|"
    r"paid (?:it |everything |the .{0,12})?(?:off|in full))|"
    r"paid in full",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"未结清|没结清|没还清|未还清|还没|尚未|[?？]|吗|会|将|等|如果|要是|准备|打算|想|下个?月|明天|后天|之后|以后|一定|"
    r"保证|尽快|争取|本期|当期|本月|第.{1,3}期|will|would|going to|next|soon|if |when |instal?ment",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(r"撤回.{0,12}(?:同意|授权)|注销.{0,8}(?:账户|账号)|withdraw.{0,20}consent")
_BLOCKED = re.compile(
    r"(?:已经?|把|都|全).{0,10}(?:拉黑|屏蔽)|(?:拉黑|屏蔽)(?:你|您|这个|该|了)|(?:拉|加)(?:进|入|到)?.{0,4}黑名单|"
    r"\bblock(?:ed|ing)\b",
    re.IGNORECASE,
)
_NOT_BLOCKED = re.compile(
    r"再.{0,10}(?:就|我)|如果|要是|否则|不然|别|不要|不会|没有?(?:拉黑|屏蔽)|为什么|吗|[?？]|"
    r"\bif\b|will|would|unless|not block|why",
    re.IGNORECASE,
)
_BLOCK_TYPES = ("block", "blocked", "number_blocked")
_SETTLEMENT_TYPES = ("settlement", "settled", "paid", "payoff", "repayment_complete", "closed")
_REFUSAL_TYPES = (
    "refusal",
    "refuse",
    "objection",
    "complaint_answered",
    "warning",
    "police_warning",
)


def _is_settlement(event: Event) -> bool:
    """Whether an incoming text says that the debt, not one instalment of it, is settled."""
    text = event.text
    if text is None or event.direction != "in" or _NOT_SETTLED.search(text):
        return False
    return bool(_SETTLED.search(text)) or (
        bool(_SETTLED_PERHAPS.search(text)) and not _ASKS.search(text)
    )


def turn_of(event: Event) -> Turn | None:
    """What one event ends; None for an ordinary event."""
    if event.text is None and event.type in ("call", "message") and not event.was_blocked:
        return None
    if event.type in _BLOCK_TYPES or event.was_blocked:
        return Turn.BLOCK
    if event.type in _SETTLEMENT_TYPES or _is_settlement(event):
        return Turn.SETTLEMENT
    if event.direction == "in" and event.type not in _REFUSAL_TYPES:
        return None
    return _of_own(event)


def _of_own(event: Event) -> Turn | None:
    """What the borrower's or a witness's own words, or a recorded act of theirs, end."""
    text = event.text or ""
    refuses = event.type in _REFUSAL_TYPES or bool(_REFUSAL.search(text))
    is_wrong_person = bool(_NOT_THE_DEBTOR.search(text))
    if event.direction == "out_witness" and (refuses or is_wrong_person):
        return Turn.REFUSAL
    if _BLOCKED.search(text) and not _NOT_BLOCKED.search(text):
        return Turn.BLOCK
    if event.direction == "out_witness":
        return None
    if _CLAIMS_SETTLED.search(text) and not _NOT_YET.search(text):
        return Turn.CLAIM_OF_SETTLEMENT
    if (is_wrong_person and refuses) or _WITHDRAWN.search(text):
        return Turn.WITHDRAWAL
    if refuses and _THIRD_NAMED.search(text):
        return Turn.REFUSAL
    return Turn.WITHDRAWAL if event.type in _REFUSAL_TYPES else None

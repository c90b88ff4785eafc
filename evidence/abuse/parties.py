"""Who is who on a timeline: which lines collect, for which lender, and who is a third person.

A role is free text ("says it acts for [公司]", "unknown number", "[银行] official line",
"witness: aunt"). It is judged by words here; an unknown line is judged by what it writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidence.abuse.context import is_third_person
from evidence.abuse.timeline import Event, Timeline


class Standing(StrEnum):
    """What a party is for the counting of contacts."""

    COLLECTOR = "collector"  # lender, agency, or somebody who says so
    ORDINARY = "ordinary"  # bank line, courier, codes, court: its calls are not collection
    PERSON = "person"  # witness, relative, colleague, friend
    UNKNOWN = "unknown"  # judged by its texts


@dataclass(frozen=True)
class Line:
    """One party's standing and the lender whose lines are counted with it.

    `is_service`: a lender's own line, which also sends notices, greetings and offers.
    """

    standing: Standing
    lender: str
    is_service: bool = False


_PERSON = re.compile(
    r"witness|relative|family|friend|colleague|co-?worker|neighbou?r|landlord|teacher|employer|"
    r"guarantor|co-?borrower|borrower'?s |borrower$|\b(?:mother|father|wife|husband|brother|"
    r"sister|aunt|uncle|cousin|son|daughter|parent|boss|classmate|roommate)s?\b|"
    r"\b(?:ex-)?(?:girl|boy)friend|\b(?:grand|step)(?:mother|father|son|daughter)|in-law\b|"
    r"证人|亲属|亲戚|家人|家属|朋友|同事|同学|邻居|房东|老师|担保人|共同借款人|借款人|本人|"
    r"母亲|父亲|妈妈|爸爸|妻子|丈夫|哥哥|弟弟|姐姐|妹妹|儿子|女儿|舅|姑|叔|姨|爷爷|奶奶|外婆|外公|"
    r"前(?:妻|夫)|男友|女友",
    re.IGNORECASE,
)
# Ordinary by its trade: what it calls itself does not matter.
_TRADE = (
    r"courier|parcel|delivery|takeaway|rider|insurance|hospital|clinic|school|kindergarten|"
    r"\bshop|\bstore|recruit|job interview|property management|estate agent|travel|"
    r"restaurant|taxi|driver|"
    r"快递|外卖|骑手|驿站|物流|保险|医院|诊所|学校|幼儿园|物业|商家|商场|超市|房产|中介|司机|装修|推销|"
    r"招聘|面试|猎头"
)
_ORDINARY = re.compile(
    rf"{_TRADE}|express|verification|\bcodes?\b|\botp\b|operator|telecom|carrier|"
    r"official (?:line|number|notice|sender|channel|app|account)|hotline|genuine|court|police|"
    r"regulator|arbitration|mediation|consumer association|12368|12378|12345|110\b|95\d{3}\b|"
    r"market(?:ing|er)|advert|promo|sales|survey|weather|notification|notice number|service number|"
    r"bank(?:'s)? (?:notice|alert|service|sms|line|customer|app)|"
    r"customer service of \[?[^\]]*bank|lawyer of the borrower|"
    r"验证码|运营商|官方|客服热线|法院|公安|派出所|监管|仲裁委|消协|营销|广告|推广|促销|问卷|天气|"
    r"银行通知|银行客服|银行短信|通知号|服务号|公众号",
    re.IGNORECASE,
)
_COLLECTOR = re.compile(
    r"collect(?:or|ion|s|ing)|debt (?:agency|agent|buyer)|dunning|acts? for|acting for|"
    r"on behalf of|"
    r"says (?:it|he|she|they) (?:is|are|act|call|represent|work)|claims? (?:to|it|he|she)|"
    r"represent(?:s|ing)\b|calls? (?:itself|himself|herself)|poses? as|pretend|impersonat|"
    r"lender|loan|creditor|outsourc|recovery (?:agen|depart|team|desk)|lending|law firm for|"
    r"催收|收数|收账|讨债|外包|委外|受.{0,12}委托|代表|自称|冒充|贷|放款|债权|出借|网贷|借款平台|法务|清收|"
    r"资产管理|消费金融|消金|金服",
    re.IGNORECASE,
)
# Words that make an otherwise ordinary line a collecting one.
_STRONG = re.compile(
    r"collect|dunning|acts? for|acting for|on behalf|calls? for|claims? (?:to|it|he|she)|"
    r"poses? as|pretend|impersonat|says (?:it|he|she|they)|debt (?:agency|agent|buyer)|outsourc|"
    r"催收|收数|收账|讨债|自称|冒充|受.{0,12}委托|清收|委外|外包|贷后",
    re.IGNORECASE,
)
_NOT_COLLECTING = re.compile(
    r"not (?:a )?(?:collect|debt)|unrelated|no debt|does not collect|"
    r"(?:act(?:s|ing) for|on behalf of|lawyer of|lawyer for) (?:the )?(?:borrower|debtor)|"
    r"非催收|无关|不是催收|借款人的律师|(?:代表|受)借款人|"
    rf"(?:says|claims?|自称)(?!.{{0,12}}(?:\bfor\b|behalf|collect|代表|催收|委托))[^,，;；]{{0,16}}?(?:{_TRADE})",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[【「《]([^\]】」》]{1,40})[\]】」》]")
_NAMED = re.compile(
    r"(?:acts?|acting|works?|calls?|calling|collects?|collecting|collector|agent|agency|lawyer|line|number|"
    r"collections?|representing|lender|department|firm|hired|instructed) (?:for|of|from|by)\s+"
    r"(?:the )?([^,;:()]{2,40})|"
    r"(?:on behalf of|represent(?:s|ing)?|claims? to be(?: from)?|says (?:it|he|she) is(?: from)?)"
    r"\s+(?:the )?([^,;:()]{2,40})|"
    r"(?:受|代表|自称(?:是)?|为)([^，,；。委托催收]{2,20}?)(?:委托|的|催收|，|,|$)",
    re.IGNORECASE,
)
# A company named without brackets: 某某消费金融催收员, QuickCash collections.
_COMPANY = re.compile(
    r"([\u4e00-\u9fff]{1,8}?(?:消费金融|小额贷款|信用卡中心|金融|小贷|网贷|消金|金服|银行|数科)|"
    r"[\u4e00-\u9fff]{2,6}?贷(?!款|后))"
    r"|\b((?:[A-Z][a-z]+){2,}\d*|[A-Z][a-z]+ (?:Loans?|Finance|Credit|Cash|Bank|Lending|Money))\b"
)
_LEAD = re.compile(
    r"自称是?|代表|冒充|催收(?:员|公司|人员|方)?|来自|陌生|未知|号码?|另一|新的?|电话|短信|[的是为受和、]"
)
_NO_NAME = re.compile(
    r"(?:现金|信用|小额|网络|平台|互联网|某个|一家|消费|房|车|网)*(?:贷款?|小贷|金融|银行)?"
)
# "[公司]", "[平台A] line 2": a lender is named and nothing says that the line serves otherwise.
_NAMED_COMPANY = re.compile(r"\[[^\]]*(?:公司|平台|金融|company|platform)[^\]]*\]", re.IGNORECASE)
_SIGNED = re.compile(r"[\[【]([^\]】]{0,16}(?:公司|平台|金融|贷|消金|信用)[^\]】]{0,8})[\]】]")
_FILLER = re.compile(
    r"\b(?:official|line|number|hotline|collections?|collector|department|dept|agency|outsourced|another|"
    r"second|third|new|unknown|its|the|app|platform|sms|sender)\b(?:\s*\d+)?|#\s*\d+|第?\d+号线?|"
    r"催收|客服|热线|官方|外包|委外|部门?|贷后|法务|[\s.。,，]+",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"^\s*(?:自称|代表|冒充|受|是|为)+")
_IS_WITNESS = re.compile(r"\s*(?:witness|证人)", re.IGNORECASE)
# A line that joins the lender it names: its own lines, never a court or a courier that names one.
_OWN_LINE = re.compile(
    r"official|hotline|line\b|notice|customer service|service number|app\b|官方|热线|客服|通知|"
    r"服务号",
    re.IGNORECASE,
)


def standing(role: str) -> Standing:
    """Judge one role text."""
    if _NOT_COLLECTING.search(role):
        return Standing.ORDINARY
    if _STRONG.search(role) and not _IS_WITNESS.match(role):
        return Standing.COLLECTOR
    if _PERSON.search(role):
        return Standing.PERSON
    if _ORDINARY.search(role):
        return Standing.ORDINARY
    if _COLLECTOR.search(role) or _NAMED_COMPANY.search(role):
        return Standing.COLLECTOR
    return Standing.UNKNOWN


def lender_name(role: str) -> str | None:
    """The lender named in a role, reduced to compare; None when none is named."""
    bracketed = _BRACKETED.search(role)
    if bracketed:
        return _reduced(bracketed[1]) or bracketed[1].strip().lower()
    named = _NAMED.search(role)
    if named:
        reduced = _reduced(next(filter(None, named.groups())))
        if reduced:
            return reduced
    company = _COMPANY.search(_LEAD.sub(" ", role))
    name = _reduced(company[1] or company[2]) if company else ""
    return None if _NO_NAME.fullmatch(name) else name


def _reduced(name: str) -> str:
    return _FILLER.sub("", _CLAIM.sub("", name)).strip().lower()


def lines(timeline: Timeline, collecting: Mapping[str, bool]) -> dict[str, Line]:
    """Every counterparty's line.

    Args:
        timeline: the case.
        collecting: for parties that wrote something: whether it is a collector's writing.
    """
    keys = {event.counterparty for event in timeline.events if event.counterparty}
    names = {key: lender_name(timeline.parties.get(key, "")) for key in keys}
    texts: dict[str, list[str]] = {key: [] for key in keys}
    for event in timeline.events:
        if event.counterparty and event.direction == "in" and event.text:
            texts[event.counterparty].append(event.text)
    judged = {key: _judged(timeline.parties.get(key, ""), collecting.get(key)) for key in keys}
    for key in keys:
        names[key] = names[key] or _self_identified(texts[key], names)
    collectors = {names[key] for key in keys if judged[key] is Standing.COLLECTOR}
    lenders = {name for name in collectors if name is not None}
    # A case has one lender: a collecting line that names nobody is counted with the only one named.
    only = next(iter(lenders)) if len(lenders) == 1 else None
    found = {}
    for key in keys:
        role = timeline.parties.get(key, "")
        is_service = judged[key] is not Standing.UNKNOWN and not _STRONG.search(role)
        joins = judged[key] is Standing.UNKNOWN or (
            judged[key] is Standing.ORDINARY and _OWN_LINE.search(role)
        )
        if joins and names[key] in lenders:
            judged[key] = Standing.COLLECTOR
        found[key] = Line(judged[key], names[key] or only or f"line:{key}", is_service)
    return found


def _judged(role: str, writes_like_a_collector: bool | None) -> Standing:
    """A role's standing, corrected by what the line writes."""
    judged = standing(role)
    if judged in (Standing.UNKNOWN, Standing.ORDINARY) and writes_like_a_collector:
        return Standing.COLLECTOR
    return judged


def _self_identified(texts: list[str], names: Mapping[str, str | None]) -> str | None:
    """A lender that this line names in its own texts: one known from another line's role, or the
    only company that it writes in brackets; None when that is not one name.
    """
    known = {name for name in names.values() if name and len(name) >= 2}
    joined = "\n".join(texts).lower()
    found = {name for name in known if name in joined}
    if not found:
        found = {_reduced(match[1]) or match[1] for match in _SIGNED.finditer(joined)}
    return found.pop() if len(found) == 1 else None


_DEBTOR = re.compile(
    r"\b(?:borrower|debtor|account holder|myself|self|me|victim)\b|借款人|债务人|本人|机主",
    re.IGNORECASE,
)
_LIABLE = re.compile(
    r"guarantor|surety|co-?borrower|co-?signer|担保人?|保证人|共同借款人?|共借人?", re.IGNORECASE
)
# "guarantor's wife", "借款人的姑姑": somebody else.
_THEIR = re.compile(r"\s*(?:'s|’s|的|之)\s*(?!phone|mobile|number|手机|号码|电话)\S", re.IGNORECASE)
_WITNESS_KEY = re.compile(r"w(?:itness)?[-_]?\d", re.IGNORECASE)


def _is(word: re.Pattern[str], role: str) -> bool:
    """Whether a role is what the word says, not somebody named by their tie to such a one."""
    found = word.search(role)
    return found is not None and not _THEIR.match(role, found.end())


def is_liable(role: str) -> bool:
    """Whether a role is that of a guarantor or co-borrower, who answers for the debt."""
    return _is(_LIABLE, role)


def reached(event: Event, timeline: Timeline) -> str | None:
    """The key of whoever an incoming contact reached; None: the borrower."""
    for key in (event.recipient, event.uploaded_by):
        if key is None or key == event.counterparty:
            continue
        role = timeline.parties.get(key)
        if role is None and (is_liable(key) or is_third_person(key) or _WITNESS_KEY.match(key)):
            return key  # a bare description ("mother") instead of a key
        if role is None or _is_borrower(role or key):
            return None
        return key
    return None


def _is_borrower(role: str) -> bool:
    return _is(_DEBTOR, role) and not is_liable(role) and not _IS_WITNESS.match(role)


def third_person(event: Event, timeline: Timeline) -> str | None:
    """The key of the third person whom an incoming contact reached; None: debtor or guarantor.

    Whoever is named as the one reached and is neither is a third person, however described.
    """
    if event.direction != "in" or (event.recipient is None and event.uploaded_by is None):
        return None
    key = reached(event, timeline)
    if key is None or is_liable(timeline.parties.get(key, key)):
        return None
    return key

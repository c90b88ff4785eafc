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
    """One party's standing and the lender whose lines are counted with it."""

    standing: Standing
    lender: str


_PERSON = re.compile(
    r"witness|relative|family|friend|colleague|co-?worker|neighbou?r|landlord|teacher|employer|"
    r"guarantor|co-?borrower|borrower'?s |borrower$|\b(?:mother|father|wife|husband|brother|"
    r"sister|aunt|uncle|cousin|son|daughter|parent|boss|classmate|roommate)\b|"
    r"证人|亲属|亲戚|家人|家属|朋友|同事|同学|邻居|房东|老师|担保人|共同借款人|借款人|本人|"
    r"母亲|父亲|妈妈|爸爸|妻子|丈夫|哥哥|弟弟|姐姐|妹妹|儿子|女儿|舅|姑|叔|姨",
    re.IGNORECASE,
)
_ORDINARY = re.compile(
    r"courier|parcel|delivery|express|takeaway|verification|\bcodes?\b|otp|operator|telecom|carrier|"
    r"official (?:line|number|notice|sender|channel)|hotline|genuine|court|police|regulator|"
    r"12368|12378|110\b|marketing|advert|promo|insurance|hospital|clinic|school|shop|store|"
    r"property management|notification|service number|"
    r"bank(?:'s)? (?:notice|alert|service|sms|line|customer)|"
    r"customer service of \[?[^\]]*bank|lawyer of the borrower|"
    r"快递|外卖|驿站|物流|验证码|运营商|官方|客服热线|法院|公安|派出所|监管|营销|广告|推广|保险|医院|"
    r"物业|商家|银行通知|银行客服|通知号|服务号",
    re.IGNORECASE,
)
_COLLECTOR = re.compile(
    r"collect(?:or|ion|s|ing)|debt (?:agency|buyer)|dunning|acts? for|acting for|on behalf of|"
    r"says (?:it|he|she|they) (?:is|are|act|call|represent|work)|claims? (?:to|it|he|she)|"
    r"represent|calls? (?:itself|himself|herself)|poses? as|pretend|impersonat|"
    r"lender|loan|creditor|outsourc|agency|agent|debt|lending|"
    r"催收|收数|收账|讨债|外包|受.{0,12}委托|代表|自称|冒充|贷|放款|债权|出借|贷后|平台|法务|清收|资产管理|消费金融|消金",
    re.IGNORECASE,
)
# Words that make an otherwise ordinary line a collecting one.
_STRONG = re.compile(
    r"collect|dunning|acts? for|acting for|on behalf|claims? (?:to|it|he|she)|poses? as|pretend|"
    r"impersonat|says (?:it|he|she|they)|催收|收数|讨债|自称|冒充|受.{0,12}委托|清收",
    re.IGNORECASE,
)
_NOT_COLLECTING = re.compile(
    r"not (?:a )?(?:collect|debt)|unrelated|no debt|does not collect|非催收|无关|不是催收",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[【「（<]([^\]】」）>]{1,40})[\]】」）>]")
_NAMED = re.compile(
    r"(?:acts?|acting|works?|calls?|calling|collects?|collecting|collector|agent|agency|lawyer|line|number|"
    r"collections?|representing|lender|department) (?:for|of|from)\s+(?:the )?([^,;:()]{2,40})|"
    r"(?:on behalf of|represent(?:s|ing)?|claims? to be(?: from)?|says (?:it|he|she) is(?: from)?)"
    r"\s+(?:the )?([^,;:()]{2,40})|"
    r"(?:受|代表|自称(?:是)?|为)([^，,；。委托催收]{2,20})(?:委托|的|催收|，|,|$)",
    re.IGNORECASE,
)
# "[公司]", "[平台A] line 2": a lender is named and nothing says that the line serves otherwise.
_NAMED_COMPANY = re.compile(r"\[[^\]]*(?:公司|平台|金融|company|platform)[^\]]*\]", re.IGNORECASE)
_SIGNED = re.compile(r"[\[【]([^\]】]{0,16}(?:公司|平台|金融|贷|消金|信用)[^\]】]{0,8})[\]】]")
_FILLER = re.compile(
    r"\b(?:official|line|number|hotline|collections?|collector|department|dept|agency|outsourced|another|"
    r"second|third|new|unknown|its|the|app|platform|sms|sender|\d+)\b|催收|客服|热线|官方|外包|部门?|"
    r"贷后|[\s\d.。,，#]+",
    re.IGNORECASE,
)


def standing(role: str) -> Standing:
    """Judge one role text."""
    if _NOT_COLLECTING.search(role):
        return Standing.ORDINARY
    if _STRONG.search(role) and not re.match(r"\s*(?:witness|证人)", role, re.IGNORECASE):
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
        return _reduced(next(filter(None, named.groups()))) or None
    return None


def _reduced(name: str) -> str:
    return _FILLER.sub("", name).strip().lower()


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
        if judged[key] is Standing.UNKNOWN and names[key] in lenders:
            judged[key] = Standing.COLLECTOR
        found[key] = Line(judged[key], names[key] or only or f"line:{key}")
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


def third_person(event: Event, timeline: Timeline) -> str | None:
    """The key of the third person whom an incoming contact reached; None: debtor or guarantor."""
    if event.direction != "in":
        return None
    for key in (event.recipient, event.uploaded_by):
        if key is None or key == event.counterparty:
            continue
        role = timeline.parties.get(key)
        if role is None:
            # A bare description ("mother") instead of a key.
            return key if is_third_person(key) else None
        judged = is_third_person(role)
        if judged is None:
            judged = standing(role) is Standing.PERSON
        return key if judged else None
    return None

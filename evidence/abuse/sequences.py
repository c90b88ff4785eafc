"""Patterns of order: contact after a refusal or settlement, new numbers after blocking, copies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evidence.abuse.normalise import normalise
from evidence.abuse.parties import Line, Standing, third_person
from evidence.abuse.timeline import Event, Timeline

_REFUSAL = re.compile(
    r"(?:不要|别|请勿|不准|禁止|停止|拒绝|不许|请不要|勿)(?:你们?|贵司|贵公司)?(?:再|继续)?(?:给|向|对|和|跟)?.{0,8}"
    r"(?:打|联系|骚扰|发|催|找|来电|拨|打扰|致电|接触)|我拒绝|明确拒绝|与我无关|跟我没关系|和我没关系|"
    r"(?:do not|don't|stop|never) (?:call|contact|text|message|write|harass|phone)|refuse",
    re.IGNORECASE,
)
_THIRD_NAMED = re.compile(
    r"家人|家属|亲戚|亲友|父母|爸|妈|老婆|老公|朋友|同事|单位|公司|领导|第三人|联系人|通讯录|哥|姐|弟|妹|婆|亲属|"
    r"family|parent|mother|father|wife|husband|friend|colleague|employer|third|relative|contacts",
    re.IGNORECASE,
)
_NOT_THE_DEBTOR = re.compile(
    r"(?:我|这)不是.{0,8}(?:本人|借款人|你要找|你们要找|机主)|打错了?|(?:从来?)?没(?:有)?(?:借|贷)过|新(?:办|换)的?号|"
    r"not the (?:borrower|debtor)|wrong number|never borrowed",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"(?:已|全部|账户|贷款|借款|欠款|款项|本息)(?:经|已)?(?:全部|全额|正式|提前)?(?:结清|还清|清偿完)|结清证明|"
    r"(?:fully |been )settled|paid in full|settlement (?:letter|certificate)",
    re.IGNORECASE,
)
_NOT_SETTLED = re.compile(
    r"未结清|没结清|尚未|请|若|如(?:果|您)?|未还清|没还清|才算|之前|才能|不结清|"
    r"not (?:been )?settled|unless|until"
)
_WITHDRAWN = re.compile(r"撤回.{0,12}(?:同意|授权)|注销.{0,8}(?:账户|账号)|withdraw.{0,20}consent")
_BLOCKED = re.compile(r"拉黑|屏蔽|加入黑名单|block", re.IGNORECASE)
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

# A copy is compared without names of relatives, digits, signs and blanks.
_VARIABLE = re.compile(
    r"[\W\d_]+|[父母]亲|爸爸|妈妈|[哥姐弟妹叔舅姨姑]{1,2}|儿子|女儿|老婆|老公|丈夫|妻子"
)
_SHORTEST_COPY = 6  # characters; shorter texts ("在吗") repeat by chance


def _lender(event: Event, lines: Mapping[str, Line]) -> str | None:
    line = lines.get(event.counterparty or "")
    return line.lender if line and line.standing is Standing.COLLECTOR else None


def after_refusal(
    timeline: Timeline, contacts: Sequence[Event], lines: Mapping[str, Line]
) -> dict[str, list[Event]]:
    """Contacts by lender after the contacted third person refused, or after settlement.

    A refusal counts for the lender it was told to (for all when nobody is named). The debtor's own
    wish not to be called ends nothing while the debt is open.
    """
    refused: set[tuple[str | None, str | None]] = set()  # (lender or None: all, person)
    ended: set[str | None] = set()  # lenders whose debt is settled or who were refused altogether
    found: dict[str, list[Event]] = {}
    in_contacts = {event.id for event in contacts}
    for event in timeline.events:
        lender = _lender(event, lines)
        if event.id in in_contacts and lender is not None:
            person = third_person(event, timeline)
            keys = {(lender, person), (None, person)}
            if person is not None:
                keys |= {(lender, "*"), (None, "*")}
            is_notice = _is_settlement(event)
            if not is_notice and (
                {lender, None} & ended or (keys & refused and person is not None)
            ):
                found.setdefault(lender, []).append(event)
        _note_refusal(event, timeline, lines, refused, ended)
    return found


def _is_settlement(event: Event) -> bool:
    text = event.text or ""
    return bool(_SETTLED.search(text)) and not _NOT_SETTLED.search(text)


def _note_refusal(
    event: Event,
    timeline: Timeline,
    lines: Mapping[str, Line],
    refused: set[tuple[str | None, str | None]],
    ended: set[str | None],
) -> None:
    """Remember what one event ends."""
    line = lines.get(event.counterparty or "")
    addressed = line.lender if line else None
    text = event.text or ""
    if event.type in _SETTLEMENT_TYPES or (event.direction == "in" and _is_settlement(event)):
        ended.add(addressed)
        return
    refuses = bool(_REFUSAL.search(text)) or event.type in _REFUSAL_TYPES
    if event.direction == "out_witness" and (refuses or _NOT_THE_DEBTOR.search(text)):
        refused.add((addressed, event.uploaded_by or event.recipient or "*"))
    elif event.direction == "out":
        if (_NOT_THE_DEBTOR.search(text) and refuses) or _WITHDRAWN.search(text):
            ended.add(addressed)
        elif refuses and _THIRD_NAMED.search(text):
            refused.add((addressed, "*"))
        elif event.type in _REFUSAL_TYPES:
            ended.add(addressed)


def new_numbers(
    timeline: Timeline, contacts: Sequence[Event], lines: Mapping[str, Line]
) -> dict[str, list[Event]]:
    """Contacts by lender from lines first seen after one of its lines was blocked."""
    seen: dict[str, set[str]] = {}
    blocked: set[str] = set()
    fresh: dict[str, set[str]] = {}
    found: dict[str, list[Event]] = {}
    in_contacts = {event.id for event in contacts}
    for event in timeline.events:
        line = lines.get(event.counterparty or "")
        is_block = event.type in _BLOCK_TYPES or (
            event.direction != "in" and bool(_BLOCKED.search(event.text or ""))
        )
        if is_block and line is not None:
            blocked.add(line.lender)
        lender = _lender(event, lines)
        if event.id not in in_contacts or lender is None or event.counterparty is None:
            continue
        known = seen.setdefault(lender, set())
        if lender in blocked and event.counterparty not in known:
            fresh.setdefault(lender, set()).add(event.counterparty)
        known.add(event.counterparty)
        if event.counterparty in fresh.get(lender, set()):
            found.setdefault(lender, []).append(event)
    return found


def copies(contacts: Sequence[Event], timeline: Timeline) -> list[list[Event]]:
    """Groups of messages with the same text that reached at least two persons."""
    groups: dict[str, list[Event]] = {}
    for event in contacts:
        if event.text is None:
            continue
        reduced = _VARIABLE.sub("", normalise(event.text).text)
        if len(reduced) >= _SHORTEST_COPY:
            groups.setdefault(reduced, []).append(event)
    return [
        events
        for events in groups.values()
        if len(events) > 1 and len({third_person(event, timeline) for event in events}) > 1
    ]

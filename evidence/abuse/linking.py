"""Which lender a number belongs to, and how one knows: from texts, beside a person's word.

Grounds are data: each names its records. What a person said is never overwritten; where the texts
say otherwise, that stands beside it as a conflict. `lenders_of` answers for a timeline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from evidence.abuse import traces, wording
from evidence.abuse.naming import DEBT, core, is_same, names_in
from evidence.abuse.normalise import normalise
from evidence.abuse.timeline import Timeline

LINKING_VERSION = "1"
MOST_NAMES = 20  # conflicting names that are told; a line with more is no clearer for it


class How(StrEnum):
    """The kind of a ground, strongest first; as the API and the catalogue name it."""

    SIGNATURE = "signature"  # its own text is signed with the name
    SAYS_SO = "says_so"  # "we are … of …", "on behalf of …"
    PAYMENT_LINK = "payment_link"  # the same link or domain as in another number's text
    PAYMENT_ACCOUNT = "payment_account"  # the same account to pay to
    CALL_BACK = "call_back"  # one's text asks to call the other
    WORDING = "wording"  # near-identical text; agencies use one wording for many lenders


class By(StrEnum):
    """What the lender of a number rests on."""

    PERSON = "person"
    OWN_WORDS = "own_words"
    SHARED = "shared"  # links, accounts, call-back numbers
    WORDING = "wording"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Message:
    """A text that came from a line: a message, or words that a person heard in a call."""

    record: str
    line: str
    text: str


@dataclass(frozen=True)
class Ground:
    """One ground for one line."""

    how: How
    lender: str  # the name as written; "" while nobody named one
    value: str  # the name, link, account or number; for a wording its likeness in percent
    records: tuple[str, ...]  # all of this line's, and the first of each other line's
    others: tuple[str, ...] = ()  # the lines that share it


@dataclass(frozen=True)
class Tie:
    """What is known of one line."""

    line: str
    lender: str = ""
    by: By = By.NOTHING
    grounds: tuple[Ground, ...] = ()
    conflicts: tuple[str, ...] = ()  # other lenders that person or texts name


@dataclass(frozen=True)
class _Read:
    """A message beside its plain form, which is made once."""

    record: str
    line: str
    text: str
    plain: str

    @classmethod
    def of(cls, message: Message) -> _Read:
        return cls(message.record, message.line, message.text, normalise(message.text).text)


@dataclass(frozen=True)
class _Lender:
    """A line's lender, and over how many other lines it came (0: said by itself or a person)."""

    name: str
    by: By
    steps: int = 0


@dataclass
class _Bond:
    """What several lines have in common; `of` when it is one line's with each of the others."""

    how: How
    value: str
    records: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    of: str | None = None


def link(
    messages: Iterable[Message],
    said: Mapping[str, str] | None = None,
    *,
    lines: Collection[str] = (),
    apart: Collection[str] = (),
) -> dict[str, Tie]:
    """Every line's tie.

    Args:
        messages: what came in, oldest first.
        said: the lender that a person named for a line; it counts before all grounds.
        lines: further lines, such as those that only called.
        apart: lines that the person said do not collect, or are a relative's: no ground leads
            to them or from them.
    """
    told = [_Read.of(one) for one in messages if one.line not in apart]
    named = {line: name for line, name in (said or {}).items() if name and line not in apart}
    known = ({one.line for one in told} | set(lines) | set(named)) - set(apart)
    grounds: dict[str, list[Ground]] = {line: [] for line in known}
    for line, its in _own_names(told).items():
        grounds[line] += its
    lenders = {line: _Lender(name, By.PERSON) for line, name in named.items()}
    for line, its in grounds.items():
        name = _one_name(ground.lender for ground in its)
        if name and line not in lenders:
            lenders[line] = _Lender(name, By.OWN_WORDS)
    bonds = _bonds(told, known)
    while _spread(bonds, By.SHARED, lenders):
        pass
    # Wording is a weak ground: it leads one step, never on, and never from one name to another.
    alike = [one for one in _wordings(told) if not _differ(one, lenders)]
    _spread(alike, By.WORDING, lenders)
    for bond in (*bonds, *_joined(alike)):
        for line in bond.records if bond.of is None else (bond.of,):
            grounds[line] += _grounds(bond, line, lenders)
    return {line: _tie(line, grounds[line], lenders.get(line)) for line in sorted(known)}


def lenders_of(timeline: Timeline, said: Mapping[str, str] | None = None) -> dict[str, str]:
    """For the patterns: the core of the lender's name for each line of a timeline that has one.

    Args:
        timeline: the case; only what came in is looked at.
        said: the lender that a person named for a line.
    """
    messages = [
        Message(event.id, event.counterparty, event.text)
        for event in timeline.events
        if event.direction == "in" and event.counterparty and event.text
    ]
    ties = link(messages, said)
    return {line: core(tie.lender) for line, tie in ties.items() if tie.lender}


def _own_names(messages: Iterable[_Read]) -> dict[str, list[Ground]]:
    found: dict[tuple[str, How, str], Ground] = {}
    for message in messages:
        for named in names_in(message.text, message.plain):
            key = (message.line, How(named.way), core(named.name))
            first = found.get(key) or Ground(How(named.way), named.name, named.name, ())
            found[key] = replace(first, records=(*first.records, message.record))
    grouped: dict[str, list[Ground]] = defaultdict(list)
    for (line, _, _), ground in found.items():
        grouped[line].append(ground)
    return grouped


def _bonds(messages: Iterable[_Read], lines: Collection[str]) -> list[_Bond]:
    """Links, accounts and call-back numbers that two lines or more have in common."""
    by_key = {traces.number_key(line): line for line in sorted(lines)}
    found: dict[tuple[How, str], _Bond] = {}

    def bond(how: How, value: str) -> _Bond:
        return found.setdefault((how, value), _Bond(how, value))

    for message in messages:
        for trace in traces.traces_in(message.text):
            bond(How(trace.sort), trace.value).records[message.line].append(message.record)
        for key in traces.call_backs_in(message.text):
            other = by_key.get(key, message.line)
            if other != message.line:
                its = bond(How.CALL_BACK, other)
                its.records[message.line].append(message.record)
                its.records.setdefault(other, [])
    return [one for one in found.values() if len(one.records) > 1]


def _wordings(messages: Iterable[_Read]) -> list[_Bond]:
    """Near-identical texts about a debt; what shops and banks write to everybody is none."""
    about_debts = (one for one in messages if DEBT.search(one.plain))
    made = (wording.template(one.record, one.line, one.plain) for one in about_debts)
    return [
        _Bond(
            How.WORDING,
            str(pair.percent),
            {pair.one.line: [pair.one.record], pair.other.line: [pair.other.record]},
        )
        for pair in wording.alike(one for one in made if one is not None)
    ]


def _joined(alike: Iterable[_Bond]) -> Iterable[_Bond]:
    """All wordings of a line as one ground, with the greatest likeness."""
    joined: dict[str, _Bond] = {}
    for pair in alike:
        for line in pair.records:
            own = joined.setdefault(line, _Bond(How.WORDING, "0", of=line))
            own.value = str(max(int(own.value), int(pair.value)))
            for other, records in pair.records.items():
                own.records[other] += [one for one in records if one not in own.records[other]]
    return joined.values()


def _differ(bond: _Bond, lenders: Mapping[str, _Lender]) -> bool:
    names = [lenders[line].name for line in bond.records if line in lenders]
    return len(names) > 1 and not _one_name(names)


def _one_name(names: Iterable[str]) -> str:
    """The name, as most often written, when all are one lender's; else ""."""
    given = [name for name in names if name]
    if not given or any(not is_same(given[0], name) for name in given):
        return ""
    return max(sorted(set(given)), key=given.count)


def _spread(bonds: Iterable[_Bond], by: By, lenders: dict[str, _Lender]) -> bool:
    """Let lenders pass along the bonds by one step; whether any line got one."""
    offered: dict[str, list[_Lender]] = defaultdict(list)
    for bond in bonds:
        for line in bond.records:
            if line not in lenders:
                offered[line] += [lenders[one] for one in bond.records if one in lenders]
    for line, its in offered.items():
        name = _one_name(one.name for one in its)
        if name:
            lenders[line] = _Lender(name, by, 1 + min(one.steps for one in its))
    return any(line in lenders for line in offered)


def _grounds(bond: _Bond, line: str, lenders: Mapping[str, _Lender]) -> Iterator[Ground]:
    """The bond as this line's ground: one for each lender that the others lead to."""
    mine = lenders.get(line)
    others: dict[str, list[str]] = defaultdict(list)
    for other in sorted(set(bond.records) - {line}):
        its = lenders.get(other)
        # What an other line has from this one is no ground for it.
        leads = its is not None and (its.steps == 0 or mine is None or its.steps < mine.steps)
        others[its.name if its is not None and leads else ""].append(other)
    for name, lines in others.items():
        first = [record for other in lines for record in bond.records[other][:1]]
        records = dict.fromkeys((*bond.records[line], *first))
        yield Ground(bond.how, name, bond.value, tuple(records), tuple(lines))


def _tie(line: str, grounds: list[Ground], lender: _Lender | None) -> Tie:
    order = list(How)
    ordered = tuple(sorted(grounds, key=lambda one: (order.index(one.how), not one.lender)))
    names: list[str] = [] if lender is None else [lender.name]
    for ground in ordered:
        if len(names) > MOST_NAMES:
            break
        if ground.lender and not any(is_same(ground.lender, name) for name in names):
            names.append(ground.lender)
    if lender is None:
        return Tie(line, grounds=ordered, conflicts=tuple(names) if len(names) > 1 else ())
    return Tie(line, lender.name, lender.by, ordered, tuple(names[1:]))

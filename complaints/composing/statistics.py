"""Counted numbers, each with how it was counted and which exhibits hold what was counted."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.language import text
from complaints.bundle.content import Figure, NumberRow, ThirdPersonRow
from complaints.composing import acts as confirmed
from complaints.composing import relations, tied, words
from complaints.composing.acts import ConfirmedAct
from complaints.law import kinds
from evidence.abuse.counting import days
from evidence.abuse.linking import Tie
from evidence.abuse.pictures import letter
from evidence.abuse.tagger import SHANGHAI, is_quiet_time
from evidence.models.cases import Case
from evidence.models.readings import Record
from evidence.models.screens import told_elsewhere
from evidence.models.tags import Finding, NumberRole
from evidence.models.timelines import current_roles

COLLECTION_ROLES = (NumberRole.Role.LENDER, NumberRole.Role.COLLECTOR)


@dataclass(frozen=True)
class Counted:
    """The contacts of the other side in one case, as far as the shown exhibits hold them."""

    records: tuple[Record, ...]  # incoming, dated, from the other side's numbers, oldest first
    roles: Mapping[str, NumberRole]  # newest role row of each number
    codes: Mapping[uuid.UUID, str]  # item id -> exhibit number

    @property
    def numbers(self) -> frozenset[str]:
        """The other side's numbers that were counted."""
        return frozenset(record.peer_number for record in self.records)


def count(case: Case, acts: Sequence[ConfirmedAct], codes: Mapping[uuid.UUID, str]) -> Counted:
    """Gather what is counted: the other side's contacts inside the numbered exhibits.

    The other side's numbers are those the person named as lender's or collector's, and those a
    confirmed act came from (unless the person said that it is something else).
    """
    roles = current_roles(case)
    acted = {act.record.peer_number for act in acts if act.record and act.record.direction == "in"}
    theirs = {number for number, role in roles.items() if role.role in COLLECTION_ROLES}
    theirs |= {number for number in acted if number and number not in roles}
    records = (
        Record.objects.filter(
            case=case,
            reading__item__in=list(codes),
            peer_number__in=theirs,
            when_utc__isnull=False,
            direction__in=("in", "missed", "rejected", "blocked", "voicemail"),
        )
        .select_related("reading")
        .defer(*confirmed.UNTOLD, "reading__facts", "reading__records_secret")
        .order_by("when_utc", "reading_id", "index")
    )
    twins = dict(told_elsewhere(case).values_list("record", "counts_as"))
    return Counted(tuple(_once(list(records), twins)), roles, codes)


def _once(records: list[Record], twins: Mapping[uuid.UUID, uuid.UUID]) -> Iterator[Record]:
    """A message that several exhibits tell counts once, also where its export is not among them."""
    here = {record.pk for record in records}
    seen: set[uuid.UUID] = set()
    for record in records:
        counts_as = twins.get(record.pk, record.pk)
        if counts_as != record.pk and (counts_as in here or counts_as in seen):
            continue
        seen.add(counts_as)
        yield record


def figures(counted: Counted) -> tuple[Figure, ...]:
    """The counted numbers of the customary statistics; none when nothing was counted."""
    if not counted.records:
        return ()
    calls = [record for record in counted.records if record.kind == "call"]
    written = [record for record in counted.records if record.kind != "call"]
    answered = [record for record in calls if record.direction == "in" and record.duration_s]
    timed = [record for record in counted.records if record.when_precision != "day"]
    night = [record for record in timed if is_quiet_time(at_of(record))]
    numbers = {record.peer_number for record in counted.records}
    return (
        _figure(counted, "contacts", counted.records, len(counted.records)),
        _figure(counted, "calls", calls, len(calls)),
        _figure(counted, "answered", answered, len(answered)),
        _figure(counted, "messages", written, len(written)),
        _figure(counted, "night", night, len(night)),
        _figure(counted, "numbers", counted.records, len(numbers)),
        _period(counted),
        *_by_days(counted, calls),
    )


def patterns(findings: Sequence[Finding], codes: Mapping[uuid.UUID, str]) -> tuple[Figure, ...]:
    """One figure for each pattern past a limit, with its rule, version and source."""
    rows, records = [], confirmed.records_of(findings)
    for finding in findings:
        found = (records[str(pk)] for pk in finding.record_ids if str(pk) in records)
        rows.append(
            Figure(
                label=kinds.kind(finding.kind).zh if finding.kind else text("draft-pattern"),
                value=text("draft-pattern-value", count=str(len(finding.record_ids))),
                method=_pattern_method(finding),
                exhibits=tuple(sorted({codes[item] for _, item in found if item in codes})),
            )
        )
    return tuple(rows)


def _pattern_method(finding: Finding) -> str:
    """Reason, rule and how it was counted; findings from before patterns 1.1 do not say how."""
    method = text(
        "draft-pattern-method",
        reason=finding.reason_zh,
        rule=finding.rule,
        version=finding.rule_version,
    )
    counting = finding.facts.get("counting_zh")
    return method + text("draft-pattern-counting", counting=counting) if counting else method


def numbers(counted: Counted, ties: Mapping[str, Tie]) -> tuple[NumberRow, ...]:
    """One row for each number of the other side: how often, when, how we know."""
    grouped: dict[str, list[Record]] = defaultdict(list)
    for record in counted.records:
        grouped[record.peer_number].append(record)
    rows = []
    for number, records in sorted(grouped.items(), key=lambda pair: -len(pair[1])):
        rows.append(
            NumberRow(
                number=words.number(number),
                count=len(records),
                first_at=at_of(records[0]),
                last_at=at_of(records[-1]),
                tie=tied.how_known(number, counted.roles.get(number), ties.get(number)),
                exhibits=_exhibits(counted, records),
            )
        )
    return tuple(rows)


def third_persons(
    acts: Sequence[ConfirmedAct],
    roles: Mapping[str, NumberRole],
    codes: Mapping[uuid.UUID, str],
    *,
    agreed: bool = False,
) -> tuple[ThirdPersonRow, ...]:
    """Relatives, friends and colleagues whose own messages a confirmed act is about, by alias.

    Args:
        acts: in time order.
        roles: of the case's numbers.
        codes: item id -> exhibit number.
        agreed: whether they let the person's words on them be printed as they are.
    """
    grouped: dict[str, list[ConfirmedAct]] = defaultdict(list)
    for act in of_third_persons(acts, roles):
        if act.record:
            grouped[act.record.peer_number].append(act)
    return tuple(
        ThirdPersonRow(
            alias=text("draft-alias", letter=letter(place)),
            relation=relations.masked(roles[number].how_known, agreed=agreed),
            number=relations.masked_number(words.number(number)),
            count=len({act.record.pk for act in told if act.record}),
            first_at=told[0].at,
            last_at=max((act.at for act in told if act.at), default=None),
            told_of_debt=_told_of_debt(told),
            material="、".join(sorted({codes[act.item] for act in told})),
        )
        for place, (number, told) in enumerate(sorted(grouped.items()))
    )


def _told_of_debt(told: Sequence[ConfirmedAct]) -> str:
    is_told = any(act.kind == "PRIVACY_DISCLOSURE" for act in told)
    return text("draft-told-of-debt" if is_told else "draft-see-words")


def of_third_persons(
    acts: Sequence[ConfirmedAct], roles: Mapping[str, NumberRole]
) -> list[ConfirmedAct]:
    """The acts that stand in a third person's own messages."""
    return [act for act in acts if act.record and is_third_person(act.record, roles)]


def is_third_person(record: Record, roles: Mapping[str, NumberRole]) -> bool:
    """Whether the person said that this number is a relative's, friend's or colleague's."""
    role = roles.get(record.peer_number)
    return role is not None and role.role == NumberRole.Role.WITNESS


def _figure(counted: Counted, name: str, of: Collection[Record], value: int) -> Figure:
    return Figure(
        label=text(f"draft-figure-{name}"),
        value=text(f"draft-figure-{name}-value", count=str(value)),
        method=text(f"draft-figure-{name}-method"),
        exhibits=_exhibits(counted, of),
    )


def _period(counted: Counted) -> Figure:
    first, last = counted.records[0], counted.records[-1]
    return Figure(
        label=text("draft-figure-period"),
        value=text(
            "draft-figure-period-value",
            first=words.moment(at_of(first), "day"),
            last=words.moment(at_of(last), "day"),
        ),
        method=text("draft-figure-period-method"),
        exhibits=_exhibits(counted, (first, last)),
    )


def _by_days(counted: Counted, calls: Sequence[Record]) -> tuple[Figure, ...]:
    """The longest run of days, the days without a record, the busiest day: no verdicts."""
    held = days(beijing_day(record) for record in counted.records)
    if held is None:
        return ()
    run = [r for r in counted.records if held.run_from <= beijing_day(r) <= held.run_until]
    figures = [
        _figure(counted, "run", run, held.longest_run),
        _figure(counted, "missing", counted.records, len(held.without_record)),
    ]
    if calls:
        by_day: dict[date, list[Record]] = defaultdict(list)
        for call in calls:
            by_day[beijing_day(call)].append(call)
        busiest = max(by_day.values(), key=len)
        figures.append(_figure(counted, "busiest", busiest, len(busiest)))
    return tuple(figures)


def beijing_day(record: Record) -> date:
    """The calendar day of a counted record in Beijing."""
    return at_of(record).astimezone(SHANGHAI).date()


def _exhibits(counted: Counted, records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(sorted({counted.codes[record.reading.item_id] for record in records}))


def at_of(record: Record) -> datetime:
    """When a counted record happened, as its source claims."""
    assert record.when_utc is not None  # noqa: S101 -- `count` asked for dated records only
    return record.when_utc

"""All that one package says, put together from rows: `bundle.content.PackageContent`."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings

from accounts.language import text
from complaints.bundle import content as said
from complaints.bundle import exhibits as said_exhibits
from complaints.bundle.gaps import GapReason
from complaints.composing import acts as confirmed
from complaints.composing import (
    exhibits,
    follow_up,
    heard,
    information,
    law_facts,
    limits,
    offences,
    parties,
    pictures,
    shown,
    statistics,
    tied,
    withheld,
    witnesses,
    words,
)
from complaints.composing.acts import ConfirmedAct
from complaints.composing.gathered import gather
from complaints.law import agencies, citations, kinds
from complaints.law.source import law
from complaints.models import Complaint, Exhibit
from evidence.custody import Actor
from evidence.integrity.digest import canonical, sha256_hex
from evidence.models.items import EvidenceItem
from evidence.models.tags import Finding, NumberRole
from evidence.models.timelines import current_roles

KINDS = {  # by document id; police documents differ by whom they can name
    "nfra_report": said.DocumentKind.REGULATOR_REPORT,
    "local_finance_report": said.DocumentKind.LOCAL_FINANCE_REPORT,
    "lender_complaint": said.DocumentKind.LENDER_COMPLAINT,
    "personal_information_report": said.DocumentKind.PERSONAL_INFORMATION_REPORT,
    "non_filing_review": said.DocumentKind.NON_FILING_REVIEW,
    "administrative_reconsideration": said.DocumentKind.ADMINISTRATIVE_RECONSIDERATION,
    "prosecutor_supervision": said.DocumentKind.FILING_SUPERVISION,
}
DETAILED_ACTS = 5  # the gravest, told in full; all the others stand in the table


@dataclass(frozen=True)
class Making:
    """What a build decides: when, by whom, with which house, and what was made for it."""

    bundle_time: datetime
    actor: Actor
    trust: bytes
    software: str
    handed: Mapping[uuid.UUID, EvidenceItem]  # exhibit id -> the item whose bytes are handed over
    review: said.Review
    checker: bytes | None = None
    # Exhibit id -> the records that its item holds, where they were looked up to make it.
    records: Mapping[uuid.UUID, Sequence[said_exhibits.ShownRecord]] = field(default_factory=dict)


def draft_sha256(complaint: Complaint, acts: Sequence[ConfirmedAct] | None = None) -> str:
    """The digest of all that decides what the package says: changed facts change it.

    `acts` are the confirmed acts, when the caller has them already.
    """
    acts = confirmed.confirmed_acts(complaint) if acts is None else acts
    said_in = heard.decided(complaint)
    value = {
        "agency": complaint.agency,
        "document": complaint.document_id,
        "lender_type": complaint.lender_type,
        "severity": complaint.severity,
        "answers": complaint.answers,
        "acts": [[str(act.tag.pk), act.kind] for act in acts],
        "exhibits": [
            [row.code, str(row.item_id), row.form, list(row.record_ids), row.purpose, *_told(row)]
            for row in complaint.exhibits.all()
        ],
        **({"heard": said_in} if said_in else {}),  # without any: older approvals stay
    }
    return sha256_hex(canonical(value))


def _told(row: Exhibit) -> list[str]:
    """What was said of a gap, and which copy; nothing for the defaults: older approvals stay."""
    gap = [] if row.gap_reason == GapReason.LEFT_OUT else [row.gap_reason]
    return gap if row.redaction_id is None else [*gap, str(row.redaction_id)]


def case_number(complaint: Complaint) -> str:
    """The number printed on each page and the folder's name: `LZ-` and 12 digits of the id."""
    return f"LZ-{complaint.pk.hex[:12].upper()}"


def compose(
    complaint: Complaint, making: Making, acts: Sequence[ConfirmedAct] | None = None
) -> said.PackageContent:
    """Everything the package says, from the rows as they stand now.

    `acts` are the confirmed acts, when the caller has them already.
    """
    rows = list(
        complaint.exhibits.select_related("item__declared", "item__receipt", "redaction__item")
    )
    codes = {row.item_id: row.code for row in rows}
    # Counts come from whole readings: what a redacted copy hides is not counted either.
    whole = {row.item_id: row.code for row in rows if row.form != Exhibit.Form.REDACTED}
    acts = confirmed.confirmed_acts(complaint) if acts is None else acts
    acts = [act for act in acts if act.item in codes]
    roles = current_roles(complaint.case)
    today = making.bundle_time.astimezone(confirmed.BEIJING).date()
    kind = document_kind(complaint)
    held = statistics.count(complaint.case, acts, whole)
    # How often they called is not what a desk for personal information looks into.
    is_counted = kind is not said.DocumentKind.PERSONAL_INFORMATION_REPORT
    counted = held if is_counted else replace(held, records=())
    told = told_facts(acts, codes, roles)
    agreed = bool(complaint.answers.get("third_persons_agree"))
    persons = statistics.third_persons(acts, roles, codes, agreed=agreed)
    agency = agencies.agency(complaint.agency)
    findings = confirmed.told_findings(complaint)
    cited = _citations(complaint, [*_dated(acts, codes), *_counted_acts(findings, codes)])
    return said.PackageContent(
        case=case_number(complaint),
        document=kind,
        title=text(f"draft-title-{kind}"),
        addressee=complaint.answers.get("addressee_name") or agency.name_zh,
        complainant_role=text(f"draft-complainant-{kind}"),
        respondent_role=text(f"draft-respondent-{kind}"),
        bundle_time=making.bundle_time,
        sample=complaint.case.is_sample,
        review=making.review,
        complainant=parties.complainant(complaint),
        agent=parties.agent(complaint),
        authorisation=parties.authorisation(complaint),
        respondents=parties.respondents(complaint),
        matter=matter(complaint, acts),
        requests=parties.requests(complaint),
        loan=parties.loan(complaint),
        background=complaint.answers.get("background", ""),
        facts=told,
        act_groups=_act_groups(complaint, acts, codes, cited),
        lender_conduct=parties.lender_conduct(complaint),
        information=information.told(complaint),
        figures=statistics.figures(counted) + statistics.patterns(findings, codes),
        pictures=pictures.of(
            counted, persons, {codes[act.item] for act in statistics.of_third_persons(acts, roles)}
        ),
        statistics_note=text("draft-statistics-note") if is_counted else "",
        harm=parties.harm(complaint),
        earlier_steps=parties.earlier_steps(complaint),
        citations=cited,
        citations_note=text("draft-citations-note", version=law().version),
        not_debtor=parties.not_debtor(complaint),
        sent_by=complaint.answers.get("sent_by", ""),
        appeal=follow_up.appeal(complaint, on=today),
        limits=limits.of(complaint, on=today),
        numbers=statistics.numbers(held, tied.ties(complaint, rows, held.numbers)),
        third_persons=persons,
        visits=parties.visits(complaint),
        attachments=parties.attachments(complaint),
        exhibits=tuple(_exhibits(rows, acts, told, making)),
        erased=tuple(
            text("draft-erased", code=one.code, day=words.moment(one.at, "day"))
            for one in witnesses.gone(complaint)
        ),
        trust=making.trust,
        software=making.software,
        operator_name=settings.OPERATOR_NAME,
        operator_contact=settings.OPERATOR_CONTACT,
        withheld=withheld.of(complaint, rows),
        checker=making.checker,
    )


def document_kind(complaint: Complaint) -> said.DocumentKind:
    """Which outline: by the document, and for the police by whether anybody can be named."""
    if parties.is_notice(complaint):
        return said.DocumentKind.STOP_NOTICE
    if complaint.document_id in KINDS:
        return KINDS[complaint.document_id]
    is_known = bool(parties.respondents(complaint))
    if complaint.document_id == offences.DOCUMENT:
        both = (said.DocumentKind.CRIMINAL_REPORT, said.DocumentKind.CRIMINAL_ACCUSATION)
    else:
        both = (said.DocumentKind.POLICE_REPORT, said.DocumentKind.ACCUSATION)
    return both[is_known]


def matter(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> str:
    """A report's own sentence; to the lender: collection of the debt, then what was done."""
    if document_kind(complaint) not in said.TO_THE_LENDER:
        return str(complaint.answers.get("report_summary", ""))
    names = dict.fromkeys(kinds.kind(act.kind).zh for act in acts)
    return text("draft-category", kinds="、".join(names)) if names else ""


def told_facts(
    acts: Sequence[ConfirmedAct],
    codes: Mapping[uuid.UUID, str],
    roles: Mapping[str, NumberRole],
) -> tuple[said.Fact, ...]:
    """One fact for each record that a confirmed act is about, in time order; dated ones only."""
    grouped = confirmed.by_record(act for act in acts if act.at is not None)
    grave = _gravest(grouped)
    return tuple(
        _fact(about, codes, roles, serious=about_id in grave) for about_id, about in grouped.items()
    )


def _gravest(grouped: Mapping[uuid.UUID, Sequence[ConfirmedAct]]) -> frozenset[uuid.UUID]:
    def weight(pair: tuple[uuid.UUID, Sequence[ConfirmedAct]]) -> tuple[int, int]:
        levels = [kinds.kind(act.kind).severity_default for act in pair[1]]
        return (-max(levels), -len(levels))

    return frozenset(about for about, _ in sorted(grouped.items(), key=weight)[:DETAILED_ACTS])


def _fact(
    about: Sequence[ConfirmedAct],
    codes: Mapping[uuid.UUID, str],
    roles: Mapping[str, NumberRole],
    *,
    serious: bool,
) -> said.Fact:
    act = about[0]
    record = act.record
    assert act.at is not None  # noqa: S101 -- told_facts asked for dated acts only
    is_third = record is not None and statistics.is_third_person(record, roles)
    return said.Fact(
        at=act.at,
        at_precision=act.precision,
        channel=words.channel(record, act.tag.item.kind),
        number=""
        if record is None or is_third
        else words.number(record.peer_number) or record.peer_name,
        whom=text("draft-whom-third" if is_third else "draft-whom-self"),
        kinds=tuple(dict.fromkeys(kinds.kind(one.kind).zh for one in about)),
        words=record.text if record else "",
        exhibit=codes[act.item],
        place=words.place(record.source_locator) if record else "",
        serious=serious,
    )


def _dated(acts: Sequence[ConfirmedAct], codes: Mapping[uuid.UUID, str]) -> Iterable[citations.Act]:
    for act in acts:
        if act.on is not None:
            yield citations.Act(kind=act.kind, on=act.on, exhibit=codes[act.item])


def _counted_acts(
    findings: Sequence[Finding], codes: Mapping[uuid.UUID, str]
) -> Iterable[citations.Act]:
    """A pattern counts as done on each day on which one of its records lies."""
    records = confirmed.records_of(findings)
    for finding in findings:
        found = (records[str(pk)] for pk in finding.record_ids if str(pk) in records)
        days = {(at.astimezone(confirmed.BEIJING).date(), item) for at, item in found if at}
        for on, item in sorted(days):
            if finding.kind and item in codes:
                yield citations.Act(kind=finding.kind, on=on, exhibit=codes[item])


def _citations(complaint: Complaint, done: Sequence[citations.Act]) -> tuple[said.Citation, ...]:
    rows = citations.cite(
        done,
        agency=complaint.agency,
        lender_type=complaint.lender_type,
        facts=law_facts.told(complaint),
    )
    quoted: set[str] = set()  # one law text stands once, beside the first act that it covers
    cited = []
    for row in rows:
        is_first = row.provision not in quoted
        quoted.add(row.provision)
        cited.append(
            said.Citation(
                act=row.kind_zh,
                provision=row.name_zh,
                wording=row.phrase_zh,
                quote=(row.quotation or "") if is_first else "",
                period=_period(row),
                exhibits=row.exhibits,
            )
        )
    return tuple(cited)


def _period(row: citations.CitationRow) -> str:
    if row.first_on == row.last_on:
        return row.first_on.isoformat()
    return f"{row.first_on.isoformat()} — {row.last_on.isoformat()}"


def _act_groups(
    complaint: Complaint,
    acts: Sequence[ConfirmedAct],
    codes: Mapping[uuid.UUID, str],
    cited: Sequence[said.Citation],
) -> tuple[said.ActGroup, ...]:
    """For a report: one group per kind of conduct, described by its own times and numbers."""
    if document_kind(complaint) not in said.REPORTS:
        return ()
    grouped: dict[str, list[ConfirmedAct]] = {}
    for act in acts:
        if act.at is not None:
            grouped.setdefault(act.kind, []).append(act)
    return tuple(
        said.ActGroup(
            conduct=kinds.kind(code).zh,
            description=_description(of),
            rules=_rules_of(code, cited),
            exhibits=tuple(sorted({codes[act.item] for act in of})),
        )
        for code, of in grouped.items()
    )


def _rules_of(code: str, cited: Sequence[said.Citation]) -> str:
    named = dict.fromkeys(row.provision for row in cited if row.act == kinds.kind(code).zh)
    return "；".join(named) or text("draft-no-rule")


def _description(of: Sequence[ConfirmedAct]) -> str:
    """When, how often, from which numbers: one record counts once, however many words in it."""
    first, last = of[0], of[-1]
    count = len({act.record.pk if act.record else act.item for act in of})
    numbers = dict.fromkeys(
        words.number(act.record.peer_number) or act.record.peer_name for act in of if act.record
    )
    return text(
        "draft-conduct-once" if count == 1 else "draft-conduct-often",
        count=str(count),
        first=words.moment(first.at, "minute"),
        last=words.moment(last.at, "minute"),
        numbers="、".join(filter(None, numbers)) or text("draft-unknown"),
    )


def _exhibits(
    rows: Sequence[Exhibit],
    acts: Sequence[ConfirmedAct],
    told: Sequence[said.Fact],
    making: Making,
) -> Iterable[said_exhibits.Exhibit]:
    by_item: dict[uuid.UUID, list[ConfirmedAct]] = defaultdict(list)
    for act in acts:
        by_item[act.item].append(act)
    leaning: dict[str, list[int]] = defaultdict(list)
    for place, fact in enumerate(told, 1):
        leaning[fact.exhibit].append(place)
    handed = [making.handed.get(row.pk, row.item) for row in rows]
    gathered = gather(rows, handed, actor=making.actor)
    for row, item in zip(rows, handed, strict=True):
        about = by_item[row.item_id]
        records = making.records.get(row.pk)
        if records is None:
            records = shown.records(row, gathered.readings.get(row.item_id), about)
        made = exhibits.exhibit(row, handed=item, acts=about, records=records, gathered=gathered)
        yield exhibits.with_facts(made, leaning[row.code])

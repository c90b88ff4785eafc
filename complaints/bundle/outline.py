"""The body, from the facts: police (§1), regulators (§2, §4, §7), lender (§3, §8), §15."""

from __future__ import annotations

from collections.abc import Sequence

from complaints.bundle import annex, blocks
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.content import (
    FOLLOW_UPS,
    TO_THE_LENDER,
    TO_THE_POLICE,
    DocumentKind,
    PackageContent,
    Person,
)
from complaints.bundle.wording import Words

PICTURE_PATH = "pictures/{index}.svg"


def body(content: PackageContent, words: Words) -> list[Block]:
    """All blocks of the body, in the order of the addressee's outline."""
    return [
        blocks.title(content.title),
        blocks.flush(content.addressee + words("pdf-colon")),
        *_parties(content, words),
        *_middle(content, words),
        *_evidence(content, words),
        _closing(content, words),
        *_receipt(content, words),
        blocks.note(words.prepared_by(content)),
    ]


def _middle(content: PackageContent, words: Words) -> list[Block]:
    """What differs by addressee: police read the request first, all others after the facts."""
    if content.document is DocumentKind.STOP_NOTICE:
        return _notice(content, words)
    told = [
        *_facts(content, words),
        *_statistics(content, words),
        *_harm(content, words),
        *_earlier(content, words),
    ]
    requests, grounds = _requests(content, words), _grounds(content, words)
    if content.document in TO_THE_POLICE:
        return [*requests, *told, *grounds]
    if content.document in FOLLOW_UPS:
        return [*requests, *_appeal(content, words), *told, *grounds]
    limits = _limits(content, words)
    if content.document in TO_THE_LENDER:
        return [*_matter(content, words), *told, *requests, *grounds, *limits]
    reported = [
        *_matter(content, words),
        *_information(content, words),
        *_acts(content, words),
        *_conduct(content, words),
    ]
    return [*reported, *told, *grounds, *requests, *limits]


def _appeal(content: PackageContent, words: Words) -> list[Block]:
    """What was decided, why the person asks again, and which law lets them."""
    appeal = content.appeal
    if appeal is None:
        return []
    rows = [(told.label, told.value) for told in appeal.decision]
    basis = words("say-appeal-basis", law=appeal.basis) if appeal.basis else ""
    found = [
        *_section(words("pdf-h-decision"), [blocks.fields(rows)], rows),
        *_section(words("pdf-h-reasons"), [blocks.paragraph(appeal.reasons)], (appeal.reasons,)),
        *_section(
            words("pdf-h-new-evidence"),
            [blocks.paragraph(appeal.new_evidence)],
            (appeal.new_evidence,),
        ),
        *_section(words("pdf-h-basis"), [blocks.paragraph(basis)], (basis,)),
    ]
    return [*found, blocks.note(appeal.quote)] if appeal.quote else found


def _notice(content: PackageContent, words: Words) -> list[Block]:
    """A notice: what was done, what is asked for from now on, and how it was delivered."""
    sent = [(words("pdf-sent-by"), content.sent_by), (words("pdf-sent-on"), "")]
    stands = [blocks.paragraph(content.not_debtor)]
    key = "say-notice-third" if content.not_debtor else "say-notice-debt"
    return [
        *_section(words("pdf-h-not-debtor"), stands, (content.not_debtor,)),
        *_facts(content, words),
        *_requests(content, words),
        blocks.note(words(key)),
        *_grounds(content, words),
        *_section(words("pdf-h-delivery"), [blocks.fields(sent)], sent),
    ]


def _parties(content: PackageContent, words: Words) -> list[Block]:
    found = [blocks.heading(content.complainant_role), _person(content.complainant, words)]
    if content.agent is not None:
        found += [blocks.heading(words("pdf-agent"), 2), _person(content.agent, words, agent=True)]
    found.append(blocks.heading(content.respondent_role))
    for respondent in content.respondents:
        rows = [
            (words("pdf-person-name"), respondent.name),
            (words("pdf-respondent-role"), respondent.role),
            (words("pdf-respondent-numbers"), words.listed(respondent.numbers)),
            (words("pdf-respondent-accounts"), words.listed(respondent.accounts)),
            (words("pdf-respondent-address"), respondent.address),
            (words("pdf-respondent-further"), respondent.further),
        ]
        found.append(blocks.fields([row for row in rows if row[1]]))
    # Of a public body that decided nothing is unknown.
    if content.document is not DocumentKind.ADMINISTRATIVE_RECONSIDERATION:
        found.append(blocks.note(words("pdf-respondent-rest")))
    return found


def _person(person: Person, words: Words, *, agent: bool = False) -> Block:
    """Every customary field, blank ones as a line for the pen."""
    rows = [
        (words("pdf-person-name"), person.name),
        (words("pdf-person-sex"), person.sex),
        (words("pdf-person-born"), person.born),
        (words("pdf-person-id"), person.id_number),
        (words("pdf-person-occupation"), person.occupation),
        (words("pdf-person-address"), person.address),
        (words("pdf-person-phone"), person.phone),
    ]
    if agent:
        rows.append((words("pdf-person-standing"), person.standing))
    return blocks.fields(rows)


def _requests(content: PackageContent, words: Words) -> list[Block]:
    if content.document is DocumentKind.STOP_NOTICE:
        numbered = [blocks.numbered(content.requests)]
        return _section(words("pdf-h-requests-notice"), numbered, content.requests)
    key = "pdf-h-requests-lender" if content.document in TO_THE_LENDER else "pdf-h-requests"
    return _section(words(key), [blocks.numbered(content.requests)], content.requests)


def _matter(content: PackageContent, words: Words) -> list[Block]:
    key = "pdf-h-category" if content.document in TO_THE_LENDER else "pdf-h-matter"
    return _section(words(key), [blocks.paragraph(content.matter)], (content.matter,))


def _information(content: PackageContent, words: Words) -> list[Block]:
    rows = [(told.label, told.value) for told in content.information]
    return _section(words("pdf-h-information"), [blocks.fields(rows)], rows)


def _acts(content: PackageContent, words: Words) -> list[Block]:
    """A report's conduct by kind: four lines each."""
    groups = [
        blocks.fields(
            [
                (words("pdf-act-conduct"), group.conduct),
                (words("pdf-act-description"), group.description),
                (words("pdf-act-rules"), group.rules),
                (words("pdf-act-exhibits"), words.listed(group.exhibits) or words("pdf-none")),
            ],
            whole=True,
        )
        for group in content.act_groups
    ]
    return _section(words("pdf-h-acts"), groups, content.act_groups)


def _conduct(content: PackageContent, words: Words) -> list[Block]:
    rows = [
        (entry.question, entry.answer + words.exhibits(entry.exhibits))
        for entry in content.lender_conduct
    ]
    return _section(words("pdf-h-conduct"), [blocks.fields(rows)], rows)


def _facts(content: PackageContent, words: Words) -> list[Block]:
    """The loan, the acts told in full, and the pointer to the timeline that has them all."""
    found = [blocks.heading(words("pdf-h-facts"))]
    if content.loan is not None or content.background:
        key = "pdf-h-loan" if content.loan is not None else "pdf-h-background"
        found.append(blocks.heading(words(key), 2))
    if content.loan is not None:
        found.append(blocks.paragraph(words.loan(content.loan)))
    if content.background:
        found.append(blocks.paragraph(content.background))
    serious = [fact for fact in content.facts if fact.serious]
    if serious:
        found.append(blocks.heading(words("pdf-h-serious"), 2))
        found.append(
            blocks.numbered(
                ["\n".join(part for part in (words.fact(f), f.account) if part) for f in serious]
            )
        )
    found.append(blocks.heading(words("pdf-h-table"), 2))
    annexes = annex.numbered(content, words)
    found.append(
        blocks.paragraph(
            words("say-table-pointer", count=len(content.facts), annex=annexes["timeline"])
        )
    )
    return found


def _statistics(content: PackageContent, words: Words) -> list[Block]:
    found: list[Block] = []
    for index, picture in enumerate(content.pictures):
        caption = picture.caption + words.exhibits(picture.exhibits)
        found.append(blocks.heading(picture.title, 2))
        path = PICTURE_PATH.format(index=index)
        found.append(blocks.picture(path, picture.alt, caption=caption))
    if content.figures:
        head = [words(f"pdf-t-{name}") for name in ("item", "value", "method", "exhibit")]
        rows: list[list[Cell]] = [
            [f.label, {"bold": f.value}, f.method, words.listed(f.exhibits)]
            for f in content.figures
        ]
        found.append(blocks.table(head, rows, ["1.1fr", "7em", "2.4fr", "4.6em"]))
    if content.statistics_note:
        found.append(blocks.note(content.statistics_note))
    return _section(words("pdf-h-statistics"), found, found)


def _harm(content: PackageContent, words: Words) -> list[Block]:
    entries = [harm.text + words.exhibits(harm.exhibits) for harm in content.harm]
    return _section(words("pdf-h-harm"), [blocks.numbered(entries)], entries)


def _earlier(content: PackageContent, words: Words) -> list[Block]:
    head = [
        words(f"pdf-t-{name}")
        for name in ("date", "to", "reference", "outcome", "continued", "exhibit")
    ]
    rows = [
        [
            step.on.isoformat(),
            step.to,
            step.reference,
            step.outcome,
            step.continued,
            words.listed(step.exhibits),
        ]
        for step in content.earlier_steps
    ]
    table = blocks.table(head, rows, ["auto", "1fr", "1fr", "1.2fr", "1.2fr", "auto"])
    empty = [blocks.paragraph(words("pdf-none") + words("pdf-stop"))]
    return _section(words("pdf-h-earlier"), [table] if rows else empty, (True,))


def _grounds(content: PackageContent, words: Words) -> list[Block]:
    head = [words(f"pdf-t-{name}") for name in ("act", "provision", "wording", "exhibit")]
    rows = []
    for citation in content.citations:
        act = "\n".join(part for part in (citation.act, citation.period) if part)
        wording = "\n".join(part for part in (citation.wording, citation.quote) if part)
        rows.append([act, citation.provision, wording, words.listed(citation.exhibits)])
    found = [blocks.table(head, rows, ["6.6em", "1.2fr", "1.6fr", "5em"])]
    if content.citations_note:
        found.append(blocks.note(content.citations_note))
    to_lender = content.document in TO_THE_LENDER
    found.append(blocks.note(words("say-grounds-lender" if to_lender else "say-grounds-judged")))
    return _section(words("pdf-h-grounds"), found, rows)


def _limits(content: PackageContent, words: Words) -> list[Block]:
    """Within which time an answer is due, so that both sides count from the same rule."""
    head = [words(f"pdf-t-{name}") for name in ("step", "limit", "provision")]
    rows: list[list[Cell]] = [[each.what, each.limit, each.rule] for each in content.limits]
    return _section(
        words("pdf-h-limits"), [blocks.table(head, rows, ["1fr", "1.4fr", "2fr"])], rows
    )


def _evidence(content: PackageContent, words: Words) -> list[Block]:
    groups = len({exhibit.number.split("-")[0] for exhibit in content.exhibits})
    listed = annex.numbered(content, words)["list"]
    count = len(content.exhibits)
    pointer = words("say-evidence-pointer", groups=groups, count=count, annex=listed)
    return [blocks.heading(words("pdf-h-evidence")), blocks.paragraph(pointer)]


def _closing(content: PackageContent, words: Words) -> Block:
    # A fingerprint beside the name is the custom of the police alone.
    key = "say-signature" if content.document in TO_THE_POLICE else "say-signature-report"
    count = len(content.exhibits)
    attachments = [
        *content.attachments,
        words("say-attachment-list", count=count),
        words("say-attachment-medium"),
    ]
    lines = [words("say-statement"), words("say-closing")]
    block = blocks.closing(
        lines,
        content.addressee,
        [words(key, role=content.complainant_role), words("say-phone"), words("say-date")],
    )
    return {**block, "attachments": attachments, "attached": words("say-attachments")}


def _receipt(content: PackageContent, words: Words) -> list[Block]:
    """What the desk gives back; a notice is delivered, nobody signs for it here."""
    if content.document is DocumentKind.STOP_NOTICE:
        return []
    names = ("case", "list", "officer", "next")
    if content.document in TO_THE_LENDER:
        names = ("complaint", "received", "officer", "next")
    rows = [(words(f"say-receipt-{name}"), "") for name in names]
    return [blocks.frame(words("say-receipt-title"), rows)]


def _section(title: str, inner: Sequence[Block], shown_if: Sequence[object]) -> list[Block]:
    """A heading and what stands under it; nothing when there is nothing to say."""
    if not any(shown_if):
        return []
    return [blocks.heading(title), *inner]

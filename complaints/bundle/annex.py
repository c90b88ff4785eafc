"""The annexes: what this proves, timeline, numbers, evidence list, sources, custody."""

from __future__ import annotations

from complaints.bundle import blocks, layout, provenance_pages
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.codes import grouped, short_digest
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form
from complaints.bundle.wording import Words
from evidence.integrity import event

PROVES = ("bytes", "time", "chain")
PROVES_NOT = ("before", "provenance", "content", "reading", "sender", "operator")


def numbered(content: PackageContent, words: Words) -> dict[str, str]:
    """附页一 … of each annex that this package has, in their order."""
    there = {
        "proof": True,
        "timeline": True,
        "numbers": bool(content.numbers),
        "third": bool(content.third_persons),
        "list": True,
        "source": True,
        "custody": True,
    }
    names = [name for name, is_there in there.items() if is_there]
    return {name: words(f"pdf-annex-{number}") for number, name in enumerate(names, 1)}


def title(content: PackageContent, words: Words, name: str) -> str:
    """An annex's heading with its number."""
    number = numbered(content, words)[name]
    return words("say-annex", annex=number, title=words(f"pdf-h-annex-{name}"))


def proof(content: PackageContent, words: Words, *, house: str) -> list[Block]:
    """What the package proves and what it does not; who runs clock and keys; whose stamps."""
    return [
        blocks.heading(title(content, words, "proof"), label="annex"),
        blocks.heading(words("proof-title"), 2),
        blocks.bullets([*(words(f"proof-{name}") for name in PROVES), *since(content, words)]),
        blocks.heading(words("proof-not-title"), 2),
        blocks.bullets([words(f"proof-not-{name}") for name in PROVES_NOT]),
        blocks.heading(words("proof-clock-title"), 2),
        blocks.bullets(stamps(content, words)),
        blocks.fields([(words("proof-house"), grouped(house))], mono=[words("proof-house")]),
        blocks.note(words("first-fingerprint-note")),
    ]


def since(content: PackageContent, words: Words) -> list[str]:
    """Of each exhibit that shows records: since when these are unchanged, which is not "right"."""
    return [
        words("proof-records", exhibit=exhibit.number, since=words.since(exhibit.since))
        for exhibit in content.exhibits
        if exhibit.since is not None
    ]


def stamps(content: PackageContent, words: Words) -> list[str]:
    """Who runs clock and keys, and how many stamps are self-issued."""
    tokens = [token for exhibit in content.exhibits for token in exhibit.tokens]
    tokens += content.log.tokens if content.log is not None else ()
    outside = sum(not token.self_issued for token in tokens)
    lines = [
        words("proof-clock"),
        words("proof-stamps-self", count=len(tokens) - outside),
    ]
    if outside:
        lines += [words("proof-stamps-outside", count=outside), words("proof-clock-outside")]
    else:
        lines.append(words("proof-stamps-none-outside"))
    return lines


def timeline(content: PackageContent, words: Words) -> list[Block]:
    """Every act, one a row."""
    names = ("no", "time", "channel", "number", "whom", "words", "kind", "exhibit")
    rows: list[list[Cell]] = [
        [
            str(index),
            words.short_time(fact.at, fact.at_precision),
            fact.channel,
            {"mono": fact.number},
            fact.whom,
            words.verbatim(fact.words) or fact.account,
            words.listed(fact.kinds),
            "\n".join(part for part in (fact.exhibit, fact.place) if part),
        ]
        for index, fact in enumerate(content.facts, 1)
    ]
    widths = ["3.3em", "5.9em", "3.2em", "7.6em", "4.2em", "1fr", "7em", "5.8em"]
    return [
        blocks.heading(title(content, words, "timeline")),
        blocks.table(_head(words, names, beijing=1), rows, widths, size=8),
    ]


def numbers(content: PackageContent, words: Words) -> list[Block]:
    """Every number that called or wrote."""
    if not content.numbers:
        return []
    names = ("no", "number", "place", "count", "first", "last", "tie", "exhibit")
    rows: list[list[Cell]] = [
        [
            str(index),
            {"mono": row.number},
            row.place,
            str(row.count),
            words.short_time(row.first_at),
            words.short_time(row.last_at),
            row.tie,
            words.listed(row.exhibits),
        ]
        for index, row in enumerate(content.numbers, 1)
    ]
    widths = ["3.3em", "8.2em", "4.2em", "3.3em", "6em", "6em", "1fr", "4.6em"]
    return [
        blocks.heading(title(content, words, "numbers")),
        blocks.table(_head(words, names), rows, widths, size=8),
    ]


def third_persons(content: PackageContent, words: Words) -> list[Block]:
    """Every third person who was contacted, by alias."""
    if not content.third_persons:
        return []
    names = ("no", "alias", "relation", "count", "told", "material")
    rows: list[list[Cell]] = [
        [str(i), row.alias, row.relation, str(row.count), row.told_of_debt, row.material]
        for i, row in enumerate(content.third_persons, 1)
    ]
    return [
        blocks.heading(title(content, words, "third")),
        blocks.table(_head(words, names), rows, ["3.4em", "1fr", "1fr", "auto", "1fr", "1.4fr"]),
    ]


def evidence_list(content: PackageContent, words: Words) -> list[Block]:
    """The list in its customary form (document templates §9), with page numbers."""
    names = (
        "no", "name", "class", "source", "carrier", "proves", "facts", "page", "copies",
        "digest16", "remarks",
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            exhibit.number,
            exhibit.name,
            exhibit.evidence_class,
            words.join([exhibit.origin.source, exhibit.origin.device]),
            words(f"pdf-x-short-{exhibit.form}"),
            exhibit.proves,
            words.listed([str(number) for number in exhibit.fact_numbers]),
            {"page": exhibit.number},
            "1",
            {"mono": _short_digests(exhibit, words)},
            _remarks(exhibit, words),
        ]
        for exhibit in content.exhibits
    ]
    widths = [
        "3em", "1.2fr", "4.5em", "1.1fr", "4.6em", "1.8fr", "3.4em", "2.6em", "2.4em",
        "11em", "1fr",
    ]  # fmt: skip
    return [
        blocks.heading(title(content, words, "list")),
        blocks.table(_head(words, names), rows, widths, size=8),
        blocks.flush(words("say-list-signed", count=len(content.exhibits))),
        blocks.flush(words("say-list-desk")),
    ]


def _short_digests(exhibit: Exhibit, words: Words) -> str:
    """The beginnings of SHA-256 and, below it, SM3."""
    sm3 = short_digest(exhibit.sm3) if exhibit.sm3 else words("sm3-not-computed")
    return f"SHA-256\n{short_digest(exhibit.sha256)}\nSM3\n{sm3}"


def _remarks(exhibit: Exhibit, words: Words) -> str:
    form = words(f"pdf-x-short-{exhibit.form}") if exhibit.form is not Form.ORIGINAL else ""
    return words.join([form, exhibit.origin.kept_where])


def source_statement(content: PackageContent, words: Words) -> list[Block]:
    """Where the electronic data come from (document templates §10), for the person to sign."""
    names = ("exhibit", "file", "format", "size", "digest")
    rows: list[list[Cell]] = [
        [
            exhibit.number,
            {"mono": layout.exhibit_path(exhibit.number, exhibit.extension)},
            words.format(exhibit.reading.format) if exhibit.reading else exhibit.media_type,
            f"{exhibit.size:,}",
            {"mono": _digests(exhibit, words)},
        ]
        for exhibit in content.exhibits
    ]
    how = [
        words.join(
            [
                f"{exhibit.number}",
                exhibit.origin.source,
                exhibit.origin.device,
                exhibit.origin.how,
                words("pdf-x-captured") + words("pdf-colon") + words.time(exhibit.times.captured_at)
                if exhibit.times.captured_at
                else "",
            ]
        )
        for exhibit in content.exhibits
    ]
    return [
        blocks.heading(title(content, words, "source")),
        blocks.fields(
            [
                (words("pdf-s-provider"), content.complainant.name),
                (words("pdf-person-id"), content.complainant.id_number),
            ]
        ),
        blocks.paragraph(words("pdf-s-method")),
        blocks.bullets(how),
        blocks.paragraph(words("pdf-s-edits")),
        blocks.paragraph(words("pdf-s-carrier")),
        blocks.paragraph(words("pdf-s-system")),
        blocks.table(_head(words, names), rows, ["3.4em", "7em", "7.4em", "5.4em", "1fr"], size=8),
        blocks.note(words("say-software", software=content.software)),
        {
            **blocks.closing(
                [words("pdf-s-statement")],
                "",
                [words("say-signature-report", role=words("pdf-s-provider")), words("say-date")],
            ),
            "attachments": [],
            "attached": "",
        },
    ]


def _digests(exhibit: Exhibit, words: Words) -> str:
    """SHA-256 and, below it, SM3, both whole."""
    sm3 = grouped(exhibit.sm3) if exhibit.sm3 else words("sm3-not-computed")
    return f"SHA-256 {grouped(exhibit.sha256)}\nSM3 {sm3}"


def custody(content: PackageContent, words: Words) -> list[Block]:
    """What the log says of each exhibit, oldest first; then what phone and file say, no proof."""
    rows: list[list[Cell]] = []
    for exhibit in content.exhibits:
        if not exhibit.custody:
            rows.append([exhibit.number, "", words("pdf-c-empty"), "", ""])
        for raw in exhibit.custody:
            told = event.decode(raw)
            rows.append(
                [
                    exhibit.number,
                    words.short_time(told.at, "second"),
                    words.act(str(told.act)),
                    words.actor(told.actor_type),
                    {"mono": short_digest(event.digest(raw))},
                ]
            )
    names = ("exhibit", "time", "act", "actor", "event-digest")
    return [
        blocks.heading(title(content, words, "custody")),
        blocks.note(words("pdf-c-note")),
        blocks.table(
            _head(words, names, beijing=1), rows, ["3.4em", "11em", "1fr", "1fr", "11em"], size=8
        ),
        *provenance_pages.section(content, words),
    ]


def _head(words: Words, names: tuple[str, ...], *, beijing: int = -1) -> list[str]:
    """Column titles; the one at `beijing` says which clock its times are in."""
    return [
        words(f"pdf-t-{name}") + (words("pdf-beijing") if index == beijing else "")
        for index, name in enumerate(names)
    ]

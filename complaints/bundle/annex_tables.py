"""The annexes that list what happened: timeline, numbers, third persons, visits."""

from __future__ import annotations

from complaints.bundle import annex, blocks
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.content import PackageContent
from complaints.bundle.wording import Words


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
    widths = ["3.3em", "5.9em", "3.2em", "7.6em", "4.2em", "8fr", "5fr", "5.8em"]
    return [
        blocks.heading(annex.title(content, words, "timeline")),
        blocks.table(annex.head(words, names, beijing=1), rows, widths, size=8),
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
        blocks.heading(annex.title(content, words, "numbers")),
        blocks.table(annex.head(words, names), rows, widths, size=8),
    ]


def third_persons(content: PackageContent, words: Words) -> list[Block]:
    """Every third person who was contacted, by alias and masked number."""
    if not content.third_persons:
        return []
    names = ("no", "alias", "relation", "number", "count", "first", "last", "told", "material")
    rows: list[list[Cell]] = [
        [
            str(index),
            row.alias,
            row.relation,
            {"mono": row.number},
            str(row.count),
            words.short_time(row.first_at) if row.first_at else words("pdf-unknown"),
            words.short_time(row.last_at) if row.last_at else words("pdf-unknown"),
            row.told_of_debt,
            row.material,
        ]
        for index, row in enumerate(content.third_persons, 1)
    ]
    widths = ["3.3em", "5em", "4.4em", "7em", "3.3em", "6em", "6em", "1fr", "5em"]
    return [
        blocks.heading(annex.title(content, words, "third")),
        blocks.note(words("say-third-masked")),
        blocks.table(annex.head(words, names), rows, widths, size=8),
    ]


def visits(content: PackageContent, words: Words) -> list[Block]:
    """The log of visits to home and workplace, as the person noted them, oldest first."""
    if not content.visits:
        return []
    names = ("no", "time", "where", "who", "what", "present", "reported", "exhibit")
    rows: list[list[Cell]] = [
        [
            str(index),
            f"{visit.on.isoformat()} {visit.at}".strip(),
            visit.place,
            visit.who,
            visit.what,
            visit.present,
            visit.reported,
            words.listed(visit.exhibits),
        ]
        for index, visit in enumerate(content.visits, 1)
    ]
    widths = ["3.3em", "5.6em", "6em", "6em", "1fr", "5em", "6em", "4.6em"]
    return [
        blocks.heading(annex.title(content, words, "visits")),
        blocks.note(words("say-visits-told")),
        blocks.table(annex.head(words, names, beijing=1), rows, widths, size=8),
    ]

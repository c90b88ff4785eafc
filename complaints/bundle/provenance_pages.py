"""What phone and file say of each exhibit's making, under a heading that says it is no proof."""

from __future__ import annotations

from typing import Any

from complaints.bundle import blocks
from complaints.bundle.blocks import Block
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form
from complaints.bundle.wording import Words
from evidence.provenance import wording
from evidence.provenance.said import read_statement

STATEMENT = "statement"  # the member of `Exhibit.provenance` that these pages print


def section(content: PackageContent, words: Words) -> list[Block]:
    """One paragraph of facts and one list of notes for each exhibit."""
    found = [blocks.heading(words("provenance-title"), 2), blocks.note(words("provenance-note"))]
    for exhibit in content.exhibits:
        found += _exhibit(exhibit, words)
    return found


def _exhibit(exhibit: Exhibit, words: Words) -> list[Block]:
    """Of a part nothing of the whole is told: no name, no tag, no date of it."""
    told: Any = exhibit.provenance.get(STATEMENT)
    if exhibit.form is not Form.ORIGINAL:
        return [blocks.flush(f"{exhibit.number}　{words('provenance-left-out')}")]
    if told is None:
        return [blocks.flush(f"{exhibit.number}　{words('provenance-none')}")]
    statement = read_statement(told)
    facts = words("pdf-semicolon").join(
        f"{fact.label}{words('pdf-colon')}{words.verbatim(fact.value)}"
        for fact in wording.facts(statement, words)
    )
    notes = [
        f"{words.verbatim(note.text)} {note.means}" for note in wording.notes(statement, words)
    ]
    return [
        blocks.flush(f"{exhibit.number}　{blocks.soft(facts)}{words('pdf-stop')}"),
        blocks.bullets(notes),
    ]

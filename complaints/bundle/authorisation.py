"""The letter of authority (document templates §13): for whom, what, until when, to be signed."""

from __future__ import annotations

from complaints.bundle import annex, blocks
from complaints.bundle.blocks import Block
from complaints.bundle.content import PackageContent, Person
from complaints.bundle.wording import Words


def page(content: PackageContent, words: Words) -> list[Block]:
    """Empty where nobody acts for the person."""
    given, agent = content.authorisation, content.agent
    if given is None or agent is None:
        return []
    powers = [*given.powers, words("authority-others")]
    return [
        blocks.heading(annex.title(content, words, "authorisation")),
        blocks.fields(_person(content.complainant, words, "authority-principal")),
        blocks.fields(
            [
                *_person(agent, words, "authority-agent"),
                (words("pdf-person-standing"), agent.standing),
            ]
        ),
        blocks.paragraph(
            words("authority-matter", addressee=content.addressee, title=content.title)
        ),
        blocks.heading(words("authority-powers"), 2),
        blocks.numbered(powers),
        blocks.fields([(words("authority-until"), given.until)]),
        blocks.note(words("authority-note")),
        {
            **blocks.closing(
                [],
                "",
                [
                    words("say-signature-report", role=words("authority-principal")),
                    words("say-signature-report", role=words("authority-agent")),
                    words("say-date"),
                ],
            ),
            "attachments": [],
            "attached": "",
        },
    ]


def _person(person: Person, words: Words, role: str) -> list[tuple[str, str]]:
    return [
        (words(role), person.name),
        (words("pdf-person-id"), person.id_number),
        (words("pdf-person-address"), person.address),
        (words("pdf-person-phone"), person.phone),
    ]

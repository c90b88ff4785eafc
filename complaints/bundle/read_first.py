"""The two pages that are read first: what this is, how to check it, whom to ask for what."""

from __future__ import annotations

from complaints.bundle import blocks, layout
from complaints.bundle.annex import PROVES, PROVES_NOT, since, stamps
from complaints.bundle.blocks import Block
from complaints.bundle.codes import grouped
from complaints.bundle.content import PackageContent
from complaints.bundle.wording import Words


def pages(
    content: PackageContent, words: Words, *, house: str, exhibits_digest: str
) -> list[Block]:
    """All blocks of `1_READ_FIRST.pdf`."""
    what = words(
        "first-what-1",
        addressee=content.addressee,
        title=content.title,
        count=len(content.exhibits),
        case=content.case,
        built=words.time(content.bundle_time),
    )
    contents = [
        (layout.READ_FIRST, words("first-f-read")),
        (layout.COMPLAINT, words("first-f-complaint")),
        (layout.EXHIBITS_FOLDER, words("first-f-exhibits")),
        (layout.CHECKER, words("first-f-check" if content.checker else "first-f-no-check")),
        ("5_PROOF", words("first-f-proof")),
        (layout.COPIES_FOLDER, words("first-f-copies")),
        (layout.SUMS, words("first-f-sums")),
    ]
    how = [words(f"first-how-{name}") for name in ("paper", "sums", "program", "openssl")]
    fingerprint, manifest = words("first-fingerprint"), words("first-manifest")
    return [
        blocks.title(words("first-title")),
        blocks.heading(words("first-what")),
        blocks.paragraph(what),
        blocks.paragraph(words("first-what-2")),
        blocks.note(words.prepared_by(content)),
        blocks.heading(words("first-where")),
        blocks.fields(contents),
        blocks.heading(words("first-how")),
        blocks.numbered(how),
        blocks.fields(
            [(fingerprint, grouped(house)), (manifest, grouped(exhibits_digest))],
            mono=[fingerprint, manifest],
        ),
        blocks.note(words("first-fingerprint-note")),
        blocks.new_page(),
        blocks.heading(words("proof-title")),
        blocks.bullets([*(words(f"proof-{name}") for name in PROVES), *since(content, words)]),
        blocks.heading(words("proof-not-title")),
        blocks.bullets([words(f"proof-not-{name}") for name in PROVES_NOT]),
        blocks.heading(words("proof-clock-title")),
        blocks.bullets(stamps(content, words)),
    ]

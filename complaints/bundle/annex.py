"""The annexes on proof: what this proves and what not, evidence list, sources, custody."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from complaints.bundle import blocks, layout, provenance_pages
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.codes import grouped, short_digest
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form
from complaints.bundle.wording import Words
from evidence.integrity import event
from evidence.integrity.event import Event

PROVES = ("bytes", "time", "chain")
GROUPS = ("A", "B", "C", "D", "E", "F")
LISTED = (
    "no", "name", "class", "source", "carrier", "proves", "facts", "page", "pages", "copies",
    "digest16",
    "remarks",
)  # fmt: skip
LIST_WIDTHS = (
    "3em", "1.2fr", "4.5em", "1.1fr", "4.6em", "1.8fr", "3.4em", "4.8em", "3em", "3em",
    "11em", "1fr",
)  # fmt: skip
OPERATOR_DID = ("received", "kept", "stamped", "read")
OPERATOR_DID_NOT = ("not-checked", "not-third-party")
PROVES_NOT = ("before", "provenance", "content", "reading", "sender", "operator")


def numbered(content: PackageContent, words: Words) -> dict[str, str]:
    """附页一 … of each annex that this package has, in their order."""
    there = {
        "proof": True,
        "timeline": True,
        "numbers": bool(content.numbers),
        "third": bool(content.third_persons),
        "visits": bool(content.visits),
        "list": True,
        "source": True,
        "authorisation": content.authorisation is not None,
        "operator": True,
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
        blocks.bullets([words(f"proof-not-{name}") for name in _proves_not(content)]),
        blocks.heading(words("proof-clock-title"), 2),
        blocks.bullets(stamps(content, words)),
        blocks.fields([(words("proof-house"), grouped(house))], mono=[words("proof-house")]),
        blocks.note(words("first-fingerprint-note")),
    ]


def operator(content: PackageContent, words: Words) -> list[Block]:
    """The operator's own statement: who runs the system, what it did with the files, what not."""
    rows = [
        (words("operator-name"), content.operator_name),
        (words("operator-contact"), content.operator_contact),
        (words("operator-software"), content.software),
        (words("operator-seal"), ""),
    ]
    return [
        blocks.heading(title(content, words, "operator")),
        blocks.bullets([words(f"operator-{name}") for name in (*OPERATOR_DID, *OPERATOR_DID_NOT)]),
        blocks.fields(rows, whole=True),
    ]


def _proves_not(content: PackageContent) -> list[str]:
    witness = ["witness"] if any(exhibit.is_witness for exhibit in content.exhibits) else []
    return [*PROVES_NOT, *witness]


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


def evidence_list(content: PackageContent, words: Words) -> list[Block]:
    """The list in its customary form (document templates §9), by group, with page numbers."""
    groups: dict[str, list[Exhibit]] = {}
    for exhibit in content.exhibits:
        groups.setdefault(_letter(exhibit), []).append(exhibit)
    listed: list[Block] = []
    for group, exhibits in groups.items():
        listed.append(blocks.heading(_group(group, words), 2))
        rows = [_listed(exhibit, words) for exhibit in exhibits]
        listed.append(blocks.table(head(words, LISTED), rows, LIST_WIDTHS, size=8))
    return [
        blocks.heading(title(content, words, "list")),
        *listed,
        *(blocks.note(line) for line in content.erased),
        blocks.total(_total(content, words), [exhibit.number for exhibit in content.exhibits]),
        blocks.flush(words("say-list-signed")),
        blocks.flush(words("say-list-desk")),
    ]


def _letter(exhibit: Exhibit) -> str:
    return exhibit.number.split("-")[0]


def _total(content: PackageContent, words: Words) -> str:
    return words("say-list-total", count=len(content.exhibits), pages=blocks.PAGES)


def _group(letter: str, words: Words) -> str:
    """B　催收行为; of a letter that has no customary name, the letter."""
    names = {name: words(f"pdf-group-{name.lower()}") for name in GROUPS}
    return f"{letter}　{names[letter]}" if letter in names else letter


def _listed(exhibit: Exhibit, words: Words) -> list[Cell]:
    return [
        exhibit.number,
        exhibit.name,
        exhibit.evidence_class,
        words.join([exhibit.origin.source, exhibit.origin.device]),
        words(f"pdf-x-short-{exhibit.form}"),
        exhibit.proves,
        words.listed(_runs(exhibit.fact_numbers)),
        {"pages": exhibit.number},
        {"length": exhibit.number},
        "1",
        {"mono": _short_digests(exhibit, words)},
        _remarks(exhibit, words),
    ]


def _runs(numbers: Sequence[int]) -> list[str]:
    """1–7 and 9: neighbours as one, or the column would be as long as the timeline."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


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
    how = itertools.groupby(
        content.exhibits, lambda exhibit: (_letter(exhibit), _origin(exhibit, words))
    )
    return [
        blocks.heading(title(content, words, "source")),
        blocks.fields(
            [
                (words("pdf-s-provider"), content.complainant.name),
                (words("pdf-person-id"), content.complainant.id_number),
            ]
        ),
        blocks.paragraph(words("pdf-s-method")),
        blocks.bullets([words.join([_from_to(list(alike)), told]) for (_, told), alike in how]),
        blocks.paragraph(words("pdf-s-edits")),
        blocks.paragraph(words("pdf-s-carrier")),
        blocks.paragraph(words("pdf-s-system")),
        blocks.table(head(words, names), rows, ["3.4em", "7em", "7.4em", "5.4em", "1fr"], size=8),
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


def _origin(exhibit: Exhibit, words: Words) -> str:
    """Where it comes from, on what, how, and when it was captured, as the person said it."""
    origin, captured_at = exhibit.origin, exhibit.times.captured_at
    captured = words("pdf-x-captured") + words("pdf-colon") + words.time(captured_at)
    told = [origin.source, origin.device, origin.how, captured if captured_at else ""]
    return words.join(told)


def _from_to(exhibits: Sequence[Exhibit]) -> str:
    first, last = exhibits[0].number, exhibits[-1].number
    return first if first == last else f"{first} – {last}"


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
        told = [(event.decode(raw), raw) for raw in exhibit.custody]
        for _, alike in itertools.groupby(told, lambda each: (each[0].act, each[0].actor_type)):
            rows.append([exhibit.number, *_custody_row(list(alike), words)])
    names = ("exhibit", "time", "act", "actor", "event-digest")
    return [
        blocks.heading(title(content, words, "custody")),
        blocks.note(words("pdf-c-note")),
        blocks.table(
            head(words, names, beijing=1), rows, ["3.4em", "11em", "1fr", "1fr", "11em"], size=8
        ),
        *provenance_pages.section(content, words),
    ]


def _custody_row(alike: Sequence[tuple[Event, bytes]], words: Words) -> list[Cell]:
    """One act; or the same one done several times on end, which the last digest covers all."""
    (first, _), (last, raw) = alike[0], alike[-1]
    when, act = words.short_time(first.at, "second"), words.act(str(first.act))
    if len(alike) > 1:
        when = f"{when} – {words.short_time(last.at, 'second')}"
        act = words("pdf-c-several", act=act, count=len(alike))
    digest = short_digest(event.digest(raw))
    return [when, act, words.actor(first.actor_type), {"mono": digest}]


def head(words: Words, names: tuple[str, ...], *, beijing: int = -1) -> list[str]:
    """Column titles; the one at `beijing` says which clock its times are in."""
    return [
        words(f"pdf-t-{name}") + (words("pdf-beijing") if index == beijing else "")
        for index, name in enumerate(names)
    ]

"""The pages of one exhibit: sheet, recording and transcript, records, pictures."""

from __future__ import annotations

from complaints.bundle import blocks, cutting, layout, manifest, recording_pages
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.codes import check_code, grouped
from complaints.bundle.exhibits import Exhibit, Form, ShownRecord
from complaints.bundle.stamping import EMBEDDED
from complaints.bundle.wording import Words

PAGE_PATH = "exhibits/{number}/{index}.jpg"
# Of a screenshot's width: the longest piece that fits a page, and what two pieces share at least.
PIECE, OVERLAP = 2.28, 0.14
QR_PATH = "exhibits/{number}/qr.svg"


def pages(exhibit: Exhibit, words: Words) -> list[Block]:
    """All blocks of one exhibit, its sheet first."""
    return [
        blocks.heading(
            f"{words('pdf-exhibit')} {exhibit.number}　{exhibit.name}", label=exhibit.number
        ),
        _sheet(exhibit, words),
        *_removed(exhibit, words),
        *_told(exhibit, words),
        *recording_pages.of(exhibit, words),
        *_records(exhibit, words),
        *_images(exhibit, words),
    ]


def _sheet(exhibit: Exhibit, words: Words) -> Block:
    """What it is, where it comes from, when: times apart, digest whole, stamps named."""
    origin, times, reading = exhibit.origin, exhibit.times, exhibit.reading
    happened = words.time(times.happened_from)
    if times.happened_to is not None and times.happened_to != times.happened_from:
        happened += f" – {words.time(times.happened_to)}"
    rows = [
        ("form", words(f"pdf-x-form-{exhibit.form}")),
        ("class", exhibit.evidence_class),
        ("proves", exhibit.proves),
        ("source", origin.source or words("pdf-unknown")),
        ("device", origin.device or words("pdf-unknown")),
        ("how", origin.how or words("pdf-unknown")),
        ("file-name", words.verbatim(origin.file_name)),
        ("kept", origin.kept_where or words("pdf-unknown")),
        ("happened", happened),
        ("captured", words.time(times.captured_at, "second")),
        ("received", words.time(times.received_at, "second")),
        ("sealed", _sealed(exhibit, words)),
        ("tokens", _tokens(exhibit, words)),
        ("file", layout.exhibit_path(exhibit.number, exhibit.extension)),
        ("media", words("say-size", type=exhibit.media_type, size=f"{exhibit.size:,}")),
        ("digest", grouped(exhibit.sha256)),
        ("sm3", grouped(exhibit.sm3) if exhibit.sm3 else words("sm3-not-computed")),
        ("check-code", check_code(exhibit.number, exhibit.sha256)),
    ]
    if reading is not None:
        told = words(
            "say-reading",
            format=words.format(reading.format),
            reader=reading.reader,
            version=reading.reader_version,
        )
        rows.append(("reading", words.join([told, reading.note])))
    labelled = [(words(f"pdf-x-{name}"), value) for name, value in rows if value]
    mono = [words(f"pdf-x-{name}") for name in ("digest", "sm3", "check-code", "file")]
    return blocks.fields(labelled, mono=mono)


def _sealed(exhibit: Exhibit, words: Words) -> str:
    """The printed time, and whose word it is: never a stamp of our own without saying so."""
    sealed_at = exhibit.times.sealed_at
    if sealed_at is None:
        return ""
    by = [token.self_issued for token in exhibit.tokens if token.gen_time == sealed_at]
    issuer = words("pdf-x-outside" if by and not all(by) else "pdf-x-self-issued")
    return f"{words.time(sealed_at, 'second')} · {issuer}"


def _tokens(exhibit: Exhibit, words: Words) -> str:
    if not exhibit.tokens:
        return words("pdf-none")
    return "\n".join(
        words(
            "say-token",
            at=words.time(token.gen_time, "second"),
            source=words("pdf-x-embedded") if token.source == EMBEDDED else token.source,
            issuer=words("pdf-x-self-issued" if token.self_issued else "pdf-x-outside"),
        )
        for token in exhibit.tokens
    )


def _removed(exhibit: Exhibit, words: Words) -> list[Block]:
    """What is not shown, and the salted name of what it was taken from."""
    if exhibit.parent is None:
        return []
    commitment = grouped(exhibit.parent.commitment)
    # Of records nothing here is an "original": what they come from is an export.
    kind = "-part" if exhibit.form is Form.RECORDS else ""
    found = [
        blocks.heading(words(f"pdf-x-parent{kind}"), 2),
        blocks.note(f"{words(f'pdf-x-parent-note{kind}')} {commitment}"),
    ]
    if exhibit.parent.removed:
        removed = list(exhibit.parent.removed)
        found += [blocks.heading(words("pdf-x-removed"), 2), blocks.bullets(removed)]
    return found


def _told(exhibit: Exhibit, words: Words) -> list[Block]:
    """A third person's own words, and that nobody checked who they are: above all else."""
    found = [blocks.note(words("pdf-w-not-checked"))] if exhibit.is_witness else []
    told = exhibit.told
    if told is None:
        return found
    rows: list[list[Cell]] = [
        [line.question, line.name or words.verbatim(line.words)] for line in told.lines
    ]
    if told.to_sign:  # in the table: on a page of its own a signature would be under nothing
        rows += [[words("pdf-w-signed"), "\n"], [words("pdf-w-signed-on"), ""]]
    head = [words("pdf-w-question"), words("pdf-w-answer")]
    found += [blocks.heading(told.title, 2), blocks.table(head, rows, ["15em", "1fr"])]
    return found


def _records(exhibit: Exhibit, words: Words) -> list[Block]:
    """The shown records as a table that leads back to each one's place in the file."""
    if not exhibit.records:
        return []
    are_calls = all(record.is_call for record in exhibit.records)
    names = ("no", "time", "direction", "number", "lasted" if are_calls else "text", "locator")
    # By place: a gap's row stands between the records that it lies between.
    placed = [(record.index, _record(record, words)) for record in exhibit.records]
    for gap in manifest.gaps_of(exhibit):
        span = str(gap.first + 1) if gap.count == 1 else f"{gap.first + 1}–{gap.last + 1}"
        placed.append((gap.first, [span, "", "", "", words.gap(gap, exhibit.gap_reason), ""]))
    rows = [row for _, row in sorted(placed, key=lambda pair: pair[0])]
    head = [words(f"pdf-t-{name}") for name in names]
    notes = []
    if exhibit.records_total is not None:
        notes.append(
            words("say-records-shown", count=exhibit.records_total, shown=len(exhibit.records))
        )
    kind = "-part" if exhibit.form is Form.RECORDS else ""
    notes += [
        exhibit.records_note,
        words.since(exhibit.since),
        words(f"pdf-x-reading-note{kind}"),
    ]
    if any(record.marked for record in exhibit.records):
        notes.append(words("say-marked"))
    # The notes stand above: below a long table they could be alone on a page.
    return [
        blocks.heading(words("pdf-x-calls" if are_calls else "pdf-x-records"), 2),
        blocks.note(" ".join(note for note in notes if note)),
        blocks.table(head, rows, ["3.4em", "9em", "3.4em", "7em", "1fr", "6.4em"], size=8),
    ]


def _record(record: ShownRecord, words: Words) -> list[Cell]:
    said = words.verbatim(record.text)
    return [
        str(record.index + 1),
        record.at,
        record.direction,
        {"mono": record.number},
        {"bold": said} if record.marked else said,
        record.locator,
    ]


def _images(exhibit: Exhibit, words: Words) -> list[Block]:
    if not exhibit.pages:
        shows_nothing = not (exhibit.records or exhibit.recording or exhibit.told)
        return [blocks.note(words("pdf-x-none-shown"))] if shows_nothing else []
    found = [blocks.heading(words("pdf-x-images"), 2)]
    for index, page in enumerate(exhibit.pages):
        path = PAGE_PATH.format(number=exhibit.number, index=index)
        told = {"width": page.width, "height": page.height}
        longest, overlap = (round(page.width * share) for share in (PIECE, OVERLAP))
        cut = cutting.pieces(page.jpeg, longest=longest, overlap=overlap)
        found.append(blocks.screenshot(path, page.alt, **told, pieces=cut))
    return found


def running_head(exhibit: Exhibit, words: Words) -> dict[str, str]:
    """What stands on every page of the exhibit: source, time, check code, short digest."""
    times = exhibit.times
    at = times.happened_from or times.captured_at or times.received_at
    return {
        "number": exhibit.number,
        "form": "" if exhibit.form is Form.ORIGINAL else words(f"pdf-x-short-{exhibit.form}"),
        "source": exhibit.origin.source or words("pdf-unknown"),
        "time": words.time(at),
        "digest16": exhibit.sha256[:16],
        "check_code": check_code(exhibit.number, exhibit.sha256),
        "qr": QR_PATH.format(number=exhibit.number),
    }

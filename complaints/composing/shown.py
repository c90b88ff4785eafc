"""Which records the package shows of an exhibit, since when unchanged, and why not the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.composing import words
from complaints.composing.acts import UNTOLD, ConfirmedAct
from complaints.models import Exhibit
from evidence import release
from evidence.custody import Act
from evidence.integrity import event
from evidence.models.readings import Reading
from evidence.readers.magic import PICTURES, RECORDINGS


def records(
    row: Exhibit, reading: Reading | None, acts: Sequence[ConfirmedAct]
) -> tuple[said.ShownRecord, ...]:
    """The records that the package shows of this exhibit, each with its salt and proof.

    Of an export that is handed over in the original: those that the complaint quotes.
    """
    marked = {act.record.pk for act in acts if act.record}
    wanted = row.record_ids if row.form == Exhibit.Form.RECORDS else marked
    is_shown = row.form == Exhibit.Form.RECORDS or _is_quoted_whole(row, reading)
    if reading is None or not is_shown or not wanted:
        return ()
    chosen = list(reading.records.filter(pk__in=wanted).order_by("index").defer(*UNTOLD))
    if not chosen:
        return ()
    proofs = release.record_proofs(reading, [record.index for record in chosen])
    return tuple(
        said.ShownRecord(
            index=record.index,
            canonical=shown.canonical,
            salt=shown.proof.salt,
            proof=shown.proof.path,
            at=words.moment(record.when_utc),
            direction=words.direction(record),
            number=words.number(record.peer_number),
            text=record.text or _call_text(record.kind, record.duration_s),
            locator=words.place(record.source_locator),
            marked=record.pk in marked,
            is_call=record.kind == "call",
        )
        for record, shown in zip(chosen, proofs, strict=True)
    )


def note(row: Exhibit) -> str:
    """Why the other records are not listed, as the records file and the page say it."""
    if row.form == Exhibit.Form.ORIGINAL:
        return text("draft-records-beside")
    return text("draft-records-note", reason=gap_reason(row))


def _is_quoted_whole(row: Exhibit, reading: Reading | None) -> bool:
    """An export that goes along whole and was read to its end.

    The verifier reads it again; a file that broke the cell it was read in is never parsed twice.
    """
    return (
        row.form == Exhibit.Form.ORIGINAL
        and reading is not None
        and not reading.problem
        and reading.format not in PICTURES
        and reading.format not in RECORDINGS
    )


def since(row: Exhibit, reading: Reading, events: Iterable[tuple[str, bytes]]) -> said.Since | None:
    """The `read` event that binds the root, and the export's first stamp before it.

    `events` are the item's: act and raw bytes.
    """
    told = [event.decode(raw) for act, raw in events if act == Act.READ]
    read_at = next((one.at for one in told if one.facts.get("root") == reading.records_root), None)
    if read_at is None:
        return None
    stamp = next((each for each in row.item.tokens.all() if each.gen_time <= read_at), None)
    return said.Since(stamped_at=stamp.gen_time if stamp else None, read_at=read_at)


def gap_reason(row: Exhibit) -> str:
    """The reason of every gap of the exhibit, in words."""
    return text(f"gap-reason-{row.gap_reason.replace('_', '-')}")


def _call_text(kind: str, duration_s: float | None) -> str:
    if kind != "call":
        return ""
    if not duration_s:
        return text("draft-call-unanswered")
    return text("draft-call-lasted", seconds=str(round(duration_s)))

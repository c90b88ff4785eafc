"""A numbered item as the package shows it: its bytes, its proof, what is said of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Any

from PIL import Image

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.bundle.gaps import GapReason
from complaints.bundle.provenance_pages import STATEMENT
from complaints.composing import imported, recordings, redacted, shown, words
from complaints.composing.acts import ConfirmedAct
from complaints.composing.gathered import Gathered
from complaints.models import Exhibit
from evidence import release
from evidence.custody import Act
from evidence.models.items import EvidenceItem
from evidence.models.readings import Derivative, Reading

PAGE_ALT_CHARACTERS = 60


def exhibit(
    row: Exhibit,
    *,
    handed: EvidenceItem,
    acts: Sequence[ConfirmedAct],
    records: Sequence[said.ShownRecord],
    gathered: Gathered,
) -> said.Exhibit:
    """What the package says about one exhibit.

    Args:
        row: the item's number and form in this complaint.
        handed: the item whose bytes are handed over: the row's own for an original, else the one
            made from it (records file, redacted copy).
        acts: the confirmed acts of the row's item, in time order.
        records: those that the package shows of it (`shown.records`).
        gathered: of all exhibits of the complaint.
    """
    item, openings = row.item, gathered.openings
    reading = gathered.readings.get(item.pk)
    is_part = row.form == Exhibit.Form.RECORDS
    chosen = records if is_part else ()  # else they only stand beside the whole file
    made = row.redaction if row.form == Exhibit.Form.REDACTED else None
    declared = getattr(item, "declared", None)
    is_witness = item.pk in gathered.brought
    told = gathered.brought.get(item.pk)
    return said.Exhibit(
        number=row.code,
        name=told.title if told else _name(row, records),
        evidence_class=text("draft-class-told" if told else f"draft-class-{item.kind}"),
        proves=row.purpose or _purpose(acts, chosen, row.code, is_told=told is not None),
        item=str(handed.pk),
        form=said.Form(row.form),
        media_type=redacted.media_type(made)
        if made
        else _media_type(gathered.readings.get(handed.pk), row, is_told=told is not None),
        extension=redacted.extension(made) if made else _extension(item, row),
        sha256=handed.sha256,
        sm3=gathered.sm3.get(handed.pk),
        size=handed.size,
        open=partial(openings.open_item, handed),
        times=_times(row, handed, reading, records, acts, gathered),
        origin=_origin(declared, is_shown=row.form == Exhibit.Form.ORIGINAL, is_witness=is_witness),
        custody=tuple(raw for _, raw in gathered.events[str(handed.pk)]),
        receipt=said.Receipt(
            raw=bytes(handed.receipt.raw), signature=bytes(handed.receipt.signature)
        ),
        tokens=tuple(map(token, handed.tokens.all())),
        reading=redacted.reading(made)
        if made
        else None  # written in our own form: no engine has read it
        if told
        else _reading(reading, has_root=bool(records) or row.form != Exhibit.Form.ORIGINAL),
        records=tuple(records),
        records_total=reading.record_count if reading and records else None,
        records_note=shown.note(row) if records else "",
        since=shown.since(row, reading, gathered.events[str(item.pk)])
        if reading and records
        else None,
        gap_reason=GapReason(row.gap_reason),
        pages=redacted.pages(row, made, handed, openings)
        if made
        else tuple(_pages(row, reading, openings)),
        recording=recordings.sheet(row, declared, acts, gathered),
        told=told,
        is_witness=is_witness,
        copies=tuple(recordings.copies(row, reading, acts, handed=handed, openings=openings)),
        parent=redacted.parent(made) if made else _parent(row, reading, gathered),
        provenance=_provenance(reading) if row.form == Exhibit.Form.ORIGINAL else {},
    )


def with_facts(exhibit_: said.Exhibit, numbers: Iterable[int]) -> said.Exhibit:
    """The same exhibit, knowing which rows of the timeline lean on it."""
    return replace(exhibit_, fact_numbers=tuple(numbers))


def _name(row: Exhibit, records: Sequence[said.ShownRecord]) -> str:
    if row.form == Exhibit.Form.RECORDS:
        return text("draft-name-records", count=str(len(records)))
    return text(f"draft-kind-{row.item.kind}")


def _purpose(
    acts: Sequence[ConfirmedAct], chosen: Sequence[said.ShownRecord], code: str, *, is_told: bool
) -> str:
    """What the exhibit is offered for: the facts it shows, no conclusion."""
    if is_told:
        return text("draft-purpose-told")
    dated = [act for act in acts if act.at is not None]
    if chosen:
        return text("draft-purpose-many", first=chosen[0].at, count=str(len(chosen)))
    if not dated:
        return text("draft-purpose-background", code=code)
    first = dated[0]
    number = words.number(first.record.peer_number) if first.record else ""
    return text(
        "draft-purpose-one",
        first=words.moment(first.at, first.precision),
        number=number or text("draft-unknown"),
    )


def _media_type(reading: Reading | None, row: Exhibit, *, is_told: bool) -> str:
    if is_told or row.form == Exhibit.Form.RECORDS:
        return "application/json"
    told = str(reading.facts.get("media_type", "")) if reading else ""
    return told or "application/octet-stream"


def _extension(item: EvidenceItem, row: Exhibit) -> str:
    if row.form == Exhibit.Form.RECORDS:
        return "json"
    declared = getattr(item, "declared", None)
    return PurePath(declared.file_name).suffix.lstrip(".").lower() if declared else "bin"


def _times(
    row: Exhibit,
    handed: EvidenceItem,
    reading: Reading | None,
    records: Sequence[said.ShownRecord],
    acts: Sequence[ConfirmedAct],
    gathered: Gathered,
) -> said.Times:
    bounds: Sequence[Any] = ()
    if row.form == Exhibit.Form.REDACTED:  # only what the copy shows tells when it was
        bounds = sorted(act.at for act in acts if act.record and act.at is not None)
    elif reading is not None and row.form == Exhibit.Form.RECORDS:
        dated = reading.records.filter(index__in=[record.index for record in records])
        dated = dated.filter(when_utc__isnull=False)
        bounds = sorted(dated.values_list("when_utc", flat=True))
    elif reading is not None:
        bounds = gathered.happened.get(reading.pk, ())
    first = next(iter(handed.tokens.all()), None)
    declared = getattr(row.item, "declared", None)
    return said.Times(
        happened_from=bounds[0] if bounds else None,
        happened_to=bounds[-1] if bounds else None,
        captured_at=declared.captured_at if declared else None,
        received_at=handed.received_at,
        sealed_at=first.gen_time if first else None,
    )


def _origin(declared: Any, *, is_shown: bool, is_witness: bool) -> said.Origin:
    """What was declared; the name of a file that is withheld is withheld with it."""
    if declared is None:
        return said.Origin()
    return said.Origin(
        source=text(f"draft-source-{declared.source}"),
        device=declared.device,
        how=declared.how,
        file_name=declared.file_name if is_shown else "",
        kept_where=text(f"draft-kept-by-{'witness' if is_witness else 'complainant'}"),
    )


def token(row: Any) -> said.Token:
    """What a row of a time-stamp token says, over an item or over a checkpoint."""
    return said.Token(
        der=bytes(row.response),
        source=row.source,
        gen_time=row.gen_time,
        self_issued=row.is_self_issued,
        renewal=None if row.renewal is None else bytes(row.renewal),
    )


def _reading(reading: Reading | None, *, has_root: bool) -> said.ReadingInfo | None:
    if reading is None:
        return None
    return said.ReadingInfo(
        format=reading.format,
        reader=reading.reader,
        reader_version=reading.reader_version,
        records=reading.record_count or None,
        records_root=(reading.records_root or None) if has_root else None,
        note=imported.note(reading),
    )


def _pages(
    row: Exhibit, reading: Reading | None, openings: release.Openings
) -> Iterable[said.PageImage]:
    page = recordings.derivative(row, reading, Derivative.Name.PAGE)
    if page is None or reading is None:
        return
    with openings.open_derivative(page) as file:
        jpeg = file.read()
    width, height = _jpeg_size(jpeg)
    yield said.PageImage(
        jpeg=jpeg, width=width, height=height, alt=text("draft-page-alt", code=row.code)
    )


def _parent(row: Exhibit, reading: Reading | None, gathered: Gathered) -> said.Parent | None:
    if row.form == Exhibit.Form.ORIGINAL or reading is None:
        return None
    kept = reading.record_count - len(row.record_ids)
    withheld = text("draft-records-withheld", count=str(kept), reason=shown.gap_reason(row))
    removed = (withheld,) if kept else ()
    read = [raw for act, raw in gathered.events[str(row.item_id)] if act == Act.READ]
    return said.Parent(
        commitment=release.parent_commitment(reading),
        removed=removed,
        events=tuple(read[-1:]),
    )


def _provenance(reading: Reading | None) -> dict[str, Any]:
    """What container and phone claim; never of an exhibit that is only a part."""
    if reading is None:
        return {}
    stated = getattr(reading, "provenance", None)
    return {**reading.facts, **({STATEMENT: stated.statement} if stated else {})}


def _jpeg_size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size

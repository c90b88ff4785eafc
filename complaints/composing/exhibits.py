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
from complaints.composing import heard, imported, redacted, shown, words
from complaints.composing.acts import ConfirmedAct
from complaints.models import Exhibit
from evidence import custody, digests, release
from evidence.custody import Act, Actor, Subject
from evidence.models.items import EvidenceItem
from evidence.models.readings import Derivative, Provenance, Reading

PAGE_ALT_CHARACTERS = 60


def exhibit(
    row: Exhibit, *, handed: EvidenceItem, acts: Sequence[ConfirmedAct], actor: Actor
) -> said.Exhibit:
    """What the package says about one exhibit.

    Args:
        row: the item's number and form in this complaint.
        handed: the item whose bytes are handed over: the row's own for an original, else the one
            made from it (records file, redacted copy).
        acts: the confirmed acts of the row's item, in time order.
        actor: in whose name its bytes are opened.
    """
    item = row.item
    reading = Reading.objects.filter(item=item).current().first()
    records = shown.records(row, reading, acts)
    is_part = row.form == Exhibit.Form.RECORDS
    chosen = records if is_part else ()  # else they only stand beside the whole file
    made = row.redaction if row.form == Exhibit.Form.REDACTED else None
    declared = getattr(item, "declared", None)
    return said.Exhibit(
        number=row.code,
        name=_name(row, records),
        evidence_class=text(f"draft-class-{item.kind}"),
        proves=row.purpose or _purpose(acts, chosen, row.code),
        item=str(handed.pk),
        form=said.Form(row.form),
        media_type=redacted.MEDIA_TYPE if made else _media_type(handed, row),
        extension=redacted.EXTENSION if made else _extension(item, row),
        sha256=handed.sha256,
        sm3=digests.known([handed.pk]).get(handed.pk),
        size=handed.size,
        open=partial(release.open_item, handed, actor=actor),
        times=_times(row, handed, reading, records, acts),
        origin=_origin(declared, is_shown=row.form == Exhibit.Form.ORIGINAL),
        custody=tuple(bytes(event.raw) for event in custody.log_of(Subject.ITEM, handed.pk)),
        receipt=said.Receipt(
            raw=bytes(handed.receipt.raw), signature=bytes(handed.receipt.signature)
        ),
        tokens=tuple(map(token, handed.tokens.all())),
        reading=redacted.reading(made)
        if made
        else _reading(reading, has_root=bool(records) or row.form != Exhibit.Form.ORIGINAL),
        records=records,
        records_total=reading.record_count if reading and records else None,
        records_note=shown.note(row) if records else "",
        since=shown.since(row, reading) if reading and records else None,
        gap_reason=GapReason(row.gap_reason),
        pages=redacted.pages(row, handed, actor) if made else tuple(_pages(row, reading, actor)),
        recording=_recording(row, reading, declared, acts, actor),
        copies=tuple(_copies(row, reading, actor)),
        parent=redacted.parent(made) if made else _parent(row, reading),
        provenance=_provenance(reading) if row.form == Exhibit.Form.ORIGINAL else {},
    )


def with_facts(exhibit_: said.Exhibit, numbers: Iterable[int]) -> said.Exhibit:
    """The same exhibit, knowing which rows of the timeline lean on it."""
    return replace(exhibit_, fact_numbers=tuple(numbers))


def _name(row: Exhibit, records: Sequence[said.ShownRecord]) -> str:
    if row.form == Exhibit.Form.RECORDS:
        return text("draft-name-records", count=str(len(records)))
    return text(f"draft-kind-{row.item.kind}")


def _purpose(acts: Sequence[ConfirmedAct], chosen: Sequence[said.ShownRecord], code: str) -> str:
    """What the exhibit is offered for: the facts it shows, no conclusion."""
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


def _media_type(handed: EvidenceItem, row: Exhibit) -> str:
    if row.form == Exhibit.Form.RECORDS:
        return "application/json"
    reading = Reading.objects.filter(item=handed).current().first()
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
) -> said.Times:
    dated = reading.records.filter(when_utc__isnull=False) if reading else None
    if dated is not None and row.form == Exhibit.Form.RECORDS:
        dated = dated.filter(index__in=[record.index for record in records])
    bounds: list[Any] = []
    if row.form == Exhibit.Form.REDACTED:  # only what the copy shows tells when it was
        bounds = sorted(act.at for act in acts if act.record and act.at is not None)
    elif dated is not None:
        bounds = sorted(dated.values_list("when_utc", flat=True))
    first = handed.tokens.order_by("gen_time").first()
    declared = getattr(row.item, "declared", None)
    return said.Times(
        happened_from=bounds[0] if bounds else None,
        happened_to=bounds[-1] if bounds else None,
        captured_at=declared.captured_at if declared else None,
        received_at=handed.received_at,
        sealed_at=first.gen_time if first else None,
    )


def _origin(declared: Any, *, is_shown: bool) -> said.Origin:
    """What was declared; the name of a file that is withheld is withheld with it."""
    if declared is None:
        return said.Origin()
    return said.Origin(
        source=text(f"draft-source-{declared.source}"),
        device=declared.device,
        how=declared.how,
        file_name=declared.file_name if is_shown else "",
        kept_where=text("draft-kept-by-complainant"),
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


def _pages(row: Exhibit, reading: Reading | None, actor: Actor) -> Iterable[said.PageImage]:
    page = _derivative(row, reading, Derivative.Name.PAGE)
    if page is None or reading is None:
        return
    with release.open_derivative(page, actor=actor) as file:
        jpeg = file.read()
    width, height = _jpeg_size(jpeg)
    yield said.PageImage(
        jpeg=jpeg, width=width, height=height, alt=text("draft-page-alt", code=row.code)
    )


def _recording(
    row: Exhibit,
    reading: Reading | None,
    declared: Any,
    acts: Sequence[ConfirmedAct],
    actor: Actor,
) -> said.Recording | None:
    if reading is None or row.form != Exhibit.Form.ORIGINAL:
        return None
    told = reading.records.filter(kind="recording").first()
    if told is None:
        return None
    facts = {**reading.facts, **told.facts}
    words_of_it = heard.of(row.item, acts)
    return said.Recording(
        device=declared.device if declared else "",
        started=words.moment(told.when_utc) if told.when_utc else "",
        peer_number=words.number(told.peer_number),
        direction=words.direction(told),
        codec=str(facts.get("codec", "")),
        container=str(facts.get("container", "")),
        duration_s=facts["duration_ms"] / 1000 if facts.get("duration_ms") else None,
        waveform=_waveform(row, reading, actor),
        transcript=words_of_it.lines,
        transcript_by=words_of_it.by,
    )


def _waveform(row: Exhibit, reading: Reading, actor: Actor) -> tuple[int, ...]:
    wave = _derivative(row, reading, Derivative.Name.WAVEFORM)
    if wave is None:
        return ()
    with release.open_derivative(wave, actor=actor) as file:
        return tuple(file.read())


def _copies(row: Exhibit, reading: Reading | None, actor: Actor) -> Iterable[said.Copy]:
    copy = _derivative(row, reading, Derivative.Name.PLAYABLE)
    if copy is None:
        return
    yield said.Copy(
        name="playable",
        extension={"audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav"}.get(
            copy.media_type, "bin"
        ),
        media_type=copy.media_type,
        open=partial(release.open_derivative, copy, actor=actor),
    )


def _derivative(row: Exhibit, reading: Reading | None, name: str) -> Derivative | None:
    """A derivative of the item, unless only a part of the item is handed over."""
    if reading is None or row.form != Exhibit.Form.ORIGINAL:
        return None
    return reading.derivatives.filter(name=name).first()


def _parent(row: Exhibit, reading: Reading | None) -> said.Parent | None:
    if row.form == Exhibit.Form.ORIGINAL or reading is None:
        return None
    kept = reading.record_count - len(row.record_ids)
    withheld = text("draft-records-withheld", count=str(kept), reason=shown.gap_reason(row))
    removed = (withheld,) if kept else ()
    read = custody.log_of(Subject.ITEM, row.item_id).filter(act=Act.READ).last()
    return said.Parent(
        commitment=release.parent_commitment(reading),
        removed=removed,
        events=(bytes(read.raw),) if read else (),
    )


def _provenance(reading: Reading | None) -> dict[str, Any]:
    """What container and phone claim; never of an exhibit that is only a part."""
    if reading is None:
        return {}
    stated = Provenance.objects.filter(reading=reading).first()
    return {**reading.facts, **({STATEMENT: stated.statement} if stated else {})}


def _jpeg_size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size

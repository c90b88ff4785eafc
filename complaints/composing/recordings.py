"""A recording as the package shows it: its sheet, its listening copy, its clips.

All of it is of the form handed over. Of a covered copy nothing comes from the original's reading:
what the sheet says was measured on the copy, and the copy is its own listening copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.composing import clips, heard, small, words
from complaints.composing.acts import ConfirmedAct
from complaints.composing.gathered import Gathered
from complaints.models import Exhibit, Redaction
from evidence.models.items import EvidenceItem
from evidence.models.readings import Derivative, Reading
from evidence.release import Openings


def sheet(
    row: Exhibit, declared: Any, acts: Sequence[ConfirmedAct], gathered: Gathered
) -> said.Recording | None:
    """The sheet of a recording in the form handed over; None for whatever is none."""
    made, reading = _covered(row), gathered.readings.get(row.item_id)
    words_of_it = heard.of(row.item, gathered.heard.get(row.item_id, ()), acts, made)
    if made is not None:
        return _covered_sheet(made, declared, words_of_it)
    if reading is None or row.form != Exhibit.Form.ORIGINAL:
        return None
    told = gathered.recordings.get(reading.pk)
    if told is None:
        return None
    facts = {**reading.facts, **told.facts}
    return said.Recording(
        device=declared.device if declared else "",
        started=words.moment(told.when_utc) if told.when_utc else "",
        peer_number=words.number(told.peer_number),
        direction=words.direction(told),
        codec=str(facts.get("codec", "")),
        container=str(facts.get("container", "")),
        duration_s=facts["duration_ms"] / 1000 if facts.get("duration_ms") else None,
        waveform=_waveform(row, reading, gathered.openings),
        transcript=words_of_it.lines,
        transcript_by=words_of_it.by,
    )


def _covered(row: Exhibit) -> Redaction | None:
    made = row.redaction if row.form == Exhibit.Form.REDACTED else None
    return made if made is not None and made.is_sound else None


def _covered_sheet(made: Redaction, declared: Any, words_of_it: heard.Heard) -> said.Recording:
    """What the copy itself says; number and time stood in the name of the withheld file."""
    facts = made.sound
    spans = "、".join(
        text("draft-span", first=words.clock(first), last=words.clock(last))
        for first, last in made.spans
    )
    not_told = text("draft-covered-untold")
    return said.Recording(
        device=declared.device if declared else "",
        started=not_told,
        peer_number=not_told,
        direction=not_told,
        edited=text("draft-edited-covered", count=str(made.places), spans=spans),
        codec=str(facts.get("codec") or ""),
        container=str(facts.get("container") or ""),
        duration_s=facts["duration_ms"] / 1000 if facts.get("duration_ms") else None,
        waveform=tuple(facts.get("peaks") or ()),
        transcript=words_of_it.lines,
        transcript_by=words_of_it.by,
    )


def _waveform(row: Exhibit, reading: Reading, openings: Openings) -> tuple[int, ...]:
    wave = derivative(row, reading, Derivative.Name.WAVEFORM)
    if wave is None:
        return ()
    with openings.open_derivative(wave) as file:
        return tuple(file.read())


def copies(
    row: Exhibit,
    reading: Reading | None,
    acts: Sequence[ConfirmedAct],
    *,
    handed: EvidenceItem,
    openings: Openings,
) -> Iterable[said.Copy]:
    """The listening copy, a smaller one where a desk needs it, and the clips.

    A covered copy plays everywhere: it is its own listening copy.
    """
    most = small.most_bytes(row.complaint.agency)
    made = _covered(row)
    if made is not None:
        opened = partial(openings.open_item, handed)
        yield from small.of(opened, size=handed.size, original_bytes=handed.size, most=most)
        lasts_s = _seconds(made.sound.get("duration_ms"))
        yield from clips.of(opened, acts, sha256=handed.sha256, lasts_s=lasts_s)
        return
    copy = derivative(row, reading, Derivative.Name.PLAYABLE)
    if copy is None or reading is None:
        return
    opened = partial(openings.open_derivative, copy)
    yield said.Copy(
        name="playable",
        extension={"audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav"}.get(
            copy.media_type, "bin"
        ),
        media_type=copy.media_type,
        open=opened,
    )
    yield from small.of(opened, size=copy.size, original_bytes=handed.size, most=most)
    if copy.media_type == "audio/mp4":
        lasts_s = _seconds(reading.facts.get("duration_ms"))
        yield from clips.of(opened, acts, sha256=row.item.sha256, lasts_s=lasts_s)


def _seconds(milliseconds: int | None) -> float | None:
    return milliseconds / 1000 if milliseconds else None


def derivative(row: Exhibit, reading: Reading | None, name: str) -> Derivative | None:
    """A derivative of the item, unless only a part of the item is handed over."""
    if reading is None or row.form != Exhibit.Form.ORIGINAL:
        return None
    return next((made for made in reading.derivatives.all() if made.name == name), None)

"""What a package must not show: the secrets of its withheld items, for the x-ray over it.

A text that the package shows lawfully elsewhere is no secret: in a shown record, in an exhibit
that is handed over whole (the x-ray finds that itself), in the person's own answers, in a law or
in a sentence of ours. Else a collector could keep a package back by sending us our own words.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

from accounts.language import LOCALE_DIR
from complaints.bundle import case_uco
from complaints.bundle.folding import fold
from complaints.bundle.withheld import Withheld
from complaints.composing import heard, visible, witnesses
from complaints.composing.acts import UNTOLD
from complaints.law import source
from complaints.models import Complaint, Exhibit
from evidence import release
from evidence.models.items import ItemDigest
from evidence.models.readings import Derivative, Reading, Record


def of(complaint: Complaint, rows: Sequence[Exhibit]) -> Withheld:
    """The secrets of these exhibits.

    Args:
        complaint: whose answers are the person's own words.
        rows: its exhibits, with item, declaration and redaction.
    """
    hidden = [row for row in rows if row.form != Exhibit.Form.ORIGINAL]
    shown = [row for row in rows if row.form == Exhibit.Form.ORIGINAL]
    readings = {
        reading.item_id: reading
        for reading in Reading.objects.filter(item__in=[row.item_id for row in hidden]).current()
    }
    told, secret = _texts(hidden, readings.values())
    allowed = fold("\n".join([*told, *_own_words(complaint, rows)])) + _public()
    names = {_name(row) for row in hidden} - {_name(row) for row in shown} - {""}
    kept_back = witnesses.withheld(complaint)  # consents with name and number
    return Withheld(
        digests=frozenset([*_digests(hidden), *(row.consent.sha256 for row in kept_back)]),
        salts=frozenset(_salts(hidden, readings)),
        names=frozenset(name for name in names if fold(name) not in allowed),
        texts=frozenset(text for text in secret if fold(text) not in allowed),
        ids=frozenset([*_ids(hidden), *(str(row.consent_id) for row in kept_back)]),
    )


def _texts(hidden: Sequence[Exhibit], readings: Collection[Reading]) -> tuple[list[str], set[str]]:
    """The texts of records that are shown of these items, and of those that are not."""
    rows = {row.item_id: row for row in hidden}
    copies = {reading.pk: rows[reading.item_id].redaction for reading in readings}
    chosen = {reading.pk: frozenset(rows[reading.item_id].record_ids) for reading in readings}
    told, secret = [], set()
    records = Record.objects.filter(reading__in=list(copies)).exclude(text="")
    for record in records.defer(*UNTOLD):
        copy = copies[record.reading_id]
        if (
            str(record.pk) in chosen[record.reading_id]
            if copy is None
            else visible.in_copy(record, copy) is not None
        ):
            told.append(record.text)
        else:
            secret.add(record.text)
    for row in hidden:
        if row.redaction and row.redaction.is_sound:
            printed, covered = heard.split(row.item_id, row.redaction)
            told += printed
            secret |= covered
    return told, secret


def _digests(hidden: Sequence[Exhibit]) -> Iterable[str]:
    """By every algorithm that the house computed."""
    yield from (row.item.sha256 for row in hidden)
    others = ItemDigest.objects.filter(item__in=[row.item_id for row in hidden])
    yield from others.values_list("digest", flat=True)
    covered = [
        row.item_id for row in hidden if row.redaction is not None and row.redaction.is_sound
    ]
    heard_by_us = Derivative.objects.filter(item__in=covered, name=Derivative.Name.PLAYABLE)
    yield from heard_by_us.values_list("sha256", flat=True)


def _salts(hidden: Sequence[Exhibit], readings: dict[uuid.UUID, Reading]) -> Iterable[bytes]:
    for row in hidden:
        if row.redaction is not None:
            made = row.redaction
            yield from release.redaction_salts(made.reading, made.pk)
        elif row.item_id in readings:
            yield release.parent_salt(readings[row.item_id])


def _ids(hidden: Sequence[Exhibit]) -> Iterable[str]:
    """Of chosen records the export's id is known: its `read` event goes along."""
    for row in hidden:
        if row.redaction is not None:
            yield str(row.item_id)
            yield str(row.redaction.pk)


def _name(row: Exhibit) -> str:
    declared = getattr(row.item, "declared", None)
    return declared.file_name if declared else ""


def _own_words(complaint: Complaint, rows: Sequence[Exhibit]) -> Iterable[str]:
    yield json.dumps(complaint.answers, ensure_ascii=False)
    for row in rows:
        yield row.purpose
        declared = getattr(row.item, "declared", None)
        if declared is not None:
            yield f"{declared.device}\n{declared.how}"


@cache
def _public() -> str:
    """Laws, agencies, every sentence of the catalogue, the terms of case.jsonld; folded."""
    texts = [raw.decode("utf-8") for raw in source.shipped().values()]
    texts += [path.read_text("utf-8") for path in sorted(LOCALE_DIR.glob("*/*.ftl"))]
    texts.append(Path(case_uco.__file__).read_text("utf-8"))
    return fold("\n".join(texts))

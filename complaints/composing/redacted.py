"""What a package says of an exhibit that is handed over as a redacted copy."""

from __future__ import annotations

import io

from PIL import Image

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.models import Exhibit, Redaction
from evidence.cell import parent as cell
from evidence.cell import usual
from evidence.models.items import EvidenceItem
from evidence.release import Openings

PICTURE, SOUND = ("image/png", "png"), ("audio/mp4", "m4a")


def media_type(made: Redaction) -> str:
    """Of the copy, as we wrote it."""
    return (SOUND if made.is_sound else PICTURE)[0]


def extension(made: Redaction) -> str:
    """Of the copy's file, likewise."""
    return (SOUND if made.is_sound else PICTURE)[1]


def reading(made: Redaction) -> said.ReadingInfo:
    """Who read the copy. Nothing of the parent's reading: its root would name the parent."""
    engine = made.engine
    return said.ReadingInfo(
        format=engine.get("format", ""),
        reader=engine.get("reader", ""),
        reader_version=engine.get("reader_version", ""),
        records=None,
        records_root=None,
    )


def pages(
    row: Exhibit, made: Redaction, handed: EvidenceItem, openings: Openings
) -> tuple[said.PageImage, ...]:
    """The picture for the exhibit's page, made from the copy itself and from nothing else."""
    if made.is_sound:
        return ()
    with openings.open_item(handed) as file:
        parsed = cell.parse(
            file, size=handed.size, name="", limits=usual.limits(), ocr=False, tz=usual.ZONE
        )
    jpeg = parsed.derived.get("page")
    if jpeg is None:
        return ()
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    alt = text("draft-page-alt-redacted", code=row.code)
    return (said.PageImage(jpeg=jpeg, width=width, height=height, alt=alt),)


def parent(made: Redaction) -> said.Parent:
    """The withheld parent: its commitment, and how much was removed, never what."""
    if made.is_sound:
        removed = [_covered(made), text("draft-redacted-sound")]
        return said.Parent(commitment=made.commitment, removed=tuple(removed))
    removed = [text("draft-redacted-places", count=str(made.places))]
    if made.frames > 1:
        removed.append(text("draft-redacted-first", count=str(made.frames)))
    return said.Parent(commitment=made.commitment, removed=tuple(removed))


def _covered(made: Redaction) -> str:
    """How many spans, and how long they are together."""
    seconds = sum(last - first for first, last in made.spans) / 1000
    return text("draft-redacted-spans", count=str(made.places), seconds=f"{seconds:.1f}")

"""What a package says of an exhibit that is handed over as a redacted copy."""

from __future__ import annotations

import io

from PIL import Image

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.models import Exhibit, Redaction
from evidence import release
from evidence.cell import parent as cell
from evidence.cell import usual
from evidence.custody import Actor
from evidence.models.items import EvidenceItem

MEDIA_TYPE, EXTENSION = "image/png", "png"


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


def pages(row: Exhibit, handed: EvidenceItem, actor: Actor) -> tuple[said.PageImage, ...]:
    """The picture for the exhibit's page, made from the copy itself and from nothing else."""
    with release.open_item(handed, actor=actor) as file:
        made = cell.parse(
            file, size=handed.size, name="", limits=usual.limits(), ocr=False, tz=usual.ZONE
        )
    jpeg = made.derived.get("page")
    if jpeg is None:
        return ()
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    alt = text("draft-page-alt-redacted", code=row.code)
    return (said.PageImage(jpeg=jpeg, width=width, height=height, alt=alt),)


def parent(made: Redaction) -> said.Parent:
    """The withheld parent: its commitment, and how much was removed, never what."""
    removed = [text("draft-redacted-places", count=str(made.places))]
    if made.frames > 1:
        removed.append(text("draft-redacted-first", count=str(made.frames)))
    return said.Parent(commitment=made.commitment, removed=tuple(removed))

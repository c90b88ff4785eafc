"""Statistics as pictures: what was counted, drawn by the one module that draws for every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from accounts.language import text
from complaints.bundle.content import Picture
from complaints.composing.statistics import Counted, at_of
from evidence.abuse import pictures
from evidence.abuse.patterns import PATTERNS_VERSION
from evidence.abuse.pictures import Contact

DRAWN: tuple[tuple[str, Callable[[Sequence[Contact]], str]], ...] = (
    ("heat_strip", pictures.heat_strip),
    ("calls_per_day", pictures.calls_per_day),
    ("numbers_by_days", pictures.numbers_by_days),
)


def of(counted: Counted) -> tuple[Picture, ...]:
    """The pictures of one complaint; none when nothing was counted."""
    if not counted.records:
        return ()
    contacts = [
        Contact(
            at=at_of(record),
            line=record.peer_number,
            is_call=record.kind == "call",
            is_effective=record.direction == "in" and bool(record.duration_s),
        )
        for record in counted.records
    ]
    codes = tuple(sorted({counted.codes[record.reading.item_id] for record in counted.records}))
    return tuple(
        Picture(
            title=text(f"draft-picture-{name}"),
            svg=draw(contacts).encode(),
            alt=text(f"draft-picture-{name}-alt"),
            caption=text("draft-picture-caption", version=str(PATTERNS_VERSION)),
            exhibits=codes,
        )
        for name, draw in DRAWN
    )

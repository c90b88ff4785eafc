"""Statistics as pictures: what was counted, drawn by the one module that draws for every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.language import text
from complaints.bundle.content import Picture, ThirdPersonRow
from complaints.composing.statistics import Counted, at_of
from evidence.abuse import pictures
from evidence.abuse.patterns import PATTERNS_VERSION
from evidence.abuse.pictures import Contact

OF_CALLS = "calls_per_day"  # says nothing where there was no call


def of(
    counted: Counted, persons: Sequence[ThirdPersonRow], shown_in: Iterable[str]
) -> tuple[Picture, ...]:
    """The pictures of one complaint; none of what was not counted.

    Args:
        counted: the other side's contacts.
        persons: the third persons, by alias.
        shown_in: the exhibits that hold what they were told.
    """
    drawn: list[Picture] = []
    if counted.records:
        contacts = [
            Contact(
                at=at_of(record),
                line=record.peer_number,
                is_call=record.kind == "call",
                is_effective=record.direction == "in" and bool(record.duration_s),
            )
            for record in counted.records
        ]
        codes = {counted.codes[record.reading.item_id] for record in counted.records}
        drawn += [
            _picture(name, draw(contacts), codes)
            for name, draw in pictures.OF_CONTACTS.items()
            if name != OF_CALLS or any(contact.is_call for contact in contacts)
        ]
    if persons:
        counts = {f"（{row.alias}）": row.count for row in persons}
        drawn += [
            _picture(name, draw(counts), shown_in) for name, draw in pictures.OF_PERSONS.items()
        ]
    return tuple(drawn)


def _picture(name: str, svg: str, codes: Iterable[str]) -> Picture:
    return Picture(
        title=text(f"draft-picture-{name}"),
        svg=svg.encode(),
        alt=text(f"draft-picture-{name}-alt"),
        caption=text("draft-picture-caption", version=str(PATTERNS_VERSION)),
        exhibits=tuple(sorted(set(codes))),
    )

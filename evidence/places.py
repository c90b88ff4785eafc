"""The original at the place from which a record was read: a bounded look, recorded as an opening.

The file is opened in a cell, as for reading; only that one place comes out.
"""

from __future__ import annotations

from typing import Any

from evidence import release
from evidence.cell import parent, usual
from evidence.custody import Actor
from evidence.errors import EvidenceError
from evidence.models import ImportReport, Record


class PlaceUnreadableError(EvidenceError):
    """The original cannot be shown at that place; it can still be taken out whole."""

    code = "place_unreadable"


def shown(record: Record, *, actor: Actor) -> dict[str, Any]:
    """What stands in the original at the record's place (`readers.excerpt`), with the place.

    Raises:
        PlaceUnreadableError: a limit was passed, or the file says something else now.
        ItemUnreadableError: its key was destroyed.
    """
    place = dict(record.source_locator)
    if "member" not in place and ("box" in place or "seconds" in place):
        form = "picture" if "box" in place else "sound"
        return {"form": form, "locator": place, **_only(place, "box", "seconds")}
    item = record.reading.item
    with release.open_item(item, actor=actor) as file:
        seen = parent.excerpt(
            file,
            size=item.size,
            place=place,
            lines=1 + record.text.count("\n"),
            encoding=_encoding(record),
            limits=usual.brief_limits(),
        )
    if seen.excerpt is None:
        raise PlaceUnreadableError(seen.problem or "nothing came back")
    return {**seen.excerpt, "locator": place}


def _only(place: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: place[name] for name in names if name in place}


def _encoding(record: Record) -> str | None:
    report = ImportReport.objects.filter(reading=record.reading_id).first()
    found = report.statement.get("encoding") if report else None
    return found if isinstance(found, str) else None

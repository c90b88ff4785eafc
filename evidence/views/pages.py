"""Cursors: the timeline's own, and the one for lists of items."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination

from evidence.models import Record

PAGE_SIZE = 100


class NewestFirst(CursorPagination):
    """Items, newest arrival first."""

    page_size = 50
    ordering = ("-received_at", "-id")


class CasesNewestFirst(CursorPagination):
    """Cases, newest first."""

    page_size = 50
    ordering = ("-created_at", "-id")


@dataclass(frozen=True)
class Cursor:
    """A place in the timeline: after (or before) one record. Any number may share one instant."""

    placed_at: datetime
    reading: uuid.UUID
    index: int
    is_backwards: bool

    @classmethod
    def at(cls, record: Record, *, is_backwards: bool) -> Cursor:
        """The place of a record."""
        return cls(record.placed_at, record.reading_id, record.index, is_backwards)

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """What `str` gave; anything else is an invalid parameter."""
        try:
            at, reading, index, backwards = json.loads(base64.urlsafe_b64decode(text))
            place = cls(datetime.fromisoformat(at), uuid.UUID(reading), int(index), bool(backwards))
        except (ValueError, TypeError, AttributeError, binascii.Error) as cause:
            raise ValidationError({"cursor": "not a cursor of ours"}) from cause
        if place.placed_at.tzinfo is None:
            raise ValidationError({"cursor": "not a cursor of ours"})
        return place

    def __str__(self) -> str:
        value = [self.placed_at.isoformat(), str(self.reading), self.index, self.is_backwards]
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode("ascii")

    def cut(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        """The records on the far side of this place."""
        side = "lt" if self.is_backwards else "gt"
        return rows.filter(
            Q(**{f"placed_at__{side}": self.placed_at})
            | Q(placed_at=self.placed_at, **{f"reading_id__{side}": self.reading})
            | Q(
                placed_at=self.placed_at,
                reading_id=self.reading,
                **{f"index__{side}": self.index},
            )
        )


@dataclass(frozen=True)
class Page:
    """Some records in order, and the cursors to either side (None at an end)."""

    rows: list[Record]
    next: Cursor | None
    previous: Cursor | None


def page_of(rows: QuerySet[Record], cursor: Cursor | None, *, size: int = PAGE_SIZE) -> Page:
    """One page of the timeline, oldest first."""
    order = ("placed_at", "reading_id", "index")
    backwards = cursor is not None and cursor.is_backwards
    if cursor is not None:
        rows = cursor.cut(rows)
    fields = [f"-{field}" for field in order] if backwards else list(order)
    found = list(rows.order_by(*fields)[: size + 1])
    is_more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    after = Cursor.at(found[-1], is_backwards=False)
    before = Cursor.at(found[0], is_backwards=True)
    if backwards:
        return Page(found, after, before if is_more else None)
    return Page(found, after if is_more else None, before if cursor is not None else None)


def links(page: Page, build: Any) -> dict[str, Any]:
    """`next` and `previous` as addresses; `build` makes one of a cursor's text."""
    return {
        "next": build(str(page.next)) if page.next else None,
        "previous": build(str(page.previous)) if page.previous else None,
    }

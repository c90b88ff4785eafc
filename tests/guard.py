"""Lift the guard of the proof rows for a moment: tests only, nothing in the product can."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet

from evidence import guard
from evidence.models import CustodyEvent, LogLeaf


def lift() -> None:
    """Drop the triggers; `guard.install` (also after every flush, by `post_migrate`) restores."""
    with connection.cursor() as cursor:
        for statement in guard.drop_statements():
            cursor.execute(statement)


def take_out(events: QuerySet[CustodyEvent]) -> None:
    """Delete events with their places in the log, as somebody would who has the database."""
    LogLeaf.objects.filter(event__in=events).delete()
    events.delete()


@contextmanager
def lifted() -> Iterator[None]:
    """Without the guard inside, with it again outside: to forge rows that a check must find."""
    lift()
    try:
        yield
    finally:
        guard.install()

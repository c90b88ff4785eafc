"""Envelopes in the vault that no row names: a process was killed between its bytes and its rows.

Their keys were never kept, so nobody can read them; they only take room. Nothing removes them by
itself: a house that was started on the wrong database would take its whole vault for leftovers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from evidence.custody import Actor, Subject
from evidence.models import Derivative, EvidenceItem, Upload
from evidence.vault import keyring, shelf, store
from evidence.vault.store import Why

CLEANER = Actor.system("leftovers")
STALE = timedelta(days=1)  # longer than any stage between its bytes and its rows
BATCH = 500  # names per query


def find(*, older_than: timedelta = STALE) -> Iterator[str]:
    """Yield the names in the vault that no item, no derivative and no open upload has.

    Args:
        older_than: younger ones may belong to work that is still being done.
    """
    before = timezone.now() - older_than
    names = shelf.names()
    while batch := list(islice(names, BATCH)):
        for name in sorted(set(batch) - _named(batch)):
            if shelf.kept_at(name) < before:
                yield name


def remove(names: list[str], *, actor: Actor = CLEANER) -> None:
    """Take them out of the vault, for good; each leaves an event on the house."""
    house = keyring.house().fingerprint
    for name in names:
        store.discard(name, why=Why(Subject.HOUSE, house, actor))


def _named(names: list[str]) -> set[str]:
    items = EvidenceItem.objects.filter(vault_name__in=names)
    derivatives = Derivative.objects.filter(vault_name__in=names)
    open_uploads = Upload.objects.filter(ended_at__isnull=True).values_list("becomes", flat=True)
    return {
        *items.values_list("vault_name", flat=True),
        *derivatives.values_list("vault_name", flat=True),
        *map(shelf.name_of, open_uploads),
    }

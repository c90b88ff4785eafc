"""Faults that are planted in a house on trial: what finds nothing in these finds nothing at all.

A flush that is missing is not among them. SIGKILL ends a process and leaves the kernel's cache as
it is, so no kill of a process can tell a flushed file from one that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from complaints.stages import leaving
from evidence import intake, jobs
from evidence.custody import Actor
from evidence.models import Case
from evidence.vault.erasure_list import Entry, Scope


@contextmanager
def _no_transaction(*_: Any, **__: Any) -> Iterator[None]:
    yield


def rows_one_by_one() -> None:
    """The door in commits each row by itself: an item may stand there without its event."""
    intake.transaction = SimpleNamespace(atomic=_no_transaction)  # type: ignore[assignment]


def job_ends_before_its_facts() -> None:
    """A worker commits that the work is done before it has written the work's rows."""

    def work(stage: str, road: Mapping[str, jobs.Step]) -> None:
        step = road[stage]
        while job := jobs.lease(stage):
            with jobs.attempt(job):
                outcome = step.prepare(job)
                jobs.finish(job)
                step.keep(job, outcome)
                step.after(job)

    jobs.work = work


def list_last() -> None:
    """An erasure destroys first and is written down when all is over."""
    append = leaving.erasure_list.append

    def erase_case(case: Case, *, actor: Actor, at: datetime) -> None:
        entry = Entry(Scope.CASE, case.pk, "0" * 64)
        leaving._walk(entry, actor=actor)
        append(settings.KEYS_DIR, scope=Scope.CASE, of=case.pk, at=at)

    leaving.erase_case = erase_case


def nothing_replayed() -> None:
    """A new start takes the list for a diary."""
    leaving.replay = lambda: 0


FAULTS: dict[str, Callable[[], None]] = {
    "rows_one_by_one": rows_one_by_one,
    "job_ends_before_its_facts": job_ends_before_its_facts,
    "list_last": list_last,
    "nothing_replayed": nothing_replayed,
}


def plant(name: str) -> None:
    """Break this process and those that are forked from it."""
    FAULTS[name]()

"""What must hold before the house opens, and what this host grants to its reading cell."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning  # noqa: A004 - Django's own name
from django.db import DatabaseError, connection

from evidence import guard, speech_engine
from evidence.cell import parent, usual
from evidence.cell.confinement import MEASURES
from evidence.cell.frames import CellProtocolError

# What a parser that was taken over could do where the cell does not refuse it.
OPEN: Final = {
    "open_socket": "open a connection",
    "read_file": "read any file that the worker may read, keys among them",
    "make_file": "make files",
    "make_folder": "make folders",
    "start_process": "start processes",
    "signal_parent": "end the worker",
}


def check_proof_guard(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse to start when a trigger is missing, or when SQLite would not fire it."""
    try:
        messages: list[CheckMessage] = [_missing(name) for name in guard.missing()]
        if connection.vendor == "sqlite" and not _fires_on_replace():
            messages.append(
                Error(
                    "SQLite runs without recursive_triggers: INSERT OR REPLACE would change proof.",
                    hint="Keep PRAGMA recursive_triggers = ON in the database options.",
                    id="evidence.E002",
                )
            )
    except DatabaseError:
        return [
            Warning(
                "The database does not answer, so the guard of the proof rows was not looked at.",
                id="evidence.W001",
            )
        ]
    return messages


def check_speech(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuse to start with speech to text set up half: nobody would see why there is no draft."""
    hint = "docs/transcripts.md; an empty SPEECH_ENGINE turns it off."
    return [Error(fault, hint=hint, id="evidence.E003") for fault in speech_engine.faults()]


def _missing(name: str) -> Error:
    return Error(
        f"The trigger {name} is missing: proof rows could be changed.",
        hint="`manage.py migrate --skip-checks` puts it back; then ask who took it away.",
        id="evidence.E001",
    )


def _fires_on_replace() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        row = cursor.fetchone()
    return bool(row and row[0])


def check_reading_cell(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[CheckMessage]:
    """Start a cell, let it try what a parser that was taken over would, say what was refused."""
    try:
        held, tried = parent.attempt(
            usual.limits(),
            file=Path(settings.BASE_DIR, "manage.py"),
            folder=Path(tempfile.gettempdir()),
        )
    except CellProtocolError:
        return [
            Warning(
                "The reading cell does not answer: no file can be read here.",
                hint="Raise READING_MEMORY_BYTES; see whether the worker may start processes.",
                id="evidence.W011",
            )
        ]
    return say_what_holds(held, tried)


def say_what_holds(held: Collection[str], tried: Mapping[str, bool]) -> list[CheckMessage]:
    """What a cell on this host keeps away, and what it leaves open.

    Args:
        held: names of `confinement.MEASURES`.
        tried: for each way of `OPEN`, whether it was refused.
    """
    names = ", ".join(name for name in MEASURES if name in held) or "limits alone"
    messages: list[CheckMessage] = [
        Info(f"The reading cell holds by: {names}.", id="evidence.I001")
    ]
    open_ways = [words for name, words in OPEN.items() if not tried.get(name, False)]
    if open_ways:
        lacking = ", ".join(name for name in MEASURES if name not in held)
        messages.append(
            Warning(
                f"A parser that was taken over could {'; '.join(open_ways)}.",
                hint=f"This host does not grant: {lacking}. See docs/operations.md, Reading cell.",
                id="evidence.W010",
            )
        )
    return messages

"""What must hold before the house opens: the guard of the proof rows stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name
from django.db import DatabaseError, connection

from evidence import guard


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

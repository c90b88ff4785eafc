"""The one database of an installation: embedded SQLite, or PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BUSY_TIMEOUT_S = 20

# WAL lets readers go on while one writes; FULL keeps the last commit through a power cut;
# recursive_triggers makes INSERT OR REPLACE meet the DELETE triggers that guard proof rows.
# secure_delete overwrites what an erasure deletes, in the file itself.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA recursive_triggers = ON;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""


def configured(database: Mapping[str, Any]) -> dict[str, Any]:
    """Give one parsed database address the options that our promises need."""
    options = dict(database.get("OPTIONS", {}))
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock at BEGIN, where waiting for it still works; a deferred
        # transaction that turns into a writer half way fails at once with "database is locked".
        options |= {
            "timeout": BUSY_TIMEOUT_S,
            "transaction_mode": "IMMEDIATE",
            "init_command": PRAGMAS.strip(),
        }
        return {**database, "OPTIONS": options}
    return {**database, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

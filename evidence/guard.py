"""The database refuses to change or delete proof rows: triggers on SQLite and PostgreSQL.

One list, by type: every concrete `ProofModel` of every app. Triggers stop mistakes (ours, an
admin's, a migration's); against the operator stands the log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from evidence.models.proof import ProofModel

PREFIX = "proof_rows"
REFUSAL = "proof rows are never changed or deleted"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def proof_tables() -> list[str]:
    """The tables whose rows are proof, by name, sorted."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, ProofModel) and not model._meta.proxy
    )


def missing(using: str = "default") -> list[str]:
    """The triggers that should be in the database and are not; a table not yet made has none."""
    connection = connections[using]
    present = _present(connection)
    tables = set(connection.introspection.table_names())
    return [
        name
        for table in proof_tables()
        if table in tables
        for name in _wanted(connection, table)
        if name not in present
    ]


def install(using: str = "default") -> None:
    """Put back every trigger that is missing. Safe to repeat."""
    connection = connections[using]
    absent = set(missing(using))
    with connection.cursor() as cursor:
        if absent and connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in proof_tables():
            for name, statement in _wanted(connection, table).items():
                if name in absent:
                    cursor.execute(statement)


def install_after_migrate(*, using: str, **_: Any) -> None:
    """`post_migrate`: a migration that re-makes a SQLite table drops its triggers silently."""
    install(using)


def drop_statements(using: str = "default") -> list[str]:
    """The SQL that would lift the guard. Nothing in the product runs it: see tests/guard.py."""
    connection = connections[using]
    quote = connection.ops.quote_name
    on = connection.vendor == "postgresql"
    return [
        f"DROP TRIGGER IF EXISTS {quote(name)}" + (f" ON {quote(table)}" if on else "")
        for table in proof_tables()
        for name in _wanted(connection, table)
    ]


def _wanted(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """Trigger name → statement, for one table."""
    return _DIALECTS[connection.vendor](table, connection.ops.quote_name(table))


def _sqlite(table: str, quoted: str) -> dict[str, str]:
    return {
        f"{PREFIX}_{table}_{act}": (
            f'CREATE TRIGGER "{PREFIX}_{table}_{act}" BEFORE {act.upper()} ON {quoted} '
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        for act in ("update", "delete")
    }


def _postgresql(table: str, quoted: str) -> dict[str, str]:
    each = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
    return {
        f"{PREFIX}_{table}_{act}": (
            f'CREATE TRIGGER "{PREFIX}_{table}_{act}" BEFORE {act.upper()} ON {quoted} '
            f"FOR EACH {level} EXECUTE FUNCTION {PREFIX}_refuse()"
        )
        for act, level in each.items()
    }


_DIALECTS: dict[str, Callable[[str, str], dict[str, str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}

# A disabled trigger counts as missing: tgenabled is O (origin) when it fires.
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "AND c.relnamespace = current_schema()::regnamespace"
    ),
}


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return {row[0] for row in cursor.fetchall()}

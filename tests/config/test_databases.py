"""config/databases.py: the options without which our promises would not hold."""

from __future__ import annotations

import pytest
from django.db import connection

from config import databases


def test_sqlite_gets_what_our_promises_need():
    made = databases.configured({"ENGINE": "django.db.backends.sqlite3", "NAME": "x"})

    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] == 20


def test_postgresql_keeps_and_checks_its_connections():
    made = databases.configured({"ENGINE": "django.db.backends.postgresql", "NAME": "x"})

    assert (made["CONN_MAX_AGE"], made["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "transaction_mode" not in made["OPTIONS"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("recursive_triggers", 1), ("foreign_keys", 1), ("busy_timeout", 20_000)],
)
def test_the_open_connection_runs_by_them(pragma, value):
    if connection.vendor != "sqlite":
        pytest.skip("not run: these are SQLite's")
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


def test_requests_are_not_one_transaction(settings):
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)

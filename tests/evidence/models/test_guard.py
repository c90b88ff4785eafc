"""evidence/guard.py: the database itself refuses to change or delete proof rows."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from evidence import checks, guard
from evidence.models import AppendOnlyError, CustodyEvent, EvidenceItem, ProofModel
from tests import make
from tests.guard import lifted

PROOF = [model for model in apps.get_models() if issubclass(model, ProofModel)]


def test_the_proof_models_of_evidence_are_these():
    names = {model.__name__ for model in PROOF if model._meta.app_label == "evidence"}

    assert names == {
        "Checkpoint",
        "CheckpointToken",
        "Cosignature",
        "CustodyEvent",
        "EvidenceItem",
        "ItemDigest",
        "ItemReceipt",
        "LogLeaf",
        "LogTile",
        "TimeStampToken",
    }


@pytest.mark.parametrize("statement", ["UPDATE {} SET sha256 = sha256", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [EvidenceItem, CustodyEvent], ids=lambda m: m.__name__)
def test_the_database_refuses_what_sql_would_do_to_a_proof_row(case, model, statement):
    make.item(case)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(statement.format(model._meta.db_table))


def test_a_queryset_cannot_update_around_the_model(case):
    make.item(case)

    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceItem.objects.update(size=1)


def test_a_row_says_so_before_the_database_has_to(case):
    item = make.item(case)

    with pytest.raises(AppendOnlyError):
        item.save()
    with pytest.raises(AppendOnlyError):
        item.delete()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite")
def test_insert_or_replace_is_a_deletion_and_refused(case):
    make.item(case)
    table = EvidenceItem._meta.db_table

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL")
def test_truncate_is_refused(case):
    make.item(case)

    run("SET CONSTRAINTS ALL IMMEDIATE")  # else what this test wrote stands in the way first

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(f"TRUNCATE {CustodyEvent._meta.db_table} CASCADE")


def test_the_check_is_content_with_a_migrated_database(db):
    assert checks.check_proof_guard() == []


def test_the_check_names_each_missing_trigger(db):
    with lifted():
        found = checks.check_proof_guard()

    assert {message.id for message in found} == {"evidence.E001"}
    assert len(found) >= 2 * len(PROOF)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
def test_the_check_refuses_sqlite_without_recursive_triggers(db):
    run("PRAGMA recursive_triggers = OFF")
    try:
        assert [message.id for message in checks.check_proof_guard()] == ["evidence.E002"]
    finally:
        run("PRAGMA recursive_triggers = ON")


def test_migrate_puts_back_what_is_missing(db):
    with lifted():
        call_command("migrate", verbosity=0, skip_checks=True)

        assert guard.missing() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", PROOF, ids=lambda m: m.__name__)
def test_a_migration_that_remakes_the_table_leaves_it_guarded(model):
    """SQLite re-makes the whole table for an altered column, and its triggers go with the old."""
    extra = models.CharField(max_length=8, default="")
    extra.set_attributes_from_name("extra")
    with connection.schema_editor() as editor:
        editor.add_field(model, extra)
        if connection.vendor == "sqlite":
            editor._remake_table(model)
            assert guard.missing(), "the re-make no longer drops triggers: this test is blind"
        else:
            editor.remove_field(model, extra)

    call_command("migrate", verbosity=0, skip_checks=True)

    assert guard.missing() == []


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

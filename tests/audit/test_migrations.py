"""A migration that changes every row of a sealed table says so, or the check calls them altered."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField, Migration, RemoveField, RenameField
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from pulih.audit import reconcile
from pulih.audit.migrating import RUN_AGAIN, unseal
from pulih.config import repeatable_sql
from tests.make import budget as make_budget
from tests.make import ledger as make

SEALED = repeatable_sql.PACKAGE / "budget" / "sql" / "sealed_tables.sql"


def tables_changed(
    migration: Migration, before: ProjectState, after: ProjectState
) -> Iterator[tuple[str, str]]:
    """Yield the table and column of each operation that PostgreSQL carries out past triggers.

    A table that the same migration makes has no rows yet.
    """
    for operation in migration.operations:
        changed = _column(migration.app_label, operation, before)
        if changed is not None:
            model = (migration.app_label, operation.model_name.lower())
            if model in before.models:
                options = (after.models.get(model) or before.models[model]).options
                yield options.get("db_table") or "_".join(model), changed


def _column(app: str, operation: Operation, before: ProjectState) -> str | None:
    match operation:
        case AddField(name=name, field=field):
            is_filled = not field.null or field.has_default()
            has_column = not isinstance(field, models.ManyToManyField)
            return name if is_filled and has_column else None
        case RemoveField(name=name) | RenameField(old_name=name):
            return name
        case AlterField(name=name, model_name=model_name, field=field):
            known = before.models.get((app, model_name.lower()))
            was = known.fields.get(name) if known else None
            is_other = was is not None and _type(was) != _type(field)
            return name if is_other else None
    return None


def _type(field: models.Field) -> str:
    """Return what decides the type of a column: to one row or to several, a key is a key."""
    kind = field.get_internal_type()
    return "ForeignKey" if kind == "OneToOneField" else kind


def unsealed_by(migration: Migration) -> str:
    return " ".join(str(getattr(each, "sql", "")) for each in migration.operations)


@pytest.mark.django_db
def test_every_migration_that_rewrites_a_sealed_table_seals_it_anew():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, without FROM audit_sealed_tables()")
        sealed = dict(cursor.fetchall())
    loader = MigrationLoader(None, ignore_no_migrations=True)
    state, found = ProjectState(), set()
    plan = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True)
    for key in plan:
        migration = loader.graph.nodes[key]
        before, state = state, migration.mutate_state(state)
        for table, column in tables_changed(migration, before, state):
            is_held = column in (sealed.get(table) or [])  # Other checks hold such a column.
            if (
                table in sealed
                and not is_held
                and f"audit_made ON {table}" not in unsealed_by(migration)
            ):
                found.add(f"{key[0]}.{key[1]} {table}.{column}")
    assert found == set(), "Begin the migration with pulih.audit.migrating.unseal(table)"


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_sealed_anew_holds_its_rows_as_they_then_are():
    make_budget.unit()
    with make.as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budget_spendingunit DISABLE TRIGGER USER")
        cursor.execute("UPDATE budget_spendingunit SET name = 'rewritten'")
        cursor.execute("ALTER TABLE budget_spendingunit ENABLE TRIGGER USER")
    assert any("budget_spendingunit" in message.en for message in reconcile.messages())
    with make.as_owner(), connection.cursor() as cursor:
        for statement in unseal("budget_spendingunit").sql:
            cursor.execute(statement)
        cursor.execute(SEALED.read_text("utf-8"))
    assert list(reconcile.messages()) == []


@pytest.mark.django_db(transaction=True)
def test_a_table_whose_rows_stay_as_they_were_is_sealed_anew_without_a_finding():
    make_budget.unit()
    with make.as_owner(), connection.cursor() as cursor:
        for statement in unseal("budget_spendingunit").sql:
            cursor.execute(statement)
        cursor.execute(SEALED.read_text("utf-8"))
    assert list(reconcile.messages()) == []


def test_sealing_anew_runs_the_files_again_that_seal():
    assert "LIKE '%/sql/sealed_tables.sql'" in RUN_AGAIN
    assert "budget/sql/sealed_tables.sql" in repeatable_sql.hashes()

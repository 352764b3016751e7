"""Models told in place of what migrations add are the models that Django renders again."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState, StateApps
from django.db.models import GeneratedField

from pulih.config.migration_states import told_in_place

SAID = ("column", "is_relation", "null", "max_length")
# As Django writes a type, and as PostgreSQL does.
SPELLINGS = (
    (r"varchar", "character varying"),
    (r"^time$", "time without time zone"),
    (r", ", ","),
    (r"\[\d+\]", "[]"),
)


def migrated():
    """Return the state after all migrations, its models rendered from the beginning on."""
    loader = MigrationLoader(None)
    state = ProjectState(real_apps=loader.unmigrated_apps)
    assert state.apps
    with told_in_place():
        for node in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
            state = loader.graph.nodes[node].mutate_state(state, preserve=False)
    return state


def fields(model):
    return sorted(
        (each.name, type(each).__name__, *(getattr(each, one, None) for one in SAID))
        for each in model._meta.get_fields(include_hidden=True)
    )


def shape(apps):
    return {
        model._meta.label: (
            fields(model),
            [each.name for each in model._meta.indexes],
            [each.name for each in model._meta.constraints],
            model._meta.unique_together,
        )
        for model in apps.get_models(include_auto_created=True)
    }


def test_every_migration_leaves_the_models_that_django_renders():
    state = migrated()
    told, anew = shape(state.apps), shape(ProjectState(state.models, state.real_apps).apps)
    assert told.keys() == anew.keys()
    assert len(told) > 100
    for label in anew:
        assert told[label] == anew[label], label


def test_a_registry_is_copied_whole_and_without_rendering(monkeypatch):
    state = ProjectState.from_apps(apps)
    rendered = state.apps
    with told_in_place(), monkeypatch.context() as patched:
        patched.setattr(StateApps, "__init__", None)  # It renders, so a copy may not call it.
        copy = rendered.clone()
    assert shape(copy) == shape(state.apps)
    copy.unregister_model("registry", "enterprise")
    assert state.apps.get_model("registry", "enterprise")
    with pytest.raises(LookupError):
        copy.get_model("registry", "enterprise")


@pytest.mark.django_db
def test_each_column_of_a_migrated_database_is_what_its_field_says():
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped""")
        columns = {(table, name): (kind, not_null) for table, name, kind, not_null in cursor}
    wrong, compared = [], 0
    for model in apps.get_models(include_auto_created=True):
        is_ours = model.__module__.startswith("pulih.") and model._meta.managed
        for field in model._meta.local_concrete_fields if is_ours else ():
            kind, is_filled = columns[model._meta.db_table, field.column]
            told = field.db_type(connection)
            for ours, theirs in SPELLINGS:
                told = re.sub(ours, theirs, told)
            compared += 1
            is_computed = isinstance(field, GeneratedField)  # PostgreSQL lets it be empty.
            if kind != told or (is_filled == field.null and not is_computed):
                wrong.append((model._meta.label, field.name, kind, is_filled, told))
    assert not wrong
    assert compared > 2000

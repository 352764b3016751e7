"""Models told in place of what migrations add are the models that Django renders anew."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from pulih.config.migration_states import told_in_place


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
        (each.name, type(each).__name__, getattr(each, "column", None), each.is_relation)
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

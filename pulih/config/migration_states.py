"""Migrating without rendering nearly every model again after each operation.

After each operation Django renders the changed model and all that are related to it, which here
are nearly all: nine tenths of the time of a first start. A new model, a new field, an index, a
constraint, a trigger or another kind of a field that leads to no other model changes nothing of
the others, so the rendered models are told of it in place. What changes a field that leads to
another model, or removes one, goes Django's way.

Before each operation Django also copies the state of every model and examines each field of the
copy, which was examined when it was made; it makes a whole registry to copy one; and it forgets
after each change which settings name a model, which no migration changes. Each Python function of a
migration renders every model for itself alone, once some change was to be rendered later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps.registry import Apps
from django.db.migrations.operations import AddField, AlterField, CreateModel, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import AppConfigStub, ModelState, ProjectState, StateApps
from django.db.models import NOT_PROVIDED, Field

Tell = Callable[[ProjectState, Any, str, Any], None]


@contextmanager
def told_in_place() -> Iterator[None]:
    """Tell the rendered models of what is added, in place, while migrations run."""
    ways: dict[type[Operation], Tell] = {CreateModel: _tell_model, AddField: _tell_field}
    ways |= dict.fromkeys(_option_operations(IndexOperation), _tell_options)
    kept = {each: each.state_forwards for each in ways}
    altered = _AlteredInPlace()
    clone, run = ModelState.clone, RunPython.database_forwards
    clone_apps, setting_of = StateApps.clone, Apps.get_swappable_settings_name
    for each, tell in ways.items():
        each.state_forwards = _quietly(kept[each], tell)  # type: ignore[method-assign]
    ModelState.clone = _copied  # type: ignore[assignment, method-assign]
    StateApps.clone = _copied_apps  # type: ignore[assignment, method-assign]
    Apps.get_swappable_settings_name = _kept(setting_of)  # type: ignore[method-assign]
    RunPython.database_forwards = _rendered_for_all(run)  # type: ignore[method-assign]
    try:
        with altered:
            yield
    finally:
        ModelState.clone = clone  # type: ignore[method-assign]
        StateApps.clone = clone_apps  # type: ignore[method-assign]
        Apps.get_swappable_settings_name = setting_of  # type: ignore[method-assign]
        RunPython.database_forwards = run  # type: ignore[method-assign]
        for each, forwards in kept.items():
            each.state_forwards = forwards  # type: ignore[method-assign]


def _copied(state: ModelState) -> ModelState:
    """Copy what is known of a model as Django does, without examining it again."""
    copy = object.__new__(type(state))
    copy.__dict__.update(state.__dict__)
    copy.fields, copy.options = dict(state.fields), dict(state.options)
    copy.managers = list(state.managers)
    return copy


def _copied_apps(apps: StateApps) -> StateApps:
    """Copy a registry of rendered models as Django does, without making an empty one first."""
    copy = object.__new__(StateApps)
    copy.__dict__.update(apps.__dict__)
    copy.all_models = defaultdict(dict, {app: {**held} for app, held in apps.all_models.items()})
    copy.app_configs, copy._pending_operations = {}, defaultdict(list)
    for label in apps.app_configs:
        stub = AppConfigStub(label)
        stub.apps = copy
        stub.import_models()
        copy.app_configs[label] = stub
    return copy


def _kept(setting_of: Any) -> Any:
    """Find the setting that names a model once, whatever forgets it meanwhile."""
    found = cache(setting_of.__wrapped__)
    found.cache_clear = lambda: None  # type: ignore[method-assign]
    return found


def _rendered_for_all(forwards: Any) -> Any:
    """Let what a function of a migration renders serve the operations after it as well."""

    def database_forwards(
        self: RunPython, app_label: str, editor: Any, before: ProjectState, after: ProjectState
    ) -> None:
        if after.is_delayed:  # A function changes no state: before and after are the same.
            after.clear_delayed_apps_cache()
            after.is_delayed = before.is_delayed = False
            before.__dict__["apps"] = after.apps
        forwards(self, app_label, editor, before, after)

    return database_forwards


def _option_operations(of: type[Operation]) -> Iterator[type[Operation]]:
    for each in of.__subclasses__():
        if "state_forwards" in vars(each):
            yield each
        yield from _option_operations(each)


def _quietly(forwards: Any, tell: Tell) -> Any:
    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        # Django renders nothing for a state without `apps`.
        rendered = state.__dict__.pop("apps", None)
        forwards(self, app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            tell(state, rendered, app_label, self)

    return state_forwards


def _tell_model(state: ProjectState, rendered: Any, app_label: str, operation: Any) -> None:
    rendered.render_multiple([state.models[app_label, operation.name_lower]])


def _tell_field(state: ProjectState, rendered: Any, app_label: str, operation: Any) -> None:
    field = state.models[app_label, operation.model_name_lower].fields[operation.name]
    _put_field(rendered, app_label, operation, field.clone())


def _put_field(rendered: Any, app_label: str, operation: Any, field: Any) -> Any:
    """Give a rendered model its field; return the one that had its name, if any."""
    model = rendered.get_model(app_label, operation.model_name)
    before = next((one for one in model._meta.local_fields if one.name == operation.name), None)
    if before:
        field.creation_counter = before.creation_counter  # Stays in its place among the others.
        model._meta.local_fields.remove(before)
        delattr(model, before.attname)
    model._meta.apps = rendered  # An earlier copy of the models may have rendered it.
    model.add_to_class(operation.name, field)
    rendered.clear_cache()
    return before


class _AlteredInPlace:
    """Change a plain field in place, and tell the database what it was before.

    Django compares the models before with those after; changed in place they are the same ones.
    """

    def __init__(self) -> None:
        self.before: dict[AlterField, Field[Any, Any]] = {}

    def __enter__(self) -> None:
        self.forwards = AlterField.state_forwards
        self.to_database = AlterField.database_forwards
        in_place = _quietly(self.forwards, self._tell)

        def state_forwards(operation: Any, app_label: str, state: ProjectState) -> None:
            before = state.models[app_label, operation.model_name_lower].fields[operation.name]
            is_plain = not (before.is_relation or operation.field.is_relation or before.primary_key)
            (in_place if is_plain else self.forwards)(operation, app_label, state)

        def database_forwards(
            operation: Any, app_label: str, editor: Any, before: Any, after: Any
        ) -> None:
            if operation in self.before:
                self._alter(operation, app_label, editor, after)
            else:
                self.to_database(operation, app_label, editor, before, after)

        AlterField.state_forwards = state_forwards  # type: ignore[assignment, method-assign]
        AlterField.database_forwards = database_forwards  # type: ignore[assignment, method-assign]

    def __exit__(self, *_: object) -> None:
        AlterField.state_forwards = self.forwards  # type: ignore[method-assign]
        AlterField.database_forwards = self.to_database  # type: ignore[method-assign]

    def _tell(
        self, state: ProjectState, rendered: Any, app_label: str, operation: AlterField
    ) -> None:
        field = state.models[app_label, operation.model_name_lower].fields[operation.name]
        self.before[operation] = _put_field(rendered, app_label, operation, field.clone())

    def _alter(self, operation: AlterField, app_label: str, editor: Any, after: Any) -> None:
        model = after.apps.get_model(app_label, operation.model_name)
        if not operation.allow_migrate_model(editor.connection.alias, model):
            return
        field = model._meta.get_field(operation.name)
        if not operation.preserve_default:
            field.default = operation.field.default
        editor.alter_field(model, self.before[operation], field)
        if not operation.preserve_default:
            field.default = NOT_PROVIDED


def _tell_options(state: ProjectState, rendered: Any, app_label: str, operation: Any) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    kept = rendered.get_model(app_label, operation.model_name)._meta
    for each in ("indexes", "constraints"):
        setattr(kept, each, list(options.get(each, ())))

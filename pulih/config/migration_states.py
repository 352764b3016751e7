"""Migrating without rendering nearly every model again after each operation.

After each operation Django renders the changed model and all that are related to it, which here
are nearly all: nine tenths of the time of a first start. A new model, a new field, an index, a
constraint or a trigger changes nothing of the others, so the rendered models are told of it in
place. What changes or removes a field goes Django's way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import IndexOperation
from django.db.migrations.state import ProjectState

Tell = Callable[[ProjectState, Any, str, Any], None]


@contextmanager
def told_in_place() -> Iterator[None]:
    """Tell the rendered models of what is added, in place, while migrations run."""
    ways: dict[type[Operation], Tell] = {CreateModel: _tell_model, AddField: _tell_field}
    ways |= dict.fromkeys(_option_operations(IndexOperation), _tell_options)
    kept = {each: each.state_forwards for each in ways}
    for each, tell in ways.items():
        each.state_forwards = _quietly(kept[each], tell)  # type: ignore[method-assign]
    try:
        yield
    finally:
        for each, forwards in kept.items():
            each.state_forwards = forwards  # type: ignore[method-assign]


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
    model = rendered.get_model(app_label, operation.model_name)
    model.add_to_class(operation.name, field.clone())
    rendered.clear_cache()


def _tell_options(state: ProjectState, rendered: Any, app_label: str, operation: Any) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    kept = rendered.get_model(app_label, operation.model_name)._meta
    for each in ("indexes", "constraints"):
        setattr(kept, each, list(options.get(each, ())))

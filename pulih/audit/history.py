"""History of what can change: triggers keep the row as it was, bulk writes included.

The row is kept when it is changed or deleted, not when it is made: the table itself holds the
newest state, so a load of a million rows costs nothing here.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Cast, NullIf

from .trigger_registry import take_its_place

take_its_place()  # Before the first model registers its triggers.

Kept = TypeVar("Kept", bound=models.Model)
# Who acted stands in the row itself; the package's own context is left out, as it documents.
NO_CONTEXT: Any = None


def speaking_person() -> Cast:
    """Return the SQL of the person whom this connection speaks for, or null."""
    setting = Func(Value("pulih.person"), Value(True), function="current_setting")
    return Cast(NullIf(setting, Value("")), models.BigIntegerField())


def keep_without(*names: str, only_when_named: bool = False) -> Callable[[type[Kept]], type[Kept]]:
    """Keep the history of a model, but for fields that nobody may read or that have their own.

    only_when_named: an update that names no kept column does not ask the trigger at all.
    """
    return lambda model: _track(model, names, only_when_named)


def keep(model: type[Kept]) -> type[Kept]:
    """Keep every earlier state of each row of `model` in the table `<model>event`.

    The event table holds the old row, when it ended (`pgh_created_at`), by what
    (`pgh_label`: changed or deleted) and through whom (`pgh_person`). It must be
    given a scope in the migration that makes it, like the table itself.
    """
    return _track(model, (), only_when_named=False)


def _track(model: type[Kept], exclude: Sequence[str], only_when_named: bool) -> type[Kept]:
    person = models.BigIntegerField(null=True, db_default=speaking_person())
    pghistory.track(
        pghistory.UpdateEvent(
            "changed",
            row=pghistory.Old,
            operation=_update_of(model, exclude) if only_when_named else pgtrigger.Update,
            condition=pgtrigger.AnyChange(),
            trigger_name="changed_update",
        ),
        pghistory.DeleteEvent("deleted", row=pghistory.Old),
        exclude=list(exclude),
        context_field=NO_CONTEXT,
        append_only=True,
        attrs={"pgh_person": person},
        level=pgtrigger.Row,
        **_beside(model),
    )(model)
    return model


def _beside(model: type[models.Model]) -> dict[str, Any]:
    """Name the event table after a table whose name is not its model's: that of an older room."""
    meta = model._meta
    usual = f"{meta.app_label}_{meta.model_name}"
    return {} if meta.db_table == usual else {"meta": {"db_table": f"{meta.db_table}event"}}


def _update_of(model: type[models.Model], exclude: Sequence[str]) -> pgtrigger.Operation:
    kept = (field for field in model._meta.concrete_fields if field.name not in exclude)
    update_of: Any = pgtrigger.UpdateOf  # Its constructor states no types.
    return cast(pgtrigger.Operation, update_of(*(field.column for field in kept)))

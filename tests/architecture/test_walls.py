"""Every table keeps what it was and shows a person her own rows alone, or says why it need not."""

import pytest
from django.apps import apps
from django.db import connection, models

from pulih.audit.models import AppendOnly

WITHOUT_HISTORY = {
    "areas": "reference data, each row with its own days of validity",
    "inbox.BatchProgress": "the progress of one reading",
    "budget.DaySum": "a rollup of the entries, taken by the seal and checked against them",
    "budget.SummedLine": "how far that rollup goes",
    "budget.PromisedLine": "a balance that the entries give, kept by their one writer",
    "delivery.Stock": "the sum of the moves, which a trigger keeps and nothing else changes",
    "portal.BudgetTotal": "a rollup, made anew from the budget's lines",
    "planning.Attempt": "the progress of one computation",
    "workflow.Notice": "what was said stays, by trigger; only read and mailed change",
    "workflow.Mail": "a trigger lets its state only go on, and keeps its words",
    "impact.ImpactReport": "only two flags may change, and they follow from its file and the rest",
    "market.UnreadCapacity": "made anew whenever its file is read",
    "proposals.Assignment": "a trigger keeps who reviews what, and shuts it once given",
    "portal.ReleaseWork": "the progress of the work that was asked for last",
    "market.RunProgress": "the progress of one computation",
    "impact.AffectedCount": "a rollup, counted anew from the reports",
}
WITHOUT_SCOPE = {"references": "lists for everyone, the same in every office"}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("pulih.")]


def is_excused(model: type[models.Model], excuses: dict[str, str]) -> bool:
    return model._meta.label in excuses or model._meta.app_label in excuses


def is_event(model: type[models.Model]) -> bool:
    return model._meta.model_name.endswith("event")


def test_what_can_change_keeps_its_earlier_states():
    forgetful = [
        model._meta.label
        for model in own_models()
        if not is_event(model)
        and not issubclass(model, AppendOnly)
        and not hasattr(model, "pgh_event_model")
        and not hasattr(model, "events")
        and not is_excused(model, WITHOUT_HISTORY)
    ]
    assert forgetful == []


@pytest.mark.django_db
def test_every_table_of_a_place_is_behind_the_wall():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    open_tables = [
        model._meta.label
        for model in own_models()
        if any(field.name in ("province", "province_id") for field in model._meta.fields)
        and model._meta.db_table not in walled
        and not is_excused(model, WITHOUT_SCOPE)
    ]
    assert open_tables == []

"""What the room of the budget made and queued before is still called so."""

from django.apps import apps
from procrastinate.contrib.django import app

from pulih.treasury import jobs


def test_every_table_of_the_room_keeps_its_name():
    tables = {model._meta.db_table for model in apps.get_app_config("treasury").get_models()}
    assert {name for name in tables if not name.startswith("treasury_")} == {
        "budget_difference", "budget_differenceevent", "budget_imprestrow",
        "budget_reconciliation", "budget_reconciliationevent",
    }  # fmt: skip


def test_what_was_queued_before_still_runs():
    assert app.tasks["budget.post_missing"] is jobs.post_missing
    assert app.tasks["budget.compare_again"] is jobs.compare_again

"""The tables of revisions were made by the room of the budget, and are still called so."""

import pytest
from django.apps import apps
from django.db import connection

from pulih.audit.models import Event
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from tests.make import revisions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision():
    one, other = make.two_lines()
    return make.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))


def test_what_is_recorded_of_a_revision_is_found_with_what_was_recorded_before(revision):
    assert Event.objects.latest("pk").subject_type == "budget.revision"


def test_earlier_states_are_kept_beside_those_of_before(revision):
    Revision.objects.filter(pk=revision.pk).update(title="Lain")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM budget_revisionevent WHERE id = %s", [revision.pk])
        assert cursor.fetchall() == [(revision.title,)]


def test_every_table_of_the_room_keeps_its_name():
    tables = {model._meta.db_table for model in apps.get_app_config("revisions").get_models()}
    assert tables == {
        "budget_revision", "budget_revisionevent", "budget_revisionmovement",
        "budget_revisionmovementevent", "budget_revisionstep",
    }  # fmt: skip

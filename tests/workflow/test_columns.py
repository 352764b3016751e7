"""States that stand in a column of a room's own rows keep to the moves of their machine."""

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.inbox.models import ImportBatch
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from pulih.workflow import registry
from tests.make import impact
from tests.make import revisions as make

TRIGGERS = """
SELECT c.relname, encode(t.tgargs, 'escape') FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
WHERE p.proname = 'workflow_state_follows'
"""


@pytest.mark.django_db
def test_each_table_with_a_machine_is_held_to_it_as_rows_begin_and_as_they_change():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        held = sorted((table, machine.removesuffix("\\000")) for table, machine in cursor)
    declared = [(table, machine.key) for table, machine in registry.columns().items()]
    assert held == sorted(declared * 2)
    assert declared


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["approved", "in_force"])
def test_postgresql_refuses_a_state_to_which_no_move_leads(state):
    one, other = make.two_lines()
    revision = make.draft(DraftLine(700, one.pk), DraftLine(800, other.pk))
    with pytest.raises(DatabaseError, match="no move leads from “draft”"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(state=state)
    Revision.objects.filter(pk=revision.pk).update(state="proposed")


@pytest.mark.django_db
def test_a_file_is_not_read_to_its_end_by_a_word_in_sql():
    waiting = impact.batch(is_stored=False)
    with pytest.raises(DatabaseError, match="no move leads from “received”"), transaction.atomic():
        ImportBatch.objects.filter(pk=waiting.pk).update(state="done")
    with pytest.raises(DatabaseError, match="no move leads from “” to “done”"):
        impact.batch(is_stored=False, state="done")


def test_labels_of_a_column_stand_in_one_place():
    label = registry.columns()["budget_revision"].state("returned").label
    assert (label.id, label.en) == ("dikembalikan", "returned")

"""History by trigger: each earlier state is kept, in bulk too, and nothing kept can be changed."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from pulih.audit.actions import record, subject_type
from pulih.audit.models import Event
from pulih.people.models import User
from pulih.people.scope import speaking_for
from tests.people import cast

pytestmark = pytest.mark.django_db


def events():
    return apps.get_model("people", "UserEvent").objects.all()


def test_a_bulk_update_leaves_the_old_state_of_every_row_and_who_changed_it():
    officers = [
        cast.regency_officer(name) for name in ("Kota Bandung", "Kab. Garut", "Kab. Cirebon")
    ]
    administrator = cast.administrator()
    with speaking_for(administrator):
        User.objects.filter(pk__in=[officer.pk for officer in officers]).update(name="Lain")
    kept = events().filter(pgh_label="changed")
    assert {event.name for event in kept} == {officer.name for officer in officers}
    assert {event.pgh_person for event in kept} == {administrator.pk}


def test_the_history_keeps_no_password():
    assert "password" not in {field.name for field in events().model._meta.fields}


def test_a_new_password_leaves_no_history():
    officer = cast.regency_officer()
    officer.set_password("rahasia")
    officer.save()
    assert not events().exists()


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="x"), lambda rows: rows.delete()])
def test_the_record_is_never_edited(change):
    planner = cast.planner()
    with speaking_for(planner):
        record(planner, "people.test", planner)
        # No policy lets anybody change a row, so there is none to change.
        with transaction.atomic():
            change(Event.objects.filter(verb="people.test"))
        assert Event.objects.filter(verb="people.test").count() == 1


def test_even_without_policies_a_trigger_guards_the_record():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ 'append_only'"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    assert {"audit_event", "audit_run", "people_userevent", "people_reachevent"} <= guarded


def test_the_record_names_a_thing_by_its_table():
    assert subject_type(User()) == "people.user"

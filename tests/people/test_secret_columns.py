"""Hashes of passwords and addresses of mail are read by their person, whoever runs SQL."""

import pytest
from allauth.account.models import EmailAddress
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pulih.people.models import User
from pulih.people.scope import NOBODY, SAY, speaking_for
from pulih.workflow.models import Decision
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PASSWORD = "Sagu-2020-Ambon"


@made_once
def officer():
    person = cast.provincial_officer()
    person.set_password(PASSWORD)
    person.email = "petugas@x.invalid"
    person.save()
    EmailAddress.objects.create(user=person, email=person.email)
    return User.objects.get(pk=person.pk)


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def say_nobody():
    with connection.cursor() as cursor:
        cursor.execute(SAY, NOBODY)


@pytest.fixture(params=["nobody", "planner", "auditor", "administrator", "system"])
def speaker(request, officer):
    if request.param == "nobody":
        say_nobody()
        yield None
        return
    named = {"system": lambda: User.objects.get(username="pulih")}
    person = named.get(request.param, getattr(cast, request.param, None))()
    with speaking_for(person):
        yield request.param


@pytest.mark.parametrize(
    "columns",
    ["password", "email", "*", "to_jsonb(u)", "length(password)", "id, max(email) OVER ()"],
)
def test_no_column_of_them_is_selected(speaker, columns):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows(f"SELECT {columns} FROM people_user u")
    for clause in ("WHERE email > 'p'", "ORDER BY password", "WHERE password > 'a'"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(f"SELECT id FROM people_user {clause}")


def test_the_function_gives_a_hash_to_its_person_alone(officer, speaker):
    assert rows("SELECT people_password_of(%s)", officer.pk) == [(None,)]
    [[address]] = rows("SELECT people_address_of(%s)", officer.pk)
    assert (address is not None) == (speaker in ("administrator", "system"))
    with speaking_for(officer):
        [[own]] = rows("SELECT people_password_of(%s)", officer.pk)
    assert own.startswith("pbkdf2")


def test_addresses_for_signing_in_are_found_one_by_one(officer):
    say_nobody()
    assert rows("SELECT people_with_address('')") == []
    assert rows("SELECT people_with_address('p')") == []
    assert rows("SELECT people_with_address('Petugas@X.invalid')") == [(officer.pk,)]
    assert EmailAddress.objects.count() == 0


def test_every_other_column_of_people_is_granted():
    granted = rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'people_user'::regclass AND attnum > 0"
        " AND NOT attisdropped"
        " AND NOT has_column_privilege('pulih_app', attrelid, attname, 'SELECT') ORDER BY 1"
    )
    assert granted == [("email",), ("password",)]


def test_the_program_reads_them_in_the_name_of_the_person(officer):
    with speaking_for(cast.planner()):
        found = User.objects.select_related().get(pk=officer.pk)
        assert found.get_deferred_fields() == {"password", "email"}
        assert found.email == "petugas@x.invalid"
        assert found.check_password(PASSWORD)
        assert not found.check_password("lain")
        found.name = "Nama Baru"
    with speaking_for(cast.administrator()):
        found.save()
    again = User.objects.get(pk=officer.pk)
    assert (again.name, again.email) == ("Nama Baru", "petugas@x.invalid")
    assert again.check_password(PASSWORD)


def test_two_people_of_one_row_arrive_without_them(officer):
    """A table that is joined twice gets an alias, which Django writes without quotes."""
    planner = cast.planner()
    decision = Decision.objects.create(
        kind="x", subject_id=1, proposed_by=officer, proposed_at=timezone.now(), reason="x",
        consequences=[], outcome="refused", decided_by=planner, decided_at=timezone.now(),
    )  # fmt: skip
    with speaking_for(planner):
        [found] = Decision.objects.select_related("proposed_by", "decided_by")
        assert found == decision
        assert found.proposed_by.get_deferred_fields() == {"password", "email"}
        assert found.decided_by.get_deferred_fields() == set()


@pytest.mark.parametrize("name", ["petugas@x.invalid", "PETUGAS@X.INVALID", "provincial_officer"])
def test_people_sign_in_by_name_and_by_address(client, officer, name):
    name = officer.username if name == "provincial_officer" else name
    answer = client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_a_page_reads_its_person_once(client, officer):
    client.force_login(officer)
    address = reverse("people:own-sign-ins")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len([one for one in asked if "people_password_of" in one["sql"]]) == 1

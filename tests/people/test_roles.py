"""A role that changes: the width is judged again, and nothing of before stays open."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.people import actions
from pulih.people.models import Role, User
from pulih.people.permissions import ROLES, WIDTH_OF_ROLE
from tests.people import cast

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 15)


def change(person, role, area="", by=None, reason="Pindah tugas"):
    given = {"area": cast.area(area) if area else None, "reason": reason, "today": TODAY}
    return actions.change_role(person, role, by=by or cast.administrator(), **given)


def areas(person):
    return {one.area.name for one in person.reaches.valid_on(TODAY)}


def test_a_provincial_officer_becomes_a_planner_and_sees_the_country_alone():
    person = cast.provincial_officer("Bali")
    change(person, Role.PLANNER)
    assert areas(person) == {"Indonesia"}
    assert User.objects.get(pk=person.pk).role == Role.PLANNER
    event = Event.objects.get(verb="people.change_role")
    assert event.detail["was"] == Role.PROVINCIAL_OFFICER
    assert event.detail["reason"] == "Pindah tugas"


def test_a_planner_needs_a_regency_to_become_its_officer_and_else_nothing_changes():
    person = cast.planner()
    with pytest.raises(Refusal, match="memerlukan wilayah"):
        change(person, Role.REGENCY_OFFICER)
    assert User.objects.get(pk=person.pk).role == Role.PLANNER


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR])
def test_a_role_without_areas_ends_them_and_says_so_of_one_that_is_given(role):
    person = cast.provincial_officer("Bali")
    with pytest.raises(Refusal, match="bekerja tanpa wilayah"):
        change(person, role, "Bali")
    again = change(person, role)
    assert areas(person) == set()
    with pytest.raises(Refusal, match="bekerja tanpa wilayah"):
        actions.give_reach(again, area=cast.area("Bali"), by=cast.administrator(), today=TODAY)


def test_a_new_steward_works_for_the_country():
    person = cast.person(Role.REVIEWER)
    change(person, Role.STEWARD)
    assert areas(person) == {"Indonesia"}


def test_an_officer_who_moves_up_keeps_what_fits_and_is_given_the_rest():
    person = cast.regency_officer("Kota Bandung")
    change(person, Role.PROVINCIAL_OFFICER, "Jawa Barat")
    assert areas(person) == {"Jawa Barat"}


def test_every_sign_in_ends():
    person = cast.provincial_officer("Bali")
    browser = Client()
    browser.force_login(person)
    assert browser.get("/desk/").status_code == 200
    change(person, Role.AUDITOR)
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("role", "reason"), [(Role.PROVINCIAL_OFFICER, "x"), (Role.SYSTEM, "x"), (Role.PLANNER, " ")]
)
def test_the_same_role_the_systems_and_a_change_without_a_reason_are_refused(role, reason):
    with pytest.raises(Refusal):
        change(cast.provincial_officer("Bali"), role, reason=reason)
    assert not Event.objects.filter(verb="people.change_role").exists()


def test_nobody_changes_their_own_role_and_only_administrators_that_of_others():
    administrator = cast.administrator()
    with pytest.raises(Refusal, match="peran sendiri"):
        change(administrator, Role.PLANNER, by=administrator)
    with pytest.raises(PermissionDenied):
        change(cast.provincial_officer("Bali"), Role.PLANNER, by=cast.planner())


def test_the_page_changes_a_role_and_shows_a_refusal_in_its_form(client):
    person = cast.provincial_officer("Bali")
    client.force_login(cast.administrator())
    address = reverse("people:change-role", args=[person.pk])
    refused = client.post(address, {"role": "regency_officer", "reason": "Pindah"})
    assert "Petugas memerlukan wilayah" in refused.content.decode()
    moved = client.post(address, {"role": "planner", "reason": "Pindah"})
    assert moved.status_code == 303
    page = client.get(reverse("people:person", args=[person.pk])).content.decode()
    assert "Perencana" in page
    assert "Ubah peran" in page


@pytest.mark.parametrize("role", [*Role.values, "inspector"])
def test_who_writes_is_named_in_postgresql_and_a_new_role_only_reads(role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pulih_role_writes(%s)", [role])
        assert cursor.fetchone() == (role not in ("auditor", "inspector"),)


def test_postgresql_and_the_program_read_one_table_of_roles():
    """Reviewers read what they were named for; administrators see no rows of a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, width FROM pulih_roles()")
        widths = dict(cursor.fetchall())
    assert widths.keys() == set(Role) == ROLES.keys()
    nowhere = {Role.REVIEWER, Role.ADMINISTRATOR, Role.SYSTEM}
    assert {role for role, width in widths.items() if width is None} == nowhere
    assert {role: width for role, width in widths.items() if width} == WIDTH_OF_ROLE

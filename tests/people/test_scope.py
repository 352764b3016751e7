"""What PostgreSQL itself lets a person see, with the querysets' own wall taken away."""

import pytest
from django.db import ProgrammingError, connection, transaction

from pulih.areas.models import Area
from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.people.models import Reach, User
from pulih.people.scope import forget_person, speaking_as_system, speaking_for
from tests.people import cast

pytestmark = pytest.mark.django_db


def asked(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_the_serving_role_owns_nothing_and_bypasses_nothing():
    assert asked("SELECT current_user") == "pulih_app"
    assert (
        asked("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = 'pulih_app'") is False
    )
    assert asked("SELECT count(*) FROM pg_tables WHERE tableowner = 'pulih_app'") == 0


def test_a_provincial_officer_reaches_her_province_and_its_regencies():
    officer = cast.provincial_officer("Jawa Barat")
    with speaking_for(officer):
        assert asked("SELECT pulih_provinces()") == [cast.area("Jawa Barat").pk]
        assert len(asked("SELECT pulih_regencies()")) == 27
        assert asked("SELECT pulih_sees_country()") is False


def test_a_regency_officer_reaches_her_regency_and_not_its_province():
    officer = cast.regency_officer("Kab. Indramayu")
    with speaking_for(officer):
        assert asked("SELECT pulih_provinces()") == []
        assert asked("SELECT pulih_regencies()") == [cast.area("Kab. Indramayu").pk]


def test_an_officer_of_a_new_province_reaches_the_regencies_it_took_over():
    officer = cast.person("provincial_officer", Area.objects.get(name="Papua Selatan"))
    with speaking_for(officer):
        assert cast.area("Kab. Merauke").pk in asked("SELECT pulih_regencies()")


def test_a_person_who_rests_sees_nothing():
    officer = cast.provincial_officer()
    User.objects.filter(pk=officer.pk).update(is_active=False)
    with speaking_for(officer):
        assert asked("SELECT pulih_provinces()") == []


def test_nobody_sees_and_writes_nothing():
    with speaking_for(User(pk=0)):
        assert asked("SELECT pulih_sees_country()") is False
        assert asked("SELECT pulih_writes()") is False


def test_an_auditor_reads_the_country_and_may_not_write():
    with speaking_for(cast.auditor()):
        assert asked("SELECT pulih_sees_country()") is True
        assert asked("SELECT pulih_writes()") is False


def test_the_python_wall_and_the_database_wall_agree_on_what_is_seen():
    for person in (cast.planner(), cast.provincial_officer(), cast.regency_officer()):
        with speaking_for(person):
            sight = User.objects.get(pk=person.pk).sight
            assert asked("SELECT pulih_sees_country()") == sight.country
            if not sight.country:
                assert set(asked("SELECT pulih_provinces()")) == sight.provinces
                assert set(asked("SELECT pulih_regencies()")) == sight.regencies


def test_an_officer_cannot_widen_her_own_reach():
    officer = cast.regency_officer()
    with speaking_for(officer), pytest.raises(ProgrammingError), transaction.atomic():
        Reach.objects.create(user=officer, area_id=1, valid_from=cast.SINCE)


def test_the_person_is_forgotten_when_the_block_ends_and_on_return_to_the_pool():
    officer = cast.regency_officer()
    before = asked("SELECT current_setting('pulih.person', true)")
    with speaking_for(officer):
        assert asked("SELECT pulih_person()") == officer.pk
    assert asked("SELECT current_setting('pulih.person', true)") == before


def test_what_one_officer_did_is_not_read_by_another():
    one, other = cast.regency_officer(), cast.regency_officer("Kota Bandung")
    with speaking_for(one):
        record(one, "people.test", one)
    with speaking_for(other):
        assert Event.objects.filter(verb="people.test").count() == 0
    with speaking_for(cast.auditor()):
        assert Event.objects.filter(verb="people.test").count() == 1


def test_nobody_writes_in_the_record_under_another_name():
    one, other = cast.regency_officer(), cast.regency_officer("Kota Bandung")
    with speaking_for(one), pytest.raises(ProgrammingError), transaction.atomic():
        record(other, "people.test", other)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_returns_to_the_pool_speaks_for_nobody():
    with speaking_as_system():
        forget_person(connection.connection)
        assert asked("SELECT pulih_person()") is None


def test_what_policies_ask_keeps_its_plan_for_the_session():
    """A function in plain SQL is planned again in every query that a policy guards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.proname FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid"
            " JOIN pg_language l ON l.oid = p.prolang"
            " WHERE d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_proc'::regclass"
            " AND l.lanname = 'sql' AND p.proname NOT IN ('pulih_today')"
        )
        assert not cursor.fetchall()

"""The third wall: who has not signed in asks as a role that reads what is published alone."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.urls import reverse

from pulih.documents.lookups import verify
from pulih.documents.models import PaperCode
from pulih.people.scope import asking_as_public, speaking_as_system
from pulih.portal import actions, site
from pulih.portal.models import Cell, Release
from tests.architecture.test_access import rows as access_rows
from tests.make import portal as make

pytestmark = pytest.mark.django_db

READS = {
    "portal_cell", "portal_publicfigure", "portal_release", "portal_scenario", "portal_source",
    "portal_withdrawal",
}  # fmt: skip
CALLS = {
    "documents_verify", "delivery_public_draw", "delivery_public_draws", "pulih_role",
    "pulih_person", "pulih_reaches",
}  # fmt: skip
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def rows(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def all_tables():
    return [name for (name,) in rows(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p', 'S')"
        " AND relnamespace = 'public'::regnamespace"
    )]  # fmt: skip


def is_readable(table):
    try:
        with asking_as_public():
            rows(f"SELECT count(*) FROM {table}")
    except ProgrammingError:
        return False
    return True


def test_it_reads_no_other_table():
    tables = all_tables()
    assert len(tables) > 200
    assert {table for table in tables if is_readable(table)} == READS


def test_it_writes_nowhere():
    assert rows("SELECT current_user") != [("pulih_public",)]
    for table in all_tables():
        for right in WRITES:
            asked = "SELECT has_table_privilege('pulih_public', %s, %s)"
            assert rows(asked, table, right) == [(False,)], (table, right)


def test_no_function_with_the_owners_rights_is_open_to_it():
    found = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('pulih_public', oid, 'EXECUTE')"
    )
    assert {name for (name,) in found} == CALLS


def test_it_sees_what_is_published_whoever_asks(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.PUBLIC_FOLDER = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        first, second = make.published(with_pages=False), make.published(with_pages=False)
        actions.withdraw(second, reason="Bocor", by=make.steward())
    draft = make.checked()
    with speaking_as_system():
        assert Cell.objects.filter(release=draft).exists()
        with asking_as_public():
            assert list(Release.objects.values_list("pk", flat=True)) == [first.pk]
            assert set(Cell.objects.values_list("release", flat=True)) == {first.pk}
        assert Cell.objects.filter(release=draft).exists()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        asking_as_public(),
    ):
        rows("SELECT explanation FROM portal_release")
    assert site.current()


OF_NOBODY = [row.name for row in access_rows() if row.expected[0] == "o" and not row.words]


@pytest.mark.parametrize("name", OF_NOBODY)
def test_no_page_without_signing_in_asks_for_more(name, client):
    with asking_as_public():
        answer = client.get(reverse(name))
    assert answer.status_code in (200, 302, 404), answer  # Guides may not be built.
    assert not answer.headers.get("Location", "").startswith("/accounts/")


def test_a_paper_is_verified_by_its_code_without_reading_the_table(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.PUBLIC_FOLDER = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        release = make.published(with_pages=False)
    found = verify(PaperCode.objects.get().code)
    assert found.number == f"Rilis {release.number}"
    assert rows("SELECT current_user") != [("pulih_public",)]


def test_a_failure_leaves_the_connection_as_it_was():
    before = rows("SELECT current_user")
    with pytest.raises(ProgrammingError), asking_as_public():
        rows("SELECT count(*) FROM people_user")
    assert rows("SELECT current_user") == before

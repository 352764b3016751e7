"""A database of each release, brought to this version, equals a fresh one and keeps its data.

`0.1.0.sql.xz` is a dump with 60 invented firms of one list and the story of April 2020; a release
adds its own beside it.
"""

import lzma
from pathlib import Path

import pytest
from django.db import connections

from pulih.audit import reconcile as audit
from pulih.config import reconcile, schema_objects
from pulih.config.roles import connect, let_app_serve, make_database
from pulih.inbox.models import ImportBatch
from pulih.people.scope import speaking_as_system
from tests import conftest

RELEASES = sorted(Path(__file__).parent.glob("*.sql.xz"))
QUERIES = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass, contype, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "grants": """
        SELECT table_name, privilege_type FROM information_schema.role_table_grants
        WHERE grantee = 'pulih_app'""",
}


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name)
def upgraded(request, django_db_setup, django_db_blocker):
    """The database of a release after this version's migrations; Django speaks to it as owner.

    Both tests read it; the second then edits what the first has compared.
    """
    server, name = django_db_setup, "pulih_test_upgrade"
    database = {**server.owner, "NAME": name}
    server.drop(name)
    with connect(server.owner, name="postgres") as postgres:
        make_database(postgres, name=name, owner=postgres.info.user)
    with connect(database) as owner:
        let_app_serve(owner, server.app(name))
        owner.execute(lzma.decompress(request.param.read_bytes()))
    before = dict(connections["default"].settings_dict)
    with django_db_blocker.unblock():
        conftest.migrate(database)
        yield database
        connections.close_all()
    connections["default"].settings_dict.update(before)
    server.drop(name)


def schema(database):
    with connect(database) as owner:
        found = {
            "objects": sorted(schema_objects.objects(lambda q: owner.execute(q).fetchall()).items())
        }
        for what, query in QUERIES.items():
            rows = owner.execute(query).fetchall()
            found[what] = sorted(schema_objects.plain(" ".join(map(str, row))) for row in rows)
        return found


def test_an_upgraded_database_equals_a_fresh_one_and_everything_agrees(
    upgraded, own_database, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    old, fresh = schema(upgraded), schema(own_database)
    for what in fresh:
        assert old[what] == fresh[what], what
    with speaking_as_system():
        said = list(reconcile.differences())
        assert len(said) == ImportBatch.objects.count()  # The dump came without its files.
        assert all("tidak ada di disk" in one for one in said)
        assert reconcile.verified()["registry"]
    with connect(upgraded) as owner:
        kept = "SELECT (SELECT count(*) FROM registry_enterprise), count(*) FROM budget_entry"
        assert owner.execute(kept).fetchone() == (60, 57)


def test_what_was_there_is_sealed_from_the_upgrade_on(upgraded):
    edit = "UPDATE budget_budgetline SET account = '511111' WHERE id = %s"
    with connect(upgraded) as owner:
        line = owner.execute("SELECT min(id) FROM budget_budgetline WHERE sequence > 0").fetchone()
        owner.execute("ALTER TABLE budget_budgetline DISABLE TRIGGER USER")
        owner.execute(edit, line)
    with speaking_as_system():
        (found,) = audit.messages()
    assert found.en.startswith(f"Row {line[0]} of table budget_budgetline no longer says")

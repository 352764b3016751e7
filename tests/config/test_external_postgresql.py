"""On a server that is not ours: the address of an owner is all that has to be given."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

from pulih.config.databases import app_of_owner, database_of_url
from pulih.config.roles import connect, make_database

pytestmark = [
    pytest.mark.slow,  # Migrates from nothing, in processes of its own.
    pytest.mark.skipif(not settings.DATABASE_URL, reason="needs DATABASE_URL of a server"),
]


NAME = f"pulih_fresh_{os.getpid()}"


@pytest.fixture
def url():
    given = database_of_url(settings.DATABASE_URL)
    with connect(given) as server:
        make_database(server, name=NAME, owner=server.info.user)
    yield url_of(NAME)
    with connect(given) as server:
        server.execute(f"DROP DATABASE {NAME}")  # without FORCE: see throwaway_server


@pytest.fixture
def migrated_url(django_db_setup):
    """The address of a database that was migrated before; another test proves that from nothing."""
    django_db_setup.create(NAME)
    yield url_of(NAME)
    django_db_setup.drop(NAME)


def url_of(name):
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))


def pulih(url, folder, *words):
    environ = {**os.environ, "DATABASE_URL": url, "PULIH_DATA": str(folder.path)}
    return subprocess.run(
        [sys.executable, "-m", "pulih.cli", *words],
        env={**environ, "PULIH_LANGUAGE": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_empty_database_is_made_ready_and_served_by_the_bound_role(url, folder):
    migrated = pulih(url, folder, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    with connect(app_of_owner(database_of_url(url))) as app:
        asked = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert app.execute(asked).fetchone() == (False,)
        assert app.execute("SELECT count(*) > 0 FROM areas_area").fetchone() == (True,)
    checked = pulih(url, folder, "check")
    assert (checked.returncode, checked.stdout) == (
        0, "There is nothing to check yet: this database is empty.\n",
    )  # fmt: skip
    assert not folder.cluster.exists()


def test_a_backup_of_an_external_database_restores_into_an_embedded_one(migrated_url, folder):
    backup = folder.path.parent / "external.backup"
    saved = pulih(migrated_url, folder, "backup", str(backup))
    assert saved.returncode == 0, saved.stderr
    restored = pulih("", folder, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr

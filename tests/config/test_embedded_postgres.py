"""The server that Pulih brings along: private, restartable, and clear about what stops it."""

import os
import stat

import psycopg
import pytest

from pulih.common import disk
from pulih.common.errors import Refusal
from pulih.config import settings, versions
from pulih.config.databases import APP_ROLE, OWNER_ROLE, embedded_database
from pulih.config.embedded_postgres import running_server
from pulih.config.postgres_programs import copied_programs, newest_of_wheel
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets

pytestmark = pytest.mark.skipif(
    bool(settings.DATABASE_URL), reason="the run without DATABASE_URL proves this"
)


def as_role(folder, role, password_name):
    password = read_secrets(folder.secrets)[password_name]
    return connect(embedded_database(folder, user=role, password=password))


def as_owner(folder):
    return as_role(folder, OWNER_ROLE, "owner_password")


def test_a_first_start_is_private_and_what_was_stored_is_there_after_a_restart(folder):
    with running_server(folder), as_owner(folder) as owner:
        owner.execute("CREATE TABLE firm (name text)")
        owner.execute("INSERT INTO firm VALUES ('Tahu Ñusa')")
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(embedded_database(folder, user=APP_ROLE, password="guess"))
        strong = "SELECT 1 FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND rolname ~ '^pulih'"
        assert owner.execute(strong).fetchall() == []
    assert stat.S_IMODE(folder.secrets.stat().st_mode) == 0o600
    rules = folder.cluster / "pg_hba.conf"
    kept, _ = rules.read_text(), rules.write_text("local all all scram-sha-256\n")  # Of 0.1.0.
    with running_server(folder), as_role(folder, APP_ROLE, "app_password") as app:
        assert app.execute("SELECT name FROM firm").fetchone() == ("Tahu Ñusa",)
        assert app.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert rules.read_text() == kept


def test_the_server_runs_until_the_last_command_ends_and_outlives_a_stale_pid_file(folder):
    with running_server(folder) as first:
        with running_server(folder) as second:
            assert second == first
        assert first.is_running()
    assert not first.is_running()
    (folder.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{folder.cluster}\n")
    with running_server(folder) as server:
        assert server.is_running()


def test_a_killed_server_and_lost_secrets_cost_no_data(folder):
    with running_server(folder) as server, as_owner(folder) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
        server.programs.run("pg_ctl", "-D", server.cluster, "-m", "immediate", "stop")
    folder.secrets.unlink()
    with running_server(folder), as_owner(folder) as owner:
        assert owner.execute("SELECT one FROM kept").fetchone() == (1,)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ('program = "9.1"', "Pulih 9.1"),
        ('postgresql = "99"', "PostgreSQL 99"),
        ('schema = ["budget.9999_later"]', "budget.9999_later"),
    ],
)
def test_data_of_something_newer_is_refused_in_one_sentence(folder, written, named):
    folder.versions.write_text(written)
    with pytest.raises(Refusal, match=f"newer version .{named}"):
        versions.refuse_newer(folder, copied_programs(folder.programs))


@pytest.mark.parametrize(
    ("name", "content"),
    [("versions.toml", "half"), ("versions.toml", 'postgresql = "x"'), ("PG_VERSION", "no")],
)
def test_a_damaged_record_of_versions_is_one_sentence(folder, name, content):
    folder.cluster.mkdir()
    (folder.cluster if name == "PG_VERSION" else folder.path).joinpath(name).write_text(content)
    with pytest.raises(Refusal, match=f"{name} is damaged"):
        versions.refuse_newer(folder, copied_programs(folder.programs))


def test_a_full_disk_is_one_sentence(folder, monkeypatch):
    monkeypatch.setattr(disk, "LEAST_FREE_BYTES", 2**60)
    with pytest.raises(Refusal, match="disk"), running_server(folder):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over to another account")
def test_a_folder_that_the_account_cannot_reach_is_one_sentence(folder):
    folder.path.chmod(0o700)
    with pytest.raises(Refusal, match="cannot reach"), running_server(folder):
        pass


def test_an_older_postgresql_is_brought_over_and_kept_beside(folder, monkeypatch):
    newest = newest_of_wheel()
    older = newest.with_name("pginstall")
    assert older != newest, "the wheel holds two majors"
    copied_programs(folder.programs, older)
    monkeypatch.setattr("pulih.config.postgres_programs.newest_of_wheel", lambda: older)
    with running_server(folder) as server, as_owner(folder) as owner:
        before = server.programs.major
        owner.execute("CREATE TABLE firm AS SELECT generate_series(1, 1000) AS id")
    monkeypatch.undo()
    with running_server(folder) as server, as_role(folder, APP_ROLE, "app_password") as app:
        assert app.execute("SELECT count(*) FROM firm").fetchone() == (1000,)
        assert server.programs.major > before
    assert versions.cluster_major(folder.path / f"postgresql-{before}") == before

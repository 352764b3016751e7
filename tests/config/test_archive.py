"""An installation comes back as it was at a moment: its rows, its uploads, its secrets."""

import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.config import settings
from pulih.config.archive import Archive, _pack, base_name
from pulih.config.archive_restore import _unpack_segments, bring_back
from pulih.config.archiver import Archiver, superuser
from pulih.config.backup_keys import make_key
from pulih.config.children import PARENT
from pulih.config.data_folder import DataFolder
from pulih.config.databases import OWNER_ROLE, embedded_database
from pulih.config.embedded_postgres import running_server
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets
from tests.meanwhile import until

DAY = datetime(2020, 6, 15, tzinfo=UTC)
FIRST, SECOND = f"a1/a1{'0' * 62}.xlsx", f"c3/c3{'0' * 62}"
days = st.lists(st.integers(0, 60), unique=True, max_size=6)


def segment(number):
    return f"{1:08X}{0:08X}{number:08X}"


def filled(folder, ended):
    """An archive with a base on each of the days, and a segment a day."""
    archive = Archive(folder)
    archive.make()
    for day in ended:
        name = base_name(DAY + timedelta(days=day), segment(day))
        for ending in ("tar.gz", "secrets.toml"):  # Not kept one by one: that waits for the disk.
            (archive.path / f"{name}.{ending}").touch()
    for day in range(61):
        (archive.wal / f"{segment(day)}.gz").touch()
    (archive.wal / "00000002.history.gz").touch()
    return archive


@given(ended=days, until=st.integers(0, 70))
def test_the_newest_base_before_a_moment_is_chosen(ended, until, tmp_path_factory):
    archive = filled(tmp_path_factory.mktemp("archive"), ended)
    fit = [day for day in ended if day <= until]
    found = archive.base_for(DAY + timedelta(days=until))
    assert (found.first if found else None) == (segment(max(fit)) if fit else None)


@given(ended=days, since=st.integers(0, 70))
def test_what_a_kept_moment_needs_is_never_forgotten(ended, since, tmp_path_factory):
    archive = filled(tmp_path_factory.mktemp("archive"), ended)
    before = {moment: archive.base_for(DAY + timedelta(days=moment)) for moment in range(since, 71)}
    archive.forget_before(DAY + timedelta(days=since))
    for moment, base in before.items():
        assert archive.base_for(DAY + timedelta(days=moment)) == base
        if base:
            assert base.secrets.exists()
            first = int(base.first[-8:], 16)
            assert all((archive.wal / f"{segment(day)}.gz").exists() for day in range(first, 61))
    old = [day for day in ended if day <= since]
    assert len(archive.bases()) == len(ended) - max(len(old) - 1, 0)
    assert (archive.wal / "00000002.history.gz").exists()


def test_an_archive_that_nobody_keeps_is_late(tmp_path):
    archive = filled(tmp_path, [])
    assert archive.is_late()
    archive.cluster.touch()
    assert not archive.is_late()
    os.utime(archive.cluster, (0, 0))
    assert archive.is_late()


def test_an_upload_is_taken_once_and_a_draft_never(tmp_path):
    archive, uploads = Archive(tmp_path / "archive"), tmp_path / "uploads"
    archive.make()
    delivered(uploads, FIRST, b"isi")
    delivered(uploads, f"{FIRST[:35]}.7.checked.xlsx", b"can be written again")
    delivered(uploads, "tmpk2j3", b"a draft")
    assert list(archive.lacks(uploads)) == [uploads / FIRST]
    archive.keep_upload(uploads, uploads / FIRST)
    assert not list(archive.lacks(uploads))
    assert (archive.uploads / FIRST).read_bytes() == b"isi"


def test_an_upload_that_was_encrypted_anew_is_taken_again(tmp_path):
    archive, uploads = Archive(tmp_path / "archive"), tmp_path / "uploads"
    archive.make()
    delivered(uploads, FIRST, b"under an older key")
    archive.keep_upload(uploads, uploads / FIRST)
    os.utime(archive.uploads / FIRST, (0, 0))  # The copy is of long ago.
    assert list(archive.lacks(uploads)) == [uploads / FIRST]


def test_a_whole_segment_comes_before_its_earlier_copy_and_histories_come_along(tmp_path):
    archive = Archive(tmp_path / "archive")
    archive.make()
    base = filled_base(archive)
    for name, content in (
        (segment(0), b"too old"), (segment(1), b"whole"), (f"{segment(1)}.partial", b"part"),
        (f"{segment(2)}.partial", b"last"), ("00000002.history", b"1\t0/1\tfork"),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        archive.keep(f"wal/{name}.gz", partial(_pack, tmp_path / name))
    with at(DataFolder(tmp_path)):
        _unpack_segments(archive, base, tmp_path / "wal", None)
    found = {one.name: one.read_bytes() for one in (tmp_path / "wal").iterdir()}
    assert found == {
        segment(1): b"whole", segment(2): b"last", "00000002.history": b"1\t0/1\tfork",
    }  # fmt: skip


def filled_base(archive):
    name = base_name(DAY, segment(1))
    archive.keep(f"{name}.tar.gz", lambda stream: stream.write(b""))
    return archive.base_for(None)


def delivered(uploads, name, content):
    file = uploads / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@contextmanager
def at(folder):
    """Let settings speak of a data folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "DATA", folder)
        yield


def owner(folder):
    password = read_secrets(folder.secrets)["owner_password"]
    return connect(embedded_database(folder, user=OWNER_ROLE, password=password))


def beside(folder, name):
    """A fresh data folder beside another, with the same programs."""
    fresh = DataFolder(folder.path.parent / name)
    fresh.path.mkdir(mode=0o711)
    fresh.path.chmod(0o711)
    fresh.programs.symlink_to(folder.programs.resolve())
    return fresh


def say(database, *words):
    for one in words:
        database.execute("INSERT INTO kept VALUES (%s)", (one,))


def said_in(folder):
    with running_server(folder), owner(folder) as database:
        return [one for (one,) in database.execute("SELECT said FROM kept").fetchall()]


def keep_a_whole_segment(keeper):
    with connect(superuser()) as server:
        (last,) = server.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    until(lambda: keeper.look() or (keeper.archive.wal / f"{last}.gz.age").exists())


def keep_all_that_is_written(keeper):
    is_sent = "SELECT write_lsn >= %s::pg_lsn FROM pg_stat_replication"
    with connect(superuser()) as server:
        (now,) = server.execute("SELECT pg_current_wal_flush_lsn()::text").fetchone()
        until(lambda: server.execute(is_sent, (now,)).fetchone() == (True,))
    keeper.look()


def lose_the_receiver(keeper):
    """End the receiver behind the keeper's back: the next look says so, and begins again."""
    keeper.stop()
    os.utime(keeper.archive.cluster, (0, 0))
    keeper.look()
    assert keeper.archive.is_late()
    keeper.look()
    assert not keeper.archive.is_late()


@pytest.mark.slow  # Starts real servers.
@pytest.mark.skipif(bool(settings.DATABASE_URL), reason="an archive is of the embedded server")
def test_an_installation_comes_back_as_it_was_at_a_minute(installation, monkeypatch, tmp_path):
    key = tmp_path / "key"
    monkeypatch.setattr(settings, "BACKUP_RECIPIENTS", [make_key(key)])
    monkeypatch.setenv(PARENT, str(os.getppid()))  # As the supervisor starts the archiver.
    archive = Archive(installation.path.parent / "archive")
    delivered(installation.uploads, FIRST, b"an office's file")
    with at(installation), running_server(installation), owner(installation) as database:
        database.execute("CREATE TABLE kept (said text)")
        say(database, "before the base")
        keeper = Archiver(archive, superuser())
        keeper.look()
        delivered(installation.uploads, SECOND, b"a later file")
        say(database, "in time")
        (moment,) = database.execute("SELECT clock_timestamp()").fetchone()
        say(database, "too late")
        keep_a_whole_segment(keeper)
        say(database, "in the last seconds")
        keep_all_that_is_written(keeper)
        lose_the_receiver(keeper)
        keeper.stop()
        refuse_what_is_not_its_own(archive, moment, key, tmp_path)
    assert b"in time" not in b"".join(one.read_bytes() for one in archive.wal.iterdir())

    whole, fresh = beside(installation, "whole"), beside(installation, "fresh")
    with at(whole):
        bring_back(archive, None, key)
        assert said_in(whole)[2:] == ["too late", "in the last seconds"]
    with at(fresh):
        refuse_moments_outside(archive, moment, key)
        assert bring_back(archive, moment, key) <= moment
        assert said_in(fresh) == ["before the base", "in time"]
    assert (fresh.uploads / FIRST).read_bytes() == b"an office's file"
    assert (fresh.uploads / SECOND).read_bytes() == b"a later file"
    assert read_secrets(fresh.secrets) == read_secrets(installation.secrets)
    shutil.rmtree(archive.path)


def refuse_what_is_not_its_own(archive, moment, key, tmp_path):
    other = Archive(tmp_path / "anothers")
    other.make()
    other.cluster.write_text("1\n")
    with pytest.raises(Refusal, match="belongs to another installation"):
        Archiver(other, superuser()).look()
    with pytest.raises(Refusal, match="holds a database already"):
        bring_back(archive, moment, key)


def refuse_moments_outside(archive, moment, key):
    with pytest.raises(Refusal, match="The archive begins at"):
        bring_back(archive, moment - timedelta(days=1), key)
    with pytest.raises(Refusal, match="The archive ends before"):
        bring_back(archive, moment + timedelta(days=1), key)
    assert not settings.DATA.cluster.exists()

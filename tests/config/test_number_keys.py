"""The keys of persons' numbers as a whole installation keeps, changes, loses and finds them."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.config import commands, number_keys, settings
from pulih.config.embedded_postgres import running_server
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets
from pulih.people.file_cipher import key_of
from pulih.people.number_cipher import key_id
from tests.make import inbox as make
from tests.meanwhile import until

pytestmark = pytest.mark.skipif(
    bool(settings.DATABASE_URL), reason="the run without DATABASE_URL proves this"
)
OURS = ("DATABASE_URL", "PULIH_NUMBER_KEYS", "PULIH_NUMBER_HASH_KEY")


@pytest.fixture
def pulih(installation):
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ |= {"PULIH_DATA": str(installation.path), "PULIH_LANGUAGE": "en"}

    def start(*words):
        return subprocess.Popen(
            [sys.executable, "-m", "pulih.cli", *words], env=environ, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    return start


def ended(process) -> tuple[int, str]:
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def numbers(folder) -> list[str]:
    with running_server(folder) as server:
        password = read_secrets(folder.secrets)["superuser_password"]
        with connect({**server.superuser(password), "NAME": "pulih"}) as database:
            return [one for (one,) in database.execute("SELECT nik FROM registry_enterprise")]


def without_numbers(folder) -> None:
    with running_server(folder) as server:
        password = read_secrets(folder.secrets)["superuser_password"]
        with connect({**server.superuser(password), "NAME": "pulih"}) as database:
            database.execute("SET session_replication_role = replica")
            database.execute("UPDATE registry_enterprise SET nik = NULL")
            database.commit()


def keys_of(folder) -> list[str]:
    return read_secrets(folder.number_keys)["keys"].split()


def test_a_key_is_rotated_killed_finished_lost_and_found(installation, pulih, tmp_path):
    sheet = tmp_path / "daftar.csv"
    rows = (make.firm(f"Usaha {n}", nik=make.nik(n)) for n in range(1, 40))
    sheet.write_bytes(make.csv_file(*rows).getvalue())
    asked = ("--kind", "firms", "--office", "Jawa Barat", "--as-of", "2020-05-31")
    assert ended(pulih("import", str(sheet), *asked))[0] in (0, 1)
    (old,) = keys_of(installation)
    assert installation.number_keys.stat().st_mode & 0o777 == 0o600
    before = set(numbers(installation))
    assert len(before) == 39

    killed = pulih("rotate-number-key")
    until(lambda: len(keys_of(installation)) > 1, pause=0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    status, said = ended(pulih("rotate-number-key"))
    assert (status, "encrypted with the newest key, but no new key" in said) == (0, True), said
    new, kept = keys_of(installation)
    assert kept == old != new
    assert not before & set(numbers(installation))
    assert ended(pulih("rotate-number-key", "--finish"))[0] == 0
    assert keys_of(installation) == [new]
    files = [one for one in installation.uploads.rglob("*") if one.is_file()]
    assert {key_of(one) for one in files} == {key_id(new)}
    assert ended(pulih("check"))[0] == 0

    copy = tmp_path / "safe.toml"
    copy.write_bytes(installation.number_keys.read_bytes())
    installation.number_keys.unlink()
    status, said = ended(pulih("check"))
    assert status == 1
    assert "registry_enterprise.nik, 39 rows: This number was encrypted with the key" in said
    sheet.write_text(sheet.read_text() + "\n")
    status, said = ended(pulih("import", str(sheet), *asked))
    assert (status, "were encrypted with another key" in said) == (2, True), said
    number_keys.put(installation.number_keys, number_keys.read(copy))
    assert ended(pulih("check"))[0] == 0

    without_numbers(installation)  # An office that delivers firms alone has files all the same.
    installation.number_keys.unlink()
    status, said = ended(pulih("serve"))
    assert status == 2
    assert "were encrypted with another key. Put the former number_keys.toml into" in said


@pytest.mark.parametrize("is_last", [False, True])
def test_keys_of_the_environment_are_left_to_who_set_them(monkeypatch, is_last):
    monkeypatch.setattr(settings, "NUMBER_KEYS_FILE", None)
    said = commands._rotated(is_new=False, is_last=is_last).en
    assert "does not change that variable" in said
    assert "are gone" not in said


def test_a_new_key_is_on_the_disk_before_anything_is_encrypted_with_it(monkeypatch, tmp_path):
    settled, settle = [], os.fsync

    def watched(handle):
        settled.append(os.readlink(f"/proc/self/fd/{handle}"))
        settle(handle)

    monkeypatch.setattr(os, "fsync", watched)
    number_keys.put(tmp_path / "number_keys.toml", {"keys": "newest", "hash_key": "h"})
    assert settled[-1] == str(tmp_path)


def test_a_file_that_holds_no_keys_is_refused(tmp_path):
    file = tmp_path / "keys.toml"
    for content in ('keys = "a"', "no toml", ""):
        file.write_text(content)
        with pytest.raises(Refusal, match="is no file of keys"):
            number_keys.read(file)


@contextmanager
def nobody():
    """Be an account that may not read what is closed, where tests run as root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_keys_that_this_account_may_not_read_are_not_replaced(monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder) / "number_keys.toml"
        file.write_text('keys = "former"\nhash_key = "h"\n')
        file.chmod(0)
        monkeypatch.setattr(settings, "NUMBER_KEYS_FILE", file)
        with nobody(), pytest.raises(Refusal, match="may not read"):
            number_keys.keep_or_make(file)
        file.chmod(0o600)
        assert read_secrets(file)["keys"] == "former"

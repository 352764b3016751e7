"""A whole installation: it starts, answers, heals a killed child, and ends when told."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest

from pulih.config import settings
from pulih.config.backup_keys import make_key
from pulih.config.databases import OWNER_ROLE, embedded_database
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets
from tests.meanwhile import until

pytestmark = [
    pytest.mark.slow,  # Starts the real processes.
    pytest.mark.skipif(
        bool(settings.DATABASE_URL), reason="the run without DATABASE_URL proves this"
    ),
]


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environ_of(folder, port):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    said = {"PULIH_DATA": str(folder.path), "PULIH_BIND": f"127.0.0.1:{port}"}
    return {**kept, **said, "PULIH_LANGUAGE": "en"}


def ask(port, path="/health/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@contextmanager
def strangers(port):
    """Hold more connections than there are threads, in every way that costs nothing."""
    cookie = f"Cookie: csrftoken={'a' * 32}\r\n"
    start = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}Content-Length: 9000\r\n"
    kinds = {
        f"{start}Content-Type: application/x-www-form-urlencoded\r\n\r\na=": 40,
        "GET /health/ HTTP/1.1\r\nHo": 150,
        "GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n": 150,
    }
    with ExitStack() as held:
        for said, number in kinds.items():
            for _ in range(number):
                one = held.enter_context(socket.create_connection(("127.0.0.1", port)))
                one.sendall(said.encode())
        yield


def children_of(pid):
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True)
    lines = found.stdout.decode().splitlines()
    return {line.split()[-1]: int(line.split()[0]) for line in lines}


@contextmanager
def serving(folder):
    port = a_free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pulih.cli", "serve"], env=environ_of(folder, port),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        until(lambda: ask(port) == 200 or process.poll() is not None)
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def owner(folder):
    password = read_secrets(folder.secrets)["owner_password"]
    return connect(embedded_database(folder, user=OWNER_ROLE, password=password))


def test_an_installation_serves_heals_and_ends_in_order(installation):
    with serving(installation) as (process, port):
        again = subprocess.run(
            [sys.executable, "-m", "pulih.cli", "serve"], env=environ_of(installation, port),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (again.returncode, "already runs" in again.stderr) == (2, True)

        web = children_of(process.pid)["pulih.config.web"]
        os.kill(web, signal.SIGKILL)
        until(lambda: children_of(process.pid).get("pulih.config.web", web) != web)
        until(lambda: ask(port) == 200)

        with strangers(port):
            assert [ask(port) for _ in range(3)] == [200, 200, 200]

        process.send_signal(signal.SIGHUP)  # A closed terminal.
        process.wait(60)  # How long it may take is proved by what it waits for, not by a clock.
    assert process.returncode == 0
    assert not (installation.cluster / "postmaster.pid").exists()


def test_the_job_of_a_killed_worker_is_taken_up_again(installation):
    with serving(installation) as (process, _), owner(installation) as database:
        workers = ("pulih.config.worker", "pulih.config.file_worker")
        pids = [until(lambda name=name: children_of(process.pid).get(name)) for name in workers]
        both = "SELECT count(*) = 2 FROM procrastinate_workers"
        until(lambda: database.execute(both).fetchone() == (True,))
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        database.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args)"
            " SELECT 'default', 'pulih.config.stalled_jobs.look_for_stalled_jobs', 'doing', id,"
            " '{\"timestamp\": 0}' FROM procrastinate_workers LIMIT 1"
        )
        # A twin waits under the same lock: the one that lost its worker cannot go back.
        database.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, args,"
            " scheduled_at, worker_id)"
            " SELECT 'default', 'pulih.config.stalled_jobs.look_for_stalled_jobs', status, 'twins',"
            " args, moment, CASE status WHEN 'doing' THEN (SELECT min(id) FROM"
            " procrastinate_workers) END"
            " FROM (VALUES"
            " ('doing'::procrastinate_job_status, '{\"timestamp\": 1}'::jsonb, NULL),"
            " ('todo', '{\"timestamp\": 2}', now() + interval '1 day'))"
            " AS twins (status, args, moment)"
        )
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

        def done():
            asked = (
                "SELECT array_agg(status::text ORDER BY args) FROM procrastinate_jobs"
                " WHERE args IN ('{\"timestamp\": 0}', '{\"timestamp\": 1}')"
            )
            return database.execute(asked).fetchone() == (["succeeded", "aborted"],)

        until(done)


def test_a_backup_restores_into_a_fresh_folder(installation):
    backup = installation.path.parent / "drill.backup"
    (installation.uploads / "a1b2").write_bytes(b"an office's file")
    environ = environ_of(installation, 1)
    pulih = [sys.executable, "-m", "pulih.cli"]
    key = installation.path.parent / "key"
    environ["PULIH_BACKUP_RECIPIENTS"] = make_key(key)
    subprocess.run([*pulih, "backup", str(backup)], env=environ, check=True)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"an office's file" not in backup.read_bytes()

    drill = [*pulih, "drill", str(backup), "--key", str(key)]
    drilled = subprocess.run(drill, env=environ, capture_output=True, text=True, check=False)
    assert (drilled.returncode, "everything agrees" in drilled.stdout) == (0, True), drilled.stderr
    report = json.loads((installation.logs / "drills.jsonl").read_text())
    assert (report["is_restored"], report["agrees"]) == (True, True)
    assert report["check"]["verified"]

    fresh = installation.path.parent / "fresh"
    fresh.mkdir()
    (fresh / "programs").symlink_to(installation.programs.resolve())
    environ["PULIH_DATA"] = str(fresh)
    restore = [*pulih, "restore", str(backup), "--key", str(key)]
    subprocess.run(restore, env=environ, check=True)
    restored = type(installation)(fresh)
    assert (restored.uploads / "a1b2").read_bytes() == b"an office's file"
    kept, new = read_secrets(installation.secrets), read_secrets(restored.secrets)
    assert new["secret_key"] == kept["secret_key"]
    assert new["app_password"] != kept["app_password"]
    same = subprocess.run(
        [*pulih, "manage", "migrate", "--check"], env=environ, capture_output=True, check=False
    )
    assert same.returncode == 0, same.stderr

    again = subprocess.run(restore, env=environ, capture_output=True, text=True, check=False)
    assert (again.returncode, "holds data already" in again.stderr) == (2, True)

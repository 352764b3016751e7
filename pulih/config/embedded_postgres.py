"""The PostgreSQL that Pulih brings along: made, started and stopped inside its data folder.

It opens no network port, only a socket file, and asks every role for its password. It runs in a
session of its own for as long as any command of this data folder needs it; the last one stops it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pulih.common import disk
from pulih.common.errors import Message, Refusal
from pulih.config import versions
from pulih.config.data_folder import DataFolder
from pulih.config.new_cluster import PASSWORDS, empty_folder, prepare_roles
from pulih.config.postgres_programs import (
    Programs,
    account_for_servers,
    copied_programs,
    reaches,
)
from pulih.config.postgres_server import ASKS_FOR_PASSWORDS, Server
from pulih.config.postgres_upgrade import upgrade
from pulih.config.secrets import read_secrets
from pulih.config.signals import held_back

PATIENCE = 3  # Seconds between asking PostgreSQL to end and ending it.


@contextmanager
def running_server(folder: DataFolder) -> Iterator[Server]:
    """Have the embedded server run while the block does, for whoever shares it. May refuse."""
    make_folder(folder)
    _refuse_unreachable(folder)
    with (folder.path / "users.lock").open("w") as users:
        server = _server_of(folder)
        try:
            with held_back(), _lock(folder.path / "start.lock"):
                fcntl.flock(users, fcntl.LOCK_SH)
                _start(folder, server)
            yield server
        finally:
            _stop_if_last(folder, server, users)


def make_folder(folder: DataFolder) -> None:
    """Make the data folder and see that it can be used; parents stay as they are. May refuse."""
    try:
        for place in (*reversed(folder.path.parents), folder.path):
            _make_reachable(place)
        for place in (folder.uploads, folder.logs):
            place.mkdir(exist_ok=True, mode=0o700)
    except OSError as refused:
        raise Refusal(_not_writable(folder.path)) from refused
    if disk.is_full(folder.path):
        raise Refusal(disk_full(folder.path))


def _make_reachable(place: Path) -> None:
    if not place.exists():
        place.mkdir(exist_ok=True)
        place.chmod(0o711)


def _server_of(folder: DataFolder) -> Server:
    programs = copied_programs(folder.programs)
    folder.sockets.mkdir(exist_ok=True, mode=0o700)
    programs.give(folder.sockets)
    return Server(programs, folder.cluster, folder.sockets)


def _start(folder: DataFolder, server: Server) -> None:
    versions.refuse_newer(folder, server.programs)
    if not folder.cluster.exists():
        _make_first(folder, server.programs)
    elif not server.is_running() and versions.cluster_major(folder.cluster) < server.programs.major:
        upgrade(folder, server)
    if not server.is_running():
        server.start()
    if not PASSWORDS.keys() <= read_secrets(folder.secrets).keys():
        prepare_roles(folder, server)
    server.ask(ASKS_FOR_PASSWORDS)  # An older program asked by fewer rules.
    versions.record(folder, server.programs)


def _make_first(folder: DataFolder, programs: Programs) -> None:
    """Make the cluster beside its place, so that a stop on the way leaves nothing half-made."""
    draft = Server(programs, empty_folder(folder, programs), folder.sockets)
    draft.make()
    draft.start()
    try:
        prepare_roles(folder, draft)
    finally:
        draft.stop()
    draft.cluster.rename(folder.cluster)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stop_if_last(folder: DataFolder, server: Server, users: IO[str]) -> None:
    with held_back(), _lock(folder.path / "start.lock"):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # Another command still needs the server, and stops it when it ends.
        server.stop(seconds=PATIENCE)


def _refuse_unreachable(folder: DataFolder) -> None:
    account = account_for_servers()
    if account is None or reaches(account, folder.path):
        return
    raise Refusal(
        Message(
            id=f"Akun “{account}” yang menjalankan PostgreSQL tidak dapat mencapai {folder.path}."
            " Pilih folder di luar folder pribadi lewat PULIH_DATA.",
            en=f"The account “{account}” that runs PostgreSQL cannot reach {folder.path}."
            " Choose a folder outside private folders through PULIH_DATA.",
        )
    )


def disk_full(path: Path) -> Message:
    return Message(
        id=f"Penyimpanan untuk {path} hampir penuh. Kosongkan sedikitnya 300 MB, lalu ulangi.",
        en=f"The disk that holds {path} is nearly full. Free at least 300 MB, then try again.",
    )


def _not_writable(path: Path) -> Message:
    return Message(
        id=f"Folder data {path} tidak dapat ditulisi. Pilih folder lain lewat PULIH_DATA.",
        en=f"The data folder {path} cannot be written to. Choose another through PULIH_DATA.",
    )

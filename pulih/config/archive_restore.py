"""From the archive back to a minute: the newest base before it, and what was written since."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from pulih.common.errors import Message, Refusal
from pulih.config import backup_keys, settings
from pulih.config.archive import PACKED, PARTIAL, Archive, Base, is_segment
from pulih.config.embedded_postgres import disk_full, make_folder
from pulih.config.new_cluster import empty_folder
from pulih.config.postgres_programs import Programs, copied_programs
from pulih.config.postgres_server import Server
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets

PATIENCE = 3600.0  # Seconds for PostgreSQL to write everything again.
RECOVERS = """\
restore_command = 'cp "{wal}/%f" "%p"'
recovery_target_timeline = 'latest'
recovery_target_action = 'promote'
"""


def bring_back(archive: Archive, until: datetime | None, key: Path | None) -> datetime:
    """Make the installation of this data folder as it was then; return the last moment in it.

    until: with its zone; None is the end of the archive. May refuse, and then leaves nothing.
    """
    _refuse_unless_fresh()
    base = archive.base_for(until)
    if base is None:
        raise Refusal(_too_early(archive))
    make_folder(settings.DATA)
    programs = copied_programs(settings.DATA.programs)
    cluster = empty_folder(settings.DATA, programs)
    wal = settings.DATA.path / "wal-restored"
    try:
        _unpack_base(base, cluster, key)
        _unpack_segments(archive, base, wal, key)
        _say_how_far(cluster, wal, until)
        _give_all(programs, cluster, wal)
        reached = _recover(programs, cluster, _secrets(base, key), until)
    except tarfile.TarError as failed:
        raise Refusal(_damaged(base.path)) from failed
    finally:
        shutil.rmtree(wal, ignore_errors=True)
    _restore_uploads(archive, key)
    settings.DATA.secrets.write_bytes(_content(base.secrets, key))
    settings.DATA.secrets.chmod(0o600)
    cluster.rename(settings.DATA.cluster)
    return reached


def _recover(
    programs: Programs, cluster: Path, held: dict[str, str], until: datetime | None
) -> datetime:
    settings.DATA.sockets.mkdir(exist_ok=True, mode=0o700)
    programs.give(settings.DATA.sockets)
    server = Server(programs, cluster, settings.DATA.sockets)
    try:
        server.start()
        return _reached(server.superuser(held["superuser_password"]))
    except (Refusal, psycopg.Error) as failed:
        if until is not None and _ended_early(cluster):
            raise Refusal(_too_late(until)) from failed
        raise failed if isinstance(failed, Refusal) else Refusal(_ENDED) from failed
    finally:
        server.stop()
        (cluster / "postgresql.auto.conf").write_text("")


def _reached(database: dict[str, Any]) -> datetime:
    """Wait until everything is written again; return when the last of it was first written."""
    end = time.monotonic() + PATIENCE
    with connect(database) as server:
        while time.monotonic() < end:
            asked = "SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()"
            is_on_its_way, reached = server.execute(asked).fetchone() or (True, None)
            if not is_on_its_way:
                return reached or datetime.now().astimezone()
            time.sleep(0.2)
    raise Refusal(_TOO_LONG)


def _unpack_base(base: Base, cluster: Path, key: Path | None) -> None:
    with tempfile.TemporaryDirectory(dir=settings.DATA.path) as scratch:
        plain = _plain(base.path, Path(scratch), key)
        try:
            with tarfile.open(plain, mode="r:gz") as packed:
                packed.extractall(cluster, filter="data")
        except OSError as failed:
            raise Refusal(disk_full(settings.DATA.path)) from failed
    cluster.chmod(0o700)
    for name in ("pg_wal", "pg_replslot", "pg_notify", "pg_stat_tmp"):
        (cluster / name).mkdir(exist_ok=True, mode=0o700)


def _unpack_segments(archive: Archive, base: Base, wal: Path, key: Path | None) -> None:
    """Lay out the segments that the base needs, the one being written as if it were whole."""
    shutil.rmtree(wal, ignore_errors=True)
    wal.mkdir(mode=0o700)
    for kept in sorted(archive.wal.iterdir()):
        name = kept.name.removesuffix(backup_keys.ENDING).removesuffix(PACKED)
        whole = name.removesuffix(PARTIAL)
        is_older = is_segment(name) and name[8:24] < base.first[8:24]
        if kept.name.endswith(".new") or is_older or (wal / whole).exists():
            continue  # A whole segment comes before what was copied while it was written.
        (wal / whole).write_bytes(gzip.decompress(_content(kept, key)))


def _say_how_far(cluster: Path, wal: Path, until: datetime | None) -> None:
    said = RECOVERS.format(wal=wal)
    if until is not None:
        said += f"recovery_target_time = '{until.isoformat()}'\n"
    (cluster / "postgresql.auto.conf").write_text(said)
    (cluster / "recovery.signal").touch()


def _give_all(programs: Programs, *folders: Path) -> None:
    for folder in folders:
        for where, _, names in os.walk(folder):
            programs.give(Path(where))
            for name in names:
                programs.give(Path(where) / name)


def _restore_uploads(archive: Archive, key: Path | None) -> None:
    for kept in archive.uploads.rglob("*"):
        if kept.is_file() and not kept.name.endswith(".new"):
            name = kept.relative_to(archive.uploads)
            target = settings.DATA.uploads / str(name).removesuffix(backup_keys.ENDING)
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.write_bytes(_content(kept, key))
            target.chmod(0o600)


def _secrets(base: Base, key: Path | None) -> dict[str, str]:
    with tempfile.TemporaryDirectory(dir=settings.DATA.path) as scratch:
        file = Path(scratch) / "secrets.toml"
        file.write_bytes(_content(base.secrets, key))
        return read_secrets(file)


def _content(kept: Path, key: Path | None) -> bytes:
    with tempfile.TemporaryDirectory(dir=settings.DATA.path) as scratch:
        return _plain(kept, Path(scratch), key).read_bytes()


def _plain(kept: Path, scratch: Path, key: Path | None) -> Path:
    if not backup_keys.is_encrypted(kept):
        return kept
    plain = scratch / "plain"
    backup_keys.decrypt(kept, plain, key)
    return plain


def _refuse_unless_fresh() -> None:
    if not settings.IS_EMBEDDED:
        raise Refusal(_ONLY_EMBEDDED)
    if settings.DATA.cluster.exists():
        raise Refusal(_NOT_FRESH)


def _ended_early(cluster: Path) -> bool:
    logs = [*cluster.glob("log/*.log"), cluster / "start.log"]
    words = "recovery ended before configured recovery target was reached"
    return any(words in log.read_text(errors="replace") for log in logs if log.exists())


def _too_early(archive: Archive) -> Message:
    bases = archive.bases()
    if not bases:
        return Message(
            id=f"{archive.path} belum memuat salinan dasar; tidak ada yang dapat dipulihkan.",
            en=f"{archive.path} holds no base yet; nothing can be restored from it.",
        )
    first = bases[0].ended.astimezone().isoformat(sep=" ", timespec="seconds")
    return Message(
        id=f"Arsip baru mulai {first}. Pilih saat sesudah itu.",
        en=f"The archive begins at {first}. Choose a moment after it.",
    )


def _too_late(until: datetime) -> Message:
    asked = until.isoformat(sep=" ", timespec="seconds")
    return Message(
        id=f"Arsip berakhir sebelum {asked}. Tanpa --until dipulihkan sampai akhir arsip.",
        en=f"The archive ends before {asked}. Without --until it is restored up to its end.",
    )


def _damaged(path: Path) -> Message:
    return Message(
        id=f"{path} rusak dan tidak dapat dibuka. Pilih saat sebelum salinan dasar itu.",
        en=f"{path} is damaged and cannot be opened. Choose a moment before that base.",
    )


_NOT_FRESH = Message(
    id="Folder data ini sudah berisi basis data. Pulihkan ke folder baru, misalnya dengan"
    " PULIH_DATA=/folder/baru.",
    en="This data folder holds a database already. Restore into a fresh folder, for example with"
    " PULIH_DATA=/new/folder.",
)
_ONLY_EMBEDDED = Message(
    id="Arsip hanya untuk PostgreSQL bawaan. Untuk PostgreSQL luar pakai alatnya sendiri, misalnya"
    " pgBackRest.",
    en="An archive is for the embedded PostgreSQL alone. For one of your own use its own tools,"
    " such as pgBackRest.",
)
_ENDED = Message(
    id="PostgreSQL berhenti saat memulihkan; catatannya ada di folder log basis data.",
    en="PostgreSQL ended while it recovered; its log is in the database's folder.",
)
_TOO_LONG = Message(
    id="PostgreSQL belum selesai memulihkan dalam satu jam.",
    en="PostgreSQL did not finish recovering within an hour.",
)

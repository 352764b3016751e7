"""Database, uploads and secrets in one file, and back from it into an empty installation."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from pulih.common.errors import Message, Refusal
from pulih.common.version import VERSION
from pulih.config import backup_keys, settings, versions
from pulih.config.dumps import restore_dump, run_program
from pulih.config.new_cluster import PASSWORDS
from pulih.config.roles import connect
from pulih.config.secrets import keep_secrets, read_secrets

FORMAT = 1
DUMP, SECRETS, MANIFEST, UPLOADS = "database.dump", "secrets.json", "manifest.json", "uploads"
HASHES = "hashes.json"  # SHA-256 of what stands before it, by name.


def file_name(now: datetime) -> str:
    ending = backup_keys.ENDING if settings.BACKUP_RECIPIENTS else ""
    return f"pulih-{now:%Y%m%d-%H%M%S}.backup{ending}"


def write(target: Path) -> None:
    """Write a backup of the running installation; it holds secrets, so only its owner may read it.

    The database is dumped first: every upload it names is then still there to be added.
    """
    readers = backup_keys.recipients()
    draft = target.with_name(f".{target.name}.new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, tempfile.TemporaryDirectory() as scratch:
            dump = Path(scratch) / DUMP
            run_program("pg_dump", "-Fc", "-f", str(dump), database=settings.OWNER_DATABASE)
            with backup_keys.encrypted(file, readers) as stream:
                _pack(stream, dump)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as failed:
        raise Refusal(_cannot_write(target, failed)) from failed
    finally:
        draft.unlink(missing_ok=True)


def read(source: Path, key: Path | None = None) -> None:
    """Restore a backup into an installation whose database is empty. May refuse."""
    with (
        tempfile.TemporaryDirectory(dir=settings.DATA.path) as scratch,
        _opened(_plain(source, Path(scratch), key)) as archive,
    ):
        manifest = _json(archive, MANIFEST)
        _refuse_newer(manifest, source)
        _refuse_unless_empty()
        _refuse_damaged(archive, source)
        archive.extract(DUMP, scratch, filter="data")
        _restore_uploads(archive)
        restore_dump(Path(scratch) / DUMP)
        kept = {
            name: value for name, value in _json(archive, SECRETS).items() if name not in PASSWORDS
        }
        settings.DATA.secrets.rename(settings.DATA.secrets.with_suffix(".before"))
        held = read_secrets(settings.DATA.secrets.with_suffix(".before"))
        keep_secrets(settings.DATA.secrets, {**held, **kept})
        settings.DATA.secrets.with_suffix(".before").unlink()
        if settings.SEAL_FILE:  # Of what was here before; the next seal writes it again.
            settings.SEAL_FILE.unlink(missing_ok=True)


def _pack(file: IO[bytes], dump: Path) -> None:
    with tarfile.open(fileobj=file, mode="w|") as archive:
        manifest = {
            "format": FORMAT,
            "program": VERSION,
            "schema": versions.migrations_here(),
            "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        _add_json(archive, MANIFEST, manifest)
        _add_json(archive, SECRETS, read_secrets(settings.DATA.secrets))
        uploads = settings.DATA.uploads
        held = sorted(one for one in uploads.rglob("*") if one.is_file())
        if uploads.exists():
            archive.add(uploads, UPLOADS, recursive=False)
        files = {DUMP: dump} | {f"{UPLOADS}/{one.relative_to(uploads)}": one for one in held}
        hashes = {name: _add_file(archive, name, path) for name, path in files.items()}
        _add_json(archive, HASHES, hashes)


def _restore_uploads(archive: tarfile.TarFile) -> None:
    members = [each for each in archive if each.name.partition("/")[0] == UPLOADS]
    archive.extractall(settings.DATA.path, members=members, filter="data")
    settings.DATA.uploads.chmod(0o700)


def _plain(source: Path, scratch: Path, key: Path | None) -> Path:
    """Return the backup as it can be read: a decrypted copy, where it is encrypted. May refuse."""
    try:
        if not backup_keys.is_encrypted(source):
            return source
    except OSError as failed:
        raise Refusal(_no_backup(source)) from failed
    plain = scratch / "plain.backup"
    backup_keys.decrypt(source, plain, key)
    return plain


def _refuse_damaged(archive: tarfile.TarFile, source: Path) -> None:
    """Hold every file against its hash. A backup of 0.1.0 has none."""
    names = set(archive.getnames())
    if HASHES not in names:
        return
    for name, wanted in _json(archive, HASHES).items():
        content: Any = archive.extractfile(name) if name in names else None
        if content is None or hashlib.file_digest(content, "sha256").hexdigest() != wanted:
            raise Refusal(_damaged(source, name))


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source)
    except (OSError, tarfile.TarError) as failed:
        raise Refusal(_no_backup(source)) from failed


def _json(archive: tarfile.TarFile, name: str) -> dict[str, Any]:
    try:
        member = archive.extractfile(name)
    except KeyError as missing:
        raise Refusal(_no_backup(Path(str(archive.name)))) from missing
    assert member is not None
    found: dict[str, Any] = json.load(member)
    return found


def _add_file(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file and return its SHA-256, of the very bytes that were added."""
    with path.open("rb") as file:
        read = Hashing(file)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), read)
    return read.digest.hexdigest()


class Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _add_json(archive: tarfile.TarFile, name: str, values: dict[str, Any]) -> None:
    content = json.dumps(values, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))


def _refuse_newer(manifest: dict[str, Any], source: Path) -> None:
    if manifest["format"] > FORMAT:
        raise Refusal(_no_backup(source))
    versions.refuse_unknown_migrations(str(source), manifest["schema"])


def _refuse_unless_empty() -> None:
    with connect(settings.OWNER_DATABASE) as owner:
        tables = "SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"
        if owner.execute(tables).fetchone():
            raise Refusal(_NOT_EMPTY)
    left = settings.DATA.uploads
    if left.exists() and any(left.iterdir()):
        shutil.rmtree(left)  # Of a restore that was stopped: no database names these files.


def _no_backup(source: Path) -> Message:
    return Message(
        id=f"{source} bukan cadangan Pulih yang dapat dibaca versi ini.",
        en=f"{source} is not a backup of Pulih that this version can read.",
    )


def _cannot_write(target: Path, failed: OSError) -> Message:
    return Message(
        id=f"Cadangan tidak dapat ditulis ke {target}: {failed.strerror}. Tidak ada yang tersisa.",
        en=f"The backup cannot be written to {target}: {failed.strerror}. Nothing was left.",
    )


def _damaged(source: Path, name: str) -> Message:
    return Message(
        id=f"{source} rusak pada {name}; tidak ada yang dipulihkan. Pakai cadangan lain.",
        en=f"{source} is damaged at {name}; nothing was restored. Use another backup.",
    )


_NOT_EMPTY = Message(
    id="Basis data ini sudah berisi. Pulihkan ke folder baru, misalnya dengan"
    " PULIH_DATA=/folder/baru.",
    en="This database holds data already. Restore into a fresh folder, for example with"
    " PULIH_DATA=/new/folder.",
)

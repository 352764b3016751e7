"""The archive: a folder from which an installation comes back as it was at any minute.

    cluster.txt                     the cluster that it belongs to; touched at each look
    bases/END-WAL.tar.gz            a copy of the whole cluster; END: when it was whole, in UTC;
    bases/END-WAL.secrets.toml      WAL: the first segment that it needs
    wal/SEGMENT.gz                  everything that was written since, 16 MB a segment
    wal/SEGMENT.partial.gz          the segment that is being written, copied every few seconds
    uploads/…                       files as offices delivered them

Each file ends in `.age` where PULIH_BACKUP_RECIPIENTS names somebody who may read it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pulih.config import backup_keys

MOMENT = "%Y%m%dT%H%M%SZ"
PACKED, PARTIAL = ".gz", ".partial"
LATE_SECONDS = 600
COARSE_SECONDS = 2  # To which some disks keep the times of files.
DELIVERED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}(\.\w+)?")  # Under its hash: see inbox/uploads.py.


@dataclass(frozen=True)
class Base:
    """A copy of the whole cluster. ended: when it was whole; first: the segment it starts from."""

    path: Path
    ended: datetime
    first: str

    @property
    def secrets(self) -> Path:
        name = self.path.name.replace(".tar.gz", ".secrets.toml")
        return self.path.with_name(name)


@dataclass(frozen=True)
class Archive:
    """The places of one archive. Nothing here asks a server."""

    path: Path

    @property
    def wal(self) -> Path:
        return self.path / "wal"

    @property
    def uploads(self) -> Path:
        return self.path / "uploads"

    @property
    def cluster(self) -> Path:
        return self.path / "cluster.txt"

    def make(self) -> None:
        for place in (self.path, self.wal, self.uploads, self.path / "bases"):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)

    def is_late(self) -> bool:
        """Tell whether nobody has brought it up to date for ten minutes."""
        try:
            return time.time() - self.cluster.stat().st_mtime > LATE_SECONDS
        except FileNotFoundError:
            return True

    def bases(self) -> list[Base]:
        """Return the bases that are whole, oldest first."""
        found = (_base(path) for path in (self.path / "bases").glob("*.tar.gz*"))
        return sorted((one for one in found if one), key=lambda one: one.ended)

    def base_for(self, until: datetime | None) -> Base | None:
        """Return the newest base that was whole by then."""
        fit = [one for one in self.bases() if until is None or one.ended <= until]
        return fit[-1] if fit else None

    def keep(self, name: str, write: Callable[[IO[bytes]], None]) -> Path:
        """Write one file of the archive, encrypted where somebody may read it, whole or not."""
        readers = backup_keys.recipients()
        target = self.path / f"{name}{backup_keys.ENDING if readers else ''}"
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_name(f".{target.name}.new")
        try:
            with draft.open("wb") as file:
                with backup_keys.encrypted(file, readers) as stream:
                    write(stream)
                file.flush()
                os.fsync(file.fileno())  # What it is a copy of may be removed next.
            draft.chmod(0o600)
            draft.replace(target)
            _sync_folder(target.parent)
        finally:
            draft.unlink(missing_ok=True)
        return target

    def keep_segment(self, segment: Path) -> None:
        self.keep(f"wal/{segment.name}{PACKED}", lambda stream: _pack(segment, stream))
        if PARTIAL not in segment.name:
            for partial in self.wal.glob(f"{segment.name}{PARTIAL}*"):
                partial.unlink()

    def keep_upload(self, uploads: Path, file: Path) -> None:
        name = f"uploads/{file.relative_to(uploads)}"
        since = file.stat().st_ctime_ns  # Before it is read: it may be encrypted again meanwhile.
        os.utime(self.keep(name, lambda stream: _copy(file, stream)), ns=(since, since))

    def lacks(self, uploads: Path) -> Iterator[Path]:
        """Yield the uploads that are not here yet, or lie under another key than their copy.

        What Pulih wrote itself, such as marked files, can be written again, and drafts pass.
        """
        here = {
            _plain_name(str(one.relative_to(self.uploads))): one.stat().st_mtime
            for one in _files(self.uploads)
        }
        for file in _files(uploads):
            name = str(file.relative_to(uploads))
            if (
                DELIVERED.fullmatch(name)
                and file.stat().st_ctime > here.get(name, 0.0) + COARSE_SECONDS
            ):
                yield file

    def forget_before(self, day: datetime) -> None:
        """Remove what no moment from that day on needs: older bases but one, and their WAL."""
        older = [one for one in self.bases() if one.ended <= day]
        for base in older[:-1]:
            for path in (base.path, base.secrets):
                path.unlink(missing_ok=True)
        if older:
            for segment in self.wal.iterdir():
                # The first eight digits are the timeline; history files are few and small.
                if is_segment(segment.name) and segment.name[8:24] < older[-1].first[8:24]:
                    segment.unlink()


def base_name(ended: datetime, first: str) -> str:
    return f"bases/{ended.astimezone(UTC):{MOMENT}}-{first}"


def _base(path: Path) -> Base | None:
    moment, _, rest = path.name.partition("-")
    try:
        ended = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
    except ValueError:  # A draft, or something of somebody else's.
        return None
    return Base(path, ended, rest.partition(".")[0])


def is_segment(name: str) -> bool:
    return len(name) >= 24 and all(sign in "0123456789ABCDEF" for sign in name[:24])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain_name(name: str) -> str:
    return name.removesuffix(backup_keys.ENDING)


def _files(folder: Path) -> Iterator[Path]:
    return (one for one in folder.rglob("*") if one.is_file() and not one.name.endswith(".new"))


def _pack(source: Path, stream: IO[bytes]) -> None:
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=1, mtime=0) as packed:
        _copy(source, packed)


def _copy(source: Path, stream: IO[bytes] | gzip.GzipFile) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, stream, 2**20)

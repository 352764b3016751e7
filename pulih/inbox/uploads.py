"""Where delivered files lie: outside the web root, each under the hash of its content, encrypted.

What older versions kept plain is read all the same, until `pulih encrypt-uploads` rewrites it.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from errno import ENOSPC
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from pulih.common import disk, drafts
from pulih.common.errors import Message, Refusal
from pulih.people import file_cipher

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".xml", ".ods", ".csv", ".txt", ".tsv")
HASHED = re.compile(r"[0-9a-f]{64}(?![0-9a-f])")  # Names that say what is in the file.


class Stored(NamedTuple):
    sha256: str
    size_bytes: int
    name: str


def folder() -> Path:
    """Return the folder of the uploads, made if missing and closed to others."""
    path = Path(settings.MEDIA_ROOT)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(name: str) -> Path:
    """Return where a stored file lies. name: as `store` gave it."""
    return folder() / name


def opened(name: str) -> io.BufferedIOBase:
    """Open a stored file to be read as it was delivered. May refuse: gone, or no key opens it."""
    return file_cipher.opened(_there(name))


def readable(name: str) -> AbstractContextManager[Path]:
    """Have a path under which a reader finds a stored file as it was delivered. May refuse."""
    return file_cipher.readable(_there(name))


def _there(name: str) -> Path:
    path = path_of(name)
    if not path.is_file():
        raise Refusal(
            Message(
                f"Berkas {path.name} tidak ada lagi di server ini. Mintalah administrator"
                " memulihkannya dari cadangan, atau kirim lagi.",
                f"The file {path.name} is no longer on this server. Ask your administrator to"
                " restore it from a backup, or send it again.",
            )
        )
    return path


def exists(name: str) -> bool:
    return bool(name) and path_of(name).is_file()


def remove(name: str) -> None:
    """Delete a stored file, also while somebody encrypts it again."""
    target = path_of(name)
    if target.parent.is_dir():
        with drafts.locked(target.parent):
            target.unlink(missing_ok=True)


def store(file: "BinaryIO | File[bytes]", file_name: str, ending: str | None = None) -> Stored:
    """Write a file to its place, piece by piece, under its hash. May refuse.

    ending: sets the files of one room apart, so that it can delete its own; else what `file_name`
    tells.
    """
    _refuse_full_disk(file, file_name)
    with drafts.draft_file(folder()) as draft:
        if isinstance(file, File):  # A form may have looked into it.
            file.seek(0)
        read = Watched(file, settings.LARGEST_UPLOAD_BYTES)
        try:
            _write(read, draft)
        except OSError as failed:
            raise (_full_disk(file_name) if failed.errno == ENOSPC else failed) from failed
        _refuse_too_large(read.size, file_name)
        _refuse_empty(read.size, file_name)
        sha256 = read.digest.hexdigest()
        name = f"{sha256[:2]}/{sha256}{_ending(file_name) if ending is None else ending}"
        _place(draft, name)
    return Stored(sha256, read.size, name)


def keep(made: Path, name: str) -> None:
    """Keep a file that Pulih wrote itself under a name of its own."""
    with made.open("rb") as file, drafts.draft_file(folder()) as draft:
        _write(file, draft)
        _place(draft, name)


def encrypt_again(path: Path) -> bool:
    """Encrypt a stored file with the newest key, unless it is; True where it was done.

    Its time of change stays, by which files are kept for so long, and its owner, should root do
    it. On the disk when it returns: the older key may be forgotten next. May refuse: no key opens
    it.
    """
    if file_cipher.key_of(path) == file_cipher.newest_key():
        return False
    times = path.stat()
    with drafts.draft_file(folder()) as draft:
        with file_cipher.opened(path) as plain:
            _write(plain, draft)
        os.utime(draft, ns=(times.st_atime_ns, times.st_mtime_ns))
        if draft.stat().st_uid != times.st_uid:
            os.chown(draft, times.st_uid, times.st_gid)
        with drafts.locked(path.parent):
            if path.exists():  # Nobody deleted it meanwhile.
                draft.replace(path)
        disk.settle(path.parent)
    return True


def all_files() -> Iterator[Path]:
    """Yield what is kept, drafts left out."""
    for place in sorted(drafts.folders(folder())):
        yield from sorted(one for one in place.iterdir() if one.is_file())


def lacking(kept: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each file that should be here and is not, for `pulih check`.

    kept: the names that files are stored under, and what whoever sent them calls them.
    """
    for name, called in kept:
        if not exists(name):
            words = Message(
                f"Berkas {called} ({name}) tidak ada di disk. Pulihkan dari cadangan.",
                f"The file {called} ({name}) is not on the disk. Restore it from a backup.",
            )
            yield words.in_language(settings.COMMAND_LANGUAGE)


def is_whole(path: Path) -> bool:
    """Tell whether a stored file is what its name says. May refuse: no key opens it."""
    named = HASHED.match(path.name)
    if named is None:  # Written by Pulih, and named after what it was written from.
        return True
    with file_cipher.opened(path) as plain:
        return hashlib.file_digest(plain, "sha256").hexdigest() == named[0]


class Watched(io.RawIOBase):
    """A file that is hashed and weighed as it is read; it ends early above `most` bytes."""

    def __init__(self, file: "BinaryIO | File[bytes]", most: int) -> None:
        self.file, self.most = file, most
        self.size, self.digest = 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size) if self.size <= self.most else b""
        self.size += len(piece)
        self.digest.update(piece)
        return piece


def _write(file: file_cipher.Source, draft: Path) -> None:
    with draft.open("wb") as written:
        file_cipher.encrypt(file, written)
        written.flush()
        os.fsync(written.fileno())


def _place(draft: Path, name: str) -> None:
    target = path_of(name)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    draft.replace(target)
    # Its name, too, is on the disk before anybody is told that the file is kept.
    for place in (target.parent, folder()):
        disk.settle(place)


def _ending(file_name: str) -> str:
    """Return the ending that tells CSV from the rest; anything unusual is left out."""
    ending = Path(file_name).suffix.lower()
    return ending if ending in ENDINGS else ""


def _refuse_too_large(size: int, file_name: str) -> None:
    if size > settings.LARGEST_UPLOAD_BYTES:
        raise Refusal(
            _(
                "“%(file)s” is larger than %(most)s MB. Split it into several files and send "
                "them one by one. Nothing was saved."
            )
            % {"file": file_name, "most": settings.LARGEST_UPLOAD_BYTES >> 20}
        )


def _refuse_full_disk(file: "BinaryIO | File[bytes]", file_name: str) -> None:
    if disk.is_full(folder(), getattr(file, "size", 0) or 0):
        raise _full_disk(file_name)


def _full_disk(file_name: str) -> Refusal:
    return Refusal(
        _(
            "“%(file)s” cannot be kept: the disk of this server is full. Nothing was saved. "
            "Tell your administrator, and send the file again afterwards."
        )
        % {"file": file_name}
    )


def _refuse_empty(size: int, file_name: str) -> None:
    if not size:
        raise Refusal(
            _("“%(file)s” is empty. Send a file that holds a list.") % {"file": file_name}
        )

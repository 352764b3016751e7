"""Where delivered files lie: outside the web root, each under the hash of its content."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from pulih.common import disk, drafts
from pulih.common.errors import Refusal

PIECE = 1 << 20


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


def store(file: "BinaryIO | File[bytes]", file_name: str, ending: str | None = None) -> Stored:
    """Write a file to its place, piece by piece, under its hash. May refuse.

    A content that is there already is not written twice. ending: sets the files of one room apart,
    so that it can delete its own; else what `file_name` tells.
    """
    _refuse_full_disk(file, file_name)
    with drafts.draft_file(folder()) as draft:
        sha256, size = _write(file, file_name, draft)
        name = f"{sha256[:2]}/{sha256}{_ending(file_name) if ending is None else ending}"
        target = path_of(name)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        draft.replace(target)
        # Its name, too, is on the disk before anybody is told that the file is kept.
        for place in (target.parent, folder()):
            disk.settle(place)
    return Stored(sha256, size, name)


def _write(file: "BinaryIO | File[bytes]", file_name: str, draft: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with draft.open("wb") as written:
        for piece in _pieces(file):
            size += len(piece)
            _refuse_too_large(size, file_name)
            digest.update(piece)
            written.write(piece)
        _refuse_empty(size, file_name)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest(), size


def _pieces(file: "BinaryIO | File[bytes]") -> Iterator[bytes]:
    if isinstance(file, File):
        yield from file.chunks(PIECE)
        return
    while piece := file.read(PIECE):
        yield piece


def _ending(file_name: str) -> str:
    """Return the ending that tells CSV from the rest; anything unusual is left out."""
    ending = Path(file_name).suffix.lower()
    return ending if ending in (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv") else ""


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
        raise Refusal(
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

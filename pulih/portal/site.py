"""The folder of files that everybody sees: written apart, put on show by one rename.

    made = write(newest, on_show, withdrawn)     # a new folder beside the one on show
    put_on_show(made)                            # now it is this one, all of it at once

The folder can be served unchanged by any static server. `INDEX`, beside it, tells our own what
lies there; an address in its `gone` answers 410.

Who writes holds a lock on the new folder until it is on show; what lies there without one was left
by a process that was killed, and goes with the next release.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import pyarrow
from django.conf import settings

from pulih.common.disk import is_full
from pulih.common.errors import Message, Refusal

from . import pages, publishing, restating
from .index import CURRENT, INDEX, PRESSED_ENDINGS
from .manifest import FOLDER_PAGE, write_folder_page, write_manifest
from .models import Release, Withdrawal
from .progress import OnProgress, unheard

PRESSED = (".html", ".json", ".jsonld", ".ttl", ".csv", ".css", ".svg", ".txt", ".xml", ".js")
SMALLEST = 512  # Bytes; below that a compressed copy saves nothing.
GZIP_LEVEL = 6
# Level 9 takes fourteen times as long as 7, for half a percent. Of a large file 7 takes too long.
BROTLI_LEVEL, BROTLI_LEVEL_OF_LARGE = 7, 5
LARGE = 500_000


@dataclass(frozen=True)
class Made:
    """home: holds `site/` and the index. manifest_sha256: of the newest release.

    lock: held on the folder while the file is open.
    """

    home: Path
    manifest_sha256: str
    lock: IO[str]


def folder() -> Path:
    return Path(settings.PUBLIC_FOLDER)


def current() -> Path | None:
    """The folder on show; None before anything was published."""
    link = folder() / CURRENT
    return link.resolve() if link.exists() else None


def write(
    newest: Release,
    on_show: Sequence[Release],
    withdrawn: Sequence[Withdrawal],
    on_progress: OnProgress = unheard,
    with_pages: bool = True,
) -> Made:
    """Write the pages of the newest release and the files of all. May refuse: a full disk."""
    home, lock = _new_home()
    try:
        digest = _write_files(home, newest, on_show, on_progress)
        if with_pages:
            pages.write(home / "site", newest, on_show, withdrawn, on_progress)
        on_progress("pressing", 0, 0)
        # Without pages it is the site of no release yet, and the clock would write it again.
        number = newest.number if with_pages else ""
        _finish(home, number, _gone(withdrawn), pages_of=number)
    except BaseException as error:
        _remove(home)
        lock.close()
        if isinstance(error, OSError):
            raise Refusal(_not_written(error)) from error
        raise
    return Made(home, digest, lock)


def take_away(withdrawn: Sequence[Withdrawal], newest: str) -> None:
    """Show the site that is on show without the files of what was withdrawn, within a second.

    Pages of a withdrawn release go too: those of the release before stand there meanwhile, else
    one page that says why. The rest is as it was until the site is written again.

    newest: the number of the newest release that is left; empty for none.
    """
    before = current()
    if before is None:
        return
    index, gone = _index(before), _gone(withdrawn)
    shown: Path | None = before
    if f"/data/r/{_shown_by(index)}" in gone:
        shown = _kept_site_of(newest) if newest else None
    home, lock = _new_home(is_needed=True)
    for address in _left(index["files"], gone):
        if address.startswith("/data/r/"):
            _link(before / "site", home / "site", address.lstrip("/"))
    if shown is None:
        pages.write_gone(home / "site", withdrawn)
    else:
        for address in _left(_index(shown)["files"], gone):
            if not address.startswith("/data/r/"):
                _link(shown / "site", home / "site", address.lstrip("/"))
    _finish(home, "", gone, pages_of=_shown_by(_index(shown)) if shown else "")
    put_on_show(Made(home, "", lock))
    _remove(before)


def _left(files: Iterable[str], gone: Mapping[str, str]) -> Iterator[str]:
    """Yield what stays: neither a file of a withdrawn release, nor its old values."""
    for address in files:
        # Old values of what is withdrawn may stand among the restatements.
        is_gone = address[1:] in (restating.CSV, restating.JSON)
        if not is_gone and not any(address.startswith(f"{each}/") for each in gone):
            yield address


def _kept_site_of(number: str) -> Path | None:
    """Return the site that was on show before this one, if it is of this release."""
    for home in folder().iterdir():
        is_whole = not home.is_symlink() and (home / INDEX).exists()
        if is_whole and _shown_by(_index(home)) == number:
            return home
    return None


def _shown_by(index: Mapping[str, Any]) -> str:
    """Return the release whose pages a site has; older sites say only of which they are whole."""
    return str(index.get("pages_of", index["release"]))


def _index(home: Path) -> Any:
    return json.loads((home / INDEX).read_text("utf-8"))


def _link(source: Path, target: Path, name: str) -> None:
    """Lay a file and its pressed copies into another folder, without writing their bytes again."""
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", *PRESSED_ENDINGS):
        if (source / f"{name}{ending}").exists():
            os.link(source / f"{name}{ending}", target / f"{name}{ending}")


def write_nothing(withdrawn: Sequence[Withdrawal]) -> Made:
    """Write a site on which no release is left, only the reasons why."""
    home, lock = _new_home(is_needed=True)
    pages.write_gone(home / "site", withdrawn)
    _finish(home, "", _gone(withdrawn))
    return Made(home, "", lock)


def is_of(newest: str, withdrawn: Sequence[Withdrawal]) -> bool:
    """Say whether the site on show is that of a release, without what was withdrawn.

    newest: its number; empty for none.
    """
    home = current()
    if home is None:
        return not newest and not withdrawn
    index = _index(home)
    return bool(index.get("release") == newest and index["gone"].keys() == _gone(withdrawn).keys())


def put_on_show(made: Made) -> None:
    """Let the folder be the one on show, in one step; then forget the one before."""
    before = current()
    link = folder() / f".{made.home.name}"
    link.symlink_to(made.home.name)
    os.replace(link, folder() / CURRENT)
    for old in folder().iterdir():
        if old.is_dir() and not old.is_symlink() and old not in (made.home, before):
            _remove_unless_written(old)
    made.lock.close()


def _remove_unless_written(home: Path) -> None:
    with _lock_of(home).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # Somebody writes there now.
        _remove(home)


def _remove(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    _lock_of(home).unlink(missing_ok=True)


def _lock_of(home: Path) -> Path:
    return home.with_name(f"{home.name}.lock")


def _new_home(*, is_needed: bool = False) -> tuple[Path, IO[str]]:
    """is_needed: even on a full disk, such as to take something away."""
    if not is_needed and is_full(folder()):
        raise Refusal(
            Message(
                "Disk hampir penuh, jadi rilis tidak ditulis. Kosongkan ruang, lalu terbitkan "
                "lagi; rilis yang tampil tetap utuh.",
                "The disk is nearly full, so the release was not written. Free some room, then "
                "publish again; the release on show stays whole.",
            )
        )
    folder().mkdir(parents=True, exist_ok=True)
    home = folder() / f"{uuid4().hex}"
    lock = _lock_of(home).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    (home / "site").mkdir(parents=True)
    return home, lock


def _write_files(
    home: Path, newest: Release, on_show: Sequence[Release], on_progress: OnProgress
) -> str:
    """Write the data of every release; return the hash of the newest one's manifest."""
    root, before = home / "site", current()
    digest = ""
    for release in on_show:
        target = root / "data" / "r" / release.number
        earlier = before / "site" / "data" / "r" / release.number if before else None
        if earlier and earlier.is_dir():
            shutil.copytree(earlier, target, copy_function=os.link)
        else:
            target.mkdir(parents=True)
            publishing.write_release(release, target, on_progress)
            own = write_manifest(release, target)
            digest = own if release.pk == newest.pk else digest
        if not (target / FOLDER_PAGE).exists():  # Written by a program that had none.
            write_folder_page(release, target)
        _press_all(target)
    latest = root / "data" / "r" / newest.number
    shutil.copytree(latest, root / "data" / "latest", copy_function=os.link)
    publishing.write_site(newest, root)
    return digest or newest.manifest_sha256


def _gone(withdrawn: Sequence[Withdrawal]) -> dict[str, str]:
    return {f"/data/r/{one.release.number}": _reason(one) for one in withdrawn}


def _reason(one: Withdrawal) -> str:
    """Why it was withdrawn, for readers of both languages: the address is one for both."""
    return f"{one.reason} / {one.reason_en}" if one.reason_en else one.reason


def _finish(home: Path, release: str, gone: Mapping[str, str], pages_of: str = "") -> None:
    """Press what is worth it, and write the index that our own server reads.

    release: the one of which the site is whole; pages_of: the one whose pages stand there, also
    where the rest is still to be written.
    """
    root = home / "site"
    _press_all(root)
    files: dict[str, Any] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in PRESSED_ENDINGS:
            files["/" + path.relative_to(root).as_posix()] = _filed(path)
    content = {"files": files, "gone": gone, "release": release, "pages_of": pages_of}
    index = json.dumps(content, sort_keys=True)
    (home / INDEX).write_text(index, "utf-8")


def _filed(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def _press_all(folder: Path) -> None:
    """Lay compressed copies beside the files; compressing keeps no other thread waiting."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for _done in pool.map(_press, list(folder.rglob("*"))):
            pass


def _press(path: Path) -> None:
    is_worth_it = path.suffix in PRESSED and path.is_file() and path.stat().st_size >= SMALLEST
    if is_worth_it and not path.with_name(f"{path.name}.gz").exists():
        content = path.read_bytes()
        for ending, pressed in _pressed(content):
            path.with_name(f"{path.name}{ending}").write_bytes(pressed)


def _pressed(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield ".gz", gzip.compress(content, GZIP_LEVEL, mtime=0)
    level = BROTLI_LEVEL if len(content) < LARGE else BROTLI_LEVEL_OF_LARGE
    # PyArrow brings Brotli along.
    yield ".br", pyarrow.Codec("brotli", compression_level=level).compress(content, asbytes=True)


def _not_written(error: OSError) -> Message:
    what = error.strerror or str(error)
    return Message(
        f"Berkas rilis tidak dapat ditulis ({what}). Rilis yang tampil tetap utuh; perbaiki, lalu "
        "terbitkan lagi.",
        f"The files of the release could not be written ({what}). The release on show stays whole; "
        "mend it, then publish again.",
    )

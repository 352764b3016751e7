"""Files of large lists: asked for on a page, made by a worker, kept for a day."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing, suppress
from datetime import datetime, timedelta
from errno import ENOSPC
from functools import partial
from io import BufferedIOBase
from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404
from django.utils import timezone

from pulih.audit.actions import record
from pulih.common import drafts
from pulih.common.errors import Message, Refusal
from pulih.people import file_cipher
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.people.queueing import AWAY, queue_once, task

from . import problems
from .background import file_of
from .models import Download, State

KEPT = timedelta(days=1)
MOST_TRIES = 3


def ask(person: User, address: str, title: Message, file_name: str) -> Download:
    """Have a file made soon; once, however often it is asked for while it is being made."""
    wanted = {"person": person, "address": address, "state": State.WAITING}
    try:
        with transaction.atomic():
            download: Download = Download.objects.create(
                **wanted, title_indonesian=title.id, title_en=title.en, file_name=file_name,
                asked_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        download = Download.objects.get(**wanted)
    make_soon(download)
    return download


def make_soon(download: Download) -> None:
    """Queue the writing of a file; once, however often it is asked."""
    key = f"lists.download:{download.pk}"
    job = task("lists.make_download").configure(queueing_lock=key, lock=key)
    queue_once(job, download.person, download_id=download.pk, person_id=download.person_id)


def make(pk: int, *, by: User) -> None:
    """Write the file of a download that waits, as its address answers `by` today."""
    waiting = Download.objects.filter(pk=pk, person=by, state=State.WAITING)
    download = waiting.first()
    if download is None:
        return
    if download.attempts >= MOST_TRIES:
        _fail(waiting, problems.KILLED)
        return
    waiting.update(attempts=F("attempts") + 1, rows=0)
    problem: Message | None = problems.BROKEN
    try:
        size = _keep(file_of(by, download.address, partial(_hear, waiting)), download)
        waiting.update(
            state=State.READY, made_at=timezone.now(), size_bytes=size, sight=sight_of(by)
        )
        problem = None
    except AWAY:
        problem = None  # It waits for its next try.
        raise
    except (BadRequest, PermissionDenied, Http404):
        problem = problems.NO_LONGER
    except Refusal as refusal:
        problem = refusal.message
    except OSError as failed:
        if failed.errno != ENOSPC:
            raise
        problem = problems.FULL_DISK
    finally:
        # Whatever else happened, a living worker leaves no file “being made”.
        if problem:
            _fail(waiting, problem)


def open_file(download: Download, *, by: User) -> BufferedIOBase:
    """Open a file that was made, and record it.

    May refuse: it is gone, or `by` has another role or reach than when it was made.
    """
    if not holds(by, Permission.EXPORT):
        raise PermissionDenied
    path = path_of(download)
    if not path.is_file():
        raise Refusal(problems.GONE)
    if download.sight != sight_of(by):
        raise Refusal(problems.OTHER_SIGHT)
    plain = file_cipher.opened(path)
    record(by, "lists.download", by, file=download.file_name, rows=download.rows)
    return plain


def clear(now: datetime) -> None:
    """Delete what was asked for a day ago, and what people ask who are no longer with us."""
    over = Download.objects.filter(Q(asked_at__lt=now - KEPT) | Q(person__is_active=False))
    for download in over:
        path_of(download).unlink(missing_ok=True)
        download.delete()
    # A database that was restored no longer knows every file, and a killed worker left its draft.
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # A draft that just became a file.
            if path.stat().st_mtime < (now - KEPT).timestamp():
                path.unlink()


def path_of(download: Download) -> Path:
    return folder() / str(download.pk)


def folder() -> Path:
    """Return the folder of the files, made if missing and closed to others."""
    path = Path(settings.DOWNLOADS_FOLDER)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def sight_of(person: User) -> str:
    """Return a digest of what decides which rows a person gets: role and places."""
    sight = person.sight
    places = sorted(sight.provinces), sorted(sight.regencies)
    return hashlib.sha256(repr((str(person.role), sight.country, places)).encode()).hexdigest()


def _keep(response: FileResponse, download: Download) -> int:
    """Write what a response holds to the disk, encrypted; return its size in bytes."""
    file = response.file_to_stream
    assert file is not None
    # The response itself is not closed: that ends a request, and with it this worker's connection.
    with closing(file), drafts.draft_file(folder()) as draft:
        with draft.open("wb") as written:
            file_cipher.encrypt(file, written)
        draft.replace(path_of(download))
        return file.seek(0, os.SEEK_END)


def _hear(waiting: QuerySet[Download], rows: int) -> None:
    waiting.update(rows=rows)


def _fail(waiting: QuerySet[Download], why: Message) -> None:
    waiting.update(state=State.FAILED, problem_indonesian=why.id, problem_en=why.en)

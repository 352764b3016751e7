"""What `pulih check` says beside differences: nothing is wrong yet, but somebody should look."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pulih.common.errors import Message
from pulih.config import settings

BACKUPS = "backups.jsonl"
FILE_COLUMNS = ("stored_name", "checked_name", "picture")  # Of any room; each names an upload.
OLDEST_BACKUP = timedelta(days=2)  # One is made each night.
LEFT = timedelta(days=1)  # What is younger may belong to a transaction that still runs.
MOST_NAMED = 5
STUCK = """
    SELECT task_name, count(*) FROM procrastinate_jobs
    WHERE status = 'doing' AND NOT EXISTS (
        SELECT FROM procrastinate_workers AS w
        WHERE w.id = worker_id AND last_heartbeat > now() - interval '5 minutes'
    ) OR status = 'todo' AND coalesce(scheduled_at, (
        SELECT max(at) FROM procrastinate_events AS e
        WHERE e.job_id = procrastinate_jobs.id
          AND e.type IN ('deferred', 'deferred_for_retry', 'retried')
    )) < now() - interval '1 day'
    GROUP BY task_name ORDER BY task_name
"""
FAILED = """
    SELECT task_name, count(*) FROM procrastinate_jobs
    WHERE status = 'failed' GROUP BY task_name ORDER BY task_name
"""


def note_backup(target: Path) -> None:
    """Keep when a backup was made, where and how large, for `pulih check`."""
    made = {
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": str(target),
        "bytes": target.stat().st_size,
    }
    settings.DATA.logs.mkdir(parents=True, exist_ok=True)
    with (settings.DATA.logs / BACKUPS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(made) + "\n")


def notes() -> Iterator[Message]:
    """Yield a sentence for each thing that somebody should look at; needs Django and the system."""
    yield from _backup()
    yield from _left_files()
    yield from _jobs()
    yield from _clock()


def _backup() -> Iterator[Message]:
    if settings.ARCHIVE:  # It keeps every minute; `/health/` tells when it does not.
        return
    at = last_backup()
    if at is None:
        yield Message(
            "Belum ada cadangan dari folder data ini. Buat satu: pulih backup.",
            "There is no backup of this data folder yet. Make one: pulih backup.",
        )
    elif datetime.now(UTC) - at > OLDEST_BACKUP:
        days = (datetime.now(UTC) - at).days
        yield Message(
            f"Cadangan terakhir berumur {days} hari. Buat yang baru: pulih backup.",
            f"The last backup is {days} days old. Make a new one: pulih backup.",
        )


def last_backup() -> datetime | None:
    """Return when the last backup was made from this data folder; None if none was."""
    path = settings.DATA.logs / BACKUPS
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return datetime.fromisoformat(json.loads(lines[-1])["ended"]) if lines else None


def _left_files() -> Iterator[Message]:
    """Tell of files that no row names: a killed upload, or a restore to an earlier minute."""
    from pulih.inbox import uploads

    named, youngest = _named_files(), time.time() - LEFT.total_seconds()
    left = [
        path.relative_to(uploads.folder()).as_posix()
        for path in uploads.all_files()
        if path.relative_to(uploads.folder()).as_posix() not in named
        and path.stat().st_mtime < youngest
    ]
    if left:
        some = ", ".join(left[:MOST_NAMED]) + ("…" if len(left) > MOST_NAMED else "")
        yield Message(
            f"{len(left)} berkas di uploads/ tidak disebut baris mana pun: {some}",
            f"{len(left)} files in uploads/ are named by no row: {some}",
        )


def _named_files() -> set[str]:
    from django.apps import apps

    found: set[str] = set()
    for model in apps.get_models():
        columns = {field.name for field in model._meta.get_fields()}
        for column in FILE_COLUMNS:
            if column in columns:
                found.update(model._default_manager.values_list(column, flat=True))
    return found


def _jobs() -> Iterator[Message]:
    for task, count in _ask(STUCK):
        yield Message(
            f"{count} pekerjaan latar {task} tertahan: pekerjanya diam, atau menunggu lebih dari"
            " sehari.",
            f"{count} background jobs {task} are stuck: their worker is silent, or they have waited"
            " for more than a day.",
        )
    for task, count in _ask(FAILED):
        yield Message(
            f"{count} pekerjaan latar {task} gagal. Lihat /administration/jobs/.",
            f"{count} background jobs {task} failed. See /administration/jobs/.",
        )


def _clock() -> Iterator[Message]:
    """Tell of a clock that ran backwards: the newest act lies after now, or before an older one."""
    for newest, now in _ask("SELECT max(at), now() FROM audit_event"):
        if newest is not None and newest > now + timedelta(minutes=1):
            yield Message(
                f"Jam mesin ini mundur: tindakan terakhir tercatat {newest:%Y-%m-%d %H:%M} UTC,"
                f" sekarang {now:%Y-%m-%d %H:%M} UTC. Urutan tetap benar; samakan jam dengan NTP.",
                f"This machine's clock runs behind: the last act is recorded at"
                f" {newest:%Y-%m-%d %H:%M} UTC, now it is {now:%Y-%m-%d %H:%M} UTC. The order stays"
                " right; set the clock by NTP.",
            )


def _ask(query: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())

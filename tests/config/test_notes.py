"""What `pulih check` says beside differences: backups, files without rows, jobs, the clock."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pulih.common.errors import Message
from pulih.config import notes, reconcile, settings
from pulih.config.data_folder import DataFolder
from pulih.inbox import uploads

pytestmark = pytest.mark.django_db
OLD = 2 * 86_400


def said() -> str:
    return "\n".join(note.en for note in notes.notes())


@pytest.fixture
def data(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    monkeypatch.setattr("pulih.config.settings.DATA", DataFolder(tmp_path))
    monkeypatch.setattr("pulih.config.settings.ARCHIVE", "")
    return tmp_path


def test_a_missing_or_old_backup_is_named(data):
    assert "no backup of this data folder" in said()
    target = data / "night.backup"
    target.write_bytes(b"x")
    notes.note_backup(target)
    assert "backup" not in said()
    log = settings.DATA.logs / notes.BACKUPS
    then = (datetime.now(UTC) - timedelta(days=9, hours=1)).isoformat(timespec="seconds")
    log.write_text(f'{{"ended": "{then}"}}\n')
    assert "last backup is 9 days old" in said()


def test_a_file_that_no_row_names_is_told_of_after_a_day(data):
    path = uploads.folder() / "ab" / "abandoned.pdf"
    path.parent.mkdir()
    path.write_bytes(b"x")
    assert "abandoned" not in said()
    stat = path.stat()
    os.utime(path, (stat.st_atime - OLD, stat.st_mtime - OLD))
    assert "1 files in uploads/ are named by no row: ab/abandoned.pdf" in said()


def test_jobs_that_are_stuck_or_failed_are_counted_by_task(data):
    insert = (
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, scheduled_at)"
        " VALUES ('default', %s, %s::procrastinate_job_status, '{}', %s)"
    )
    long_ago = datetime.now(UTC) - timedelta(days=2)
    with connection.cursor() as cursor:
        cursor.execute(insert, ["a.waits", "todo", long_ago])
        cursor.execute(insert, ["a.waits", "todo", None])
        cursor.execute(insert, ["a.lost", "doing", None])
        cursor.execute(insert, ["a.failed", "failed", None])
    found = said()
    assert "1 background jobs a.waits are stuck" in found
    assert "1 background jobs a.lost are stuck" in found
    assert "1 background jobs a.failed failed" in found


def test_a_clock_that_runs_behind_the_record_is_named(data):
    assert "clock" not in said()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, verb, subject_type, subject_id, detail)"
            " VALUES (now() + interval '3 hours', 'a.b', 'a.b', '1', '{}')"
        )
    assert "clock runs behind" in said()


def test_notes_come_last_and_are_no_difference():
    counted = {"budget": {Message("ayat", "entries"): 1}}
    shown = reconcile.in_words((), counted, "en", ["a note"])
    assert shown.startswith("Everything agrees.")
    assert shown.endswith("To look at, no differences:\n  a note")
    assert json.loads(reconcile.in_json((), counted, ["a note"]))["notes"] == ["a note"]

"""Why a job failed, written into the record, so that its page can tell."""

from __future__ import annotations

import traceback
from typing import Any

from asgiref.sync import sync_to_async
from procrastinate import JobContext
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from pulih.audit.actions import record
from pulih.audit.models import Event
from pulih.common.errors import Message, Refusal
from pulih.people.scope import speaking_as_system

FAILED = "administration.job_failed"
OURS = "/pulih/"


async def keep_why(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Run a job as a worker's middleware, and keep the reason when it fails."""
    try:
        return await call_next()
    except JobAborted:
        raise
    except Exception as failed:
        await sync_to_async(record_failure)(context.job.id, failed)
        raise


def record_failure(number: int | None, failed: Exception) -> None:
    job = ProcrastinateJob.objects.filter(pk=number).first()
    if job is None:
        return
    said = _words(failed)
    with speaking_as_system() as system:
        record(system, FAILED, job, task=job.task_name, id=said.id, en=said.en)


def why(job: ProcrastinateJob) -> Message | None:
    """Return why a job failed the last time; None when nothing was kept."""
    event = Event.objects.filter(verb=FAILED, subject_id=str(job.pk)).order_by("-id").first()
    return Message(event.detail["id"], event.detail["en"]) if event else None


def _words(failed: Exception) -> Message:
    """Say what failed. An error's own words may hold a person's data: they stay in the log."""
    if isinstance(failed, Refusal):
        return failed.message
    kind, place = type(failed).__name__, _place(failed)
    return Message(
        id=f"Kesalahan program ({kind} di {place}). Laporkan kepada pengembang; rinciannya di"
        " catatan pekerja.",
        en=f"A fault of the program ({kind} at {place}). Report it to the developers; the details"
        " are in the worker's log.",
    )


def _place(failed: Exception) -> str:
    """Return file and line of our own code nearest to the failure."""
    frames = traceback.extract_tb(failed.__traceback__)
    ours = [one for one in frames if OURS in one.filename] or frames
    if not ours:
        return "?"
    return f"{ours[-1].filename.rpartition(OURS)[2]}:{ours[-1].lineno}"

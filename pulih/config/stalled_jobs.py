"""Jobs whose worker was killed are taken up again; one that kills its workers is given up."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

MOST_ATTEMPTS = 3
SILENT_SECONDS = 30.0
log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="stalled jobs", pass_context=True)
async def look_for_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: take up what a worker that fell silent has left."""
    await take_up_again(SILENT_SECONDS)


async def take_up_again(silent_seconds: float, queue: str | None = None) -> None:
    """Put the jobs of workers that have been silent so long back into the queue.

    queue: only the jobs of this one; None: of all.
    """
    manager = app.job_manager
    stalled = await manager.get_stalled_jobs(queue=queue, seconds_since_heartbeat=silent_seconds)
    for job in stalled:
        if job.attempts >= MOST_ATTEMPTS:
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            log.error("job given up", job=job.id, task=job.task_name, attempts=job.attempts)
        elif await _put_back(job):
            log.warning("job taken up again", job=job.id, task=job.task_name)
        else:
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
            log.warning("job dropped: its twin waits", job=job.id, task=job.task_name)
    # Never sooner: the worker of another queue, though alive, would lose its jobs.
    await manager.prune_stalled_workers(max(silent_seconds, SILENT_SECONDS))


async def _put_back(job: Job) -> bool:
    """Put a job back into its queue; tell whether it could be.

    A job with a queueing lock cannot go back while another with that lock waits: the other will do
    the work. Without this, such a pair ended the start of every worker from then on.
    """
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        return False
    return True

"""What an administrator does with a job of the background: take it up again, cancel it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.permissions import Permission, holds

from .words import state_in_words


@transaction.atomic
def retry(job: ProcrastinateJob, *, by: User) -> None:
    """Put a failed job back into its queue. May refuse."""
    _require_administrator(by)
    _require_state(job, "failed", _("Only failed work is taken up again."))
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, retry_at=timezone.now())
    except (ConnectorException, IntegrityError):
        raise Refusal(_("The same work waits already. It will do what this one left.")) from None
    record(by, "administration.retry_job", job, task=job.task_name)


@transaction.atomic
def cancel(job: ProcrastinateJob, *, by: User) -> None:
    """Cancel a job that waits. May refuse."""
    _require_administrator(by)
    _require_state(job, "todo", _("Only waiting work can be cancelled."))
    if not app.job_manager.cancel_job_by_id(job.pk):
        raise Refusal(_("A worker has just taken it. Look again in a moment."))
    record(by, "administration.cancel_job", job, task=job.task_name)


def _require_administrator(by: User) -> None:
    if not holds(by, Permission.MANAGE_JOBS):
        raise PermissionDenied


def _require_state(job: ProcrastinateJob, wanted: str, rule: str) -> None:
    if job.status != wanted:
        now = _("This one is %(state)s.") % {"state": state_in_words(job.status)}
        raise Refusal(f"{rule} {now}")

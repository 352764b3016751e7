"""Pages for administrators and auditors: who did what, and the work in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from pulih.common.errors import Refusal
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.actions import add_person
from pulih.people.forms import PersonForm
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page

from . import actions, by_day, failures, lists, room_checks, unconfirmed
from .lists import JOBS, PEOPLE, RECORD
from .words import event_in_words, state_in_words, task_in_words

DAYS = 30  # Of the record, told in its first sentence.


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_PEOPLE)
def show_people(request: PersonRequest) -> HttpResponseBase:
    """List everybody; add one. The first password is shown on the answer and nowhere again."""
    today = timezone.localdate()
    form = PersonForm(request.POST or None, today=today)
    if added := carried_out(form, partial(add_person, by=request.user, today=today)):
        form = PersonForm(today=today)
    return pages.answer(
        request,
        PEOPLE,
        "administration/people.html",
        "administration/_people.html",
        {"form": form, "added": added},
    )


@require_safe
def show_record(request: PersonRequest) -> HttpResponseBase:
    """List who did what, the newest first, below what the last days came to."""
    today = timezone.localdate()
    since = today - timedelta(days=DAYS)
    context = {"lately": lists.lately(since), "since": since, "days": DAYS}
    context |= by_day.chart(since, today)
    return pages.answer(request, RECORD, "administration/record.html", context=context)


@require_safe
@permission_required(Permission.MANAGE_REFERENCES)
def show_unconfirmed(request: PersonRequest) -> HttpResponseBase:
    """List what nobody has compared with its source yet, and what would settle it."""
    language = request.LANGUAGE_CODE
    rows = [
        [one.where.in_language(language), one.what.in_language(language),
         one.settle.in_language(language), one.source]
        for one in unconfirmed.every()
    ]  # fmt: skip
    return render_page(
        request, "administration/unconfirmed.html", "administration/_unconfirmed.html",
        {"groups": [(where, list(group)) for where, group in groupby(rows, lambda row: row[0])],
         "count": len(rows)},
    )  # fmt: skip


@require_safe
@permission_required(Permission.SEE_AUDIT)
def show_checks(request: PersonRequest) -> HttpResponseBase:
    """Show what every room said when its totals were last checked."""
    found = room_checks.runs()
    context = {"checked": found[0] if found else None, "earlier": found[1:]}
    return render_page(
        request, "administration/checks.html", "administration/_checks.html", context
    )


@require_POST
@permission_required(Permission.SEE_AUDIT)
def run_checks(request: PersonRequest) -> HttpResponseBase:
    """Let every room be checked in the background."""
    room_checks.ask(by=request.user)
    messages.success(request, _("Every room is being checked; reload this page in a minute."))
    return go_to(request, reverse("administration:checks"))


@require_safe
def show_jobs(request: PersonRequest) -> HttpResponseBase:
    """List the work in the background, the newest first."""
    return pages.answer(request, JOBS)


@require_safe
@permission_required(Permission.MANAGE_JOBS)
def show_job(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one job and its story."""
    job = get_object_or_404(ProcrastinateJob, pk=pk)
    events = ProcrastinateEvent.objects.filter(job=job).order_by("at", "id")
    context = {
        "job": job,
        "work": task_in_words(job.task_name),
        "state": state_in_words(job.status),
        "story": [(one.at, event_in_words(one.type)) for one in events],
        "reason": _reason(request, job),
        "asked_by": User.objects.filter(pk=job.args.get("person_id")).first(),
    }
    return render_page(request, "administration/job.html", "administration/_job.html", context)


def _reason(request: PersonRequest, job: ProcrastinateJob) -> str:
    kept = failures.why(job) if job.status == "failed" else None
    return kept.in_language(request.LANGUAGE_CODE) if kept else ""


@require_POST
@permission_required(Permission.MANAGE_JOBS)
def retry_job(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _moved(request, pk, actions.retry)


@require_POST
@permission_required(Permission.MANAGE_JOBS)
def cancel_job(request: PersonRequest, pk: int) -> HttpResponseBase:
    return _moved(request, pk, actions.cancel)


def _moved(request: PersonRequest, pk: int, act: Callable[..., None]) -> HttpResponseBase:
    try:
        act(get_object_or_404(ProcrastinateJob, pk=pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(request.LANGUAGE_CODE))
    return go_to(request, reverse("administration:job", args=[pk]))

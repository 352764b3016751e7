"""The list of delivered files with the drop zone, and one file with what came of it."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.common.errors import Refusal
from pulih.inbox import actions, jobs, results, understood
from pulih.inbox.decisions import WITHDRAWING
from pulih.inbox.figures import REFUSED, REJECTED
from pulih.inbox.forms import DeliveryForm
from pulih.inbox.lists import BATCHES
from pulih.inbox.models import ImportBatch, State
from pulih.inbox.states import FILE
from pulih.lists import pages
from pulih.lists.figures import state
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds, may
from pulih.web.as_of import as_of, today_only
from pulih.web.figures import Counts
from pulih.web.page import go_to, render_page, stop_polling
from pulih.workflow.reads import Deciding, deciding

from .lookups import acting, batch_of, language, reading


@require_GET
@reading
def batches(request: PersonRequest) -> HttpResponseBase:
    """List delivered files, newest first, beside the place to drop others."""
    context = {
        "delivery": _delivery(request),
        "refused": state(REFUSED, request.user, today_only()),
        "rejected": state(REJECTED, request.user, today_only()),
    }
    return pages.answer(request, BATCHES, "inbox/list.html", "inbox/_batches.html", context)


def _delivery(request: PersonRequest) -> DeliveryForm | None:
    """Return the form of who may deliver; auditors read and send nothing."""
    if not holds(request.user, Permission.DELIVER_FILES):
        return None
    return DeliveryForm(person=request.user, day=as_of(request).day)


@require_POST
@acting
def deliver(request: PersonRequest) -> HttpResponseBase:
    """Take dropped files, one by one: a refused one does not keep the others out."""
    form = DeliveryForm(request.POST, person=request.user, day=as_of(request).day)
    files = request.FILES.getlist("files")
    if not form.is_valid() or not files:
        problem = _("Choose at least one file.") if form.is_valid() else _first_error(form)
        messages.error(request, problem)
        return go_to(request, reverse("inbox:list"))
    taken = [batch for file in files if (batch := _take(request, file, form.cleaned_data))]
    for batch in taken:
        jobs.read_soon(batch)
    if len(taken) == 1:
        return go_to(request, reverse("inbox:batch", args=[taken[0].pk]))
    return go_to(request, reverse("inbox:list"))


def _take(request: PersonRequest, file: Any, asked: dict[str, Any]) -> ImportBatch | None:
    try:
        return actions.deliver(file, by=request.user, **asked)
    except Refusal as refusal:
        said = refusal.message.in_language(language(request))
        messages.error(request, f"{file.name}: {said}")
        return None


def _first_error(form: DeliveryForm) -> str:
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {errors[0]}"


def _deciding(request: PersonRequest, found: ImportBatch) -> Deciding | None:
    """Return the decision to withdraw; None for a file that does not count."""
    if found.state != State.DONE or not found.is_newest:
        return None
    return deciding(WITHDRAWING, found.pk, request.user, found.office)


@require_GET
@reading
def batch(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one file: how far its reading is, why it was refused, or what came of it."""
    found = batch_of(request, pk)
    spoken = language(request)
    context = {
        **_about(request, found),
        "troubles": results.troubles(found, spoken),
        **_understood(found, spoken),
        "left_out": results.left_out(found),
        "meanings": results.meanings(found, spoken),
        "made_of_it": results.made_of_it(found),
        "others": ImportBatch.objects.visible_to(request.user)
        .exclude(pk=pk)
        .select_related("progress")
        .in_order()[:4],
    }
    return render_page(request, "inbox/batch.html", "inbox/_batch.html", context)


def _understood(found: ImportBatch, spoken: str) -> dict[str, Any]:
    tables = understood.tables(found, spoken)
    return {
        "tables": tables,
        "asked": sum(table.asked for table in tables),
        "unsure": sum(table.is_unsure for table in tables),
    }


def _about(request: PersonRequest, found: ImportBatch) -> dict[str, Any]:
    may_act = may(request.user, Permission.DELIVER_FILES, found.office)
    next_url = reverse("inbox:batch", args=[found.pk])
    english = language(request).startswith("en")
    return {
        "batch": found,
        "row_counts": Counts(found.accepted, found.corrected, found.rejected),
        "problem": found.problem_en if english else found.problem_indonesian,
        "progress": results.progress(found, next_url),
        "tone": FILE.state(found.state).tone,
        "newer": found.superseded_by.filter(state=State.DONE).order_by("-id").first(),
        "deciding": _deciding(request, found),
        "may_restore": may_act and found.state == State.WITHDRAWN and found.rows > 0,
        "may_stop": may_act and found.is_unfinished,
        "may_map": may_act and not found.is_unfinished and found.is_newest,
    }


@require_GET
@reading
def progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer with the progress bar alone; the last answer opens the page again."""
    found = batch_of(request, pk)
    context = _about(request, found)
    response = render_page(request, "inbox/progress.html", "inbox/_progress.html", context)
    if not found.is_unfinished and "HX-Request" in request.headers:
        response.status_code = stop_polling()
    return response

"""Lists that applicants are compared with: delivered small or large, and what came of a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web import numbers
from pulih.web.answers import carried_out
from pulih.web.figures import Progress
from pulih.web.page import go_to, render_page, stop_polling

from .. import lookups
from ..actions import comparisons, list_files
from ..applicant_forms import ComparisonForm
from ..applicant_lists import COMPARISONS, LIST_FILES, with_areas
from ..clock import now
from ..models import ComparisonList, ListFile, ListFileState
from ..rules.binding import ages_on


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_comparisons(request: PersonRequest) -> HttpResponseBase:
    """List the lists that people are compared with: their source, day and coverage."""
    context = {"may_deliver": _may_deliver(request)}
    return pages.answer(request, COMPARISONS, "delivery/comparisons.html", context=context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def add_comparison(request: PersonRequest) -> HttpResponseBase:
    """Take a list in, or say what is wrong with it and store nothing."""
    if not _may_deliver(request):
        raise PermissionDenied
    form = ComparisonForm(request.user, request.POST or None, request.FILES or None)
    moment = now(request)
    today = timezone.localtime(moment).date()

    def act(**_typed: Any) -> Any:
        take = list_files.deliver if form.is_large else comparisons.take_in
        return take(**form.given, by=request.user, now=moment, today=today)

    made = carried_out(form, act)
    if isinstance(made, ListFile):
        return go_to(request, reverse("delivery:list-file", args=[made.pk]))
    if made:
        for said in _warnings(made, today):
            messages.warning(request, said)
        return go_to(request, reverse("delivery:comparisons"))
    return render_page(
        request, "delivery/comparison.html", "delivery/_file_form.html", {"form": form}
    )


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list_files(request: PersonRequest) -> HttpResponseBase:
    """List the large files: which are being read, taken or refused."""
    return pages.answer(request, LIST_FILES, "delivery/list_files.html")


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show how far the reading of a large file is, why it was refused, or what came of it."""
    file = lookups.list_file_of(request.user, pk)
    place = 1 if get_language() == "en" else 0
    context = {
        "file": file,
        "progress": _progress(file),
        "problem": (file.problem_indonesian, file.problem_en)[place],
        "faults": [one[place] for one in file.faults],
        "more": file.fault_count - len(file.faults),
        "warnings": _warnings(file.made, timezone.localtime(now(request)).date()),
        "shown": with_areas(None, [file])[0],
    }
    return render_page(request, "delivery/list_file.html", "delivery/_list_file.html", context)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list_file_progress(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer with the progress bar alone; the last answer opens the page again."""
    file = lookups.list_file_of(request.user, pk)
    context = {"file": file, "progress": _progress(file)}
    answer = render_page(
        request, "delivery/list_file_progress.html", "delivery/_list_file_progress.html", context
    )
    if file.state != ListFileState.WAITING and "HX-Request" in request.headers:
        answer.status_code = stop_polling()
    return answer


def _progress(file: ListFile) -> Progress:
    return Progress(
        done=file.rows_read,
        total=file.rows_expected,
        unit=_("rows"),
        is_done=file.state != ListFileState.WAITING,
        next_url=reverse("delivery:list-file", args=[file.pk]),
    )


def _warnings(made: ComparisonList | None, today: date) -> list[str]:
    if made is None:
        return []
    return [said for said in (_of_age(made, today), _of_replaced(made)) if said]


def _of_age(made: ComparisonList, today: date) -> str:
    """Say at once that a list answers no check of today any more; old checks may still ask it."""
    days = ages_on(today)[made.kind]
    if today <= made.as_of + timedelta(days=days):
        return ""
    said = _(
        "This list is of %(day)s; after %(n)s days it answers no check any more, and who is "
        "checked today stays unknown. Ask for a newer one."
    )
    return said % {"day": numbers.day(made.as_of), "n": days}


def _of_replaced(made: ComparisonList) -> str:
    """Say that a list of the same day no longer counts: its file may have been a part only."""
    same = comparisons.same_lists(made.kind, made.as_of, made.covers).filter(pk__lt=made.pk)
    before = None if made.part_of_id else same.order_by("pk").last()
    if before is None:
        return ""
    said = _(
        "This list takes the place of that of the same day, which had %(n)s rows. If it is a "
        "further file of the same list, deliver both again and say so at the second."
    )
    return said % {"n": numbers.whole(before.row_count)}


def _may_deliver(request: PersonRequest) -> bool:
    sight = request.user.sight
    wide = sight.country or bool(sight.provinces)
    return wide and may(
        request.user,
        Permission.RUN_ACTIVITIES,
        None if sight.country else lookups.area(min(sight.provinces)),
    )

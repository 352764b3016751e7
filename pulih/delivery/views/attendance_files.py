"""Attendance out of a file: it is taken in, then an officer says who each of its names is."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.inbox.uploads import opened
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.kept_files import attachment
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import attendance_files as actions
from ..attendance_forms import AttendanceFileForm, WhoForm
from ..clock import now
from ..reads.attendance_files import names_of, other_session_of
from .attendance import page_of


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def take_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a file in; what it says is marked on the next page alone."""
    cohort = lookups.cohort_of(request.user, pk)
    form = AttendanceFileForm(cohort, request.POST, request.FILES)
    made = carried_out(form, partial(actions.take_in, by=request.user, now=now(request)))
    if made is None:
        return page_of(request, cohort, file_form=form)
    return go_to(request, reverse("delivery:attendance-file", args=[made.pk]))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def match_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Ask who each name of a file is, and mark it."""
    file = lookups.attendance_file_of(request.user, pk)
    names = names_of(file)
    people = list(file.cohort.participants.seated().select_related("person").order_by("number"))
    other = other_session_of(file)
    form = WhoForm(names, people, request.POST or None, is_used=other is not None)
    act = partial(actions.mark, file, by=request.user, now=now(request))
    if request.method == "POST" and (marked := carried_out(form, act)):
        said = ngettext("%(n)d person marked.", "%(n)d people marked.", marked)
        messages.success(request, said % {"n": marked})
        return go_to(request, reverse("delivery:attendance", args=[file.cohort_id]))
    context = {
        "file": file,
        "form": form,
        "rows": [(one, form[f"name_{at}"]) for at, one in enumerate(names)],
        "is_marked": file.marks.exists(),
        "other": other,
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, file.regency),
    }
    return render_page(
        request, "delivery/attendance_file.html", "delivery/_attendance_file.html", context
    )


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def download_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a file as it was sent."""
    file = lookups.attendance_file_of(request.user, pk)
    return attachment(opened(file.stored_name), file.file_name)

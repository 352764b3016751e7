"""A class's attendance as the office sees it, what two devices say differently, and its links."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import attendance as actions
from ..attendance_forms import AttendanceFileForm, PhotoForm
from ..clock import now
from ..forms import CorrectionForm, EndLinkForm, LinkForm
from ..lists import MARKS
from ..models import Cohort
from ..purposes import ATTENDANCE
from ..reads.attendance import of_cohort
from ..reads.field import closes_at
from ..rules.completion import rule_on
from . import linking


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_marks(request: PersonRequest) -> HttpResponseBase:
    """List every mark within sight, as it was pressed."""
    return pages.answer(request, MARKS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_attendance(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show who came to which session, and who completed the training."""
    return page_of(request, lookups.cohort_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def correct(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what is right, and how the office knows."""
    cohort = lookups.cohort_of(request.user, pk)
    form = CorrectionForm(cohort, request.POST)
    if carried_out(form, partial(actions.correct, by=request.user, now=now(request))):
        return go_to(request, reverse("delivery:attendance", args=[pk]))
    return page_of(request, cohort, correction_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a trainer a link to the class; its address is shown this once."""
    cohort = lookups.cohort_of(request.user, pk)
    form = LinkForm(request.POST)
    made = linking.given(request, form, ATTENDANCE, pk, cohort.regency, closes_at(cohort))
    if made is None:
        return page_of(request, cohort, link_form=form)
    return page_of(request, cohort, given=made)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def end_link(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a link at once."""
    cohort = lookups.cohort_of(request.user, pk)
    form = EndLinkForm(request.POST)
    if linking.ended(request, linking.links_of(request, ATTENDANCE, pk), link, form):
        return go_to(request, reverse("delivery:attendance", args=[pk]))
    return page_of(request, cohort, refused=form)


def page_of(request: PersonRequest, cohort: Cohort, **more: Any) -> HttpResponseBase:
    """Show a class's attendance, with what was typed on its page and refused."""
    found = of_cohort(cohort)
    context = {
        "cohort": cohort,
        "attendance": found,
        "outcomes": found.outcomes(),
        "share": float(rule_on(cohort.activity.starts_on).share),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, cohort.regency),
        **linking.context(linking.links_of(request, ATTENDANCE, cohort.pk)),
        "correction_form": CorrectionForm(cohort),
        "file_form": AttendanceFileForm(cohort),
        "files": cohort.attendance_files.select_related("session").order_by("-pk"),
        "photo_form": PhotoForm(cohort),
        "photos": cohort.photos.select_related("session").order_by("session__day", "pk"),
        **more,
    }
    return render_page(request, "delivery/attendance.html", "delivery/_attendance.html", context)

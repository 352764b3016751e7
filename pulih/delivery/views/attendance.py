"""A class's attendance as the office sees it, what two devices say differently, and its links."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, may
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import attendance as actions
from ..clock import now
from ..forms import CorrectionForm, EndLinkForm, LinkForm
from ..lists import MARKS
from ..models import Cohort
from ..purposes import ATTENDANCE
from ..reads.attendance import of_cohort
from ..reads.field import closes_at
from ..rules.completion import rule_on
from .answering import carried_out


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_marks(request: PersonRequest) -> HttpResponseBase:
    """List every mark within sight, as it was pressed."""
    return pages.answer(request, MARKS)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_attendance(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show who came to which session, and who completed the training."""
    return _page(request, lookups.cohort_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def correct(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what is right, and how the office knows."""
    cohort = lookups.cohort_of(request.user, pk)
    form = CorrectionForm(cohort, request.POST)
    if carried_out(form, partial(actions.correct, by=request.user, now=now(request))):
        return go_to(request, reverse("delivery:attendance", args=[pk]))
    return _page(request, cohort, correction_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a trainer a link to the class; its address is shown this once."""
    cohort = lookups.cohort_of(request.user, pk)
    form = LinkForm(request.POST)
    # A link opens by the true clock, for PostgreSQL asks no other; a scenario plays on its own.
    moment = timezone.now()
    act = partial(
        links.give, ATTENDANCE, subjects=[cohort.pk], area=cohort.regency, valid_from=moment,
        valid_to=closes_at(cohort) + (moment - now(request)), by=request.user, now=moment,
    )  # fmt: skip
    given = carried_out(form, act)
    if given is None:
        return _page(request, cohort, link_form=form)
    link, address = given
    whole = request.build_absolute_uri(reverse("links:open", args=[address]))
    return _page(request, cohort, given=(link, whole))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def end_link(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a link at once."""
    cohort = lookups.cohort_of(request.user, pk)
    found = get_object_or_404(_links(request, cohort), pk=link)
    form = EndLinkForm(request.POST)
    if carried_out(form, partial(links.revoke, found, by=request.user, now=timezone.now())):
        return go_to(request, reverse("delivery:attendance", args=[pk]))
    return _page(request, cohort, refused=form)


def _links(request: PersonRequest, cohort: Cohort) -> Any:
    rows = Link.objects.visible_to(request.user).filter(purpose=ATTENDANCE.key)
    return rows.filter(subjects__contains=[cohort.pk]).order_by("-pk")


def _page(request: PersonRequest, cohort: Cohort, **more: Any) -> HttpResponseBase:
    found = of_cohort(cohort)
    context = {
        "cohort": cohort,
        "attendance": found,
        "outcomes": found.outcomes(),
        "share": float(rule_on(cohort.activity.starts_on).share),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, cohort.regency),
        "links": _links(request, cohort).select_related("revoked_by"),
        "moment": timezone.now(),
        "correction_form": CorrectionForm(cohort),
        "link_form": LinkForm(),
        "given": None,
        "refused": None,
        **more,
    }
    return render_page(request, "delivery/attendance.html", "delivery/_attendance.html", context)

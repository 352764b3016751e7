"""Application forms of an activity: the office gives, prints and ends them; anybody applies."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.documents.seals import drawn
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.address import digest_of, key_of
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, holds
from pulih.people.scope import speaking_as_system
from pulih.web import throttle
from pulih.web.answers import carried_out
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import applying as actions
from ..actions.activities import place_of
from ..apply_forms import ApplyForm, GiveFormForm, PosterForm
from ..clock import day_in, now
from ..documents.poster import pdf
from ..forms import EndLinkForm
from ..models import Activity, Applicant
from ..purposes import APPLY
from . import linking

SENDINGS = 10  # In a minute, of one address of the network by one form.


@require_safe
@permission_required(Permission.RUN_ACTIVITIES)
def show_forms(request: PersonRequest, pk: int) -> HttpResponseBase:
    """List the forms of an activity, and how many came by each."""
    return _forms_page(request, lookups.activity_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_form(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give a form; its address and square code are shown this once."""
    activity = lookups.activity_of(request.user, pk)
    moment = now(request)
    today = day_in(activity.province_id, moment)
    form = GiveFormForm(request.user, activity, today, request.POST)
    act = partial(
        actions.give_form, activity, by=request.user, now=moment, today=today,
        opens=timezone.now(),
    )  # fmt: skip
    made = carried_out(form, act)
    if made is None:
        return _forms_page(request, activity, link_form=form)
    address = request.build_absolute_uri(reverse("links:open", args=[made[1]]))
    return _forms_page(request, activity, made=made[0], address=address, square=_square(address))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def end_form(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a form at once."""
    activity, form = lookups.activity_of(request.user, pk), EndLinkForm(request.POST)
    if linking.ended(request, linking.links_of(request, APPLY, pk), link, form):
        return go_to(request, reverse("delivery:forms", args=[pk]))
    return _forms_page(request, activity, refused=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def poster(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer a poster with the square code of a form whose address the page still shows."""
    activity, form = lookups.activity_of(request.user, pk), PosterForm(request.POST)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    digest = digest_of(key_of(address.rpartition("/l/")[2].strip("/")))
    link = get_object_or_404(linking.links_of(request, APPLY, pk), digest=digest, revoked_at=None)
    # The last day on the clock of the house, which a link does not go by. It ends before valid_to.
    last = link.valid_to - (timezone.now() - now(request)) - timedelta(minutes=1)
    made = pdf(activity, link, address, day_in(activity.province_id, last))
    return made_file(made, f"formulir-{link.pk}.pdf")


@require_http_methods(["GET", "POST"])
@by_link(APPLY)
def apply_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Ask who applies; answer an application with its receipt, shown this once."""
    with speaking_as_system():  # The link reads nothing itself; the activity is named for it.
        activity = Activity.objects.select_related("province", "regency").get(pk=link.subjects[0])
        moment = now(request)
        today = day_in(activity.province_id, moment)
        form = ApplyForm(link, activity, today, request.POST or None)
        is_sent = request.method == "POST" and form.is_valid()
    if is_sent and not _is_too_often(request, link, form):
        made = _applied(link, activity, form, today)
        if made is not None:
            return _receipt(request, link, activity, form, made)
    context = {"link": link, "activity": activity, "place": place_of(activity), "form": form}
    return render_page(request, "delivery/apply.html", "delivery/_apply.html", context)


def _applied(link: Link, activity: Activity, form: ApplyForm, today: date) -> Applicant | None:
    # A link opens by the true clock, for PostgreSQL asks no other; a scenario plays on its own.
    act = partial(actions.apply, link, activity, today=today, now=timezone.now())
    made: Applicant | None = carried_out(form, act)
    return made


def _is_too_often(request: LinkRequest, link: Link, form: ApplyForm) -> bool:
    client = request.META.get("REMOTE_ADDR", "")
    if not throttle.is_over(f"apply:{link.pk}:{client}", SENDINGS):
        return False
    form.add_error(None, _("Too many applications came from here. Wait a minute and send again."))
    return True


def _receipt(
    request: LinkRequest, link: Link, activity: Activity, form: ApplyForm, made: Applicant
) -> HttpResponseBase:
    said = form.cleaned_data["said"]
    address = request.build_absolute_uri(reverse("links:open", args=[form.cleaned_data["secret"]]))
    context = {
        "link": link,
        "activity": activity,
        "name": said.name,
        "number": made.pk,
        "applied_on": made.applied_on,
        "address": address,
        "square": _square(address),
    }
    return render_page(request, "delivery/applied.html", "delivery/_applied.html", context)


def _square(address: str) -> str:
    """Return the square code of an address, for the `src` of an image."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn(address).encode()).decode()


def _forms_page(request: PersonRequest, activity: Activity, **more: Any) -> HttpResponseBase:
    rows = linking.links_of(request, APPLY, activity.pk)
    came = Applicant.objects.visible_to(request.user).filter(activity=activity, link__in=rows)
    counts: dict[int, int] = dict(came.values_list("link").annotate(n=Count("pk")).order_by())
    context = {
        **linking.context(rows),
        "activity": activity,
        "place": place_of(activity),
        "came": [(one, counts.get(one.pk, 0)) for one in rows],
        "may_run": holds(request.user, Permission.RUN_ACTIVITIES),
        "link_form": GiveFormForm(
            request.user, activity, day_in(activity.province_id, now(request))
        ),
        "made": None,
        "address": "",
        "square": "",
        **more,
    }
    return render_page(request, "delivery/forms.html", "delivery/_forms.html", context)

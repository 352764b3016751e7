"""Access links that an office gives to makers and buyers: shown once, listed, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links import actions
from pulih.people.links.models import Link
from pulih.people.links.purposes import LinkPurpose, find
from pulih.people.permissions import Permission, may, require
from pulih.web.answers import first_error_named, is_done
from pulih.web.page import go_to, render_page
from pulih.workflow.typed_again import back_with_typed

from ..forms import ReasonForm
from ..links import ANSWER, BUYING, CAPACITY, READINESS
from ..models import Order, Run

TO_ANSWER = ("offered", "accepted", "confirmed")
MOST_GIVEN = 200  # On one page; the button then gives the rest.
PAGES = {
    ANSWER.key: "market:order",
    BUYING.key: "market:buyer",
    READINESS.key: "market:firm-readiness",
    CAPACITY.key: "market:of-enterprise",
}


def given_to(request: PersonRequest, purpose: LinkPurpose, subject: int) -> dict[str, Any]:
    """What the card of links needs: those of one order or buyer that open now."""
    rows = Link.objects.visible_to(request.user).filter(purpose=purpose.key)
    links = rows.filter(subjects__contains=[subject]).open_at(timezone.now())
    return {"links": links.prefetch_related("uses").order_by("-pk"), "address": ""}


def new_address(
    request: PersonRequest, purpose: LinkPurpose, subject: int, *, holder: str, area: Area | None
) -> str:
    """Give a link and return its whole address, which is kept nowhere. May refuse."""
    now: datetime = timezone.now()
    _link, secret = actions.give(
        purpose,
        holder=holder[:120],
        subjects=[subject],
        area=area,
        valid_from=now,
        valid_to=now + timedelta(purpose.longest_days),
        by=request.user,
        now=now,
    )
    return request.build_absolute_uri(reverse("links:open", args=[secret]))


@dataclass(frozen=True)
class GivenLink:
    """One order with the address that its supplier gets."""

    order: Order
    address: str

    @property
    def phone(self) -> str:
        return (self.order.enterprise.phone or "") if self.order.enterprise else ""


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def give_run_links(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give every supplier of a match that has none an address at once; each is shown this once."""
    run = get_object_or_404(Run.objects.visible_to(request.user), pk=pk)
    waiting = Order.objects.visible_to(request.user).filter(run=run, state__in=TO_ANSWER)
    related = ("enterprise__regency", "group", "regency", "need__buyer", "need__product")
    own = [
        one
        for one in waiting.select_related(*related).order_by("regency__sort_key", "pk")
        if may(request.user, Permission.KEEP_CAPACITIES, one.regency)
    ]
    known = Link.objects.visible_to(request.user).filter(purpose=ANSWER.key)
    rows = known.open_at(timezone.now()).values_list("subjects", flat=True)
    has_one = {subject for subjects in rows for subject in subjects}
    new = [one for one in own if one.pk not in has_one]
    given = [
        GivenLink(one, new_address(request, ANSWER, one.pk, holder=one.supplier, area=one.regency))
        for one in new[:MOST_GIVEN]
    ]
    context = {
        "run": run,
        "given": given,
        "before": len(own) - len(new),
        "left": len(new) - len(given),
    }
    return render_page(request, "market/run_links.html", "market/_run_links.html", context)


@require_POST
@permission_required(Permission.SEE_MARKET)
def end_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """End a link at once, as when it was forwarded or its phone is lost."""
    rows = Link.objects.visible_to(request.user).filter(purpose__in=PAGES)
    link: Link = get_object_or_404(rows, pk=pk)
    purpose = find(link.purpose)
    assert purpose is not None
    require(request.user, purpose.permission, link.area)
    form = ReasonForm(request.POST)
    back = reverse(PAGES[link.purpose], args=[link.subjects[0]])
    if not is_done(form, partial(actions.revoke, link, by=request.user, now=timezone.now())):
        return back_with_typed(request, _problem(form), back)
    messages.success(request, _("The link is ended: its address opens nothing any more."))
    return go_to(request, back)


def _problem(form: forms.Form) -> str:
    if form.has_error("reason", "required"):
        return _("Say why the link ends; the reason is kept with it.")
    return first_error_named(form)

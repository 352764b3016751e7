"""Hand-overs (BAST): the list, one with its two counts and signatures, its paper."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.documents.lookups import in_force
from pulih.inbox.uploads import opened
from pulih.lists import pages
from pulih.lists.figures import state
from pulih.market.models import Order
from pulih.people.access import PersonRequest, permission_required, record_of
from pulih.people.links.purposes import LinkPurpose
from pulih.people.permissions import Permission, holds, may
from pulih.web import numbers
from pulih.web.answers import carried_out
from pulih.web.as_of import today_only
from pulih.web.bounds import row_key
from pulih.web.kept_files import made_file, picture
from pulih.web.page import go_to, render_page
from pulih.workflow.calendars import calendar

from .. import figures, lookups
from ..actions import handovers as actions
from ..actions.activities import place_of
from ..actions.recounts import correct_count
from ..clock import day_in, now
from ..documents.bast import pdf
from ..forms import ConfirmForm, EndLinkForm, LinkForm, ReceiverForm, RecountForm
from ..lists import HANDOVERS
from ..models import Handover, Side
from ..papers import HANDOVER
from ..purposes import COUNT, GIVE
from ..reads.field import DAYS_TO_COUNT
from ..reads.goods import Purchase, made_of, purchases_of
from ..rules.handovers import DAYS_TO_ANSWER, days_late
from . import linking


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the hand-overs, those not answered first."""
    context = {
        "waiting": state(figures.UNANSWERED, request.user, today_only()),
        "late": _late(request),
        "days": DAYS_TO_ANSWER,
        "may_run": holds(request.user, Permission.RUN_ACTIVITIES),
    }
    return pages.answer(request, HANDOVERS, "delivery/handovers.html", context=context)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_handover(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what was sent and what was counted."""
    return _page(request, lookups.handover_of(request.user, pk))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES, Permission.SEE_MARKET)
def show_of_order(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the hand-overs that carry goods of an order; also drawn into the order's page."""
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    context = {
        "order": order,
        "handovers": Handover.objects.visible_to(request.user).filter(order=order).order_by("pk"),
        "waits": holds(request.user, Permission.RUN_ACTIVITIES)
        and Order.objects.to_hand_over(request.user).filter(pk=pk).exists(),
    }
    return render_page(request, "delivery/of_order.html", "delivery/_of_order.html", context)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def confirm(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Record the receiver's count and signature."""
    handover = lookups.handover_of(request.user, pk)
    form = ConfirmForm(request.POST)
    act = partial(
        actions.confirm, handover, by=request.user, now=now(request),
        today=_today(request, handover),
    )  # fmt: skip
    if carried_out(form, act):
        return go_to(request, reverse("delivery:handover", args=[pk]))
    return _page(request, handover, form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def correct(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Correct what the receiver counted; the first count stays to be seen."""
    handover = lookups.handover_of(request.user, pk)
    form = RecountForm(request.POST)
    act = partial(
        correct_count, handover, by=request.user, now=now(request), today=_today(request, handover)
    )
    if carried_out(form, act):
        messages.success(request, _("The count is corrected; the paper has a new code."))
        return go_to(request, reverse("delivery:handover", args=[pk]))
    return _page(request, handover, recount_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the receiver a link to count and sign; its address is shown this once."""
    return _give(request, pk, COUNT)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def end_link(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a link at once."""
    return _end(request, pk, COUNT, link)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_giver_link(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give who hands the goods over a link to sign; its address is shown this once."""
    return _give(request, pk, GIVE)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def end_giver_link(request: PersonRequest, pk: int, link: int) -> HttpResponseBase:
    """End a link of a giver at once."""
    return _end(request, pk, GIVE, link)


def _give(request: PersonRequest, pk: int, purpose: LinkPurpose) -> HttpResponseBase:
    handover, form = lookups.handover_of(request.user, pk), LinkForm(request.POST)
    place, until = place_of(handover.activity), now(request) + timedelta(days=DAYS_TO_COUNT)
    made = linking.given(request, form, purpose, pk, place, until)
    told = {"link_form": form} if made is None else {"given": made}
    return _page(request, handover, **_links(request, pk, purpose, **told))


def _end(request: PersonRequest, pk: int, purpose: LinkPurpose, link: int) -> HttpResponseBase:
    handover, form = lookups.handover_of(request.user, pk), EndLinkForm(request.POST)
    if linking.ended(request, linking.links_of(request, purpose, pk), link, form):
        return go_to(request, reverse("delivery:handover", args=[pk]))
    return _page(request, handover, **_links(request, pk, purpose, refused=form))


def _links(request: PersonRequest, pk: int, purpose: LinkPurpose, **more: Any) -> dict[str, Any]:
    """Return what the page shows of the links of one side; the giver's stand apart."""
    found = linking.context(linking.links_of(request, purpose, pk)) | more
    return {"giver": found} if purpose is GIVE else found


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def photo(request: PersonRequest, pk: int, photo: int) -> HttpResponseBase:
    """Answer a photo of what arrived, which was read as a JPEG before it was kept."""
    found = get_object_or_404(lookups.handover_of(request.user, pk).photos, pk=photo)
    return picture(opened(found.stored_name))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer the BAST as PDF."""
    handover = lookups.handover_of(request.user, pk)
    return made_file(pdf(handover), f"bast-{handover.pk}.pdf", shown=True)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_ACTIVITIES)
def add_receiver(request: PersonRequest) -> HttpResponseBase:
    """Add who may receive goods; `?activity=` leads back to the goods that are handed over."""
    form = ReceiverForm(request.user, request.POST or None)
    added = carried_out(form, partial(actions.add_receiver, by=request.user))
    if added:
        said = _("%(name)s can be chosen as receiver from %(day)s on.")
        messages.success(request, said % {"name": added, "day": numbers.day(added.valid_from)})
        if key := row_key(request.GET.get("activity", "")):
            activity = lookups.activity_of(request.user, key)
            return go_to(request, reverse("delivery:goods", args=[activity.pk]))
        return go_to(request, reverse("delivery:handovers"))
    return render_page(request, "delivery/receiver.html", "delivery/_form.html", {"form": form})


def _late(request: PersonRequest) -> int:
    """Count whose answer is overdue, from the days on which each province waits for some."""
    waiting = Handover.objects.visible_to(request.user).filter(received_on=None)
    sent = waiting.order_by().values_list("province_id", "sent_on").annotate(n=Count("pk"))
    moment, holidays = now(request), calendar()
    return sum(n for province, day, n in sent if days_late(day, day_in(province, moment), holidays))


def _today(request: PersonRequest, handover: Handover) -> date:
    return day_in(handover.province_id, now(request))


def _page(request: PersonRequest, handover: Handover, **more: Any) -> HttpResponseBase:
    today = _today(request, handover)
    missing = None if handover.received is None else handover.sent - handover.received
    context = {
        "handover": handover,
        "missing": missing,
        "lost": (missing or 0) - handover.came_back,
        "late": 0 if handover.received_on else days_late(handover.sent_on, today, calendar()),
        "signatures": handover.signatures.order_by("pk"),
        "is_given": handover.signatures.filter(side=Side.GIVER).exists(),
        **_links(request, handover.pk, GIVE),
        "photos": handover.photos.order_by("pk"),
        **_links(request, handover.pk, COUNT),
        "text": actions.text_of(handover, handover.received),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, place_of(handover.activity)),
        "corrections": handover.corrections.order_by("pk"),
        "recount_form": _recount_form(handover),
        "form": ConfirmForm(initial={"received_on": today}),
        "batches": made_of(handover.activity_id, handover.item),
        "purchases": _purchases(request, handover),
        "paper_code": in_force(HANDOVER, handover.pk),
        "record_of": record_of(request.user, handover),
        **more,
    }
    return render_page(request, "delivery/handover.html", "delivery/_handover.html", context)


def _recount_form(handover: Handover) -> RecountForm:
    values = {"came_back": handover.came_back, "reason": handover.difference_reason}
    return RecountForm(initial={"received": handover.received, **values})


def _purchases(request: PersonRequest, handover: Handover) -> list[Purchase]:
    """Return what was bought for the activity, with its payment, for those who see budgets."""
    sees = holds(request.user, Permission.SEE_BUDGET)
    return purchases_of(handover.activity_id) if sees else []

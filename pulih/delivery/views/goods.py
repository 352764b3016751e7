"""The goods of an activity: what lies where, what moved, and the forms that move it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.reads.descriptions import DescriptionRulings
from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web.addresses import with_query
from pulih.web.answers import carried_out
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import goods as actions
from ..actions import handovers, kits
from ..actions.activities import place_of
from ..clock import day_in, now
from ..forms import ItemForm, MoveForm, SendForm
from ..goods_forms import BatchForm, ItemNameForm, KitForm
from ..lists import MOVES
from ..models import Activity, Move
from ..reads.goods import made_of, of_activity, orders_for
from ..reads.sheets import sheets_of_goods

SHOWN_MOVES = 10


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_goods(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what lies where."""
    return _page(request, lookups.activity_of(request.user, pk))


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_moves(request: PersonRequest) -> HttpResponseBase:
    """List every move of goods within sight, the newest first."""
    return pages.answer(request, MOVES)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def add_item(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Name an item."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(actions.add_item, activity, by=request.user)
    return _answer(request, activity, ItemForm(request.POST), act, "item_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def rule_item_name(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State whether the name of an item names a person."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(actions.rule_item_name, by=request.user)
    return _answer(request, activity, ItemNameForm(activity, request.POST), act, "name_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def move(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Enter a move by hand."""
    activity = lookups.activity_of(request.user, pk)
    form = MoveForm(activity.items.order_by("name"), request.POST)
    act = partial(actions.move, by=request.user, today=_today(request, activity))
    return _answer(request, activity, form, act, "move_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def make_batch(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Enter what was made."""
    activity = lookups.activity_of(request.user, pk)
    act = partial(actions.make_batch, by=request.user, today=_today(request, activity))
    return _answer(request, activity, BatchForm(activity, request.POST), act, "batch_form")


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def send(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Hand goods over."""
    activity = lookups.activity_of(request.user, pk)
    form = SendForm(request.user, activity, request.POST)
    act = partial(
        handovers.send, by=request.user, now=now(request), today=_today(request, activity)
    )
    handover = carried_out(form, act)
    if handover:
        return go_to(request, reverse("delivery:handover", args=[handover.pk]))
    return _page(request, activity, send_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def send_kits(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Hand the same tools to everybody of a class, a BAST each."""
    activity = lookups.activity_of(request.user, pk)
    form = KitForm(activity, request.POST)
    act = partial(
        kits.send_to_class, by=request.user, now=now(request), today=_today(request, activity)
    )
    sent = carried_out(form, act)
    if not sent:
        return _page(request, activity, kit_form=form)
    said = ngettext("%(n)d BAST made.", "%(n)d BAST made.", len(sent)) % {"n": len(sent)}
    messages.success(request, said)
    return go_to(request, with_query(reverse("delivery:handovers"), {"activity": pk}))


def _answer(
    request: PersonRequest, activity: Activity, form: Any, act: Any, name: str
) -> HttpResponseBase:
    if carried_out(form, act):
        return go_to(request, reverse("delivery:goods", args=[activity.pk]))
    return _page(request, activity, **{name: form})


def _today(request: PersonRequest, activity: Activity) -> Any:
    return day_in(activity.province_id, now(request))


def _page(request: PersonRequest, activity: Activity, **forms: Any) -> HttpResponseBase:
    day = {"day": _today(request, activity)}
    moves = Move.objects.filter(item__activity=activity).select_related("item", "by", "handover")
    may_run = may(request.user, Permission.RUN_ACTIVITIES, place_of(activity))
    rulings, items = DescriptionRulings(timezone.now()), activity.items.all()
    context = {
        "activity": activity,
        "not_public": {
            one.pk for one in items if rulings.public(activity.province_id, one.name) is None
        },
        "sees_money": holds(request.user, Permission.SEE_BUDGET),
        "stocks": of_activity(activity),
        "moves": moves.order_by("-pk")[:SHOWN_MOVES],
        "move_count": moves.count(),
        "batches": made_of(activity.pk),
        "sheets": sheets_of_goods(activity),
        "may_run": may_run,
        "orders": orders_for(activity, request.user) if may_run else [],
        "item_form": ItemForm(),
        "name_form": ItemNameForm(activity),
        "move_form": MoveForm(activity.items.order_by("name"), initial=day),
        "batch_form": BatchForm(activity, initial=day),
        "send_form": SendForm(request.user, activity, initial={"sent_on": day["day"]}),
        "kit_form": KitForm(activity, initial={"sent_on": day["day"], "each": 1}),
        **forms,
    }
    return render_page(request, "delivery/goods.html", "delivery/_goods.html", context)

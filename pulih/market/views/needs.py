"""The board's needs: what is asked for, who falls at which gate, what would fill it."""

from collections import Counter
from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.matching.gates import GATES
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may, require
from pulih.registry.models import Enterprise
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import language, say
from pulih.workflow.models import Step

from ..actions import needs as actions
from ..actions.needs import GivenTerms
from ..forms import NeedForm, ReasonForm, TermsForm
from ..models import Buyer, Need
from ..reads import gated, look
from ..states import NEED
from ..wording import GATE_WORDS
from .answers import form_page

MOST_MAKERS = 200


def need_of(request: PersonRequest, pk: int) -> Need:
    rows = Need.objects.visible_to(request.user).select_related(
        "buyer__regency", "product", "regency", "terms__standard"
    )
    found: Need = get_object_or_404(rows, pk=pk)
    return found


def own_need(request: PersonRequest, pk: int) -> Need:
    """Return a need that the person may change; 403 where it is another area's."""
    need = need_of(request, pk)
    require(request.user, Permission.KEEP_NEEDS, need.buyer.regency)
    return need


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_need(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one need, how many makers fall at which gate, and the orders for it."""
    return _need_page(request, need_of(request, pk))


def _need_page(request: PersonRequest, need: Need, **forms: Any) -> HttpResponseBase:
    day = as_of(request).day
    counted = Counter(one.gate for one in gated(need, request.user, day))
    may_keep = may(request.user, Permission.KEEP_NEEDS, need.buyer.regency)
    context = {
        "need": need,
        "day": day,
        "days_left": (need.due - day).days,
        "gates": [(key, GATE_WORDS[key], counted[key]) for key in GATES if counted[key]],
        "makers": sum(counted.values()),
        "orders": _orders(request, need),
        "versions": need.versions.order_by("-number").select_related("standard", "by"),
        "steps": Step.objects.visible_to(request.user).of(NEED.key, need.pk).select_related("by"),
        "may_keep": may_keep,
        "moves": {move.key for move in NEED.allowed(need.state)} if may_keep else set(),
        "reason_form": forms.get("reason_form") or ReasonForm(),
        "problem": forms.get("problem", ""),
    }
    return render_page(request, "market/need.html", "market/_need.html", context)


def _orders(request: PersonRequest, need: Need) -> Any:
    rows = need.orders.order_by("-pk").select_related("group", "enterprise", "regency")
    return rows.visible_to(request.user)[:MOST_MAKERS]


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_makers(request: PersonRequest, pk: int, gate: str) -> HttpResponseBase:
    """List the makers within one's reach that fall at one gate of a need."""
    need, day = need_of(request, pk), as_of(request).day
    fallen = [one for one in gated(need, request.user, day) if one.gate == gate]
    firms = Enterprise.objects.visible_to(request.user).select_related("regency")
    named = firms.in_bulk([one.firm for one in fallen[:MOST_MAKERS]])
    context = {
        "need": need,
        "gate": GATE_WORDS.get(gate, gate),
        "total": len(fallen),
        "rows": [(named[one.firm], one) for one in fallen if one.firm in named],
    }
    return render_page(request, "market/makers.html", "market/_makers.html", context)


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_look(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what could be delivered of a need, and what would bring more; takes some seconds."""
    need = need_of(request, pk)
    found = look(need, request.user, as_of(request).day, language())
    asked = {pk for one in found.what_if for pk in one.who[:MOST_MAKERS]} if found else set()
    firms = Enterprise.objects.visible_to(request.user).select_related("regency").in_bulk(asked)
    changes = [
        (one, [firms[pk] for pk in one.who[:MOST_MAKERS] if pk in firms])
        for one in (found.what_if if found else ())
    ]
    context = {"need": need, "look": found, "changes": changes}
    return render_page(request, "market/look.html", "market/_look.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_NEEDS)
def new_need(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down what a buyer needs."""
    rows = Buyer.objects.select_related("regency")
    buyer, today = get_object_or_404(rows, pk=pk), as_of(request).day
    require(request.user, Permission.KEEP_NEEDS, buyer.regency)
    form = NeedForm(request.POST or None, initial={"regency": buyer.regency_id})

    def act(product: Any, regency: Any, **terms: Any) -> object:
        given = GivenTerms(**terms)
        return actions.state_need(
            buyer, product, given, regency=regency, today=today, by=request.user
        )

    return form_page(
        request,
        form,
        act,
        lambda need: reverse("market:need", args=[need.pk]),
        title=_("New need"),
        crumb=buyer.name,
        crumb_url=reverse("market:buyer", args=[pk]),
        answer=_(
            "A draft is seen by the offices of its area; every office sees it once published."
        ),
        button=_("Save the draft"),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_NEEDS)
def amend_need(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Add a version of a need's terms."""
    need, today = own_need(request, pk), as_of(request).day
    initial = {name: getattr(need.terms, name) for name in TermsForm.base_fields}
    form = TermsForm(request.POST or None, initial=initial, product=need.product)

    def act(**terms: Any) -> object:
        return actions.amend_need(need, GivenTerms(**terms), today=today, by=request.user)

    return form_page(
        request,
        form,
        act,
        reverse("market:need", args=[pk]),
        title=_("Change the need"),
        crumb=need.buyer.name,
        crumb_url=reverse("market:need", args=[pk]),
        answer=_("The versions before stay as they were."),
        button=_("Save the version"),
    )


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def publish_need(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Put a draft on the board."""
    need = own_need(request, pk)
    try:
        actions.publish_need(need, today=as_of(request).day, by=request.user)
    except Refusal as refusal:
        return _need_page(request, need, problem=say(refusal.message))
    return go_to(request, reverse("market:need", args=[pk]))


@require_POST
@permission_required(Permission.KEEP_NEEDS)
def withdraw_need(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Take a need off the board, with the reason."""
    need, form = own_need(request, pk), ReasonForm(request.POST)
    if is_done(form, partial(actions.withdraw_need, need, by=request.user)):
        return go_to(request, reverse("market:need", args=[pk]))
    return _need_page(request, need, reason_form=form)

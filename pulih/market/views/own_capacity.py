"""A firm says by its own link what it can make now; its office gives the link."""

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pulih.areas.rows import area_of
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission
from pulih.people.scope import speaking_as_system
from pulih.registry.models import Enterprise
from pulih.web.answers import is_done
from pulih.web.as_of import usual_day
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from ..actions import capacities as actions
from ..forms import OwnCapacityForm
from ..links import CAPACITY
from ..models import Capacity
from ..production_forms import OwnProductionForm
from ..production_reads import newest_statement
from ..rules.freshness import freshness
from .answers import firm_of
from .firms import firm_page
from .links import new_address


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def ask_owner(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Make an address by which the owner confirms what the firm makes; it is shown this once."""
    firm = firm_of(request, pk)
    area = area_of(firm)
    try:
        address = new_address(request, CAPACITY, pk, holder=firm.name, area=area)
    except Refusal as refusal:
        return firm_page(request, firm, problem=say(refusal.message))
    return firm_page(request, firm, address=address)


@require_http_methods(["GET", "POST"])
@by_link(CAPACITY)
def show_own_capacity(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Let an owner say of each product that its capacity still holds, or what it is now."""
    firm = own_firm(link)
    rows = _rows(firm)
    form, problem = OwnCapacityForm(request.POST or None), ""
    if request.method == "POST":
        if is_done(form, partial(_said, request, link, firm, rows)):
            return go_to(request, reverse("market:own-capacity", args=[link.pk]))
        problem = problem_of(form)
    return own_page(request, link, firm, form=form, problem=problem)


def own_firm(link: Link) -> Enterprise:
    """The link opens its firm alone, which is read for it; 404 once it is one with another."""
    with speaking_as_system():
        firm: Enterprise = get_object_or_404(Enterprise, pk=link.subjects[0], merged_into=None)
        return firm


def _rows(firm: Enterprise) -> list[Capacity]:
    with speaking_as_system():
        return list(firm.capacities.select_related("product").order_by("product__name_indonesian"))


def own_page(
    request: HttpRequest, link: Link, firm: Enterprise, *, problem: str = "",
    form: OwnCapacityForm | None = None, production: OwnProductionForm | None = None,
) -> HttpResponseBase:  # fmt: skip
    """Draw what an owner may say. form, production: as refused, where they were."""
    day, typed = usual_day(request), form or OwnCapacityForm()
    with speaking_as_system():
        stated = newest_statement(firm)
    rows = [(one, freshness(one.confirmed_on, day), _typed(typed, one)) for one in _rows(firm)]
    context = {
        "link": link,
        "firm": firm,
        "rows": rows,
        "day": day,
        "form": typed,
        "stated": stated,
        "production": production or OwnProductionForm(),
        "problem": problem,
    }
    return render_page(request, "market/own_capacity.html", "market/_own_capacity.html", context)


def _typed(form: OwnCapacityForm, one: Capacity) -> str:
    """Return what was typed for this capacity and refused."""
    is_asked = form["capacity"].value() == str(one.pk)
    return str(form["words"].value() or "") if is_asked else ""


def _said(
    request: HttpRequest, link: Link, firm: Enterprise, rows: list[Capacity], *,
    capacity: int, words: str,
) -> Capacity:  # fmt: skip
    """Confirm one capacity of the firm, or state it again; what was not asked stays as it was."""
    one = next((row for row in rows if row.pk == capacity), None)
    if one is None:
        raise Http404
    today = usual_day(request)
    if not words.strip():
        return actions.confirm_capacity(one, today=today, by=link)
    return actions.state_capacity(
        firm, one.product, words=words, price=one.price, lot=one.lot, min_order=one.min_order,
        free_from=one.free_from, today=today, by=link,
    )  # fmt: skip

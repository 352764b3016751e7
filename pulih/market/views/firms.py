"""What one firm can make, shown on its page of the register and typed here."""

from datetime import date
from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.rows import area_of
from pulih.inbox.uploads import opened
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.registry.models import Enterprise
from pulih.web.as_of import as_of
from pulih.web.kept_files import attachment
from pulih.web.page import go_to, render_page

from ..actions import capacities as actions
from ..forms import CapacityForm, CertificateForm
from ..links import CAPACITY
from ..lists import certificate_name
from ..models import Capacity, Certificate, Member, ProductionStatement, UnreadCapacity
from ..production_reads import statements_of
from ..reads import gates_of_firm
from ..rules.freshness import freshness
from ..wording import GATE_WORDS
from .answers import firm_of, form_page
from .links import given_to

MOST_STATEMENTS = 5


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_firm(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a firm's capacities, certificates and groups, and why it is not asked."""
    return firm_page(request, firm_of(request, pk))


def firm_page(
    request: PersonRequest, firm: Enterprise, address: str = "", problem: str = ""
) -> HttpResponseBase:
    day = as_of(request).day
    members = Member.objects.visible_to(request.user).on(day).filter(enterprise=firm)
    context = {
        "firm": firm,
        "day": day,
        "capacities": [
            (one, freshness(one.confirmed_on, day)) for one in _capacities(request, firm.pk)
        ],
        "unread": UnreadCapacity.objects.visible_to(request.user).filter(enterprise=firm),
        "certificates": [
            (certificate_name(one.kind), one)
            for one in Certificate.objects.visible_to(request.user)
            .filter(enterprise=firm)
            .select_related("standard")
            .order_by("kind", "pk")
        ],
        "asked": [
            (need, GATE_WORDS[gate]) for need, gate in gates_of_firm(firm, request.user, day)
        ],
        "stated": _statements(request, firm),
        "groups": [one.group for one in members.select_related("group")],
        "may_keep": may(request.user, Permission.KEEP_CAPACITIES, area_of(firm)),
        **given_to(request, CAPACITY, firm.pk),
        "address": address,
        "problem": problem,
    }
    return render_page(request, "market/firm.html", "market/_firm.html", context)


def _statements(request: PersonRequest, firm: Enterprise) -> list[ProductionStatement]:
    seen = ProductionStatement.objects.visible_to(request.user)
    return list(statements_of(firm, seen).select_related("by")[:MOST_STATEMENTS])


def _capacities(request: PersonRequest, firm: int) -> list[Capacity]:
    rows = Capacity.objects.visible_to(request.user).filter(enterprise=firm)
    return list(rows.select_related("product").order_by("product__name_indonesian"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_CAPACITIES)
def state_capacity(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State what a firm makes of a product."""
    firm, today = firm_of(request, pk), as_of(request).day
    known = Capacity.objects.visible_to(request.user).filter(enterprise=firm)
    asked = known.filter(product__code=request.GET.get("product", "")[:40]).first()
    form = CapacityForm(request.POST or None, initial=_initial(asked))
    act = partial(actions.state_capacity, firm, by=request.user, today=today)
    return form_page(
        request,
        form,
        act,
        reverse("market:of-enterprise", args=[pk]),
        title=_("State a capacity"),
        crumb=firm.name,
        crumb_url=reverse("market:of-enterprise", args=[pk]),
        answer=_("In the words of the trade; Pulih works out the units of a six-day week."),
        button=_("Save the capacity"),
    )


def _initial(capacity: Capacity | None) -> dict[str, object]:
    if capacity is None:
        return {}
    names = ("price", "lot", "min_order", "free_from")
    usual = f"{capacity.per_week} {capacity.product.unit_indonesian}/minggu"
    return {"product": capacity.product.code, "words": usual} | {
        name: getattr(capacity, name) for name in names
    }


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def confirm_capacity(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say that a capacity still holds on the day shown."""
    rows = Capacity.objects.visible_to(request.user).select_related("regency", "province")
    capacity = get_object_or_404(rows, pk=pk)
    actions.confirm_capacity(capacity, today=_day(request), by=request.user)
    return go_to(request, reverse("market:of-enterprise", args=[capacity.enterprise_id]))


def _day(request: PersonRequest) -> date:
    return as_of(request).day


@require_safe
@permission_required(Permission.SEE_MARKET)
def download_certificate(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the scan or photo of a certificate that the person may see; it is never run."""
    rows = Certificate.objects.visible_to(request.user).exclude(stored_name="")
    found = get_object_or_404(rows, pk=pk)
    return attachment(opened(found.stored_name), found.file_name)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_CAPACITIES)
def add_certificate(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down a certificate that the office has seen."""
    firm = firm_of(request, pk)
    return form_page(
        request,
        CertificateForm(request.POST or None, request.FILES or None),
        partial(actions.add_certificate, firm, by=request.user),
        reverse("market:of-enterprise", args=[pk]),
        title=_("Add a certificate"),
        crumb=firm.name,
        crumb_url=reverse("market:of-enterprise", args=[pk]),
        answer=_("A certificate counts in matches once an office has seen it."),
        button=_("Save the certificate"),
    )

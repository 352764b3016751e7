"""Readiness for export: of one firm, of all firms asked, and the questions on a firm's phone."""

from collections import Counter
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pulih.areas.rows import area_of
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission, may
from pulih.people.scope import speaking_as_system
from pulih.registry.models import Enterprise
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.forms import problem_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import questionnaire, readiness
from ..actions import exporting as actions
from ..forms import ReadinessForm, SaleForm
from ..links import READINESS
from ..models import ExportSale
from ..readiness import Readiness
from ..rules.readiness import LEVELS, missing, to_ask
from ..tabs import tabs
from .answers import firm_of, form_page
from .links import given_to, new_address

MOST_FIRMS = 200


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_readiness(request: PersonRequest) -> HttpResponseBase:
    """Count the terms over all firms asked within one's reach, and list the firms."""
    day = as_of(request).day
    found = readiness.readiness_of(readiness.asked_firms(request.user), day)
    at = Counter(one.level for one in found)
    context = {
        "tabs": tabs("readiness"),
        "asked": len(found),
        "answered": sum(any(a.how == "answered" for a in one.answers) for one in found),
        "levels": [(level, at[level]) for level in LEVELS],
        "counts": readiness.counts(found),
        "costs": readiness.costs(day),
        "firms": found[:MOST_FIRMS],
    }
    return render_page(request, "market/readiness.html", "market/_readiness.html", context)


@require_safe
@permission_required(Permission.SEE_MARKET)
def show_firm_readiness(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show a firm term by term: what it lacks, which measure answers it, at what cost."""
    return _firm_page(request, firm_of(request, pk))


def _firm_page(request: PersonRequest, firm: Enterprise, **shown: Any) -> HttpResponseBase:
    day = as_of(request).day
    (found,) = readiness.readiness_of([firm], day)
    context = {
        "firm": firm,
        "found": found,
        "missing": missing(found.answers),
        "costs": readiness.costs(day),
        "conditions": questionnaire.conditions(found.chapters, day),
        "edition": questionnaire.edition(),
        "sales": ExportSale.objects.visible_to(request.user).filter(enterprise=firm).order_by("pk"),
        "form": ReadinessForm(to_ask(found.answers)),
        "may_keep": may(request.user, Permission.KEEP_CAPACITIES, area_of(firm)),
        "problem": "",
        **given_to(request, READINESS, firm.pk),
    }
    page, fragment = "market/firm_readiness.html", "market/_firm_readiness.html"
    return render_page(request, page, fragment, context | shown)


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def answer_readiness(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down what a firm answered."""
    firm = firm_of(request, pk)
    form = ReadinessForm(questionnaire.terms(), request.POST)
    if is_done(form, partial(_keep, request, firm, request.user)):
        return go_to(request, reverse("market:firm-readiness", args=[pk]))
    return _firm_page(request, firm, problem=problem_of(form))


def _keep(request: HttpRequest, firm: Enterprise, by: Any, **said: str) -> object:
    told = {key: answer == "yes" for key, answer in said.items() if answer}
    return actions.answer(firm, told, today=as_of(request).day, by=by)


@require_POST
@permission_required(Permission.KEEP_CAPACITIES)
def ask_readiness(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Ask a firm by its own link; the address is shown this once."""
    firm = firm_of(request, pk)
    try:
        with transaction.atomic():  # Nobody is asked without an address by which to answer.
            actions.ask(firm, today=as_of(request).day, by=request.user)
            area = area_of(firm)
            address = new_address(request, READINESS, pk, holder=firm.name, area=area)
    except Refusal as refusal:
        return _firm_page(request, firm, problem=say(refusal.message))
    return _firm_page(request, firm, address=address)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_CAPACITIES)
def add_sale(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Write down one sale abroad."""
    firm, today = firm_of(request, pk), as_of(request).day
    return form_page(
        request,
        SaleForm(request.POST or None, initial={"sold_on": today, "rate_on": today}),
        partial(actions.add_sale, firm, today=today, by=request.user),
        reverse("market:firm-readiness", args=[pk]),
        title=_("A sale abroad"),
        crumb=firm.name,
        crumb_url=reverse("market:firm-readiness", args=[pk]),
        answer=_("Value in its own currency, with the rate of its day."),
        button=_("Save the sale"),
    )


@require_http_methods(["GET", "POST"])
@by_link(READINESS)
def answer_by_link(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Let a firm answer what Pulih does not know: at most eight taps."""
    with speaking_as_system():
        rows = Enterprise.objects.select_related("regency", "province")
        firm = get_object_or_404(rows, pk=link.subjects[0])
        (found,) = readiness.readiness_of([firm], as_of(request).day)
    said = request.POST if request.method == "POST" else None
    form = ReadinessForm(to_ask(found.answers), said)
    if request.method == "POST" and is_done(form, partial(_keep, request, firm, link)):
        return go_to(request, reverse("market:answer-readiness", args=[link.pk]))
    return _link_page(request, firm, found, form)


def _link_page(
    request: LinkRequest, firm: Enterprise, found: Readiness, form: ReadinessForm
) -> HttpResponseBase:
    context = {
        "link": request.link,
        "firm": firm,
        "found": found,
        "form": form,
        "missing": missing(found.answers),
    }
    page, fragment = "market/questions.html", "market/_questions.html"
    return render_page(request, page, fragment, context)

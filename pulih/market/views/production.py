"""Whether a firm produces again: its office says so, or the firm by its own link."""

from datetime import date
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web.answers import is_done
from pulih.web.as_of import as_of, usual_day
from pulih.web.forms import problem_of
from pulih.web.page import go_to
from pulih.workflow import clock

from ..actions import production as actions
from ..links import CAPACITY
from ..models import ProductionStatement
from ..production_forms import OwnProductionForm, ProductionForm
from .answers import firm_of, form_page
from .own_capacity import own_firm, own_page


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_CAPACITIES)
def state_production(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say that a firm produces again or stands still, since when, and how it is known."""
    firm = firm_of(request, pk)
    act = partial(
        actions.state_production, firm, by=request.user, today=as_of(request).day, now=clock.now()
    )
    return form_page(
        request,
        ProductionForm(request.POST or None),
        act,
        reverse("market:of-enterprise", args=[pk]),
        title=_("Does it produce again?"),
        crumb=firm.name,
        crumb_url=reverse("market:of-enterprise", args=[pk]),
        answer=_("The newest statement holds. Public figures count the firms, never one by name."),
        button=_("Save the statement"),
    )


@require_POST
@by_link(CAPACITY)
def state_own_production(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Let an owner say that the firm produces again or stands still."""
    firm, form = own_firm(link), OwnProductionForm(request.POST)
    if is_done(form, partial(_stated, request, link, firm)):
        return go_to(request, reverse("market:own-capacity", args=[link.pk]))
    return own_page(request, link, firm, production=form, problem=problem_of(form))


def _stated(
    request: HttpRequest, link: Link, firm: Enterprise, *, is_producing: bool, since: date
) -> ProductionStatement:
    return actions.state_production(
        firm, is_producing=is_producing, since=since, today=usual_day(request), now=clock.now(),
        by=link,
    )  # fmt: skip

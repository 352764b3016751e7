"""The page on which a participant reads what is recorded of the own training, by a link."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.links.access import LinkRequest, by_link
from pulih.people.links.models import Link
from pulih.people.permissions import Permission
from pulih.people.scope import speaking_as_system
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import lookups
from ..actions import own_pages as actions
from ..models import Participant
from ..purposes import OWN_PAGE
from ..reads.own_page import own_page
from .cohorts import page_of


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def give_links(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give everybody of a class a link to the own page; the addresses are shown this once."""
    cohort = lookups.cohort_of(request.user, pk)
    try:
        # A link opens by the true clock, for PostgreSQL asks no other.
        given = actions.give_links(cohort, by=request.user, moment=timezone.now())
    except Refusal as refusal:
        messages.error(request, say(refusal.message))
        return go_to(request, reverse("delivery:cohort", args=[pk]))
    addresses = [
        (one, request.build_absolute_uri(reverse("links:open", args=[secret])))
        for one, secret in given
    ]
    return page_of(request, cohort, addresses=addresses)


@require_safe
@by_link(OWN_PAGE)
def show_own_page(request: LinkRequest, link: Link) -> HttpResponseBase:
    """Show a participant the own seat, days, money, goods and certificate."""
    found = get_object_or_404(Participant, pk__in=link.subjects)
    with speaking_as_system():  # The link opens its own row alone; what hangs on it is read for it.
        rows = Participant.objects.select_related("activity", "person", "cohort__site", "regency")
        own = own_page(rows.get(pk=found.pk))
    return render_page(
        request, "delivery/own_page.html", "delivery/_own_page.html", {"link": link, "own": own}
    )

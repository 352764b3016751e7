"""Links that an office gives for one of its rows, on the page of that row: given, listed, ended."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from pulih.areas.models import Area
from pulih.people.access import PersonRequest
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.links.purposes import LinkPurpose
from pulih.web.answers import carried_out

from ..clock import now
from ..forms import EndLinkForm, LinkForm


def links_of(request: PersonRequest, purpose: LinkPurpose, subject: int) -> QuerySet[Link]:
    """Return the links to a row that the person may see, the newest first."""
    rows = Link.objects.visible_to(request.user).filter(purpose=purpose.key)
    return rows.filter(subjects__contains=[subject]).order_by("-pk")


def given(
    request: PersonRequest, form: LinkForm, purpose: LinkPurpose, subject: int, area: Area,
    until: datetime,
) -> tuple[Link, str] | None:  # fmt: skip
    """Give a link and return it with its whole address; None where the form is wrong.

    until: on the clock of the house, which in a scenario is not the true one.
    """
    # A link opens by the true clock, for PostgreSQL asks no other; a scenario plays on its own.
    moment = timezone.now()
    act = partial(
        links.give, purpose, subjects=[subject], area=area, valid_from=moment,
        valid_to=until + (moment - now(request)), by=request.user, now=moment,
    )  # fmt: skip
    made = carried_out(form, act)
    if made is None:
        return None
    link, address = made
    return link, request.build_absolute_uri(reverse("links:open", args=[address]))


def ended(request: PersonRequest, rows: QuerySet[Link], key: int, form: EndLinkForm) -> bool:
    """End one of these links at once; False where the form is wrong."""
    found = get_object_or_404(rows, pk=key)
    act = partial(links.revoke, found, by=request.user, now=timezone.now())
    return carried_out(form, act) is not None


def context(rows: QuerySet[Link]) -> dict[str, Any]:
    """Return what `_links.html` needs beside its words and addresses."""
    return {
        "links": rows.select_related("revoked_by"),
        "moment": timezone.now(),
        "link_form": LinkForm(),
        "given": None,
        "refused": None,
    }

"""Access links that an office gives to makers and buyers: shown once, listed, ended."""

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
from pulih.people.permissions import Permission, require
from pulih.web.page import go_to

from ..forms import ReasonForm
from ..links import ANSWER, BUYING, READINESS
from .answers import is_done

PAGES = {
    ANSWER.key: "market:order",
    BUYING.key: "market:buyer",
    READINESS.key: "market:firm-readiness",
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
    if is_done(form, partial(actions.revoke, link, by=request.user, now=timezone.now())):
        messages.success(request, _("The link is ended: its address opens nothing any more."))
    else:
        messages.error(request, _problem(form))
    return go_to(request, reverse(PAGES[link.purpose], args=[link.subjects[0]]))


def _problem(form: forms.Form) -> str:
    refused = form.non_field_errors()
    return str(refused[0]) if refused else _("Say why the link ends; the reason is kept with it.")

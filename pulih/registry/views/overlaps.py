"""Across programmes: who would be counted twice if these lists were added up."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry import overlaps as doubles
from pulih.registry.finding_lists import TWICE, on_several
from pulih.web.addresses import url_with
from pulih.web.figures import Tab
from pulih.web.page import render_page

PAGE, FRAGMENT = "registry/overlaps.html", "registry/_overlaps.html"


@require_GET
@permission_required(Permission.SEE_ENTERPRISES, Permission.SEE_FILES)
def twice(request: PersonRequest) -> HttpResponseBase:
    """Show whom the chosen lists have in common: by firm, by owner, by household."""
    offered = doubles.offered(request.user)
    chosen = [batch for batch in offered if str(batch.pk) in request.GET.getlist("list")]
    way = request.GET.get("by", doubles.USUAL_WAY)
    way = way if way in doubles.WAYS else doubles.USUAL_WAY
    context: dict[str, Any] = {"offered": offered, "chosen": chosen, "way": way}
    if len(chosen) == 1 or len(chosen) > doubles.MOST_LISTS:
        said = _("Choose two lists or more, at most %(most)s.") % {"most": doubles.MOST_LISTS}
        messages.warning(request, said)
    elif chosen:
        rows = doubles.rows_of(chosen)
        counts = doubles.counts(rows)
        found = on_several(doubles.found(rows, way), chosen)
        context["counts"] = counts
        context["tabs"] = [
            Tab(label, url_with(request, by=key, page=None), key == way, counts[key])
            for key, label in doubles.WAYS.items()
        ]
        listing = replace(TWICE, source=lambda _asked: found)
        fixed = {"lists": ",".join(str(batch.pk) for batch in chosen), "by": way}
        return pages.answer(request, listing, PAGE, FRAGMENT, context, fixed)
    return render_page(request, PAGE, FRAGMENT, context)

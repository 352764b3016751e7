"""Odd identities: what contradicts itself about the NIK of an area's firms, every NIK cut."""

from dataclasses import replace
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pulih.lists import pages
from pulih.people.access import PersonRequest
from pulih.registry import identity_findings as findings
from pulih.registry.finding_lists import FINDINGS, IDENTITIES
from pulih.registry.identity_findings import SEVERAL
from pulih.registry.nik import Doubt
from pulih.web.addresses import url_with
from pulih.web.figures import Tab
from pulih.web.page import render_page

from .lookups import area_of_page, gate

WHY: dict[str, Any] = {
    SEVERAL: gettext_lazy(
        "One NIK stands beside owners whose names share no word. One of them has it wrong, or it "
        "was lent; help may go to one person twice."
    ),
    Doubt.SEX: gettext_lazy(
        "The NIK is a man's and the list says a woman, or the other way round. Often the NIK is "
        "that of the husband or the wife."
    ),
    Doubt.PLACE: gettext_lazy(
        "A NIK begins with the code of the regency that gave it. No regency ever had this one."
    ),
    Doubt.BIRTHDAY: gettext_lazy("The NIK names a day that no month has."),
    Doubt.SERIAL: gettext_lazy(
        "Nobody is given 0000. Excel keeps 15 figures of a number and makes the others 0."
    ),
}


@require_GET
@gate
def identities(request: PersonRequest) -> HttpResponseBase:
    """Show which NIK of an area contradict themselves, or stand beside several people."""
    area = area_of_page(request)
    found = findings.odd_identities(request.user, area)
    counts = findings.counts(found)
    context = {"area": area, "counts": counts, "number": len(found)}
    if "part" in request.GET:
        part = "registry/_identities_part.html"
        return render_page(request, part, part, context)
    listing = replace(IDENTITIES, source=lambda _asked: found)  # Read once, also to be counted.
    fixed = {"area": area.pk}
    kind = pages.ask(request, listing, fixed)["kind"]
    context |= {
        "why": WHY.get(kind, ""),
        "tabs": [
            Tab(_("All"), _address(request, None), kind is None, len(found)),
            *(
                Tab(label, _address(request, key), key == kind, counts[key])
                for key, label in FINDINGS.items()
            ),
        ],
        "up": f"{reverse('registry:quality')}?area={area.pk}",
    }
    page, fragment = "registry/identities.html", "registry/_identities.html"
    return pages.answer(request, listing, page, fragment, context, fixed)


def _address(request: PersonRequest, kind: str | None) -> str:
    return url_with(request, kind=kind, page=None)

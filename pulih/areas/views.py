"""The list of areas with their codes, and the options of the picker. Names are public."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from pulih import places
from pulih.places import Place, Scheme
from pulih.web import keyset
from pulih.web.as_of import as_of
from pulih.web.page import render_page
from pulih.web.tables import Head

from .forms import AreaFilter
from .models import Area, AreaQuerySet

OPTIONS = 20
OFFICES: dict[Scheme, str | Promise] = {
    Scheme.KEMENDAGRI: "Kemendagri",
    Scheme.BPS: "BPS",
    Scheme.TREASURY: _("Treasury"),
}
HEADS = (
    Head(_("Name")),
    Head(_("Lies in")),
    *(Head(office) for office in OFFICES.values()),
    Head(_("Listed since"), hide=True),
)


@dataclass(frozen=True)
class AreaLine:
    """One area as the list shows it on a day.

    codes: the office that gave it, the code, and whether it was verified.
    """

    area: Area
    above: str
    codes: tuple[tuple[str | Promise, str | None, bool], ...]


@require_GET
def areas(request: HttpRequest) -> HttpResponseBase:
    """List the areas of a day with their codes in each scheme."""
    day = as_of(request).day
    form = AreaFilter(request.GET)
    rows = keyset.page(asked_areas(form, day), ("sort_key", "id"), request.GET.get("page", ""))
    context = {
        "form": form,
        "page": rows,
        "lines": [_line(area, day) for area in rows.rows],
        "heads": HEADS,
        "day": day,
        "provinces": len(places.provinces(day)),
        "regencies": len(places.regencies(day)),
    }
    return render_page(request, "areas/list.html", "areas/_rows.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Answer half a name with the options of a picker; `of` names the field that holds it."""
    day = as_of(request).day
    asked = request.GET.copy()
    asked["q"] = asked.get(asked.get("of", "q"), "")
    found = asked_areas(AreaFilter(asked), day).order_by("sort_key")[:OPTIONS]
    lines = [_line(area, day) for area in found]
    return render(request, "areas/_options.html", {"lines": lines, "text": asked["q"]})


def asked_areas(form: AreaFilter, day: date) -> AreaQuerySet:
    rows = Area.objects.valid_on(day)
    if not form.is_valid():
        return rows
    if text := form.cleaned_data["q"]:
        rows = rows & Area.objects.named_like(text, day)
    if level := form.cleaned_data["level"]:
        rows = rows.filter(level=level)
    if within := form.cleaned_data["within"]:
        rows = rows & Area.objects.within(within, day)
    return rows


def _line(area: Area, day: date) -> AreaLine:
    place = places.place(area.pk)
    above = places.parent_of(place, day)
    codes = tuple(_code(place, scheme, day) for scheme in Scheme)
    return AreaLine(area, above.name if above else "", codes)


def _code(place: Place, scheme: Scheme, day: date) -> tuple[str | Promise, str | None, bool]:
    code = places.code_of(place, scheme, day)
    return OFFICES[scheme], code, places.code_is_verified(place, scheme, day)


def cells(rows: AreaQuerySet, day: date) -> Iterator[list[str | None]]:
    for area in rows:
        line = _line(area, day)
        yield [
            area.name,
            area.level,
            line.above,
            *(code for _office, code, _verified in line.codes),
        ]

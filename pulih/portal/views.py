from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.lists.files import send, wants_file
from pulih.monitoring.board import strip
from pulih.monitoring.clock import shown_moment
from pulih.people.access import PersonRequest
from pulih.people.permissions import Permission, holds
from pulih.people.scope import asking_as_public
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from .board import board, waiting_for
from .key_figures import figures, stated_country, stated_row
from .models import PublicFigure, Source, loaded_scenario
from .overview import Overview, country_map, overview
from .own_area import EXPORT_HEADINGS, OwnArea, exported, own_area, own_area_of
from .pages.assets import style_sheet

FIRST_ROWS = 13
MAPS = ("affected", "severity", "free")
PROVINCE_HEADINGS = (
    "Kode Kemendagri",
    "Provinsi",
    "IKM terdampak",
    "Keparahan rata-rata (0–100)",
    "Pagu (Rp)",
    "Blokir (Rp)",
    "Komitmen (Rp)",
    "Realisasi (Rp)",
    "Dapat digeser (Rp)",
)


@login_not_required
@require_safe
def nothing(request: HttpRequest) -> HttpResponseBase:
    """The public first page while no release is published: it says so, and where to sign in."""
    language = "en" if request.path.startswith("/en/") else "id"
    other = "id" if language == "en" else "en"
    homes = {"id": "/", "en": "/en/"}
    context: dict[str, Any] = {
        "language": language,
        "prefix": homes[language],
        "path": "",
        "section": "",
        "other": other,
        "other_url": homes[other],
        "site": "",
        "release": None,
        "withdrawn": [],
        "is_demo": loaded_scenario() is not None,
    }
    with translation.override(language):
        return HttpResponse(render_to_string("portal/public/nothing.html", context))


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponseBase:
    """The public style sheet while no release brings its own."""
    return HttpResponse(style_sheet(), content_type="text/css; charset=utf-8")


@require_safe
def home(request: PersonRequest) -> HttpResponseBase:
    """The officers' first page: their own area and what waits for them, else the country."""
    area = own_area_of(request, request.user)
    return country(request) if area is None else _own(request, area)


def _own(request: PersonRequest, area: Area) -> HttpResponseBase:
    on, person = as_of(request), request.user
    shown = own_area(person, area, on)
    if wants_file(request):
        return _export_of(request, shown)
    deadlines = strip(person, shown_moment(request))
    context = {
        "own": shown,
        "areas": person.areas,
        "day": on.day,
        "year": on.day.year,
        "tasks": board(person, on.day.year, deadlines, on),
        "waiting": waiting_for(person),
        "deadlines": deadlines,
        "sees_market": holds(person, Permission.SEE_MARKET),
    }
    return render_page(request, "portal/own_area.html", "portal/_own_area.html", context)


def _export_of(request: PersonRequest, shown: OwnArea) -> HttpResponseBase:
    return send(
        request,
        room="portal",
        key="own_area",
        title=f"Ringkasan {shown.area}",
        file_name="pulih-wilayah",
        heads=EXPORT_HEADINGS,
        rows=exported(shown),
        recorded={"area": str(shown.area.pk)},
    )


@require_safe
def country(request: PersonRequest) -> HttpResponseBase:
    """Where the country stands, province by province, the same for everybody."""
    on = as_of(request)
    seen = overview(on)
    if wants_file(request):
        return _export(request, seen)
    by = request.GET.get("map", "affected")
    by = by if by in MAPS else "affected"
    person = request.user
    chosen = request.GET.get("p", "")
    rows = sorted(seen.rows, key=lambda row: (-(row.affected or 0), row.name))
    deadlines = strip(person, shown_moment(request))
    shown = rows if "all" in request.GET else rows[:FIRST_ROWS]
    context = {
        "overview": seen,
        "rows": [(row, stated_row(row, person, on)) for row in shown],
        "hidden": len(rows) - len(shown),
        "figures": figures(seen, request.LANGUAGE_CODE, person, on),
        "stated": stated_country(seen, person, on),
        "map": country_map(seen, by, chosen),
        "by": by,
        "chosen": next((row for row in seen.rows if row.code == chosen), None),
        "tasks": board(person, seen.fiscal_year, deadlines, on),
        "waiting": waiting_for(person),
        "deadlines": deadlines,
        "may_plan": holds(person, Permission.PLAN),
        "sees_market": holds(person, Permission.SEE_MARKET),
    }
    return render_page(request, "portal/home.html", "portal/_overview.html", context)


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponseBase:
    """Every quoted figure with its source, day and coverage, and what other sources say."""
    with asking_as_public():
        quoted_figures = list(PublicFigure.objects.select_related("source").order_by("pk"))
        known_sources = list(Source.objects.order_by("code"))
    figures_quoted = [
        {
            name: quoted.said(name, request.LANGUAGE_CODE)
            for name in ("quoted", "definition", "coverage", "differs")
        }
        | {"key": quoted.key, "as_of": quoted.as_of, "source": quoted.source}
        for quoted in quoted_figures
    ]
    context = {"figures": figures_quoted, "sources": known_sources}
    return render_page(request, "portal/sources.html", "portal/_sources.html", context)


def _export(request: PersonRequest, seen: Overview) -> HttpResponseBase:
    return send(
        request,
        room="portal",
        key="provinces",
        title="Ringkasan per provinsi",
        file_name="pulih-provinsi",
        heads=PROVINCE_HEADINGS,
        rows=_cells(seen),
        day=seen.day,
    )


def _cells(seen: Overview) -> Iterator[list[str | int | float | None]]:
    for row in seen.rows:
        names = ("ceiling", "blocked", "committed", "realised", "free")
        money = [getattr(row.money.amounts, name) if row.money else None for name in names]
        yield [row.code, row.name, row.affected, row.severity, *money]

"""Affected firms: counts by area, need, obstacle and commodity, the rows behind, the formula."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pulih.areas.models import Area, AreaCode, Level
from pulih.lists import pages
from pulih.lists.figures import Stated, as_read
from pulih.lists.files import send, wants_file
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web import facts, maps, numbers
from pulih.web.as_of import AsOf, as_of
from pulih.web.bounds import row_key
from pulih.web.figures import Figure, Kind
from pulih.web.page import render_page
from pulih.web.words import say

from . import reads
from .figures import AFFECTED, WORKERS
from .lists import REPORTS
from .models import ImpactReport
from .presenters import example_of, shown_report
from .rules import FORMULAS, definition_on, formula_on

COUNT_HEADINGS = ("Wilayah", "IKM terdampak", "Pekerja terdampak", "Keparahan", "IKM melapor")


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_summary(request: PersonRequest) -> HttpResponseBase:
    """Show how many firms of an area are affected, where, by what, and what they need."""
    area = _area(request)
    found = reads.summary(request.user, area)
    if wants_file(request):
        return send(
            request,
            room="impact",
            key="terdampak",
            title=f"IKM terdampak {area}",
            file_name="terdampak",
            heads=COUNT_HEADINGS,
            rows=[(c.name, c.firms, c.workers, c.severity, c.reporting) for c in found.areas],
            recorded={"area": str(area.pk)},
        )
    context = {
        "area": area,
        "found": found,
        "figures": _figures(request.user, found, is_demo=bool(facts.ask("demo", request))),
        "stated": _stated(request.user, found),
        "areas": _stated_areas(request.user, found),
        "map": _map(found) if area.level == Level.COUNTRY else None,
        "definition": definition_on(as_of(request).day),
        "language": (get_language() or "id")[:2],
        "dimensions": [
            (words, dimension, _stated_codes(request.user, found, dimension)[:most])
            for words, dimension, most in (
                (_("Obstacles reported most"), "obstacle", 8),
                (_("Needs named most"), "need", 8),
                (_("By commodity group"), "commodity_group", None),
                (_("By status"), "status", None),
            )
        ],
        "place": "" if area.level == Level.COUNTRY else f"{area.level}={area.pk}&",
        "below": "province" if area.level == Level.COUNTRY else "regency",
    }
    return render_page(request, "impact/summary.html", "impact/_areas.html", context)


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_list(request: PersonRequest) -> HttpResponseBase:
    """List the newest reports, worst first; export what is filtered."""
    if wants_file(request):
        return pages.answer(request, REPORTS)
    shown = pages.show(request, REPORTS, pages.ask(request, REPORTS))
    context = {"list": shown, "totals": _totals(request.user, shown)}
    return render_page(request, "impact/list.html", shown.fragment, context)


def _totals(person: User, shown: pages.ShownList) -> reads.Totals | None:
    """What the rows add up to; None where many rows are filtered by more than their place."""
    is_narrow = any(shown.asked[name] for name in (*reads.FILTERS[2:], "least"))
    if shown.page.is_more_than_counted and is_narrow:
        return None
    return reads.totals(person, shown.asked.values)


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_enterprise(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one firm's reports: the newest with its terms, the earlier ones below."""
    firms = Enterprise.objects.visible_to(request.user).select_related("regency")
    firm = get_object_or_404(firms, pk=pk)
    reports = (
        ImpactReport.objects.visible_to(request.user)
        .of_firm(firm)
        .with_file()
        .order_by("is_withdrawn", "-month", "-source_record_id")
    )
    shown = [shown_report(report) for report in reports]
    context = {"firm": firm, "reports": shown, "newest": shown[0] if shown else None}
    return render_page(request, "impact/enterprise.html", "impact/_enterprise.html", context)


@require_safe
@permission_required(Permission.SEE_ENTERPRISES)
def show_formula(request: PersonRequest) -> HttpResponseBase:
    """Explain the index: its terms, constants, versions, and what would change it."""
    day = as_of(request).day
    formula = formula_on(day)
    terms, total = example_of(formula)
    context = {
        "formulas": FORMULAS,
        "formula": formula,
        "terms": terms,
        "total": total,
        "definition": definition_on(day),
        "language": (get_language() or "id")[:2],
    }
    return render_page(request, "impact/formula.html", "impact/_formula.html", context)


def _area(request: PersonRequest) -> Area:
    """Return the area asked for, one's own if none is; one that is out of reach does not exist."""
    asked = request.GET.get("area", "")
    area = get_object_or_404(Area, pk=row_key(asked)) if asked else reads.home_of(request.user)
    if not _covers(request, area):
        raise Http404
    return area


def _covers(request: PersonRequest, area: Area) -> bool:
    return request.user.covers(area)


def _stated(person: User, found: reads.Summary) -> dict[str, Stated]:
    """The area's own firms and workers, as links to their rows."""
    place = {} if found.area.level == Level.COUNTRY else {str(found.area.level): found.area.pk}
    seen = _seen(found)
    return {
        "firms": as_read(AFFECTED, found.total.firms, person, seen, place),
        "workers": as_read(WORKERS, found.total.workers, person, seen, place),
    }


def _stated_areas(person: User, found: reads.Summary) -> list[tuple[reads.Cell, Stated, Stated]]:
    """Each area below with its firms and workers; rows of no regency have no list of their own."""
    below = "province" if found.area.level == Level.COUNTRY else "regency"
    seen = _seen(found)
    return [
        (
            cell,
            as_read(AFFECTED, cell.firms, person, seen, asked, is_beyond=not cell.code),
            as_read(WORKERS, cell.workers, person, seen, asked, is_beyond=not cell.code),
        )
        for cell in found.areas
        for asked in [{below: cell.code}]
    ]


def _stated_codes(
    person: User, found: reads.Summary, dimension: str
) -> list[tuple[reads.Cell, Stated]]:
    place = {} if found.area.level == Level.COUNTRY else {str(found.area.level): found.area.pk}
    seen = _seen(found)
    return [
        (
            cell,
            as_read(AFFECTED, cell.firms, person, seen, {**place, dimension: cell.code or "-"}),
        )
        for cell in found.by_dimension[dimension]
    ]


def _seen(found: reads.Summary) -> AsOf:
    return AsOf(found.as_of or found.area.valid_from, False)


def _figures(person: User, found: reads.Summary, *, is_demo: bool) -> list[Figure]:
    source = _("Reports that the regional offices delivered")
    coverage = _("{reported} of {registered} firms of the register reported").format(
        reported=numbers.whole(found.total.reporting), registered=numbers.whole(found.registered)
    )
    stated = _stated(person, found)
    definition = definition_on(found.as_of) if found.as_of else definition_on(found.area.valid_from)
    full = say(definition.text)
    kind: Kind = "demo" if is_demo else "own"
    figure = partial(Figure, as_of=found.as_of, source=source, coverage=coverage, kind=kind)
    severity = "–" if found.total.severity is None else numbers.decimal(found.total.severity, 1)
    return [
        figure(
            label=AFFECTED.words,
            value=numbers.whole(found.total.firms),
            stated=stated["firms"],
            definition=_("By the newest report of each firm, definition {v}.").format(
                v=definition.version
            ),
            full_definition=full,
        ),
        figure(
            label=WORKERS.words,
            value=numbers.whole(found.total.workers),
            stated=stated["workers"],
            definition=WORKERS.definition,
        ),
        figure(
            label=_("Mean severity"),
            value=severity,
            unit=_("of 100"),
            definition=_("Of the affected firms whose severity is known."),
            url=reverse("impact:formula"),
        ),
    ]


def _map(found: reads.Summary) -> maps.Map:
    day = found.as_of or found.area.valid_from
    counted = {int(cell.code): cell.firms for cell in found.areas}
    every = Area.objects.provinces(day)
    codes = AreaCode.objects.filter(scheme="kemendagri", area__in=every, valid_from__lte=day)
    by_area = dict(codes.order_by("valid_from").values_list("area_id", "code"))
    provinces = [
        maps.Province(
            code=by_area[area.pk],
            name=area.name,
            value=counted.get(area.pk),
            written=numbers.whole(counted.get(area.pk)),
            url=f"{reverse('impact:summary')}?area={area.pk}",
        )
        for area in every
        if area.pk in by_area
    ]
    breaks = maps.round_breaks([cell.firms for cell in found.areas])
    marks = ["0", *(numbers.whole(int(one)) for one in breaks)]
    most = sorted(provinces, key=lambda province: -(province.value or 0))
    title = _("Provinces by affected firms; the numbers stand in the table")
    return maps.country_map(
        title, provinces, breaks, marks, named=[p.code for p in most[:4] if p.value]
    )

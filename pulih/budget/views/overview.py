"""The country, a province, a unit: the amounts as bars, and the way down to their lines."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.lists.figures import Stated, state
from pulih.lists.files import wants_file
from pulih.lists.filters import Asked
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission, may
from pulih.web.as_of import AsOf, as_of
from pulih.web.figures import Amounts as Bar
from pulih.web.page import render_page

from .. import figures
from ..exporting import export
from ..figures import stated_amounts
from ..line_lists import POK_LINES, shown_lines
from ..models import Appointment, BudgetLine, DocumentKind, Posting, SpendingUnit
from ..models.appointments import Post
from ..models.lines import BudgetLineQuerySet
from ..reads import amounts_by, bar
from ..reads.absorption import lags_by
from ..reads.documents import imprest_of, seen_on, with_figures
from ..rules.amounts import Amounts, total
from ..rules.bounds import OutOfBounds, odd_total
from ..rules.forecast import Lag
from ..unit_parts import parts_of
from .money import money, part_of_read
from .years import asked_year

EXPORT_HEADINGS = (
    *("Kode", "Nama", "Pagu", "Blokir", "Komitmen"),
    *("Realisasi", "Dicadangkan", "Dapat digeser"),
    *("Rencana sampai tanggal ini (%)", "Realisasi (%)", "Selisih dari rencana (poin)"),
)


class OverviewRow(NamedTuple):
    """One area or unit of a list, with its amounts on the day shown."""

    place: Area | SpendingUnit
    amounts: Amounts
    share: Bar
    lag: Lag | None
    stated: dict[str, Stated]

    @property
    def ahead(self) -> float | None:
        """Points ahead of the plan; negative is behind."""
        return -self.lag.points if self.lag else None


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_summary(request: PersonRequest) -> HttpResponseBase:
    """Show all that this person may see, province by province."""
    seen = as_of(request)
    every = BudgetLine.objects.visible_to(request.user)
    years = _years(every)
    year = asked_year(request, every, years)
    lines = every.of_year(year)
    amounts = amounts_by(lines, "province_id", seen.day, seen.known)
    places = list(Area.objects.filter(pk__in=amounts).order_by("sort_key"))
    rows = _rows(request.user, places, lines, "province_id", year, amounts, seen)
    if wants_file(request):
        title = f"Anggaran {year} per provinsi"
        return export(request, "budget", "anggaran-provinsi", title, EXPORT_HEADINGS, _table(rows))
    whole = total(row.amounts for row in rows)
    person, asked = request.user, {"year": year}
    context = money(lines, whole, person, seen, asked) | {
        "rows": rows,
        "late": [row for row in rows if row.lag and row.lag.points > 0],
        "year": year,
        "years": years,
        "total": whole,
        "total_bar": bar(whole),
        "unit_count": lines.order_by().values("unit").distinct().count(),
        "untagged_lines": state(figures.UNTAGGED_LINES, person, seen, asked),
        "untagged": state(figures.UNTAGGED, person, seen, asked),
        "movable": state(figures.MOVABLE, person, seen, asked),
        "physical_lines": state(figures.PHYSICAL_LINES, person, seen, asked),
    }
    return render_page(request, "budget/summary.html", "budget/_summary.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_province(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the units of one province."""
    seen = as_of(request)
    every = BudgetLine.objects.visible_to(request.user).filter(province_id=pk)
    units = SpendingUnit.objects.visible_to(request.user).filter(province_id=pk)
    province = get_object_or_404(Area.objects.filter(pk__in=units.values("province")), pk=pk)
    years = _years(every)
    year = asked_year(request, every, years)
    lines = every.of_year(year)
    amounts = amounts_by(lines, "unit_id", seen.day, seen.known)
    rows = _rows(request.user, list(units.order_by("code")), lines, "unit_id", year, amounts, seen)
    if wants_file(request):
        title = f"Anggaran {year} {province}"
        return export(request, "budget", "anggaran-satker", title, EXPORT_HEADINGS, _table(rows))
    whole = total(row.amounts for row in rows)
    context = money(lines, whole, request.user, seen, {"province": pk, "year": year}) | {
        "province": province,
        "rows": rows,
        "year": year,
        "years": years,
        "total": whole,
        "total_bar": bar(whole),
    }
    return render_page(request, "budget/province.html", "budget/_units.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_unit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one unit: its amounts, lines, documents and drafts."""
    seen = as_of(request)
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit = get_object_or_404(units, pk=pk)
    every = BudgetLine.objects.visible_to(request.user).filter(unit=unit)
    years = _years(every)
    year = asked_year(request, every, years)
    chosen = every.of_year(year)
    if seen.is_other:
        chosen = chosen.there_on(seen.day, seen.known)
    ordered = chosen.select_related("measure", "province").order_by("line_key", "id")
    shown = shown_lines(Asked(request.user, seen), list(ordered))
    lines = [one.row for one in shown]
    whole = total(row.amounts for row in lines)
    postings = Posting.objects.visible_to(request.user).filter(unit=unit, fiscal_year=year)
    documents = seen_on(postings, seen.day, seen.known)
    newest = with_figures(documents.order_by("-effective_on", "-id")[:7])
    parts = parts_of(request, unit, year, documents)
    context = money(chosen, whole, request.user, seen, {"unit": pk, "year": year}) | {
        "unit": unit,
        "lines": lines,
        "list": part_of_read(
            request, POK_LINES, shown, reverse("budget:lines"), {"unit_short"}, unit=pk, year=year
        ),
        "year": year,
        "years": years,
        "total": whole,
        "total_bar": bar(whole),
        "kept": sum(row.amounts.free for row in lines if row.line.is_protected),
        "documents": newest,
        "document_count": documents.count(),
        "allotment": _newest(documents, DocumentKind.DIPA),
        "imprest": imprest_of(postings, seen.day, seen.known),
        "appointments": _appointments(unit, seen),
        "warned": [row for row in lines if row.warnings],
        "odd": _odd(unit, whole),
        "said": [one.sentence for one in parts if one.sentence],
        "cards": [one.card for one in parts],
        "may_revise": may(request.user, Permission.REVISE_BUDGET, unit.province),
        "may_tag": may(request.user, Permission.TAG_LINES, unit.province),
        "may_appoint": may(request.user, Permission.APPOINT, unit.province),
    }
    return render_page(request, "budget/unit.html", "budget/_unit_lines.html", context)


def _newest(documents: QuerySet[Posting], kind: str) -> Posting | None:
    return documents.filter(document_kind=kind).order_by("-effective_on", "-id").first()


def _appointments(unit: SpendingUnit, seen: AsOf) -> list[Appointment]:
    held = Appointment.objects.filter(unit=unit).on(seen.day).select_related("person")
    order = list(Post.values)
    return sorted(held, key=lambda one: (order.index(one.post), one.valid_from))


def _rows(
    person: User,
    places: Sequence[Area | SpendingUnit],
    lines: BudgetLineQuerySet,
    key: str,
    year: int,
    amounts: dict[int, Amounts],
    seen: AsOf,
) -> list[OverviewRow]:
    lags = lags_by(lines, key, year, amounts, seen.day, seen.known)
    name = key.removesuffix("_id")
    return [
        OverviewRow(
            place,
            one,
            bar(one),
            lags.get(place.pk),
            stated_amounts(one, person, seen, {"year": year, name: place.pk}),
        )
        for place in places
        for one in [amounts.get(place.pk, Amounts())]
    ]


def _odd(unit: SpendingUnit, whole: Amounts) -> OutOfBounds | None:
    return odd_total(unit.name, unit.authority, whole.ceiling) if whole.ceiling else None


def _years(lines: BudgetLineQuerySet) -> list[int]:
    return sorted(lines.order_by().values_list("fiscal_year", flat=True).distinct())


def _table(rows: list[OverviewRow]) -> list[tuple[object, ...]]:
    return [
        (
            getattr(row.place, "code", row.place.pk),
            row.place.name,
            row.amounts.ceiling,
            row.amounts.blocked,
            row.amounts.committed,
            row.amounts.realised,
            row.amounts.reserved,
            row.amounts.free,
            row.lag and round(row.lag.planned_share * 100, 2),
            row.lag and round(row.lag.paid_share * 100, 2),
            row.lag and round(-row.lag.points, 2),
        )
        for row in rows
    ]

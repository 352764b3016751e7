"""The country, a province, a unit: four amounts as bars, and the way down to their lines."""

from typing import NamedTuple

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.as_of import as_of
from pulih.web.figures import Amounts as Bar
from pulih.web.page import render_page

from ..exporting import export, wants_export
from ..forms import LineFilter
from ..models import BudgetLine, Posting, Revision, SpendingUnit
from ..models.lines import BudgetLineQuerySet
from ..reads import amounts_by, bar, chosen_year, rows_of
from ..rules.amounts import Amounts, total
from ..rules.bounds import OutOfBounds, odd_total

HEADS_ID = ("Kode", "Nama", "Pagu", "Blokir", "Komitmen", "Realisasi", "Dapat digeser")


class Row(NamedTuple):
    """One area or unit of a list, with its amounts on the day shown."""

    place: Area | SpendingUnit
    amounts: Amounts
    share: Bar


def asked_year(request: PersonRequest, lines: BudgetLineQuerySet) -> int:
    """Return the fiscal year that the page shows."""
    form = LineFilter(request.GET)
    form.is_valid()
    return chosen_year(form.cleaned_data.get("year"), lines, as_of(request).day)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_summary(request: PersonRequest) -> HttpResponseBase:
    """Show all that this person may see, province by province."""
    day = as_of(request).day
    every = BudgetLine.objects.visible_to(request.user)
    year = asked_year(request, every)
    lines = every.of_year(year)
    amounts = amounts_by(lines, "province_id", day)
    provinces = Area.objects.filter(pk__in=amounts).order_by("sort_key")
    rows = [Row(p, amounts[p.pk], bar(amounts[p.pk])) for p in provinces]
    if wants_export(request):
        title = f"Anggaran {year} per provinsi"
        return export(request, "anggaran-provinsi", title, HEADS_ID, _table(rows))
    untagged = lines.untagged()
    context = {
        "rows": rows,
        "year": year,
        "years": _years(every),
        "total": total(row.amounts for row in rows),
        "total_bar": bar(total(row.amounts for row in rows)),
        "day": day,
        "unit_count": lines.order_by().values("unit").distinct().count(),
        "untagged_count": untagged.count(),
        "untagged": total(amounts_by(untagged, "province_id", day).values()),
        "physical_count": lines.physical().count(),
    }
    return render_page(request, "budget/summary.html", "budget/_summary.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_province(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show the units of one province."""
    day = as_of(request).day
    every = BudgetLine.objects.visible_to(request.user).filter(province_id=pk)
    units = SpendingUnit.objects.visible_to(request.user).filter(province_id=pk)
    province = get_object_or_404(Area.objects.filter(pk__in=units.values("province")), pk=pk)
    year = asked_year(request, every)
    amounts = amounts_by(every.of_year(year), "unit_id", day)
    rows = [
        Row(unit, amounts.get(unit.pk, Amounts()), bar(amounts.get(unit.pk, Amounts())))
        for unit in units.order_by("code")
    ]
    if wants_export(request):
        title = f"Anggaran {year} {province}"
        return export(request, "anggaran-satker", title, HEADS_ID, _table(rows))
    whole = total(row.amounts for row in rows)
    context = {
        "province": province,
        "rows": rows,
        "year": year,
        "years": _years(every),
        "total": whole,
        "total_bar": bar(whole),
        "day": day,
    }
    return render_page(request, "budget/province.html", "budget/_units.html", context)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_unit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one unit: its amounts, lines, documents and drafts."""
    day = as_of(request).day
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit = get_object_or_404(units, pk=pk)
    every = BudgetLine.objects.visible_to(request.user).filter(unit=unit)
    year = asked_year(request, every)
    lines = rows_of(every.of_year(year).select_related("measure").order_by("line_key", "id"), day)
    whole = total(row.amounts for row in lines)
    postings = Posting.objects.visible_to(request.user).filter(
        unit=unit, fiscal_year=year, effective_on__lte=day
    )
    context = {
        "unit": unit,
        "lines": lines,
        "year": year,
        "years": _years(every),
        "total": whole,
        "total_bar": bar(whole),
        "kept": sum(row.amounts.free for row in lines if row.line.is_protected),
        "day": day,
        "postings": postings.order_by("-effective_on", "-id")[:6],
        "posting_count": postings.count(),
        "blocked_count": sum(1 for row in lines if row.amounts.blocked),
        "warned": [row for row in lines if row.warnings],
        "odd": _odd(unit, whole),
        "revisions": Revision.objects.visible_to(request.user).filter(unit=unit, fiscal_year=year),
        "may_tag": may(request.user, Permission.TAG_LINES, unit.province),
    }
    return render_page(request, "budget/unit.html", "budget/_lines_table.html", context)


def _odd(unit: SpendingUnit, whole: Amounts) -> OutOfBounds | None:
    return odd_total(unit.name, unit.authority, whole.ceiling) if whole.ceiling else None


def _years(lines: BudgetLineQuerySet) -> list[int]:
    return sorted(lines.order_by().values_list("fiscal_year", flat=True).distinct())


def _table(rows: list[Row]) -> list[tuple[object, ...]]:
    return [
        (
            getattr(row.place, "code", row.place.pk),
            row.place.name,
            row.amounts.ceiling,
            row.amounts.blocked,
            row.amounts.committed,
            row.amounts.realised,
            row.amounts.free,
        )
        for row in rows
    ]

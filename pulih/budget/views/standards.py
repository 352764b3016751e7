"""Standard unit costs: the list of a day, and the rows of POK sheets above them."""

from datetime import date

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.references.charts import standard_years, unit_costs
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..exporting import export, wants_export
from ..forms import StandardFilter
from ..models import LineDetail
from ..reads import language
from ..rules.standards import Costed, OverStandard, over_standard

HEADS_ID = ("Kode", "Satuan biaya", "Provinsi", "Satuan", "Rupiah", "Sifat", "Sumber", "Diperiksa")
MOST = 500


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_standards(request: PersonRequest) -> HttpResponseBase:
    """Show the unit costs of the day and what costs more on the POK sheets one may see."""
    form = StandardFilter(request.GET)
    form.is_valid()
    province, words = form.cleaned_data.get("province"), form.cleaned_data.get("q", "")
    year = form.cleaned_data.get("year")
    day = _day_of(year, as_of(request).day)
    names = dict(Area.objects.filter(level="province").values_list("pk", "name"))
    found = [
        (one, names.get(one.province or 0, "Indonesia"), one.name.in_language(language()))
        for one in unit_costs(day, province)
        if words.casefold() in f"{one.code} {one.name.id} {one.name.en}".casefold()
    ]
    if wants_export(request):
        rows = [
            (
                one.code, one.name.id, place, one.unit, one.amount,
                "batas tertinggi" if one.nature == "ceiling" else "perkiraan",
                one.source, "ya" if one.verified else "tidak",
            )
            for one, place, _name in found
        ]  # fmt: skip
        return export(request, "satuan-biaya", "Standar biaya masukan", HEADS_ID, rows)
    over = over_standards(request, day)
    context = {
        "rows": found,
        "over": [(line, one, one.message.in_language(language())) for line, one in over],
        "provinces": Area.objects.provinces(day).order_by("sort_key"),
        "province": province,
        "q": words,
        "year": day.year,
        "years": standard_years(),
        "day": day,
        "may_import": holds(request.user, Permission.MANAGE_REFERENCES),
    }
    return render_page(request, "budget/standards.html", "budget/_standards.html", context)


def _day_of(year: int | None, shown: date) -> date:
    """Return the day whose unit costs are read: the page's, or the last one of another year."""
    return shown if year in (None, shown.year) else date(year, 12, 31)


def over_standards(request: PersonRequest, day: date) -> list[tuple[int, OverStandard]]:
    """Return the rows of lines that cost more than their standard, with the line's id."""
    details = (
        LineDetail.objects.visible_to(request.user)
        .filter(line__fiscal_year=day.year, unit_cost__gt=0)
        .select_related("line")
        .order_by("line_id", "position")
    )
    costed = {
        Costed(one.line.line_key, one.text, one.unit_cost, one.province_id, one.unit): one.line_id
        for one in details.iterator()
    }
    return [(costed[one.detail], one) for one in over_standard(costed, day, unit_costs(day))[:MOST]]

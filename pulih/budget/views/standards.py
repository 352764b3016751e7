"""Standard unit costs: the list of a day, and the rows of POK sheets above them."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.as_of import as_of
from pulih.web.page import render_page

from ..exporting import export, wants_export
from ..models import LineDetail
from ..reads import language
from ..reads.charts import unit_costs
from ..rules.standards import Costed, OverStandard, over_standard

HEADS_ID = ("Kode", "Satuan biaya", "Provinsi", "Satuan", "Rupiah", "Sifat", "Sumber", "Diperiksa")
MOST = 500


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_standards(request: PersonRequest) -> HttpResponseBase:
    """Show the unit costs of the day and what costs more on the POK sheets one may see."""
    day = as_of(request).day
    asked = request.GET.get("province", "")
    province = int(asked) if asked.isdecimal() else None
    names = dict(Area.objects.filter(level="province").values_list("pk", "name"))
    found = [
        (one, names.get(one.province or 0, "Indonesia"), one.name.in_language(language()))
        for one in unit_costs(day, province)
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
    over = over_standards(request)
    context = {
        "rows": found,
        "over": [(line, one, one.message.in_language(language())) for line, one in over],
        "provinces": Area.objects.provinces(day).order_by("sort_key"),
        "province": province,
        "day": day,
    }
    return render_page(request, "budget/standards.html", "budget/_standards.html", context)


def over_standards(request: PersonRequest) -> list[tuple[int, OverStandard]]:
    """Return the rows of lines that cost more than their standard, with the line's id."""
    day = as_of(request).day
    details = (
        LineDetail.objects.visible_to(request.user)
        .filter(line__fiscal_year=day.year, unit_cost__gt=0)
        .select_related("line")
        .order_by("line_id", "position")
    )
    costed = {
        Costed(one.line.line_key, one.text, one.unit_cost, one.province_id): one.line_id
        for one in details.iterator()
    }
    return [(costed[one.detail], one) for one in over_standard(costed, day, unit_costs(day))[:MOST]]

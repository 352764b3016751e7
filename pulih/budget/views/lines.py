"""Lines: the list with its filters, its export and bulk tagging."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.models import Area
from pulih.lists.figures import Stated
from pulih.measures.models import Measure
from pulih.people.access import PersonRequest, permission_required
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.as_of import AsOf, as_of
from pulih.web.figures import Chip
from pulih.web.page import go_to, render_page

from .. import actions
from ..exporting import export, wants_export
from ..figures import stated_amounts
from ..filter_forms import WITHIN, LineFilter
from ..forms import BulkTagForm
from ..models import BudgetLine, SpendingUnit
from ..models.lines import BudgetLineQuerySet
from ..reads import NO_MEASURE, LineRow, amounts_by, filtered, rows_of
from ..rules.amounts import total
from .years import asked_year

ORDER = ("place", "-ceiling", "id")
HEADS_ID = (
    *("Provinsi", "Kode satker", "Satker", "Tahun", "Kewenangan", "Sumber dana", "Program"),
    *("Kode baris", "Akun", "Nama akun", "Uraian", "Langkah", "Dilindungi"),
    *("Pagu", "Blokir", "Komitmen", "Realisasi", "Dicadangkan", "Dapat digeser"),
    "Dapat digeser oleh rencana",
)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_lines(request: PersonRequest) -> HttpResponseBase:
    """List lines, untagged money first; export what is filtered."""
    seen = as_of(request)
    asked, year, lines = _asked(request)
    if wants_export(request):
        return _export(request, lines)
    ordered = lines.untagged_first().select_related("unit__province", "province", "measure")
    page = keyset.page(ordered, ORDER, request.GET.get("page", ""))
    context = {
        "page": page,
        "lines": with_stated(rows_of(page.rows, seen.day, seen.known), request.user, seen),
        "year": year,
        "day": seen.day,
        "form": LineFilter(request.GET),
        "asked": asked,
        "chips": _chips(request, asked),
        "total": total(amounts_by(lines, "unit_id", seen.day, seen.known).values()),
        "movable": _movable(lines, seen),
        "bulk": BulkTagForm(),
        "measures": Measure.objects.filter(is_active=True).order_by("code"),
        "query": request.GET.urlencode(),
        "may_tag": holds(request.user, Permission.TAG_LINES),
        "show_unit": True,
    }
    return render_page(request, "budget/lines.html", "budget/_lines.html", context)


@require_POST
@permission_required(Permission.TAG_LINES)
def tag_lines(request: PersonRequest) -> HttpResponseBase:
    """Say of all lines that the address filters that they pay for one measure."""
    _ignored, _year, lines = _asked(request)
    form = BulkTagForm(request.POST)
    back = f"{reverse('budget:lines')}?{request.GET.urlencode()}"
    if not form.is_valid():
        messages.error(request, _("Choose a measure first. Nothing was saved."))
        return go_to(request, back)
    done = actions.tag_many(lines, measure=form.cleaned_data["measure"], by=request.user)
    text = ngettext("%(n)s line tagged.", "%(n)s lines tagged.", done.tagged) % {"n": done.tagged}
    if done.unfit:
        text += " " + _("%(n)s left: their account may not pay for it.") % {"n": done.unfit}
    messages.success(request, text)
    return go_to(request, back)


def _asked(request: PersonRequest) -> tuple[dict[str, Any], int, BudgetLineQuerySet]:
    form = LineFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    year = asked_year(request, BudgetLine.objects.visible_to(request.user))
    lines, seen = filtered(request.user, asked, year), as_of(request)
    return asked, year, lines.there_on(seen.day, seen.known) if seen.is_other else lines


def with_stated(
    rows: Sequence[LineRow], person: User, seen: AsOf
) -> list[tuple[LineRow, dict[str, Stated]]]:
    """Lines with their amounts as links to what documents moved."""
    return [
        (row, stated_amounts(row.amounts, person, seen, asked))
        for row in rows
        for asked in [{"line": row.line.pk, "year": row.line.fiscal_year}]
    ]


def _movable(lines: BudgetLineQuerySet, seen: AsOf) -> int:
    return total(amounts_by(lines.movable(), "unit_id", seen.day, seen.known).values()).unbound


def _chips(request: PersonRequest, asked: dict[str, Any]) -> list[Chip]:
    chips: list[tuple[str, object, str]] = []
    if asked.get("province"):
        province = Area.objects.filter(pk=asked["province"]).first()
        chips.append((_("Province"), province, "province"))
    if asked.get("unit"):
        unit = SpendingUnit.objects.visible_to(request.user).filter(pk=asked["unit"]).first()
        chips.append((_("Spending unit"), unit, "unit"))
    if asked.get("line"):
        line = BudgetLine.objects.visible_to(request.user).filter(pk=asked["line"]).first()
        chips.append((_("Line"), line, "line"))
    if asked.get("measure") == NO_MEASURE:
        chips.append((_("Measure"), _("none"), "measure"))
    elif asked.get("measure"):
        measure = Measure.objects.filter(code=asked["measure"]).first()
        chips.append((_("Measure"), measure, "measure"))
    if asked.get("within"):
        chips.append((_("Spending units"), dict(WITHIN)[asked["within"]], "within"))
    if asked.get("account"):
        chips.append((_("Account"), asked["account"], "account"))
    return [
        Chip(label, str(value or "–"), clear_url=url_with(request, **{name: None, "page": None}))
        for label, value, name in chips
    ]


def _export(request: PersonRequest, lines: BudgetLineQuerySet) -> HttpResponseBase:
    chosen = lines.select_related("unit", "province", "measure").order_by(
        "province__sort_key", "unit__code", "line_key", "id"
    )
    seen = as_of(request)
    rows = rows_of(chosen, seen.day, seen.known)
    return export(request, "baris-pok", "Baris POK", HEADS_ID, [_exported(row) for row in rows])


def _exported(row: Any) -> tuple[Any, ...]:
    line, amounts = row.line, row.amounts
    return (
        line.province.name,
        line.unit.code,
        line.unit.name,
        line.fiscal_year,
        line.authority,
        line.fund_source,
        line.programme,
        line.line_key,
        line.account,
        row.account_name,
        line.detail,
        line.measure.name_id if line.measure else "",
        line.is_protected,
        amounts.ceiling,
        amounts.blocked,
        amounts.committed,
        amounts.realised,
        amounts.reserved,
        amounts.free,
        row.movable,
    )

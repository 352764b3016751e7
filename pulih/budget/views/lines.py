"""Lines: the list with its filters and bulk tagging, and one line with all that happened to it."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.areas.models import Area
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web import keyset
from pulih.web.addresses import url_with
from pulih.web.as_of import as_of
from pulih.web.figures import Chip
from pulih.web.page import go_to, render_page

from .. import actions
from ..exporting import export, wants_export
from ..forms import BulkTagForm, HoldForm, LineFilter, ProtectForm, TagForm
from ..models import BudgetLine, SpendingUnit
from ..models.lines import BudgetLineQuerySet
from ..reads import NO_MEASURE, amounts_by, bar, filtered, language, rows_of
from ..rules.amounts import total
from .overview import asked_year

ORDER = ("place", "-ceiling", "id")
HEADS_ID = (
    *("Provinsi", "Kode satker", "Satker", "Tahun", "Kewenangan", "Sumber dana", "Kode baris"),
    *("Akun", "Nama akun", "Uraian", "Langkah", "Dilindungi"),
    *("Pagu", "Blokir", "Komitmen", "Realisasi", "Dapat digeser"),
)


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_lines(request: PersonRequest) -> HttpResponseBase:
    """List lines, untagged money first; export what is filtered."""
    day = as_of(request).day
    asked, year, lines = _asked(request)
    if wants_export(request):
        return _export(request, lines)
    ordered = lines.untagged_first().select_related("unit", "province", "measure")
    page = keyset.page(ordered, ORDER, request.GET.get("page", ""))
    context = {
        "page": page,
        "lines": rows_of(page.rows, day),
        "year": year,
        "day": day,
        "form": LineFilter(request.GET),
        "asked": asked,
        "chips": _chips(request, asked),
        "total": total(amounts_by(lines, "unit_id", day).values()),
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


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one line: its amounts, what each document did to it, and how it is used."""
    return _line_page(request, _line(request, pk))


@require_POST
@permission_required(Permission.TAG_LINES)
def tag_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say which measure the line pays for."""
    line, form = _line(request, pk), TagForm(request.POST)
    if form.is_valid():
        try:
            actions.tag(line, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, tag=form)


@require_POST
@permission_required(Permission.TAG_LINES)
def protect_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep plans away from the line, or let them near it."""
    line, form = _line(request, pk), ProtectForm(request.POST)
    if form.is_valid():
        try:
            actions.protect(line, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, protect=form)


@require_POST
@permission_required(Permission.SEE_BUDGET, Permission.DELIVER_FILES)
def hold_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Block part of the line, or release a block, by a document."""
    line, form = _line(request, pk), HoldForm(request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        hold = actions.block if values.pop("kind") == "block" else actions.release
        try:
            hold(line, by=request.user, **values)
        except Refusal as refusal:
            form.add_error(None, refusal.message.in_language(language()))
        else:
            return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, hold=form)


def _line(request: PersonRequest, pk: int) -> BudgetLine:
    lines = BudgetLine.objects.visible_to(request.user)
    lines = lines.select_related("unit__province", "province", "measure")
    line: BudgetLine = get_object_or_404(lines, pk=pk)
    return line


def _line_page(request: PersonRequest, line: BudgetLine, **forms: Any) -> HttpResponseBase:
    day = as_of(request).day
    (row,) = rows_of([line], day)
    entries = line.entries.filter(effective_on__lte=day).select_related("posting")
    may_tag = may(request.user, Permission.TAG_LINES, line.province)
    context = {
        "line": line,
        "row": row,
        "bar": bar(row.amounts),
        "day": day,
        "entries": entries.order_by("-effective_on", "-id"),
        "history": line.events.order_by("-pgh_created_at")[:10],
        "may_tag": may_tag,
        "may_hold": may(request.user, Permission.DELIVER_FILES, line.province),
        "tag_form": forms.get("tag")
        or TagForm(initial={"measure": line.measure and line.measure.code}),
        "protect_form": forms.get("protect")
        or ProtectForm(initial={"is_protected": line.is_protected}),
        "hold_form": forms.get("hold") or HoldForm(initial={"effective_on": day}),
    }
    return render_page(request, "budget/line.html", "budget/_line.html", context)


def _asked(request: PersonRequest) -> tuple[dict[str, Any], int, BudgetLineQuerySet]:
    form = LineFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    year = asked_year(request, BudgetLine.objects.visible_to(request.user))
    return asked, year, filtered(request.user, asked, year)


def _chips(request: PersonRequest, asked: dict[str, Any]) -> list[Chip]:
    chips: list[tuple[str, object, str]] = []
    if asked.get("province"):
        province = Area.objects.filter(pk=asked["province"]).first()
        chips.append((_("Province"), province, "province"))
    if asked.get("unit"):
        unit = SpendingUnit.objects.visible_to(request.user).filter(pk=asked["unit"]).first()
        chips.append((_("Spending unit"), unit, "unit"))
    if asked.get("measure") == NO_MEASURE:
        chips.append((_("Measure"), _("none"), "measure"))
    elif asked.get("measure"):
        measure = Measure.objects.filter(code=asked["measure"]).first()
        chips.append((_("Measure"), measure, "measure"))
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
    rows = rows_of(chosen, as_of(request).day)
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
        amounts.free,
    )

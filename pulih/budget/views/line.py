"""One line: its amounts, all that happened to it, and saying how it is used."""

from datetime import date
from functools import partial
from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.references.charts import unit_costs
from pulih.web.answers import is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions
from ..detail_history import details_on
from ..forms import DescriptionForm, ProtectForm, TagForm
from ..lists import PROMISES, UNPAID
from ..models import BudgetLine
from ..reads import bar, rows_of
from ..reads.commitments import unpaid
from ..reads.descriptions import described
from ..reads.doors import doors, has_hand
from ..reads.promises import promised
from ..rules.standards import Costed, OverStandard, over_standard
from .money import money, part_of_read

MOST = 60  # Entries on the page of a line; all are in the list.


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one line: its amounts, what each document did to it, and how it is used."""
    return _line_page(request, _line(request, pk))


@require_POST
@permission_required(Permission.TAG_LINES)
def tag_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say which measure the line pays for."""
    line = _line(request, pk)
    form = _tag_form(line, request.POST)
    if is_done(form, partial(actions.tag, line, by=request.user)):
        return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, tag=form)


@require_POST
@permission_required(Permission.TAG_LINES)
def protect_line(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Keep plans away from the line, or let them near it."""
    line = _line(request, pk)
    form = _protect_form(line, request.POST)
    if is_done(form, partial(actions.protect, line, by=request.user)):
        return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, protect=form)


@require_POST
@permission_required(Permission.POST_DOCUMENTS)
def rule_description(request: PersonRequest, pk: int) -> HttpResponseBase:
    """State whether the description of a line names a person."""
    line, form = _line(request, pk), DescriptionForm(request.POST)
    if is_done(form, partial(actions.rule_description, line, by=request.user)):
        return go_to(request, reverse("budget:line", args=[pk]))
    return _line_page(request, line, description=form)


def _line(request: PersonRequest, pk: int) -> BudgetLine:
    lines = BudgetLine.objects.visible_to(request.user)
    lines = lines.select_related("unit__province", "province", "measure")
    line: BudgetLine = get_object_or_404(lines, pk=pk)
    return line


def _line_page(request: PersonRequest, line: BudgetLine, **forms: Any) -> HttpResponseBase:
    seen = as_of(request)
    (row,) = rows_of([line], seen.day, seen.known)
    alone = BudgetLine.objects.filter(pk=line.pk)
    entries = line.entries.filter(effective_on__lte=seen.day).known_by(seen.known)
    newest = list(entries.select_related("posting").order_by("-effective_on", "-id")[: MOST + 1])
    owed = unpaid(alone, seen.day, seen.known, read=line)
    promises = promised(alone, seen.day, seen.known)
    asked = {"line": line.pk, "year": line.fiscal_year}
    details = details_on([line], seen.day, seen.known).get(line.pk, [])
    context = money(alone, row.amounts, request.user, seen, asked, owed) | {
        "line": line,
        "row": row,
        "bar": bar(row.amounts),
        "owed": part_of_read(
            request, UNPAID, owed, reverse("budget:commitments"), {"line_key"}, **asked
        ),
        "promised": part_of_read(
            request, PROMISES, promises, reverse("budget:promises"), {"unit", "line_key"}, **asked
        ),
        "entries": newest[:MOST],
        "entry_count": entries.count() if len(newest) > MOST else len(newest),
        "details": details,
        "over": _over(line, details, seen.day),
        "history": line.events.order_by("-pgh_created_at")[:10],
        "may_tag": may(request.user, Permission.TAG_LINES, line.province),
        "may_hold": has_hand(line.unit, request.user, doors()["block"].hands),
        "may_reserve": may(request.user, Permission.RESERVE_MONEY, line.province),
        "may_post": may(request.user, Permission.POST_DOCUMENTS, line.province),
        "may_commit": has_hand(line.unit, request.user, doors()["commitment"].hands),
        "described": described(line.province_id, line.detail),
        "description_form": forms.get("description") or DescriptionForm(),
        "tag_form": forms.get("tag") or _tag_form(line),
        "protect_form": forms.get("protect") or _protect_form(line),
    }
    return render_page(request, "budget/line.html", "budget/_line.html", context)


def _tag_form(line: BudgetLine, typed: QueryDict | None = None) -> TagForm:
    return TagForm(typed, initial={"measure": line.measure and line.measure.code})


def _protect_form(line: BudgetLine, typed: QueryDict | None = None) -> ProtectForm:
    return ProtectForm(typed, initial={"is_protected": line.is_protected})


def _over(line: BudgetLine, details: list[Any], day: date) -> list[tuple[OverStandard, str]]:
    """Return the rows of the line that cost more than their standard, each with its sentence."""
    if not details:
        return []
    costed = [
        Costed(line.line_key, one.text, one.unit_cost, line.province_id, one.unit)
        for one in details
    ]
    found = over_standard(costed, day, unit_costs(day, line.province_id))
    return [(one, say(one.message)) for one in found]

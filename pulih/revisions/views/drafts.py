"""Drafting a revision by hand: lines and amounts, the sum as it is typed, rows of a line."""

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.budget.actions.details import row_of
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.budget.reads import AccountNames, words_of
from pulih.common.errors import Refusal
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.web.answers import carried_out, is_done
from pulih.web.as_of import as_of
from pulih.web.page import go_to, render_page
from pulih.web.words import say

from .. import actions
from ..actions import DraftLine
from ..actions.drafting import movements_of, movements_there
from ..assessing import assess
from ..forms import DetailsForm, DraftForm
from ..models import Revision, RevisionMovement
from .revision import chips_of, revision_or_404

EDIT = ["GET", "POST"]


@require_http_methods(EDIT)
@permission_required(Permission.REVISE_BUDGET)
def new_revision(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Draft a revision of one unit and year."""
    unit, lines = _unit(request, pk, year)
    usual = {"judged_on": as_of(request).day}
    form = DraftForm(lines, request.POST or None, initial=usual)

    def act(token: str, **_typed: Any) -> Revision:
        values = form.values()
        return actions.draft(unit, year, form.asked(), by=request.user, token=token, **values)

    if "check" not in request.POST and (revision := carried_out(form, act)):
        messages.success(request, _("Draft saved. No money moves until it is in force."))
        return go_to(request, reverse("revisions:revision", args=[revision.pk]))
    return _form_page(request, form, unit, year)


@require_http_methods(EDIT)
@permission_required(Permission.REVISE_BUDGET)
def change_revision(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Change a draft, or one that was returned."""
    revision = revision_or_404(request, pk)
    unit, lines = _unit(request, revision.unit_id, revision.fiscal_year)
    form = DraftForm(
        lines, request.POST or None, asked=_asked_of(revision), initial=_initial(request, revision)
    )
    if "check" not in request.POST and form.is_valid():
        try:
            actions.redraft(revision, form.asked(), by=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, say(refusal.message))
        else:
            messages.success(request, _("Draft saved. No money moves until it is in force."))
            return go_to(request, reverse("revisions:revision", args=[pk]))
    return _form_page(request, form, unit, revision.fiscal_year, revision)


def _asked_of(revision: Revision) -> list[DraftLine]:
    return [
        DraftLine(one.ceiling_after, one.line_id)
        if one.line_id
        else DraftLine(one.ceiling_after, key=one.line_key, detail=one.detail, funding=one.funding)
        for one in movements_there(revision).order_by("line_key")
    ]


def _initial(request: PersonRequest, revision: Revision) -> dict[str, Any]:
    return {
        "title": revision.title,
        "reason": revision.reason,
        "declared_total": revision.declared_total,
        "judged_on": revision.judged_on or as_of(request).day,
        "volume": revision.volume,
    }


@require_POST
@permission_required(Permission.REVISE_BUDGET)
def sum_revision(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Answer what a draft being typed sums up to and who would have to approve; saves nothing."""
    unit, lines = _unit(request, pk, year)
    form = DraftForm(lines, request.POST)
    return render(request, "revisions/_draft_sum.html", {"sum": sum_of(form, unit, year)})


def sum_of(form: DraftForm, unit: SpendingUnit, year: int) -> dict[str, Any]:
    """Return the sum of a draft being typed, what is missing of it, and who would approve."""
    form.is_valid()
    values = form.cleaned_data
    before = sum(line.ceiling for line in form.lines)
    declared = values.get("declared_total") or 0
    found: dict[str, Any] = {"before": before, "declared": declared, "problem": ""}
    try:
        movements = movements_of(unit, year, form.asked()) if not _broken(form) else []
    except Refusal as refusal:
        movements, found["problem"] = [], say(refusal.message)
    change = sum(one.rupiah for one in movements)
    found |= {"change": change, "after": before + change, "missing": declared - change}
    if movements and values.get("judged_on"):
        revision = Revision(
            unit=unit, province_id=unit.province_id, fiscal_year=year, declared_total=declared,
            judged_on=values["judged_on"], volume=values.get("volume") or "",
        )  # fmt: skip
        assessed = assess(revision, movements)
        found["chips"] = chips_of(assessed.judged)
        found["why"] = say(assessed.judged.whole.message)
        found["said"] = [f"{one.line_key}: {say(one.message)}" for one in assessed.forbidden]
    return found


def _broken(form: DraftForm) -> bool:
    return any(name.startswith(("after_", "amount_")) for name in form.errors)


def _form_page(
    request: PersonRequest,
    form: DraftForm,
    unit: SpendingUnit,
    year: int,
    revision: Revision | None = None,
) -> HttpResponseBase:
    day = as_of(request).day
    names = AccountNames(day)
    context = {
        "form": form,
        "unit": unit,
        "year": year,
        "revision": revision,
        "lines": [
            (
                line,
                field,
                words_of(names(line.account), line.detail),
                line.committed + line.blocked,
            )
            for line, field in form.line_rows
        ],
        "sum": sum_of(form, unit, year) if form.is_bound else None,
        "day": day,
    }
    return render_page(request, "revisions/draft.html", "revisions/_draft.html", context)


def _unit(request: PersonRequest, pk: int, year: int) -> tuple[SpendingUnit, list[BudgetLine]]:
    units = SpendingUnit.objects.visible_to(request.user).select_related("province")
    unit: SpendingUnit = get_object_or_404(units, pk=pk)
    lines = BudgetLine.objects.visible_to(request.user).filter(unit=unit, fiscal_year=year)
    return unit, list(lines.order_by("line_key", "id"))


@require_http_methods(EDIT)
@permission_required(Permission.REVISE_BUDGET)
def movement_details(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Say what a moved line is to be made of."""
    movements = RevisionMovement.objects.visible_to(request.user)
    related = movements.select_related("revision__unit__province", "line")
    movement: RevisionMovement = get_object_or_404(related, pk=pk)
    rows = movement.rows_after or (
        [row_of(one) for one in movement.line.details.order_by("position")] if movement.line else []
    )
    form = DetailsForm(rows, request.POST or None)

    def act(**_typed: Any) -> None:
        actions.say_details(movement, form.rows(), by=request.user)

    if is_done(form, act):
        return go_to(request, reverse("revisions:revision", args=[movement.revision_id]))
    context = {"movement": movement, "form": form, "revision": movement.revision}
    return render_page(request, "revisions/details.html", "revisions/_details.html", context)

"""The targets of a unit's outputs: one form an output, saved one by one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pulih.budget.cash_plan import plan_of
from pulih.budget.models import BudgetLine, SpendingUnit
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import is_done
from pulih.web.page import go_to, render_page

from .. import actions
from ..actions.typing import ceiling_of
from ..forms import TargetForm
from ..ledger import part_of
from ..models import ActivityTarget
from ..models.typed import QUARTERS
from ..rules import quarters
from ..rules.facts import Part
from ..rules.thousands import rounded
from .lookups import unit_or_404


@dataclass(frozen=True)
class TargetRow:
    """One output on the page: its ceiling in thousand rupiah, what is kept, and its form."""

    part: Part
    name: str
    ceiling_k: int
    kept: ActivityTarget | None
    form: TargetForm

    @property
    def plan(self) -> list[tuple[str, int | None, Decimal | None]]:
        """The plan quarter by quarter: thousand rupiah and percent, cumulative."""
        if self.kept is None:
            return []
        found = [(n, self.kept.planned(n), self.kept.physical(n)) for n in QUARTERS]
        return [
            (quarters.ROMAN[n], None if rupiah is None else rounded(rupiah), physical)
            for n, rupiah, physical in found
        ]


@require_safe
@permission_required(Permission.SEE_BUDGET)
def show_targets(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Show what each output shall reach."""
    return _page(request, unit_or_404(request, pk, year), year)


@require_POST
@permission_required(Permission.SEE_BUDGET, Permission.FILE_REPORTS)
def save_target(request: PersonRequest, pk: int, year: int) -> HttpResponseBase:
    """Keep the target of one output."""
    unit = unit_or_404(request, pk, year)
    part = _asked_part(request.POST)
    if part not in _ceilings(unit, year) and part not in _kept(unit, year):
        messages.error(request, _("Nothing was saved: the unit has no such output this year."))
        return _page(request, unit, year)
    ceiling = ceiling_of(unit, year, part)
    form = _form(part, ceiling, _kept(unit, year).get(part), request.POST)

    def act(**_typed: Any) -> None:
        actions.save_target(unit, year, form.given(), by=request.user)

    if is_done(form, act):
        name = f"{part.activity}.{part.output}"
        messages.success(request, _("The target of %(output)s is saved.") % {"output": name})
        address = reverse("monitoring:targets", args=[pk, year])
        return go_to(request, f"{address}#o-{_name(part)}")
    messages.error(request, _("Nothing was saved: see the marked figures."))
    return _page(request, unit, year, {part: form})


def _page(
    request: PersonRequest,
    unit: SpendingUnit,
    year: int,
    typed: dict[Part, TargetForm] | None = None,
) -> HttpResponseBase:
    ceilings, kept = _ceilings(unit, year), _kept(unit, year)
    parts = sorted(ceilings.keys() | kept.keys())
    rows = [
        TargetRow(
            part,
            _name(part),
            rounded(ceilings.get(part, 0)),
            kept.get(part),
            (typed or {}).get(part) or _form(part, ceilings.get(part, 0), kept.get(part)),
        )
        for part in parts
    ]
    context = {
        "unit": unit,
        "year": year,
        "rows": rows,
        "without": sum(1 for part in parts if part not in kept and ceilings.get(part)),
        "plan": plan_of(unit, year),
        "may_file": may(request.user, Permission.FILE_REPORTS, unit.province),
    }
    return render_page(request, "monitoring/targets.html", "monitoring/_targets.html", context)


def _form(
    part: Part, ceiling: int, kept: ActivityTarget | None, typed: QueryDict | None = None
) -> TargetForm:
    initial: dict[str, Any] = part._asdict()
    if kept:
        initial |= {name: getattr(kept, name) for name in TargetForm.base_fields}
    return TargetForm(typed, ceiling=ceiling, initial=initial, auto_id=f"id_{_name(part)}_%s")


def _ceilings(unit: SpendingUnit, year: int) -> dict[Part, int]:
    found: dict[Part, int] = {}
    for line in BudgetLine.objects.filter(unit=unit, fiscal_year=year):
        found[part_of(line)] = found.get(part_of(line), 0) + line.ceiling
    return found


def _kept(unit: SpendingUnit, year: int) -> dict[Part, ActivityTarget]:
    targets = ActivityTarget.objects.filter(unit=unit, fiscal_year=year)
    return {Part(one.programme, one.activity, one.output): one for one in targets}


def _asked_part(typed: QueryDict) -> Part:
    return Part(typed.get("programme", ""), typed.get("activity", ""), typed.get("output", ""))


def _name(part: Part) -> str:
    return "-".join(part).replace(".", "-").strip("-")

"""Scenarios, and the budget lines of their plans, as declared lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, equals, flag, number, words
from pulih.people.permissions import Permission

from .models import Adoption, Scenario, SolutionLine, SolutionProvince


def _scenarios(asked: Asked) -> Any:
    rows = Scenario.objects.visible_to(asked.person)
    return rows.select_related("made_by", "solution__worst_province")


def _coverage(scenario: Scenario) -> float | None:
    return scenario.solution.worst_after if scenario.has_plan else None


SCENARIOS = Listing(
    room="planning",
    key="scenarios",
    title=_("Scenarios"),
    file_name="skenario",
    permission=Permission.SEE_SCENARIOS,
    source=_scenarios,
    columns=(
        Column("title", _("Scenario"), str, on=PAGE_ONLY, template="planning/_title.html"),
        Column("name", _("Scenario"), str, on=NOT_ON_PAGE),
        Column("fiscal_year", _("Fiscal year"), lambda s: s.fiscal_year, Kind.WHOLE, NOT_ON_PAGE),
        Column("state", _("State"), lambda s: s.get_state_display(),
               template="planning/_state_of_row.html"),
        Column("ceiling", _("New ceiling"), lambda s: s.ceiling, Kind.RUPIAH, NOT_ON_PAGE,
               unit="Rp"),
        Column("ceiling_short", _("New ceiling"), lambda s: s.ceiling, Kind.RUPIAH, PAGE_ONLY,
               unit=_("billion rupiah"), template="planning/_new_ceiling.html"),
        Column("coverage", _("Lowest coverage"), _coverage, Kind.SHARE,
               template="planning/_coverage.html"),
        Column("made_at", _("Made"), lambda s: s.made_at, Kind.MOMENT, NOT_ON_PAGE),
        Column("made_by", _("Made by"), lambda s: s.made_by.name, on=NOT_ON_PAGE),
        Column("made", _("Made"), lambda s: s.made_at, on=PAGE_ONLY, look="s q full",
               template="planning/_made.html"),
    ),
    filters=(
        words(["title"]),
        flag("waiting", _("Waiting for a decision"), lambda rows, _on: rows.undecided(),
             is_drawn=False),
    ),
    order=("-made_at", "-pk"),
    size=30,
    when_empty=_("No scenario yet."),
    empty="planning/_none.html",
    icon="adjustments-horizontal",
)  # fmt: skip


def _lines(asked: Asked) -> Any:
    rows = SolutionLine.objects.visible_to(asked.person)
    return rows.select_related("solution", "line", "unit", "province")


def _adopted_lines(asked: Asked) -> Any:
    rows = SolutionLine.objects.visible_to(asked.person)
    adopted = rows.filter(solution__in=Adoption.objects.values("solution"))
    return adopted.select_related("line", "unit", "province")


def _province_name(code: str) -> str:
    found = SolutionProvince.objects.filter(code=code).select_related("province").first()
    return found.province.name if found else code


def _provinces(asked: Asked) -> Any:
    rows = SolutionProvince.objects.visible_to(asked.person)
    if asked["plan"]:
        rows = rows.filter(solution=asked["plan"])
    else:
        rows = rows.filter(solution__scenario=asked["scenario"])
    return rows.order_by("province__sort_key").values_list("code", "province__name")


def _in_province(rows: Any, code: str) -> Any:
    return rows.filter(province__in=SolutionProvince.objects.filter(code=code).values("province"))


def _key(row: SolutionLine) -> str:
    return row.line.line_key if row.line else _now("new line")


PLAN_LINES = Listing(
    room="planning",
    key="plan_lines",
    title=_("Lines before and after"),
    file_name="baris-rencana",
    permission=Permission.SEE_SCENARIOS,
    source=_lines,
    columns=(
        Column("id", _("Id"), lambda row: row.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("line", _("Line"), _key, Kind.CODE, template="planning/_line_of_plan.html"),
        Column("detail", _("Description"), lambda row: row.line.detail if row.line else "",
               on=NOT_ON_PAGE),
        Column("unit_code", _("Unit code"), lambda row: row.unit.code if row.unit else "",
               Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda row: str(row.unit or ""), on=NOT_ON_PAGE),
        Column("why", _("Reason"), lambda _row: _now("Why?"), on=PAGE_ONLY, look="s",
               link=lambda row: reverse("planning:why-line",
                                        args=[row.solution.scenario_id, row.pk])),
        Column("province", _("Province"), lambda row: row.province.name),
        Column("measure", _("Measure"), lambda row: row.measure, look="s"),
        Column("before", _("Before"), lambda row: row.before, Kind.RUPIAH, unit="Rp",
               order="before", sums=True),
        Column("after", _("After"), lambda row: row.after, Kind.RUPIAH, unit="Rp",
               order="after", sums=True, look="b"),
        Column("change", _("Difference"), lambda row: row.change, Kind.RUPIAH, unit="Rp",
               template="planning/_change.html"),
        Column("bound", _("Bound"), lambda row: row.bound, Kind.RUPIAH, unit="Rp"),
    ),
    filters=(
        by_link("scenario", _("Scenario"), Scenario, "solution__scenario"),
        Filter("province", _("Province"), forms.SlugField, _in_province, _province_name,
               options=_provinces),
        flag("changed", _("Changed"), lambda rows, _on: rows.changed()),
    ),
    size=100,
    when_empty=_("No line of this plan is like that."),
)  # fmt: skip


def _adopted_as(solution: int) -> str:
    return str(Adoption.objects.filter(solution=solution).first() or solution)


# For the offices of an adopted plan, who see neither the scenario nor how it was found.
ADOPTED_LINES = replace(
    PLAN_LINES,
    permission=Permission.SEE_BUDGET,
    key="adopted_lines",
    source=_adopted_lines,
    columns=tuple(column for column in PLAN_LINES.columns if column.key != "why"),
    filters=(
        Filter(
            "plan", _("Adopted plan"), number(1), equals("solution"), _adopted_as, is_drawn=False
        ),
        *PLAN_LINES.filters[1:],
    ),
)

"""Scenarios as a declared list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.people.permissions import Permission

from .models import Scenario


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
    order=("-made_at", "-pk"),
    size=30,
    when_empty=_("No scenario yet."),
    empty="planning/_none.html",
    icon="adjustments-horizontal",
)  # fmt: skip

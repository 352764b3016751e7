"""Standard unit costs of a day as a declared list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from pulih.areas.models import Area
from pulih.classifications.standards import Nature, UnitCost
from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import province, words, year
from pulih.people.permissions import Permission
from pulih.references.charts import standard_years, unit_costs
from pulih.web.words import say

NATURES = {
    Nature.CEILING: _("ceiling: may not be passed"),
    Nature.ESTIMATE: _("estimate: may be passed with reason"),
}


class PlacedCost(NamedTuple):
    """A unit cost with the name of its place."""

    cost: UnitCost
    place: str

    @property
    def name(self) -> str:
        return say(self.cost.name)


def day_of(asked: Asked) -> date:
    """Return the day whose unit costs are read: the page's, or the last one of another year."""
    shown, wanted = asked.seen.day, asked["year"]
    return shown if wanted in (None, shown.year) else date(wanted, 12, 31)


def _costs(asked: Asked) -> list[PlacedCost]:
    names = dict(Area.objects.filter(level="province").values_list("pk", "name"))
    return [
        PlacedCost(one, names.get(one.province or 0, "Indonesia"))
        for one in unit_costs(day_of(asked), asked["province"])
    ]


def _fits(rows: list[PlacedCost], text: str) -> list[PlacedCost]:
    return [
        one
        for one in rows
        if text.casefold() in f"{one.cost.code} {one.cost.name.id} {one.cost.name.en}".casefold()
    ]


def _provinces(asked: Asked) -> list[tuple[int, str]]:
    provinces = Area.objects.provinces(day_of(asked)).order_by("sort_key")
    return [(one.pk, one.name) for one in provinces]


STANDARDS = Listing(
    room="budget",
    key="standards",
    title=_("Standard unit costs"),
    file_name="satuan-biaya",
    permission=Permission.SEE_BUDGET,
    source=_costs,
    columns=(
        Column("code", _("Code"), lambda one: one.cost.code, Kind.CODE, NOT_ON_PAGE),
        Column("name", _("Standard cost"), lambda one: one.name, look="full"),
        Column("place", _("Province"), lambda one: one.place),
        Column("unit", _("Unit"), lambda one: one.cost.unit),
        Column("amount", _("Amount"), lambda one: one.cost.amount, Kind.RUPIAH, look="b"),
        Column("nature", _("Nature"), lambda one: str(NATURES[one.cost.nature]), look="s full"),
        Column("cited", _("Source"), lambda one: one.cost.source, on=PAGE_ONLY, look="s q full",
               template="budget/_cited.html"),
        Column("source", _("Source"), lambda one: one.cost.source, on=NOT_ON_PAGE),
        Column("verified", _("Verified"), lambda one: one.cost.verified, Kind.YES_NO,
               NOT_ON_PAGE),
    ),
    filters=(
        words(label=_("Item"), narrow=_fits),
        replace(year(), options=lambda asked: [
            (one, str(one))
            for one in sorted({*standard_years(), day_of(asked).year}, reverse=True)
        ]),
        province(options=_provinces),
    ),
    when_empty=_("No standard unit cost fits."),
    empty="budget/_no_standard.html",
)  # fmt: skip

"""The years of multi-year contracts as a declared list: what each letter gives each year."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import equals, number, province, words, year
from pulih.people.permissions import Permission

from .lists import FILE_AND_API, unit_name
from .models import ContractYear


def _years(asked: Asked) -> Any:
    every = ContractYear.objects.visible_to(asked.person)
    return every.select_related("unit__province", "by")


CONTRACT_YEARS = Listing(
    room="budget",
    key="contract-years",
    title=_("Years of multi-year contracts"),
    file_name="kontrak-tahun-jamak",
    permission=Permission.SEE_BUDGET,
    source=_years,
    order=("-effective_on", "-id"),
    filters=(
        words(
            ("contract_number", "letter", "office", "unit__name", "unit__code"),
            label=_("Contract or letter"),
        ),
        year(equals("fiscal_year")),
        province(equals("province_id")),
        Filter("unit", _("Spending unit"), number(1), equals("unit_id"), unit_name),
    ),
    columns=(
        Column("id", _("Row id"), lambda y: y.pk, Kind.WHOLE, frozenset({Place.API})),
        Column("province", _("Province"), lambda y: y.unit.province.name, on=NOT_ON_PAGE),
        Column("unit", _("Unit code"), lambda y: y.unit.code, Kind.CODE, FILE_AND_API),
        Column(
            "unit_name", _("Spending unit"), lambda y: y.unit.name,
            link=lambda y: reverse("budget:contract-years", args=[y.unit_id]),
        ),
        Column("contract", _("Number of the contract"), lambda y: y.contract_number),
        Column("fiscal_year", _("Year"), lambda y: y.fiscal_year, Kind.WHOLE,
               frozenset({Place.API})),
        Column("year", _("Year"), lambda y: str(y.fiscal_year), Kind.CODE,
               frozenset({Place.PAGE, Place.FILE})),
        Column("rupiah", _("At most in this year"), lambda y: y.rupiah, Kind.RUPIAH),
        Column("effective_on", _("In effect on"), lambda y: y.effective_on, Kind.DAY,
               order="effective_on"),
        Column("letter", _("Number of the letter"), lambda y: y.letter),
        Column("office", _("Office that wrote it"), lambda y: y.office, hide=True),
        Column("edition", _("Which letter on the contract"), lambda y: y.edition, Kind.WHOLE,
               on=NOT_ON_PAGE),
        Column("by", _("Recorded by"), lambda y: str(y.by), on=NOT_ON_PAGE),
        Column("at", _("Known since"), lambda y: y.at, Kind.MOMENT, NOT_ON_PAGE),
    ),
    when_empty=_("No letter on a multi-year contract is recorded yet."),
    when_none=_("No year of a contract fits these filters."),
    icon="file-text",
)  # fmt: skip

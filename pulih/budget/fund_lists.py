"""The letters on fund sources as a declared list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, number, province, words, year
from pulih.people.permissions import Permission

from .fund_forms import SOURCES
from .lists import FILE_AND_API, unit_name
from .models import FundTerm
from .rules.revenue_and_loans import REVENUE


def _terms(asked: Asked) -> Any:
    every = FundTerm.objects.visible_to(asked.person)
    return every.select_related("unit__province", "by")


def _of_source(rows: Any, source: str) -> Any:
    return rows.filter(fund_source__in=REVENUE if source in REVENUE else (source,))


FUND_TERMS = Listing(
    room="budget",
    key="fund-terms",
    title=_("Letters on fund sources"),
    file_name="surat-sumber-dana",
    permission=Permission.SEE_BUDGET,
    source=_terms,
    order=("-effective_on", "-id"),
    filters=(
        words(("letter", "office", "register", "unit__name", "unit__code"), label=_("Letter")),
        year(equals("fiscal_year")),
        province(equals("province_id")),
        Filter("unit", _("Spending unit"), number(1), equals("unit_id"), unit_name),
        choices("source", _("Fund source"), SOURCES, _of_source),
    ),
    columns=(
        Column("id", _("Letter id"), lambda t: t.pk, Kind.WHOLE, frozenset({Place.API})),
        Column("province", _("Province"), lambda t: t.unit.province.name, on=NOT_ON_PAGE),
        Column("unit", _("Unit code"), lambda t: t.unit.code, Kind.CODE, FILE_AND_API),
        Column(
            "unit_name", _("Spending unit"), lambda t: t.unit.name,
            link=lambda t: reverse("budget:funds", args=[t.unit_id, t.fiscal_year]),
        ),
        Column("fiscal_year", _("Year"), lambda t: t.fiscal_year, Kind.WHOLE,
               frozenset({Place.API})),
        Column("year", _("Year"), lambda t: str(t.fiscal_year), Kind.CODE,
               frozenset({Place.PAGE, Place.FILE})),
        Column("fund_source", _("Fund source"), lambda t: t.fund_source, Kind.CODE),
        Column("letter", _("Number of the letter"), lambda t: t.letter),
        Column("office", _("Office that wrote it"), lambda t: t.office, hide=True),
        Column("effective_on", _("In effect on"), lambda t: t.effective_on, Kind.DAY,
               order="effective_on"),
        Column("deposited", _("Deposited revenue"), lambda t: t.deposited, Kind.RUPIAH),
        Column("maximum", _("May be paid"), lambda t: t.maximum, Kind.RUPIAH),
        Column("register_number", _("Register number"), lambda t: t.register, on=NOT_ON_PAGE),
        Column("currency", _("Currency"), lambda t: t.currency, Kind.CODE),
        Column("rate", _("Rupiah a unit"), lambda t: t.rate, Kind.DECIMAL),
        Column("by", _("Recorded by"), lambda t: str(t.by), on=NOT_ON_PAGE),
        Column("at", _("Known since"), lambda t: t.at, Kind.MOMENT, NOT_ON_PAGE),
    ),
    when_empty=_("No letter on a fund source is recorded yet."),
    when_none=_("No letter fits these filters."),
    icon="wallet",
)  # fmt: skip

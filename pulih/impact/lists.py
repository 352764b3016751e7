"""The newest report of each firm as a declared list, worst first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateformat import format as dated
from django.utils.translation import gettext_lazy as _

from pulih.classifications import commodities, needs, obstacles
from pulih.lists.columns import EVERYWHERE, NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import area_name, choices, number, province
from pulih.people.permissions import Permission

from . import reads
from .models import ImpactReport, Status

API, FILE = frozenset({Place.API}), frozenset({Place.FILE})
NOT_IN_API = EVERYWHERE - API
AFFECTED = (
    ("yes", _("Affected")),
    ("no", _("Not affected")),
    ("all", _("All that reported")),
)


def _coded(key: str, words: Any, codes: list[str]) -> Filter:
    """Return a filter by a code that a report names; `-` asks for those that name none."""
    return Filter(
        key,
        words,
        forms.CharField,
        shown=lambda code: reads.word(key, "" if code == "-" else code),
        options=lambda _asked: [(code, reads.word(key, code)) for code in dict.fromkeys(codes)],
    )


FILTERS = (
    province(),
    Filter("regency", _("Regency"), number(1), shown=area_name),
    _coded("need", _("Need"), [entry.code for entry in needs.LIST.entries]),
    _coded("obstacle", _("Obstacle"), [entry.code for entry in obstacles.LIST.entries]),
    _coded("status", _("Status"), list(Status.values)),
    _coded("commodity_group", _("Commodity group"), [one.code for one in commodities.LIST.entries]),
)


def _reports(asked: Asked) -> Any:
    rows = reads.filtered(asked.person, asked.values)
    return rows.with_firm().select_related("province", "regency")


def _joined(codes: list[str] | None) -> str:
    return "; ".join(codes or [])


def _regency(report: ImpactReport) -> str:
    return report.regency.name if report.regency else ""


REPORTS = Listing(
    room="impact",
    key="reports",
    title=_("Affected firms"),
    file_name="ikm-terdampak",
    permission=Permission.SEE_ENTERPRISES,
    source=_reports,
    columns=(
        Column("id", _("Report"), lambda r: r.pk, Kind.WHOLE, API),
        Column("enterprise", _("Number of the firm"), lambda r: r.enterprise_id, Kind.WHOLE, API),
        Column("province", _("Province"), lambda r: r.province_id, Kind.WHOLE, API),
        Column("regency", _("Regency"), lambda r: r.regency_id, Kind.WHOLE, API),
        Column("province_name", _("Province"), lambda r: r.province.name, on=FILE),
        Column("regency_in_file", _("Regency"), _regency, on=FILE),
        Column("firm", _("Firm"), lambda r: r.firm_name or "", on=NOT_IN_API, look="nm",
               template="impact/_firm.html"),
        Column("regency_name", _("Regency"), _regency, on=PAGE_ONLY),
        Column("month", _("Month"), lambda r: r.month, Kind.DAY, API),
        Column("month_in_file", _("Month"), lambda r: f"{r.month:%Y-%m}", on=FILE),
        Column("month_name", _("Month"), lambda r: dated(r.month, "M Y"), on=PAGE_ONLY),
        Column("status", _("Status"), lambda r: r.status, on=API),
        Column("status_name", _("Status"), lambda r: r.get_status_display(), on=NOT_IN_API),
        Column("commodity_group", _("Commodity group"), lambda r: r.commodity_group, on=FILE),
        Column("turnover_before", _("Turnover before"), lambda r: r.turnover_before, Kind.RUPIAH,
               FILE),
        Column("turnover", _("Turnover"), lambda r: r.turnover, Kind.RUPIAH, FILE),
        Column("turnovers", _("Turnover"), lambda r: r.turnover, Kind.RUPIAH, PAGE_ONLY,
               unit=_("before → now, million Rp"), template="impact/_turnover.html"),
        Column("workers_hit", _("Workers hit"), lambda r: r.workers_hit, Kind.WHOLE),
        Column("obstacles", _("Obstacles"), lambda r: r.obstacles, on=API, typed=list[str]),
        Column("needs", _("Needs"), lambda r: r.needs, on=API, typed=list[str]),
        Column("obstacle_codes", _("Obstacles"), lambda r: _joined(r.obstacles), on=FILE),
        Column("need_codes", _("Needs"), lambda r: _joined(r.needs), on=FILE),
        Column("severity", _("Severity"), lambda r: r.severity, Kind.DECIMAL, unit="0–100",
               look="b"),
        Column("terms", _("Terms"), lambda r: r.terms, on=API,
               typed=dict[str, float | None]),
        Column("known", _("Known of 100"), lambda r: r.known, Kind.WHOLE, FILE),
        Column("formula_version", _("Version of the formula"), lambda r: r.formula_version,
               on=NOT_ON_PAGE),
        Column("source_record", _("Number of the source"), lambda r: r.source_record_id,
               Kind.WHOLE, FILE),
    ),
    filters=(
        *FILTERS,
        Filter("least", _("Severity from"), number(0, 100)),
        choices("affected", _("Which firms"), AFFECTED, default="yes"),
    ),
    order=("-severity_rank", "-id"),
    when_empty=_("No firm fits these filters."),
    icon="filter",
)  # fmt: skip

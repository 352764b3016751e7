"""What pages and the API read of impact: counts of an area, rows behind each, words for codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, Func, Max, Q, Sum, TextField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.areas.models import COUNTRY, Area, Level
from pulih.classifications import commodities, needs, obstacles
from pulih.classifications.entries import CodeList
from pulih.people.models import User
from pulih.registry.models import Enterprise

from .models import AffectedCount, Dimension, ImpactReport, ImpactReportQuerySet, Status

FILTERS = ("province", "regency", "need", "obstacle", "status", "commodity_group")


@dataclass(frozen=True)
class Cell:
    """One count: of an area or of a code. `share` is of the area's affected firms."""

    code: str
    name: str
    firms: int
    workers: int
    severity: Decimal | None
    share: float = 0.0
    reporting: int = 0


@dataclass(frozen=True)
class Summary:
    """All that is counted of one area, and of the areas in it."""

    area: Area
    total: Cell
    registered: int
    as_of: date | None
    areas: list[Cell]
    by_dimension: dict[str, list[Cell]]


def word(dimension: str, code: str) -> str:
    """Return what a code is called in the language of the page; unknown words stand as written."""
    language = (get_language() or "id")[:2]
    lists: dict[str, CodeList[Any]]
    lists = {"need": needs.LIST, "obstacle": obstacles.LIST, "commodity_group": commodities.LIST}
    if not code:
        return _("not stated")
    if dimension == Dimension.STATUS:
        return str(dict(Status.choices).get(code, code))
    found = lists[dimension].find(code) if dimension in lists else None
    return found.name(language) if found else code


def summary(person: User, area: Area) -> Summary:
    """Return the counts of `area`, which lies within what `person` sees."""
    if area.level == Level.REGENCY:
        return _counted_now(person, area, [])
    if area.level == Level.PROVINCE:
        reports = ImpactReport.objects.visible_to(person).filter(province=area)
        return _counted_now(person, area, _cells_by_area(reports, "regency_id"))
    return _kept(area)


def _kept(area: Area) -> Summary:
    """Read the country from the kept counts, which are exact above the regencies."""
    kept = {(one.dimension, one.code): one for one in AffectedCount.objects.filter(area=area)}
    whole = kept.get((Dimension.ALL, ""))
    firms = (whole.firms or 0) if whole else 0
    provinces = AffectedCount.objects.of_provinces().select_related("area")
    return Summary(
        area,
        _of_count(whole, "", area.name, firms) if whole else Cell("", area.name, 0, 0, None),
        (whole.registered or 0) if whole else 0,
        whole.as_of if whole else None,
        [
            _of_count(one, str(one.area_id), one.area.name, firms)
            for one in provinces.order_by("area__sort_key")
        ],
        {
            name: sorted(
                (
                    _of_count(one, code, word(name, code), firms)
                    for (dimension, code), one in kept.items()
                    if dimension == name and one.firms
                ),
                key=lambda cell: (-cell.firms, cell.name),
            )
            for name in ("need", "obstacle", "status", "commodity_group")
        },
    )


def _of_count(one: AffectedCount, code: str, name: str, whole: int) -> Cell:
    firms = one.firms or 0
    share = firms / whole if whole else 0.0
    return Cell(code, name, firms, one.workers or 0, one.severity_mean, share, one.reporting or 0)


def _counted_now(person: User, area: Area, areas: list[Cell]) -> Summary:
    """Count one's own area from its reports: nothing of it is hidden from its own office."""
    place = {f"{area.level}_id": area.pk}
    reports = ImpactReport.objects.visible_to(person).newest().filter(**place)
    affected = reports.affected()
    total = affected.aggregate(
        firms=Count("id"), workers=Sum("workers_hit"), mean=Avg("severity"), as_of=Max("reported")
    )
    firms = total["firms"]
    registered = Enterprise.objects.visible_to(person).listed().filter(**place).count()
    return Summary(
        area,
        Cell(
            "",
            area.name,
            firms,
            total["workers"] or 0,
            _mean(total["mean"]),
            reporting=reports.count(),
        ),
        registered,
        total["as_of"],
        areas,
        {
            "need": _cells(affected, "need", _each("needs"), firms),
            "obstacle": _cells(affected, "obstacle", _each("obstacles"), firms),
            "status": _cells(affected, "status", F("status"), firms),
            "commodity_group": _cells(affected, "commodity_group", F("commodity_group"), firms),
        },
    )


def _each(column: str) -> Func:
    return Func(F(column), function="unnest", output_field=TextField())


def _cells(reports: ImpactReportQuerySet, dimension: str, code: Any, whole: int) -> list[Cell]:
    rows = (
        reports.order_by()
        .annotate(code=code)
        .values_list("code")
        .annotate(firms=Count("id"), workers=Sum("workers_hit"), mean=Avg("severity"))
        .order_by("-firms", "code")
    )
    return [
        Cell(code, word(dimension, code), firms, workers or 0, _mean(mean), firms / whole)
        for code, firms, workers, mean in rows
    ]


def _cells_by_area(reports: ImpactReportQuerySet, column: str) -> list[Cell]:
    hit = Q(is_affected=True)
    rows = (
        reports.newest()
        .order_by()
        .values_list(column)
        .annotate(
            firms=Count("id", filter=hit),
            workers=Sum("workers_hit", filter=hit),
            mean=Avg("severity", filter=hit),
            reporting=Count("id"),
        )
    )
    names: Mapping[int, Area] = Area.objects.in_bulk([row[0] for row in rows if row[0]])
    cells = [
        Cell(
            str(area or ""),
            names[area].name if area else _("regency not stated"),
            firms,
            workers or 0,
            _mean(mean),
            reporting=reporting,
        )
        for area, firms, workers, mean, reporting in rows
    ]
    return sorted(cells, key=lambda cell: names[int(cell.code)].sort_key if cell.code else "~")


def _mean(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def filtered(person: User, asked: Mapping[str, Any]) -> ImpactReportQuerySet:
    """Return the newest reports that `person` may see and the filters leave, affected firms first.

    asked: names of FILTERS; `affected` is "yes" (the usual), "no" or "all"; `least` the lowest
    severity.
    """
    rows = ImpactReport.objects.visible_to(person).newest()
    if (affected := asked.get("affected") or "yes") != "all":
        rows = (
            rows.filter(is_affected=True) if affected == "yes" else rows.exclude(is_affected=True)
        )
    for name in ("province", "regency"):
        if asked.get(name):
            rows = rows.filter(**{f"{name}_id": asked[name]})
    for name in ("status", "commodity_group"):
        if asked.get(name):
            rows = rows.filter(**{name: "" if asked[name] == "-" else asked[name]})
    if asked.get("need"):
        rows = rows.filter(needs__contains=[asked["need"]])
    if asked.get("obstacle"):
        rows = rows.filter(obstacles__contains=[asked["obstacle"]])
    if asked.get("least") is not None:
        rows = rows.filter(severity_rank__gte=asked["least"] * 10)
    return rows


class Totals(NamedTuple):
    """How many firms fit, and how many of their workers were hit."""

    firms: int
    workers: int


def totals(person: User, asked: Mapping[str, Any]) -> Totals:
    """Add up what `filtered` keeps. The whole country is read from its kept counts."""
    is_whole = person.sight.country and not any(asked.get(name) for name in (*FILTERS, "least"))
    if is_whole and (asked.get("affected") or "yes") == "yes":
        kept = AffectedCount.objects.filter(area_id=COUNTRY, dimension=Dimension.ALL).first()
        return Totals((kept and kept.firms) or 0, (kept and kept.workers) or 0)
    rows = filtered(person, asked)
    found = rows.order_by().aggregate(firms=Count("id"), workers=Sum("workers_hit"))
    return Totals(found["firms"], found["workers"] or 0)


def home_of(person: User) -> Area:
    """Return the area that a person's pages begin with."""
    return person.home or Area.objects.get(pk=COUNTRY)

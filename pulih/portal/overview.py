"""What the first page shows: the answer, four figures, a map with its table, the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pulih.areas.models import COUNTRY, Area, AreaCode, valid_on
from pulih.budget.reads import bar
from pulih.budget.rules.amounts import total
from pulih.classifications import obstacles
from pulih.impact.models import AffectedCount, Dimension
from pulih.web import maps, numbers
from pulih.web.as_of import AsOf
from pulih.web.figures import Amounts
from pulih.web.words import language

from .models import PublicFigure
from .money import Money, money_by_province


@dataclass(frozen=True)
class ProvinceRow:
    """One province on the first page; None is not known."""

    id: int
    code: str
    name: str
    affected: int | None
    severity: float | None
    money: Money | None

    @property
    def free(self) -> int | None:
        """What may still be moved, in rupiah."""
        return self.money.amounts.free if self.money else None

    @property
    def short_name(self) -> str:
        """The name as maps write it."""
        return self.name.replace("Kepulauan ", "Kep. ")


@dataclass(frozen=True)
class Overview:
    """Everything that the first page shows of the country, the same for everybody."""

    day: date
    fiscal_year: int
    rows: Sequence[ProvinceRow]
    country: AffectedCount | None
    obstacles: Sequence[tuple[str, int, float]]
    quoted: dict[str, PublicFigure]

    @property
    def affected(self) -> int | None:
        """How many affected firms the register names; None while no list came."""
        return self.country.firms if self.country else None

    @property
    def severity(self) -> float | None:
        """Their mean severity, 0 to 100."""
        return _mean(self.country)

    @property
    def amounts(self) -> Amounts:
        """The five amounts of the provincial units together."""
        return bar(total(row.money.amounts for row in self.rows if row.money))

    @property
    def planned(self) -> int | None:
        """What the adopted plan leaves the provinces; None while none is adopted."""
        planned = [row.money.planned for row in self.rows if row.money and row.money.planned]
        return sum(planned) if planned else None

    @property
    def reporting(self) -> int:
        """How many provinces have affected firms in the register."""
        return sum(row.affected is not None for row in self.rows)


def overview(seen: AsOf) -> Overview:
    """Read the country on the days asked for: its counts of firms, and its money as posted."""
    day = seen.day
    counts = {count.area_id: count for count in AffectedCount.objects.of_provinces()}
    country = AffectedCount.objects.filter(area_id=COUNTRY, dimension=Dimension.ALL).first()
    money = money_by_province(seen)
    codes = dict(
        AreaCode.objects.filter(valid_on(day), scheme="kemendagri").values_list("area_id", "code")
    )
    rows = [
        ProvinceRow(
            area.pk,
            codes.get(area.pk, ""),
            area.name,
            counts[area.pk].firms if area.pk in counts else None,
            _mean(counts.get(area.pk)),
            money.get(area.pk),
        )
        for area in Area.objects.provinces(day)
    ]
    quoted = {figure.key: figure for figure in PublicFigure.objects.select_related("source")}
    return Overview(day, day.year, rows, country, _obstacles(country), quoted)


def _mean(count: AffectedCount | None) -> float | None:
    mean = count.severity_mean if count else None
    return float(mean) if mean is not None else None


def _obstacles(country: AffectedCount | None, most: int = 5) -> list[tuple[str, int, float]]:
    if country is None or not country.firms:
        return []
    rows = AffectedCount.objects.filter(
        area_id=COUNTRY, dimension=Dimension.OBSTACLE, firms__isnull=False
    ).order_by("-firms", "code")[:most]
    return [(_obstacle(row.code), row.firms or 0, (row.firms or 0) / country.firms) for row in rows]


def _obstacle(code: str) -> str:
    entry = obstacles.LIST.find(code)
    return entry.name(language()) if entry else code


def country_map(overview: Overview, by: str, chosen: str) -> maps.Map:
    """Draw the provinces by affected firms, by severity, or by money that may still move."""
    values = {row.code: _value(row, by) for row in overview.rows}
    provinces = [
        maps.Province(
            row.code,
            row.name,
            values[row.code],
            _written(values[row.code], by),
            f"?map={by}&p={row.code}",
        )
        for row in overview.rows
    ]
    known = sorted((value for value in values.values() if value is not None), reverse=True)
    breaks = maps.round_breaks(known)
    marks = [_written(mark, by) for mark in (0, *breaks)]
    named = [p.code for p in sorted(provinces, key=lambda p: -(p.value or 0))[:4] if p.value]
    titles = {
        "affected": _("Provinces by affected firms; the numbers stand in the table"),
        "severity": _("Provinces by mean severity; the numbers stand in the table"),
        "free": _("Provinces by money that may still be moved; the numbers stand in the table"),
    }
    return maps.country_map(titles[by], provinces, breaks, marks, chosen, named)


def _value(row: ProvinceRow, by: str) -> float | None:
    return {"affected": row.affected, "severity": row.severity, "free": row.free}[by]


def _written(value: float | None, by: str) -> str:
    if by == "free":
        return numbers.millions(None if value is None else int(value), bare=True)
    return numbers.decimal(value, 1) if by == "severity" else numbers.whole(value)

"""The first page of those who work for a province, a regency or a city: their own area first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from pulih.areas.models import Area, Level
from pulih.budget.figures import stated_amounts
from pulih.budget.reads import bar
from pulih.impact import reads
from pulih.lists.figures import Stated
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.web.as_of import AsOf
from pulih.web.figures import Amounts

from .key_figures import stated_affected
from .money import money_by_province

EXPORT_HEADINGS = ("Wilayah", "IKM terdampak", "Keparahan rata-rata (0–100)")
OBSTACLES = 5


@dataclass(frozen=True)
class Place:
    """An area of the page's table. firms: None where no list names one.

    beside: its firms as a share of those of the part with the most, 0 to 1.
    """

    area: Area
    firms: int | None
    severity: float | None
    stated: Stated
    beside: float = 0


@dataclass(frozen=True)
class OwnArea:
    """What the page shows of the area: its firms, its parts, its money where the role sees it."""

    area: Area
    total: Place
    obstacles: Sequence[tuple[str, int, float]]
    parts: Sequence[Place]
    amounts: Amounts | None
    stated_money: dict[str, Stated]


def own_area_of(request: HttpRequest, person: User) -> Area | None:
    """Return the area to begin with: the one that the address names of those that the person works
    for, else the widest; None for the country and for those who work for no area.
    """
    home = person.home
    if home is None or home.level == Level.COUNTRY:
        return None
    asked = request.GET.get("area", "")
    return next((one for one in person.areas if str(one.pk) == asked), home)


def own_area(person: User, area: Area, seen: AsOf) -> OwnArea:
    counted = reads.summary(person, area)
    cells = {cell.code: cell for cell in counted.areas}
    inside = Area.objects.regencies(seen.day).within(area, seen.day)
    parts = [_place(person, one, cells.get(str(one.pk)), seen) for one in inside if one != area]
    most = max((one.firms or 0 for one in parts), default=0) or 1
    amounts = _amounts(person, area, seen)
    asked = {"province": area.pk, "year": seen.day.year}
    return OwnArea(
        area,
        _place(person, area, counted.total if counted.total.reporting else None, seen),
        [
            (cell.name, cell.firms, cell.share)
            for cell in counted.by_dimension.get("obstacle", [])[:OBSTACLES]
        ],
        [replace(one, beside=(one.firms or 0) / most) for one in parts],
        amounts,
        stated_amounts(amounts, person, seen, asked) if amounts else {},
    )


def _place(person: User, area: Area, cell: reads.Cell | None, seen: AsOf) -> Place:
    firms = cell.firms if cell else None
    severity = float(cell.severity) if cell and cell.severity is not None else None
    return Place(area, firms, severity, stated_affected(firms, person, seen, area))


def _amounts(person: User, area: Area, seen: AsOf) -> Amounts | None:
    if area.level != Level.PROVINCE or not holds(person, Permission.SEE_BUDGET):
        return None
    money = money_by_province(seen).get(area.pk)
    return bar(money.amounts) if money else None


def exported(shown: OwnArea) -> Iterator[list[Any]]:
    for one in (*shown.parts, shown.total):
        yield [one.area.name, one.firms, one.severity]

"""Whose business something is that concerns several enterprises: the least office over them all."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple, Protocol

from pulih.areas.models import COUNTRY, Area
from pulih.people.models import User
from pulih.people.scope import speaking_as_system

from .models import Distance, Enterprise


class Placed(Protocol):
    """Anything that carries its province and, where known, its regency."""

    @property
    def province_id(self) -> int: ...

    @property
    def regency_id(self) -> int | None: ...


class Act(Placed, Protocol):
    """What was done to firms under an office: FIRMS names its columns of theirs."""

    FIRMS: ClassVar[tuple[str, ...]]


class Office(NamedTuple):
    """The keys of an office's place, as scoped rows carry them; the country is a province here."""

    province_id: int
    regency_id: int | None

    @property
    def area(self) -> Area:
        """The area whose office it is."""
        return Area.objects.get(pk=self.regency_id or self.province_id)


def office_over(places: Iterable[tuple[int, int | None]]) -> Office:
    """Return the office that all these places (province, regency) lie under.

    One regency: its own; one province: the province's; else the country's. A place without a
    known regency is the province's.
    """
    several = set(places)
    assert several
    if len(several) == 1:
        return Office(*several.pop())
    provinces = {province for province, _ in several}
    return Office(provinces.pop(), None) if len(provinces) == 1 else Office(COUNTRY, None)


def office_of(rows: Iterable[Placed]) -> Office:
    """Return the office over rows that carry their places."""
    return office_over((row.province_id, row.regency_id) for row in rows)


def area_for(act: Act, by: User) -> Area:
    """Return whose business an act is: where a firm of it stands now, if `by` works there.

    Else the office that it was made under. It keeps its rank: see sql/moving.sql.
    """
    return next(
        (area for area in areas_now(act) if by.covers(area)),
        Office(act.province_id, act.regency_id).area,
    )


def areas_now(act: Act) -> list[Area]:
    """Return the areas of an act's own rank in which its firms stand now; none of the country's."""
    if act.province_id == COUNTRY:
        return []
    keys = [getattr(act, name) for name in act.FIRMS]
    with speaking_as_system():
        asked = Enterprise.objects.filter(pk__in=keys).select_related("merged_into")
        tops = {one.merged_into or one for one in asked}
        offices = {
            Office(top.province_id, top.regency_id if act.regency_id else None) for top in tops
        }
        return [office.area for office in sorted(offices, key=str)]


def distance(first: Enterprise, second: Enterprise) -> Distance:
    """Return how far apart two enterprises are said to be, as administration sees it."""
    if first.province_id != second.province_id:
        return Distance.FAR
    if first.regency_id is None or first.regency_id != second.regency_id:
        return Distance.SAME_PROVINCE
    in_district = _same(first, second, "district_code", "district")
    if in_district is False:
        return Distance.SAME_REGENCY
    if _same(first, second, "village_code", "village"):
        return Distance.SAME_VILLAGE
    return Distance.SAME_DISTRICT if in_district else Distance.SAME_REGENCY


def _same(first: Enterprise, second: Enterprise, code: str, name: str) -> bool | None:
    """Tell whether codes, or without them names, are equal; None when either is unknown."""
    for attribute in (code, name):
        here, there = (getattr(one, attribute) for one in (first, second))
        if here and there:
            return " ".join(here.casefold().split()) == " ".join(there.casefold().split())
    return None

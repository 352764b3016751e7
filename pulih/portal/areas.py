"""The areas of one day as public figures name them: Kemendagri digits, `ID` for the country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pulih.areas.models import COUNTRY, Area, AreaClosure, AreaCode, valid_on

NATION = "ID"
UNSTATED = "00"  # After a province's digits: its firms whose regency no list states.


@dataclass(frozen=True)
class Place:
    """parent: blank for the country. level: country, province or regency."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Areas:
    """Places by code, in the order of their names, and codes by the key of the area."""

    places: Mapping[str, Place]
    code_of: Mapping[int, str]

    def upwards(self, code: str) -> Iterator[str]:
        """The place itself, then what it lies in, up to the country."""
        while code:
            yield code
            code = self.places[code].parent

    def of_level(self, level: str) -> list[Place]:
        return [place for place in self.places.values() if place.level == level]

    def within(self, code: str) -> list[Place]:
        return self._within.get(code, [])

    @cached_property
    def _within(self) -> Mapping[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            found[place.parent].append(place)
        return found


def areas_on(day: date) -> Areas:
    """Every area of `day`, and one more in each province for what no regency is stated for."""
    codes = AreaCode.objects.filter(valid_on(day), scheme="kemendagri")
    code_of = {COUNTRY: NATION, **dict(codes.values_list("area_id", "code"))}
    above = AreaClosure.objects.filter(valid_on(day), depth=1)
    parent_of = dict(above.values_list("descendant_id", "ancestor_id"))
    places = {NATION: Place(NATION, "Indonesia", "country", "")}
    provinces = Area.objects.provinces(day)
    for area in provinces:
        places[code_of[area.pk]] = Place(code_of[area.pk], area.name, "province", NATION)
    for area in Area.objects.regencies(day):
        if area.pk in code_of:
            code = code_of[area.pk]
            places[code] = Place(code, area.name, "regency", code_of[parent_of[area.pk]])
    for area in provinces:
        code = code_of[area.pk] + UNSTATED
        places[code] = Place(code, area.name, "regency", code_of[area.pk])
    return Areas(places, code_of)


def is_unstated(place: Place) -> bool:
    """Say whether it stands for what no regency is stated for."""
    return place.level == "regency" and place.code.endswith(UNSTATED)

"""The calendar and the clock by which the duties of an area run."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from pulih import places
from pulih.areas.models import COUNTRY
from pulih.classifications.holidays import holidays
from pulih.common.working_days import Calendar

Holidays = Callable[[], frozenset[date]]


def _listed() -> frozenset[date]:
    return frozenset(holidays())


_source: list[Holidays] = [_listed]


def read_holidays_from(source: Holidays) -> None:
    """Take holidays from `source`, such as the table that offices keep, and not from the file."""
    _source[:] = [source]


def calendar() -> Calendar:
    return Calendar(_source[0]())


def zone_of(area_id: int | None) -> ZoneInfo:
    """Return the clock of an area: WIB, WITA or WIT; WIB for the country."""
    return places.time_zone(places.place(area_id or COUNTRY))


def places_of(area_id: int | None, on: date) -> tuple[int | None, int | None]:
    """Return the province and the regency in which a row of an area lies; none for the country."""
    if area_id is None or area_id == COUNTRY:
        return None, None
    place = places.place(area_id)
    if place.level is places.Level.PROVINCE:
        return area_id, None
    above = places.parent_of(place, on)
    return (above.key if above else None), area_id

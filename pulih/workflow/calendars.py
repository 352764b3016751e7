"""The calendar and the clock by which the duties of an area run."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import TextField, Value
from django.db.models.expressions import BaseExpression

from pulih import places
from pulih.areas.models import COUNTRY
from pulih.classifications.holidays import holidays
from pulih.common.working_days import Calendar

Holidays = Callable[[], frozenset[date]]
Column = Callable[[], BaseExpression]


def _listed() -> frozenset[date]:
    return frozenset(holidays())


def _as_text() -> BaseExpression:
    return Value(",".join(map(str, _listed())), TextField())


_source: list[tuple[Holidays, Column]] = [(_listed, _as_text)]


def read_holidays_from(source: Holidays, column: Column) -> None:
    """Take holidays from `source`, such as the table that offices keep, and not from the file.

    column: the same days as one text, `2020-05-21,2020-05-25`, for a statement about duties.
    """
    _source[:] = [(source, column)]


def calendar() -> Calendar:
    return Calendar(_source[0][0]())


def column() -> BaseExpression:
    """Return what reads the holidays along with other rows, for `calendar_in`."""
    return _source[0][1]()


def calendar_in(text: str | None) -> Calendar:
    return Calendar(frozenset(date.fromisoformat(day) for day in (text or "").split(",") if day))


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

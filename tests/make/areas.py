"""Areas as tests speak of them: the real ones, by name."""

from datetime import date
from functools import cache

from pulih.areas.models import COUNTRY, Area
from pulih.places import Level, resolve

DAY = date(2020, 5, 1)


def province(name: str = "Jawa Barat", on: date = DAY) -> Area:
    """Return a province by name or usual spelling."""
    return _area(name, Level.PROVINCE, on)


def regency(name: str = "Kab. Indramayu", on: date = DAY) -> Area:
    """Return a regency or city by name or usual spelling."""
    return _area(name, Level.REGENCY, on)


def country() -> Area:
    """Return Indonesia."""
    return of_key(COUNTRY)


@cache
def of_key(key: int) -> Area:
    """Return an area, asked for once by a process: its row comes of a migration and stays."""
    return Area.objects.get(pk=key)


def _area(name: str, level: Level, on: date) -> Area:
    found = resolve(name, on=on, level=level)
    assert found is not None, f"No {level} is called {name}."
    return of_key(found.key)

"""Questions about places that are already known: codes, parents, children, clocks."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from pulih.common.periods import WIB, WIT, WITA
from pulih.places import tables
from pulih.places.model import District, Level, Place, Scheme

COUNTRY_KEY = 1
ZONES = {"WIB": WIB, "WITA": WITA, "WIT": WIT}
NEW_LIST_FROM = date(2022, 11, 9)
"""From here the sub-districts are those of the 2025 list, before it those of 2020.

Source: AREA-07.
"""


def place(key: int) -> Place:
    """Return the place of a key. Raises KeyError."""
    return tables.places()[key]


def country() -> Place:
    """Return Indonesia."""
    return place(COUNTRY_KEY)


def all_places() -> list[Place]:
    """Return every place that ever was, by key."""
    return list(tables.places().values())


def provinces(on: date) -> list[Place]:
    """Return the provinces of a day, in the order of their keys (Aceh first)."""
    return [one for one in all_places() if one.level is Level.PROVINCE and one.exists(on)]


def regencies(on: date) -> list[Place]:
    """Return the regencies and cities of a day, in the order of their keys."""
    return [one for one in all_places() if one.level is Level.REGENCY and one.exists(on)]


def name_on(one: Place, on: date) -> str:
    """Return the name that a place bore on a day: `Kab. Toba Samosir` until February 2020."""
    held = (name.value for name in tables.former_names().get(one.key, ()) if name.holds(on))
    return next(held, one.name)


def code_of(one: Place, scheme: Scheme, on: date) -> str | None:
    """Return the digits (no dots) that a scheme gave a place on a day; None if it gave none."""
    held = (code.value for code in tables.codes().get((one.key, scheme), ()) if code.holds(on))
    return next(held, None)


def code_is_verified(one: Place, scheme: Scheme, on: date) -> bool:
    """Say whether the code of that day was read in a list, not entered from memory."""
    dated = tables.codes().get((one.key, scheme), ())
    return any(code.verified for code in dated if code.holds(on))


def parent_of(one: Place, on: date) -> Place | None:
    """Return the place that held this one on a day; None for the country or before its birth."""
    held = (up.value for up in tables.parents().get(one.key, ()) if up.holds(on))
    return next((place(key) for key in held), None)


def dated_codes(one: Place, scheme: Scheme) -> list[tables.Dated[str]]:
    """Return every code that a scheme ever gave a place, with its days."""
    return list(tables.codes().get((one.key, scheme), ()))


def dated_parents(one: Place) -> list[tables.Dated[int]]:
    """Return the keys of all who ever held a place, with their days."""
    return list(tables.parents().get(one.key, ()))


def children_of(one: Place, on: date) -> list[Place]:
    """Return the places directly inside on a day, in the order of their keys."""
    return [place(key) for key in _children(on).get(one.key, ())]


def is_within(one: Place, outer: Place, on: date) -> bool:
    """Say whether a place lies strictly inside another on a day."""
    above = parent_of(one, on)
    return above is not None and (above == outer or is_within(above, outer, on))


def successors(one: Place) -> list[Place]:
    """Return the places that were cut out of this one, oldest first; the rest keeps its key."""
    cut = (row for row in tables.rows("successors") if int(row["key"]) == one.key)
    return [place(int(row["successor"])) for row in cut]


def time_zone(one: Place) -> ZoneInfo:
    """Return the clock of a place: WIB, WITA or WIT; WIB for the country."""
    if one.level is Level.REGENCY:
        one = place(tables.parents()[one.key][-1].value)
    return ZONES[tables.clocks().get(one.key, "WIB")]


def districts(regency: Place, on: date) -> list[District]:
    """Return the sub-districts (kecamatan) of a regency, by code.

    The lists of 2020 and of 2025 are known; a day belongs to the one that its codes belong to.
    """
    prefix = code_of(regency, Scheme.KEMENDAGRI, on)
    listed = "2025" if on >= NEW_LIST_FROM else "2020"
    return list(_districts(listed).get(prefix or "", ()))


@lru_cache(maxsize=32)
def _children(on: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, dated in tables.parents().items():
        for up in dated:
            if up.holds(on):
                found.setdefault(up.value, []).append(key)
    return found


@lru_cache(maxsize=2)
def _districts(listed: str) -> dict[str, list[District]]:
    found: dict[str, list[District]] = {}
    for row in tables.rows("districts"):
        if row["list"] in (listed, "both"):
            found.setdefault(row["code"][:4], []).append(District(row["code"], row["name"]))
    return found

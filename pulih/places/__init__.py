"""Provinces and regencies by date and code scheme; `resolve` tells which one is meant.

Three schemes number the same places differently (199 of 514 regencies differ, and for 166 of
them the other scheme's number means another regency), so a number alone is never resolved.
Codes are digits without dots. Source: AREA-01, AREA-02, AREA-03, AREA-04, AREA-05, AREA-06.
"""

from pulih.places.detecting import detect_scheme
from pulih.places.lookup import (
    all_places,
    children_of,
    code_is_verified,
    code_of,
    country,
    dated_codes,
    dated_parents,
    districts,
    is_within,
    name_on,
    parent_of,
    place,
    provinces,
    regencies,
    successors,
    time_zone,
)
from pulih.places.model import District, Level, Place, Scheme
from pulih.places.resolving import candidates, is_misspelt, resolve, resolve_many
from pulih.places.tables import KNOWN_FROM, Dated

__all__ = [
    "KNOWN_FROM",
    "Dated",
    "District",
    "Level",
    "Place",
    "Scheme",
    "all_places",
    "candidates",
    "children_of",
    "code_is_verified",
    "code_of",
    "country",
    "dated_codes",
    "dated_parents",
    "detect_scheme",
    "districts",
    "is_misspelt",
    "is_within",
    "name_on",
    "parent_of",
    "place",
    "provinces",
    "regencies",
    "resolve",
    "resolve_many",
    "successors",
    "time_zone",
]

"""Public counts of micro and small manufacturers (IMK) by province; few are public as text.

Source: CLASS-11.
"""

from dataclasses import dataclass
from functools import cache

from pulih.classifications.entries import rows
from pulih.places import Level, Place, resolve
from pulih.places.tables import KNOWN_FROM


@dataclass(frozen=True)
class FirmCount:
    """How many micro and small manufacturers a place had in a year, as published."""

    place: int
    year: int
    firms: int
    source: str
    verified: bool


def firm_count(place: Place, year: int) -> FirmCount | None:
    """Return the published count of a province or the country, or None."""
    return next((one for one in counts() if (one.place, one.year) == (place.key, year)), None)


@cache
def counts() -> tuple[FirmCount, ...]:
    """Return every published count."""
    found = []
    for row in rows("imk_counts"):
        level = Level.COUNTRY if row["province"] == "Indonesia" else Level.PROVINCE
        place = resolve(row["province"], on=KNOWN_FROM, level=level)
        assert place is not None
        year, firms = int(row["year"]), int(row["firms"])
        found.append(FirmCount(place.key, year, firms, row["source"], row["verified"] == "yes"))
    return tuple(found)

"""Units of measure of cost plans (RAB): short forms, spellings, and what a product is counted in.

`65 orang × 4 hari` is counted in person-days (OH). Places, sites and classes multiply and leave the
unit as it is: `13 kab × 5 orang × 4 hari` is counted in person-days too.
Source: UNIT-01.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pulih.classifications.entries import rows
from pulih.common.errors import Message

Parts = tuple[str, ...]  # Codes of what is counted, sorted: ("day", "person").


@dataclass(frozen=True)
class Unit:
    """One unit. parts: what it counts; empty for what only multiplies, such as places."""

    code: str
    short: str
    name: Message
    parts: Parts
    spellings: tuple[str, ...]
    source: str
    verified: bool


@cache
def every() -> tuple[Unit, ...]:
    """Return the units in the order of the list."""
    return tuple(_read(row) for row in rows("units"))


@lru_cache(maxsize=4_096)  # Offices write few units, and write them often.
def find(text: str) -> Unit | None:
    """Return the unit that a text means, such as `OJ`, `org` or `orang-jam`; None for no unit."""
    wanted = " ".join(text.lower().replace(".", "").split())
    known = _by_spelling()
    if wanted in known:
        return known[wanted]
    words = re.split(r"\s*[-/x×*]\s*|\s+", wanted)
    found = [known.get(word) for word in words]
    if len(words) < 2 or None in found:
        return None
    parts = product(unit for unit in found if unit)
    return _by_parts().get(parts) if parts else None


def product(units: Iterable[Unit]) -> Parts | None:
    """Return what a product is counted in; None where one thing is counted twice."""
    parts = [part for unit in units for part in unit.parts]
    return tuple(sorted(parts)) if len(set(parts)) == len(parts) else None


def words_of(parts: Parts, language: str = "id") -> str:
    """Return a product's unit as documents write it: `OH`, `paket`, `orang-paket`."""
    known = _by_parts().get(parts)
    if known:
        return known.name.in_language(language) if language.startswith("en") else known.short
    names = [_by_parts()[(part,)].name.in_language(language) for part in parts]
    return "-".join(names)


@cache
def _by_spelling() -> dict[str, Unit]:
    return {
        spelling: unit
        for unit in every()
        for spelling in (
            unit.name.id.lower(),
            unit.name.en.lower(),
            unit.short.lower(),
            *unit.spellings,
        )
    }


@cache
def _by_parts() -> dict[Parts, Unit]:
    return {unit.parts: unit for unit in every() if unit.parts}


def _read(row: dict[str, str]) -> Unit:
    return Unit(
        row["code"],
        row["short"],
        Message(row["name_indonesian"], row["name_en"]),
        tuple(sorted(row["parts"].split())),
        tuple(spelling.replace(".", "") for spelling in row["spellings"].split("|")),
        row["source"],
        row["verified"] == "yes",
    )

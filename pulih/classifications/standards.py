"""Standard unit costs (SBM) by day, province and item: a ceiling no plan may pass, or an estimate.

Daily allowances stand in `allowances`; the other items in `data/unit_costs.csv`.
Source: CLASS-12, CLASS-16.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pulih.classifications import units
from pulih.classifications.allowances import allowances
from pulih.classifications.entries import rows
from pulih.common.errors import Message
from pulih.places import Level, Place, resolve


class Nature(StrEnum):
    """A ceiling binds; an estimate may be passed where the market asks for more."""

    CEILING = "ceiling"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class UnitCost:
    """What one unit of an item may cost. province: a place's key, or None for the country.

    A detail is of this item when its account is one of `accounts` (none: any) and every word of
    `words` is in its text; the item with the most words wins, and a province's own row before the
    country's. also: words that mean the item only where the detail is counted in the item's unit.
    """

    code: str
    name: Message
    province: int | None
    unit: str
    amount: int
    nature: Nature
    accounts: tuple[str, ...]
    words: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool
    also: tuple[tuple[str, ...], ...] = ()

    def is_above(self, rupiah: int) -> bool:
        """Tell whether an amount is above what binds; an estimate may be passed with a reason."""
        return self.nature is Nature.CEILING and rupiah > self.amount

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def fit(self, account: str, text: str, unit: str = "") -> int:
        """Return by how many words a detail is of the item; 0 where it is of another.

        unit: what the detail is counted in, as documents write it; a detail in person-days is never
        of an item in person-hours. Without a unit that is known, the words alone decide.
        """
        return self.fit_words(account, frozenset(words_of_text(text)), units.find(unit))

    def fit_words(self, account: str, there: frozenset[str], counted: units.Unit | None) -> int:
        """As `fit`, of a text whose words and unit are read already."""
        if self.accounts and account not in self.accounts:
            return 0
        own = units.find(self.unit)
        if counted and own and counted.parts != own.parts:
            return 0
        known_by = (self.words, *(self.also if counted and own else ()))
        return max((len(words) for words in known_by if there.issuperset(words)), default=0)


def words_of_text(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, in their order."""
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))


def standards(on: date, province: Place | int | None = None) -> list[UnitCost]:
    """Return the unit costs of a day: of the country and of one province (None: of all)."""
    key = province.key if isinstance(province, Place) else province
    return [
        one
        for one in every()
        if one.holds(on) and (None in (key, one.province) or one.province == key)
    ]


def standard_for(
    account: str,
    text: str,
    province: int,
    on: date,
    among: Iterable[UnitCost] | None = None,
    unit: str = "",
) -> UnitCost | None:
    """Return the unit cost that a detail is measured by; None where no item fits.

    among: unit costs of whatever day and place; None: those of our own lists. unit: what the detail
    is counted in, such as `OH`; empty where that is not said.
    """
    return next(iter(suggestions(account, text, province, on, among, unit)), None)


def suggestions(
    account: str,
    text: str,
    province: int,
    on: date,
    among: Iterable[UnitCost] | None = None,
    unit: str = "",
) -> list[UnitCost]:
    """Return the unit costs that a detail may be measured by, the likeliest first."""
    known = every() if among is None else among
    there, counted = frozenset(words_of_text(text)), units.find(unit)
    fitting = [
        (words, one)
        for one in known
        if one.province in (None, province)
        and (words := one.fit_words(account, there, counted))
        and one.holds(on)
    ]
    ranked = sorted(
        fitting,
        key=lambda pair: (-pair[0], pair[1].province is None, pair[1].code),
    )
    return [one for _words, one in ranked]


@cache
def every() -> tuple[UnitCost, ...]:
    """Return every known unit cost."""
    return (*items(), *of_allowances(allowances()))


@cache
def items() -> tuple[UnitCost, ...]:
    """Return the unit costs other than daily allowances."""
    return tuple(_read(row) for row in rows("unit_costs"))


def _read(row: dict[str, str]) -> UnitCost:
    first = date.fromisoformat(row["valid_from"])
    place = resolve(row["province"], on=first, level=Level.PROVINCE) if row["province"] else None
    assert bool(place) == bool(row["province"]), row["province"]
    return UnitCost(
        row["code"],
        Message(row["name_indonesian"], row["name_en"]),
        place.key if place else None,
        row["unit"],
        int(row["amount"]),
        Nature(row["nature"]),
        tuple(row["accounts"].split()),
        tuple(row["words"].split()),
        first,
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        row["source"],
        row["verified"] == "yes",
    )


_ALLOWANCES = (
    ("out_of_town", "out_of_town",
     Message("Uang harian luar kota", "Daily allowance, out of town"),
     ("524111", "524115", "524119"), ("uang", "harian"), (("perjalanan",),), Nature.CEILING),
    ("in_town_over_8h", "in_town_over_8h",
     Message("Uang harian dalam kota lebih dari 8 jam", "Daily allowance, in town over 8 hours"),
     ("524113", "524114"), ("uang", "harian"), (("perjalanan",),), Nature.CEILING),
    # Participants who are no officials are paid from 521219, as plans of 2020 show.
    ("training", "training", Message("Uang harian diklat", "Daily allowance, training"),
     ("521219", "524111", "524113", "524115", "524119"), ("uang", "harian", "diklat"),
     (("uang", "harian", "pelatihan"), ("uang", "harian", "bimtek")), Nature.CEILING),
    # No item of the decree names those who help participants: assumed to be paid as in town.
    ("assistant", "in_town_over_8h",
     Message("Pendamping peserta (disamakan dengan uang harian dalam kota)",
             "Assistant of participants (taken as the daily allowance in town)"),
     ("521213", "522151"), ("pendamping", "peserta"), (("pendamping",),), Nature.ESTIMATE),
)  # fmt: skip


def of_allowances(known: Iterable[Any]) -> Iterable[UnitCost]:
    """Return the unit costs that daily allowances are, ours or of the reference lists."""
    for one in known:
        province = getattr(one, "province_id", None) or one.province
        for code, paid_as, name, accounts, words, also, nature in _ALLOWANCES:
            yield UnitCost(
                code, name, province, "orang-hari", int(getattr(one, paid_as)), nature, accounts,
                words, one.valid_from, one.valid_to, one.source,
                one.verified and code == paid_as, also,
            )  # fmt: skip

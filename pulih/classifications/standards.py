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
    country's.
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

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def is_of(self, account: str, text: str) -> bool:
        """Tell whether a detail with this account and text is of the item."""
        there = set(words_of_text(text))
        is_paid_so = account in self.accounts or not self.accounts
        return bool(self.words) and is_paid_so and there.issuperset(self.words)


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
    account: str, text: str, province: int, on: date, among: Iterable[UnitCost] | None = None
) -> UnitCost | None:
    """Return the unit cost that a detail is measured by; None where no item fits.

    among: unit costs of whatever day and place; None: those of our own lists.
    """
    known = every() if among is None else among
    fitting = [
        one
        for one in known
        if one.holds(on) and one.province in (None, province) and one.is_of(account, text)
    ]
    return max(fitting, key=lambda one: (len(one.words), one.province is not None), default=None)


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
        Message(row["name_id"], row["name_en"]),
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
    ("out_of_town", Message("Uang harian luar kota", "Daily allowance, out of town"),
     ("524111", "524115", "524119"), ("uang", "harian")),
    ("in_town_over_8h", Message("Uang harian dalam kota lebih dari 8 jam",
                                "Daily allowance, in town over 8 hours"),
     ("524113", "524114"), ("uang", "harian")),
    ("training", Message("Uang harian diklat", "Daily allowance, training"),
     ("524111", "524113", "524115", "524119"), ("uang", "harian", "diklat")),
)  # fmt: skip


def of_allowances(known: Iterable[Any]) -> Iterable[UnitCost]:
    """Return the unit costs that daily allowances are, ours or of the reference lists."""
    for one in known:
        province = getattr(one, "province_id", None) or one.province
        for code, name, accounts, words in _ALLOWANCES:
            yield UnitCost(
                code, name, province, "orang-hari", int(getattr(one, code)), Nature.CEILING,
                accounts, words, one.valid_from, one.valid_to, one.source, one.verified,
            )  # fmt: skip

"""What is withheld as tax from a payment, by payee, account, sum and day; data/taxes.toml. Pure.

Source: TAX-01, TAX-02, TAX-03.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.common.errors import Message
from pulih.common.working_days import Calendar

PART_OF_PRICE = {"eleven_twelfths": Fraction(11, 12)}  # The base of PPN, where it is not the price.
TRADER = re.compile(r"(?:UD|PD|TB|TOKO|USAHA DAGANG)\b", re.IGNORECASE)
LONGEST_DUE = 120  # Days from withholding to the last day to pay in; no rule comes near it.


class Payee(StrEnum):
    """What a payee is to the tax office."""

    VAT_BODY = "vat_body"  # Adds VAT to its bill.
    BODY = "body"
    SMALL = "small"  # Shows the certificate of a small business.
    SERVANT_2 = "servant_2"  # Rank I or II.
    SERVANT_3 = "servant_3"
    SERVANT_4 = "servant_4"
    PERSON = "person"
    EXEMPT = "exempt"  # An office, or an allowance that is not taxed.


class Way(StrEnum):
    """Who takes the tax off: the treasury from the order (SPM), or the treasurer who pays."""

    ORDER = "order"
    TREASURER = "treasurer"


@dataclass(frozen=True)
class Tax:
    """map: the account of the state's income that it is paid into (kode MAP)."""

    key: str
    words: Message
    map: str


@dataclass(frozen=True)
class Step:
    """A rate for the part of the base up to so many rupiah; None: for all above."""

    rate: Fraction
    to: int | None


@dataclass(frozen=True)
class Rate:
    """One dated row of the file: for whom and for which accounts a tax is worked out, and how."""

    tax: str
    payees: frozenset[str]
    accounts: tuple[str, ...]
    above: int
    base: str
    steps: tuple[Step, ...]
    without_number: Fraction
    valid_from: date
    verified: bool

    def fits(self, payee: str, account: str) -> bool:
        return payee in self.payees and account.startswith(self.accounts)


@dataclass(frozen=True)
class Suggested:
    """What the rule withholds of one tax, in rupiah. base: of what."""

    tax: str
    base: int
    rupiah: int


def suggest(
    payee: str, amounts: Mapping[str, int], on: date, *, has_number: bool
) -> list[Suggested]:
    """Return what is withheld from a payment, in the order of the file; nothing of 0 rupiah.

    amounts: rupiah by account of the charge. has_number: whether the payee shows an NPWP.
    """
    found = []
    for tax in taxes():
        parts = [_part(tax, payee, amounts, account, on, has_number) for account in amounts]
        rupiah = sum(part for _base, part in parts)
        if rupiah:
            found.append(Suggested(tax, sum(base for base, part in parts if part), rupiah))
    return found


def _part(
    tax: str, payee: str, amounts: Mapping[str, int], account: str, on: date, has_number: bool
) -> tuple[int, int]:
    """Return base and tax of one account of the payment; the threshold asks for all of them."""
    rate = rate_on(tax, payee, account, on)
    if rate is None or without_vat(payee, sum(amounts.values()), on) <= rate.above:
        return 0, 0
    base = _base(rate.base, payee, amounts[account], on)
    factor = Fraction(1) if has_number else rate.without_number
    return int(base), int(_by_steps(base, rate.steps) * factor)  # Rounded down, for the payee.


def rate_on(tax: str, payee: str, account: str, on: date) -> Rate | None:
    """Return the newest row of a day for a payee and an account; None where there is none."""
    fitting = [
        one for one in rates()
        if one.tax == tax and one.valid_from <= on and one.fits(payee, account)
    ]  # fmt: skip
    return max(fitting, key=lambda one: one.valid_from, default=None)


def without_vat(payee: str, rupiah: int, on: date) -> int:
    """Return what of a sum is no VAT: all of it, but for a payee who adds VAT."""
    known = [one for one in rates() if one.tax == "ppn" and one.valid_from <= on]
    if payee != Payee.VAT_BODY or not known:
        return rupiah
    newest = max(known, key=lambda one: one.valid_from)
    return int(rupiah / (1 + newest.steps[0].rate * PART_OF_PRICE.get(newest.base, 1)))


def is_trader(party: str) -> bool:
    """Tell whether a payee's name is that of a shop or sole trader: a firm, though of a person."""
    return TRADER.match(party.strip()) is not None


def way_of(method: str) -> Way:
    """Return who takes the tax off, by the way of paying: a direct payment is cut by the order."""
    return Way.ORDER if method in ("", "LS") else Way.TREASURER


def due_on(tax: str, withheld_on: date, calendar: Calendar) -> date | None:
    """Return the last day on which the treasurer pays a tax in; None where no rule is known."""
    known = [
        one for one in _read()["due"] if tax in one["taxes"] and one["valid_from"] <= withheld_on
    ]
    rule = max(known, key=lambda one: one["valid_from"], default=None)
    if rule is None:
        return None
    if "days" in rule:
        return calendar.first_open(withheld_on + timedelta(days=rule["days"]))
    first = withheld_on.replace(day=1) + timedelta(days=31)
    return calendar.first_open(first.replace(day=rule["day_of_next_month"]))


def late_until(tax: str, today: date, calendar: Calendar) -> date | None:
    """Return the last day of withholding for which a tax is late by today; None where none is."""
    for days in range(LONGEST_DUE):
        due = due_on(tax, today - timedelta(days=days), calendar)
        if due is not None and due < today:
            return today - timedelta(days=days)
    return None


def _base(kind: str, payee: str, rupiah: int, on: date) -> Fraction:
    match kind:
        case "without_vat" | "eleven_twelfths":
            return without_vat(payee, rupiah, on) * PART_OF_PRICE.get(kind, Fraction(1))
        case "half":
            return Fraction(rupiah // 2)
        case _:
            return Fraction(rupiah)


def _by_steps(base: Fraction, steps: Sequence[Step]) -> Fraction:
    total, below = Fraction(0), Fraction(0)
    for step in steps:
        upper = base if step.to is None else min(base, Fraction(step.to))
        total += max(Fraction(0), upper - below) * step.rate
        below = max(below, upper)
    return total


@cache
def taxes() -> dict[str, Tax]:
    """Return every kind of deduction by its key."""
    return {
        one["key"]: Tax(one["key"], Message(one["id"], one["en"]), one["map"])
        for one in _read()["tax"]
    }


@cache
def rates() -> tuple[Rate, ...]:
    return tuple(_rate(one) for one in _read()["rate"])


def _rate(one: dict[str, Any]) -> Rate:
    steps = tuple(Step(Fraction(step["rate"]), step.get("to")) for step in one["steps"])
    return Rate(
        one["tax"], frozenset(one["payees"]), tuple(one["accounts"]), one["above"], one["base"],
        steps, Fraction(one["without_number"]), one["valid_from"], one["verified"],
    )  # fmt: skip


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("pulih.treasury").joinpath("data/taxes.toml").read_text("utf-8"))

"""What a firm gets back for a new machine, what it pays first, and what would change that.

Source: REB-01.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pulih.common.errors import Message
from pulih.common.money import rupiah


class Origin(StrEnum):
    """Where a machine was made; domestic asks for proof of local content (TKDN)."""

    DOMESTIC = "domestic"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Wait:
    """A step between paying and being refunded, in calendar days."""

    words: Message
    days: int
    source: str


@dataclass(frozen=True)
class Scheme:
    """The terms of a year. percent: by origin; least, most: rupiah a firm."""

    year: int
    percent: dict[Origin, int]
    least: int
    most: int
    last_day: date
    source: str
    verified: bool
    steps: tuple[Wait, ...]

    @property
    def days(self) -> int:
        """Days from paying the machine to the refund."""
        return sum(step.days for step in self.steps)


@dataclass(frozen=True)
class Refund:
    """What comes back. cash_first: what the firm pays before; left: what it bears in the end."""

    rupiah: int
    cash_first: int
    reason: Message
    changes: tuple[Message, ...]

    @property
    def left(self) -> int:
        return self.cash_first - self.rupiah


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the terms of every year that is known whole, the newest first."""
    text = files("pulih.measures").joinpath("data", "rebates.toml").read_text("utf-8")
    read = [
        Scheme(
            raw["year"],
            {origin: raw[origin] for origin in Origin},
            raw["least"],
            raw["most"],
            raw["last_day"],
            raw["source"],
            raw["verified"],
            tuple(Wait(Message(id, en), days, source) for id, en, days, source in raw["steps"]),
        )
        for raw in tomllib.loads(text)["scheme"]
    ]
    return tuple(sorted(read, key=lambda scheme: -scheme.year))


def refund(scheme: Scheme, price: int, origin: Origin) -> Refund:
    """Return what a machine of `price` whole rupiah is refunded with.

    The share is rounded down to whole rupiah, cut at the most, and nothing below the least.
    """
    asked = price * scheme.percent[origin] // 100
    paid = 0 if asked < scheme.least else min(asked, scheme.most)
    return Refund(
        paid, price, _reason(scheme, asked, origin), _changes(scheme, price, paid, origin)
    )


def _reason(scheme: Scheme, asked: int, origin: Origin) -> Message:
    percent, least, most = scheme.percent[origin], scheme.least, scheme.most
    if asked < least:
        return Message(
            f"{percent}% harga adalah {rupiah(asked)}, di bawah batas terendah {rupiah(least)}; "
            "tidak ada yang diganti.",
            f"{percent}% of the price is {rupiah(asked, 'en')}, below the least of "
            f"{rupiah(least, 'en')}; nothing is refunded.",
        )
    if asked > most:
        return Message(
            f"{percent}% harga adalah {rupiah(asked)}; yang diganti paling banyak {rupiah(most)}.",
            f"{percent}% of the price is {rupiah(asked, 'en')}; at most {rupiah(most, 'en')} is "
            "refunded.",
        )
    return Message(f"{percent}% harga diganti.", f"{percent}% of the price is refunded.")


def _changes(scheme: Scheme, price: int, paid: int, origin: Origin) -> tuple[Message, ...]:
    """Return what would change the refund: origin, the least price, the price of the most."""
    percent, found = scheme.percent[origin], []
    if origin == Origin.IMPORTED:
        share = price * scheme.percent[Origin.DOMESTIC] // 100
        other = 0 if share < scheme.least else min(share, scheme.most)
        if other > paid:
            found.append(
                Message(
                    f"Mesin dalam negeri dengan bukti TKDN dan harga yang sama diganti "
                    f"{rupiah(other)}, {rupiah(other - paid)} lebih banyak.",
                    f"A machine made in the country, with proof and at the same price, is refunded "
                    f"with {rupiah(other, 'en')}, {rupiah(other - paid, 'en')} more.",
                )
            )
    lowest, highest = -(-scheme.least * 100 // percent), -(-scheme.most * 100 // percent)
    if not paid:
        found.append(
            Message(
                f"Penggantian mulai dari harga {rupiah(lowest)}.",
                f"Refunds begin at a price of {rupiah(lowest, 'en')}.",
            )
        )
    found.append(
        Message(
            f"Di atas harga {rupiah(highest)} penggantian tidak bertambah lagi.",
            f"Above a price of {rupiah(highest, 'en')} the refund grows no more.",
        )
    )
    return tuple(found)

"""What a revision may not touch: paid, contracted, blocked, salary, counterpart, reached outputs.

The rules are dated data in `data/untouchable.toml`. Source: REV-02, REV-06, BUDGET-03.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pulih.common.errors import Message
from pulih.common.money import rupiah

from .amounts import Amounts


@dataclass(frozen=True)
class Change:
    """A movement beside the line it moves, in rupiah.

    output_realised: what is paid for the line's whole output. volume_falls: as the officer says.
    """

    line_key: str
    amounts: Amounts
    rupiah: int
    fund_source: str = "RM"
    is_protected: bool = False
    volume_falls: bool = False
    output_realised: int = 0

    @property
    def account(self) -> str:
        return self.line_key[-6:]

    @property
    def after(self) -> int:
        return self.amounts.ceiling + self.rupiah


@dataclass(frozen=True)
class Limit:
    """One rule of the data."""

    kind: str
    message: Message
    forbids: bool
    source: str
    verified: bool
    valid_from: date
    valid_to: date | None
    prefix: str = ""
    fund: str = ""

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Touched:
    """One thing that a movement touches and should not, with the rupiah that stand in the way."""

    line_key: str
    kind: str
    rupiah: int
    message: Message
    forbids: bool
    source: str
    verified: bool


def touched(changes: Iterable[Change], on: date) -> list[Touched]:
    """Return all that the movements touch and may not, by the rules of the day, in their order."""
    in_force = [limit for limit in limits() if limit.holds(on)]
    found = []
    for change in changes:
        for limit in in_force:
            if amount := _amount(limit, change):
                found.append(_said(limit, change, amount))
    return found


def _amount(limit: Limit, change: Change) -> int:
    """Return the rupiah that stand in the way of a movement; 0 where it touches nothing."""
    held, cut = change.amounts, max(0, -change.rupiah)
    if limit.kind == "protected":
        return abs(change.rupiah) if change.is_protected else 0
    if not cut:
        return 0
    short = {
        "realised": held.realised if change.after < held.realised else 0,
        "contracted": held.unpaid if held.realised <= change.after < held.committed else 0,
        "blocked": held.blocked if change.after < held.committed + held.blocked else 0,
        "account": cut if limit.prefix and change.account.startswith(limit.prefix) else 0,
        "fund": cut if limit.fund and change.fund_source == limit.fund else 0,
        "volume": change.output_realised if change.volume_falls else 0,
    }
    return short[limit.kind]


def _said(limit: Limit, change: Change, amount: int) -> Touched:
    words = Message(
        limit.message.id.format(amount=rupiah(amount)),
        limit.message.en.format(amount=rupiah(amount, "en")),
    )
    return Touched(
        change.line_key, limit.kind, amount, words, limit.forbids, limit.source, limit.verified
    )


@cache
def limits() -> tuple[Limit, ...]:
    """Return every rule, as the data has them."""
    text = files("pulih.budget").joinpath("data", "untouchable.toml").read_text("utf-8")
    return tuple(
        Limit(
            one["kind"],
            Message(one["id"], one["en"]),
            one["forbids"],
            one["source"],
            one["verified"],
            one["valid_from"],
            one.get("valid_to"),
            one.get("prefix", ""),
            one.get("fund", ""),
        )
        for one in tomllib.loads(text)["rule"]
    )

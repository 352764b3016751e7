"""What a revision may not touch: paid, contracted, blocked, salary, counterpart, arrears, outputs.

The rules are dated data in `data/untouchable.toml`. Source: REV-02, REV-06, BUDGET-03.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pulih.budget.rules.amounts import Amounts
from pulih.common.errors import Message
from pulih.common.money import rupiah


@dataclass(frozen=True)
class Change:
    """A movement beside the line it moves, in rupiah.

    output_realised: what is paid for the line's whole output. volume_falls: as the officer says,
    or where nothing is left of the output. of_its_type: what all movements add to the spending type
    in the line's component. travel_added: what they add to travel. words: what the line is for.
    """

    line_key: str
    amounts: Amounts
    rupiah: int
    fund_source: str = "RM"
    is_protected: bool = False
    volume_falls: bool = False
    output_realised: int = 0
    of_its_type: int | None = None
    travel_added: int = 0
    words: str = ""

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
    place: str
    valid_from: date
    valid_to: date | None
    prefix: str = ""
    fund: str = ""
    words: str = ""
    settle: Message | None = None

    @property
    def verified(self) -> bool:
        return bool(self.place)

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
    if limit.kind == "protected":
        return abs(change.rupiah) if change.is_protected else 0
    if change.rupiah > 0:
        is_travel = limit.kind == "travel" and change.account.startswith(limit.prefix)
        return min(change.rupiah, max(0, change.travel_added)) if is_travel else 0
    return _of_a_cut(limit, change, -change.rupiah)


def _of_a_cut(limit: Limit, change: Change, cut: int) -> int:
    held = change.amounts
    left_its_type = cut if change.of_its_type is None else min(cut, max(0, -change.of_its_type))
    short = {
        "realised": held.realised if change.after < held.realised else 0,
        "contracted": held.unpaid if held.realised <= change.after < held.committed else 0,
        "blocked": held.blocked if change.after < held.committed + held.blocked else 0,
        "account": left_its_type if change.account.startswith(limit.prefix) else 0,
        "fund": cut if limit.fund and change.fund_source == limit.fund else 0,
        "volume": change.output_realised if change.volume_falls else 0,
        "words": cut if limit.words and limit.words in change.words.casefold() else 0,
    }
    return short.get(limit.kind, 0)


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
    text = files("pulih.revisions").joinpath("data", "untouchable.toml").read_text("utf-8")
    return tuple(
        Limit(
            one["kind"],
            Message(one["id"], one["en"]),
            one["forbids"],
            one["source"],
            one["place"],
            one["valid_from"],
            one.get("valid_to"),
            one.get("prefix", ""),
            one.get("fund", ""),
            one.get("words", ""),
            Message(*one["settle"]) if "settle" in one else None,
        )
        for one in tomllib.loads(text)["rule"]
    )

"""The dated rules of who approves a revision, as `data/authority.toml` has them.

Source: REV-01, REV-02, REV-03, REV-04, REV-05.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.budget.rules.offices import Office
from pulih.common.errors import Message


@dataclass(frozen=True)
class Rule:
    """One rule of a regime: who approves what fits `when` and not `unless`, why, by which text.

    place: where in the source it was read; empty where nobody has read it yet: then settle says
    what text would settle it.
    """

    office: Office
    when: frozenset[str]
    unless: frozenset[str]
    message: Message
    source: str
    place: str
    settle: Message | None = None

    @property
    def verified(self) -> bool:
        return bool(self.place)

    def fits(self, facts: frozenset[str]) -> bool:
        """Tell whether the rule speaks of something with these facts."""
        return self.when <= facts and not (self.unless and self.unless <= facts)


@dataclass(frozen=True)
class Regime:
    """The rules of one regulation and its amendments, from one day until before another."""

    name: Message
    valid_from: date
    valid_to: date | None
    rules: tuple[Rule, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def regime_on(on: date) -> Regime | None:
    """Return the regime of a day; None where none is known."""
    return next((regime for regime in regimes() if regime.holds(on)), None)


@cache
def regimes() -> tuple[Regime, ...]:
    """Return every regime, as the data has them."""
    text = files("pulih.revisions").joinpath("data", "authority.toml").read_text("utf-8")
    return tuple(_regime(one) for one in tomllib.loads(text)["regime"])


def _regime(read: dict[str, Any]) -> Regime:
    return Regime(
        Message(read["id"], read["en"]),
        read["valid_from"],
        read.get("valid_to"),
        tuple(_rule(one) for one in read["rule"]),
    )


def _rule(read: dict[str, Any]) -> Rule:
    return Rule(
        Office[read["office"]],
        frozenset(read["when"]),
        frozenset(read.get("unless", ())),
        Message(read["id"], read["en"]),
        read["source"],
        read["place"],
        Message(*read["settle"]) if "settle" in read else None,
    )

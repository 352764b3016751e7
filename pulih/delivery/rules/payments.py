"""What a participant is owed by one row of the cost plan, and what stands in the way. Pure."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.classifications import units
from pulih.treasury.rules import taxes
from pulih.treasury.rules.taxes import Payee

from .completion import FAILED, PASSED

PERSON, DAY_PART = "person", "day"
RAISING = frozenset({"trip", "time"})
OF_PARTICIPANTS = RAISING | {PERSON, DAY_PART, "activity"}


class Basis(StrEnum):
    """For what a rate is paid: each day present, or once for the whole training.

    Who taught is paid by the lesson hour (HOUR), by the full hour, or each time, who helped also
    by the day.
    """

    DAY = "day"
    ONCE = "once"
    HOUR = "hour"
    FULL = "full"
    DUTY = "duty"
    EACH = "each"


TAUGHT = frozenset({one.value for one in (Basis.HOUR, Basis.FULL, Basis.DUTY, Basis.EACH)})


@dataclass(frozen=True)
class Pay:
    """rate: rupiah for each day or hour or once, by the basis."""

    basis: Basis
    rate: int


@dataclass(frozen=True)
class Rule:
    """accounts: of a cost plan, from which participants are paid. payee: to the tax office."""

    valid_from: date
    accounts: frozenset[str]
    only_completed: bool
    payee: Payee
    source: str
    verified: bool


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, the newest first."""
    text = files("pulih.delivery").joinpath("data", "payments.toml").read_text("utf-8")
    found = [
        Rule(
            one["valid_from"], frozenset(one["accounts"]), one["only_completed"],
            Payee(one["payee"]), one["source"], one["verified"],
        )
        for one in tomllib.loads(text)["rule"]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))


def rule_on(day: date, among: Sequence[Rule] | None = None) -> Rule:
    """Return the rule for a training that begins on `day`; the first one holds since 2000."""
    return next(rule for rule in (among or rules()) if rule.valid_from <= day)


def pays(counts: Sequence[int], counted_in: Sequence[str], unit_cost: int) -> Pay | None:
    """Return what a row of the plan pays one participant; None where it pays no participants.

    counts, counted_in: the factors of its calculation, such as 65 `orang` and 4 `hari`. Persons,
    days and places are counted again from who came; other factors, such as trips, raise the rate.
    """
    parts_of = [frozenset(unit.parts if (unit := units.find(one)) else ()) for one in counted_in]
    named = frozenset().union(*parts_of)
    if PERSON not in named or not named <= OF_PARTICIPANTS:
        return None
    rate = unit_cost
    for count, parts in zip(counts, parts_of, strict=True):
        rate *= count if parts & RAISING and not parts & {PERSON, DAY_PART} else 1
    return Pay(Basis.DAY if DAY_PART in named else Basis.ONCE, rate)


@dataclass(frozen=True)
class Amount:
    """What somebody is owed, in whole rupiah. times: days, or 1."""

    times: int
    gross: int
    tax: int

    @property
    def net(self) -> int:
        return self.gross - self.tax


def amount(days: int, pay: Pay, rule: Rule, account: str, on: date) -> Amount:
    """Return what `days` of presence are worth, with the tax of the treasurers' rule of a day."""
    assert days >= 0
    times = days if pay.basis is Basis.DAY else min(days, 1)
    gross = times * pay.rate
    withheld = taxes.suggest(rule.payee, {account: gross}, on, has_number=False)
    return Amount(times, gross, sum(one.rupiah for one in withheld))


@dataclass(frozen=True)
class ParticipantFacts:
    """What is known of one participant. outcome: of `completion`. blocking: names of checks.

    days: those present that no list pays yet. listed_in: the number of a list that pays all there
    is of the same row. is_checked: whether the checks before payment have met the person.
    """

    days: int
    outcome: str
    has_seat: bool
    is_provisional: bool
    is_checked: bool
    blocking: Sequence[str] = ()
    listed_in: str = ""


def obstacles(facts: ParticipantFacts, rule: Rule) -> list[str]:
    """Return every reason why somebody cannot be paid, as keys of `words.NOT_PAID`.

    Empty: can be paid. Nobody is paid for what is not known.
    """
    found = {
        "listed": bool(facts.listed_in),
        "no_seat": not facts.has_seat,
        "provisional": facts.has_seat and facts.is_provisional,
        "absent": facts.days == 0 and not facts.listed_in,
        "not_completed": rule.only_completed and facts.outcome == FAILED,
        "not_recorded": rule.only_completed and facts.outcome not in (PASSED, FAILED),
        "not_checked": not facts.is_checked,
        "blocked": bool(facts.blocking),
    }
    return [reason for reason, holds in found.items() if holds]


@dataclass(frozen=True)
class Claim:
    """What is to be claimed back of somebody. cohort: the class; days: those that are not owed."""

    name: str
    cohort: Any
    days: Sequence[date]
    rupiah: int


def digest(head: Any, lines: Iterable[Sequence[Any]]) -> str:
    """Return the SHA-256 of a list as it is fixed: its head and its lines in their order."""
    text = json.dumps([head, list(lines)], ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()

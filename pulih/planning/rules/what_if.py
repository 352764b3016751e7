"""What a planner moves, as typed, kept and made: percents and codes become a changed case."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from pulih.refocusing.case import EVERY_MEASURE, Amount, Case
from pulih.refocusing.changes import Change

from .bounds import cap_of, floor_of

OF_EVERY_PROVINCE = "batas-"  # Begins the names of the floors and caps that every province has.
TRIED = "coba-"  # Begins the names of rules that only a question asks for.


@dataclass(frozen=True)
class Moved:
    """What is moved; None and empty stay as they are.

    rupiah: what the earmark `rule` asks for at least. cost_percent: of what `measure` costs now.
    line: the code of a budget line that may not be touched. given_up_percent: of the lowest
    coverage, for relief in all. least, most: rupiah that `province` may hold, in all or, where
    `of` names a measure, for that measure.
    """

    ceiling: int | None = None
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    rule: str = ""
    rupiah: int | None = None
    measure: str = ""
    cost_percent: Decimal | None = None
    line: str = ""
    given_up_percent: Decimal | None = None
    province: str = ""
    of: str = ""
    least: int | None = None
    most: int | None = None

    @property
    def is_nothing(self) -> bool:
        return self == Moved()

    @property
    def is_of_scenario(self) -> bool:
        """Whether a scenario can be given this: costs and lines belong to other rooms."""
        return not (self.measure or self.line)

    def as_json(self) -> dict[str, Any]:
        return {
            name: format(value, "f") if isinstance(value, Decimal) else value
            for name, value in asdict(self).items()
            if value not in (None, "")
        }

    @property
    def key(self) -> str:
        """What tells this question from others: equal numbers give equal keys."""
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def moved_from(kept: Mapping[str, Any]) -> Moved:
    """Return what `as_json` wrote."""
    percents = {name for name in kept if name.endswith("_percent")}
    known = {field.name for field in fields(Moved)}
    values: dict[str, Any] = {
        name: Decimal(value) if name in percents else value
        for name, value in kept.items()
        if name in known
    }
    return Moved(**values)


def tidy(moved: Moved, case: Case) -> Moved:
    """Return what really differs from the case, so that equal questions are asked once."""
    found = moved
    if found.ceiling == case.settings.ceiling:
        found = replace(found, ceiling=None)
    if not (found.rule and found.rupiah is not None):
        found = replace(found, rule="", rupiah=None)
    if not found.measure or found.cost_percent in (None, Decimal(100)):
        found = replace(found, measure="", cost_percent=None)
    if not found.province or (found.least is None and found.most is None):
        found = replace(found, province="", of="", least=None, most=None)
    given = asdict(found).items()
    percents: dict[str, Any] = {
        name: value.normalize() for name, value in given if isinstance(value, Decimal)
    }
    return replace(found, **percents)


def change_of(moved: Moved, case: Case) -> Change:
    """Return the change of a case that a planner asks for."""
    amounts = [*_standing(moved, case), *_earmark(moved, case), *of_province(moved, case)]
    costs = {}
    if moved.measure and moved.cost_percent is not None:
        costs = {moved.measure: Fraction(moved.cost_percent) / 100}
    given_up = moved.given_up_percent
    return Change(
        ceiling=moved.ceiling,
        amounts=tuple(amounts),
        costs=costs,
        protected=frozenset({moved.line} if moved.line else ()),
        given_up=None if given_up is None else Fraction(given_up) / 100,
    )


def _standing(moved: Moved, case: Case) -> list[Amount]:
    """Return the floor and cap of every province that has none of its own."""
    if moved.floor_percent is None and moved.cap_percent is None:
        return []
    before = dict.fromkeys(case.provinces, 0)
    for line in case.lines:
        before[line.province] += line.ceiling
    known = {amount.rule: amount for amount in case.amounts}
    own = {
        amount.province
        for amount in case.amounts
        if amount.measures == (EVERY_MEASURE,) and not amount.rule.startswith(OF_EVERY_PROVINCE)
    }
    found = []
    for province, held in before.items():
        name = f"{OF_EVERY_PROVINCE}{province}"
        old = known.get(name, Amount(name, province, (EVERY_MEASURE,), None, None))
        least = (
            old.min_amount if moved.floor_percent is None else floor_of(held, moved.floor_percent)
        )
        most = old.max_amount if moved.cap_percent is None else cap_of(held, moved.cap_percent)
        if province not in own:
            found.append(replace(old, min_amount=least, max_amount=most))
    return found


def _earmark(moved: Moved, case: Case) -> list[Amount]:
    return [
        replace(amount, min_amount=moved.rupiah)
        for amount in case.amounts
        if amount.rule == moved.rule and moved.rupiah is not None
    ]


def of_province(moved: Moved, case: Case) -> list[Amount]:
    """Return the rules on a province's money with what is asked; one is added where none is."""
    if not moved.province:
        return []
    measures = (moved.of or EVERY_MEASURE,)
    known = {amount.rule: amount for amount in (*case.amounts, *_standing(moved, case))}
    own = [a for a in known.values() if (a.province, a.measures) == (moved.province, measures)]
    name = f"{TRIED}{moved.province}"
    return [
        replace(
            amount,
            min_amount=amount.min_amount if moved.least is None else moved.least,
            max_amount=amount.max_amount if moved.most is None else moved.most,
        )
        for amount in own or [Amount(name, moved.province, measures, None, None)]
    ]


def crosses(moved: Moved, case: Case) -> Amount | None:
    """Return a rule that would ask for more than it allows; None where none does."""
    for amount in change_of(moved, case).amounts:
        low, high = amount.min_amount, amount.max_amount
        if low is not None and high is not None and low > high:
            return amount
    return None


def earmarks_of(case: Case) -> list[Amount]:
    """Return the rules on money for measures that ask for a least amount."""
    return [
        amount
        for amount in case.amounts
        if amount.min_amount is not None and not amount.rule.startswith(OF_EVERY_PROVINCE)
    ]

"""What a revision does to the score of budget execution (IKPA): before and after, in points.

Three indicators move: the number of revisions in the quarter, the deviation from page III, and
absorption against its target. Models and targets are data in `data/ikpa.toml`; years whose own
model is not computed are estimated by another and say so.
Source: IKPA-01, IKPA-02, IKPA-03, IKPA-04.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.common.errors import Message

ByMonth = Mapping[int, int]


@dataclass(frozen=True)
class Model:
    """One model of the score. Weights in points of 100; empty for a model not computed."""

    name: Message
    from_year: int
    to_year: int
    is_modelled: bool
    source: str
    verified: bool
    estimate_by: int = 0
    weight_revision: int = 0
    weight_page_three: int = 0
    weight_absorption: int = 0
    free_revisions_a_quarter: int = 1
    free_percent: int = 5
    by_weight_of_type: bool = False


@dataclass(frozen=True)
class ExecutionState:
    """A unit's execution until the end of a month, in rupiah by spending type.

    planned: page III by month; paid: by month; ceiling: now. revisions: how many came into force
    in the quarter with an unchanged ceiling, by which they are counted.
    """

    month: int
    planned: Mapping[str, ByMonth]
    paid: Mapping[str, ByMonth]
    ceiling: Mapping[str, int]
    revisions: int


@dataclass(frozen=True)
class Indicator:
    """One indicator: what is measured, its score of 100, and the points it gives."""

    value: Fraction
    score: Fraction
    points: Fraction


@dataclass(frozen=True)
class Scored:
    """The three indicators that a revision moves."""

    revisions: Indicator
    page_three: Indicator
    absorption: Indicator

    @property
    def points(self) -> Fraction:
        return self.revisions.points + self.page_three.points + self.absorption.points


@dataclass(frozen=True)
class Effect:
    """The score before and after a revision, and by which model it was computed."""

    before: Scored
    after: Scored
    own: Model
    used: Model

    @property
    def is_estimate(self) -> bool:
        return self.own != self.used

    @property
    def change(self) -> Fraction:
        return self.after.points - self.before.points


def effect(fiscal_year: int, before: ExecutionState, after: ExecutionState) -> Effect:
    """Return what a revision does to the score of its year."""
    own = model_of(fiscal_year)
    used = own if own.is_modelled else model_of(own.estimate_by)
    return Effect(scored(before, used), scored(after, used), own, used)


def scored(state: ExecutionState, model: Model) -> Scored:
    """Return the three indicators of a unit by a model."""
    return Scored(
        _indicator(Fraction(state.revisions), _revision_score, model, "weight_revision"),
        _indicator(deviation(state, model), _deviation_score, model, "weight_page_three"),
        _indicator(absorbed(state), _same, model, "weight_absorption"),
    )


def deviation(state: ExecutionState, model: Model) -> Fraction:
    """Return the mean deviation from page III until the month, in percent, 0 to 100."""
    months = range(1, state.month + 1)
    found = [_deviation_of(state, month, model) for month in months]
    return sum(found, Fraction(0)) / len(found) if found else Fraction(0)


def _deviation_of(state: ExecutionState, month: int, model: Model) -> Fraction:
    types = [name for name, ceiling in state.ceiling.items() if ceiling]
    each = [
        (_off(state.planned.get(n, {}).get(month, 0), state.paid.get(n, {}).get(month, 0)), n)
        for n in types
    ]
    if not each:
        return Fraction(0)
    if not model.by_weight_of_type:
        return sum((off for off, _name in each), Fraction(0)) / len(each)
    whole = sum(state.ceiling[name] for name in types)
    return sum((off * state.ceiling[name] for off, name in each), Fraction(0)) / whole


def _off(planned: int, paid: int) -> Fraction:
    """Return how far what was paid is from the plan, in percent, at most 100."""
    if planned <= 0:
        return Fraction(100 if paid > 0 else 0)
    return min(Fraction(100), Fraction(100 * abs(paid - planned), planned))


def absorbed(state: ExecutionState) -> Fraction:
    """Return the absorption as percent of the quarter's target, at most 100, over all types."""
    quarter = (state.month - 1) // 3
    whole = sum(state.ceiling.values())
    found = Fraction(0)
    for name, ceiling in state.ceiling.items():
        if ceiling:
            paid = sum(state.paid.get(name, {}).get(m, 0) for m in range(1, state.month + 1))
            target = Fraction(ceiling * targets().get(name, targets()["52"])[quarter], 100)
            found += min(Fraction(100), 100 * paid / target) * Fraction(ceiling, whole)
    return found


def _indicator(value: Fraction, score: Any, model: Model, weight: str) -> Indicator:
    of_100: Fraction = score(value, model)
    return Indicator(value, of_100, of_100 * getattr(model, weight) / 100)


def _revision_score(count: Fraction, model: Model) -> Fraction:
    free = model.free_revisions_a_quarter
    return Fraction(100) if count <= free else Fraction(100 * free) / count


def _deviation_score(percent: Fraction, model: Model) -> Fraction:
    return Fraction(100) if percent <= model.free_percent else 100 - percent


def _same(score: Fraction, _model: Model) -> Fraction:
    return score


def model_of(fiscal_year: int) -> Model:
    """Return the model of a year; the newest before it where the year is unknown."""
    known = [one for one in models() if one.from_year <= fiscal_year <= one.to_year]
    return known[0] if known else models()[-1 if fiscal_year > 2020 else 0]


@cache
def models() -> tuple[Model, ...]:
    """Return every model, as the data has them."""
    return tuple(
        Model(
            name=Message(one["id"], one["en"]),
            **{name: value for name, value in one.items() if name not in ("id", "en")},
        )
        for one in _data()["model"]
    )


@cache
def targets() -> dict[str, tuple[int, ...]]:
    """Return the cumulative absorption targets by spending type, a percent for each quarter."""
    read = _data()["targets"]
    return {name: tuple(value) for name, value in read.items() if isinstance(value, list)}


@cache
def _data() -> dict[str, Any]:
    text = files("pulih.revisions").joinpath("data", "ikpa.toml").read_text("utf-8")
    return tomllib.loads(text)

"""The steps of a grant and who approves it, read from dated data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

USER, MANAGER = "user", "manager"
DEED = "deed"
HOLDERS = ("receiver", "office", USER, MANAGER)


@dataclass(frozen=True)
class StepRule:
    """One step. holder: of HOLDERS; `approver` stands for whoever approves the case."""

    key: str
    id: str
    en: str
    holder: str
    working_days: int
    source: str
    verified: bool

    def held_by(self, approver: str) -> str:
        return approver if self.holder == "approver" else self.holder


@dataclass(frozen=True)
class Limit:
    """From a day on the goods' user approves up to so many rupiah a unit."""

    valid_from: date
    unit_rupiah: int
    source: str
    verified: bool


@cache
def steps() -> tuple[StepRule, ...]:
    return tuple(StepRule(**one) for one in _data()["step"])


def step_of(key: str) -> StepRule:
    """Raises KeyError for a step that is not among them."""
    return {one.key: one for one in steps()}[key]


def after(key: str) -> str:
    """The step that follows; empty after the last."""
    keys = [one.key for one in steps()]
    place = keys.index(key) + 1
    return keys[place] if place < len(keys) else ""


@cache
def limits() -> tuple[Limit, ...]:
    return tuple(Limit(**one) for one in _data()["limit"])


def limit_on(day: date) -> Limit:
    held = (one for one in limits() if one.valid_from <= day)
    return max(held, key=lambda one: one.valid_from)


def approver_of(unit_value: int, day: date) -> str:
    """Who approves goods of this value a unit, by the limit of the day."""
    return USER if unit_value <= limit_on(day).unit_rupiah else MANAGER


def unit_value(value: int, quantity: int) -> int:
    """Rupiah a unit, rounded up: a fraction over the limit is over it."""
    assert value >= 0
    assert quantity > 0
    return -(-value // quantity)


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    text = files("pulih.grants").joinpath("data", "steps.toml").read_text("utf-8")
    return tomllib.loads(text)

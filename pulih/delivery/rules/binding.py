"""Which checks bind for a measure on a day, and how old a list may be: dated data. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from .checks import CHECKS, PAYMENT, SELECTION


@dataclass(frozen=True)
class Binding:
    """The checks of one measure by stage, from a day on. measures: none stands for all others."""

    valid_from: date
    measures: tuple[str, ...]
    checks: Mapping[str, tuple[str, ...]]
    source: str
    verified: bool


def binding_on(measure: str, day: date) -> Binding:
    """Return what holds for a measure on a day: its own rule, else that of all measures."""
    found = [one for one in _rules() if one.valid_from <= day]
    own = [one for one in found if measure in one.measures]
    usual = [one for one in found if not one.measures]
    return max(own or usual, key=lambda one: one.valid_from)


def ages_on(day: date) -> Mapping[str, int]:
    """Return the most days of a list by its kind."""
    rules = [one for one in _raw()["age"] if one["valid_from"] <= day]
    newest = max(rules, key=lambda one: one["valid_from"])
    return {kind: days for kind, days in newest.items() if type(days) is int}


def result_days_on(day: date) -> int:
    """Return for how many days what the checks said may be used."""
    rules = [one for one in _raw()["result"] if one["valid_from"] <= day]
    days: int = max(rules, key=lambda one: one["valid_from"])["days"]
    return days


@cache
def _rules() -> tuple[Binding, ...]:
    return tuple(_binding(one) for one in _raw()["rule"])


def _binding(raw: dict[str, Any]) -> Binding:
    checks = {stage: tuple(raw[stage]) for stage in (SELECTION, PAYMENT)}
    assert set().union(*checks.values()) <= CHECKS.keys(), raw
    return Binding(
        raw["valid_from"], tuple(raw["measures"]), checks, raw["source"], raw["verified"]
    )


@cache
def _raw() -> dict[str, Any]:
    text = files("pulih.delivery").joinpath("data", "checks.toml").read_text("utf-8")
    return tomllib.loads(text)

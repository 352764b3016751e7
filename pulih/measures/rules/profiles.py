"""Eligibility profiles: who may come, as declared conditions that check one firm or person.

The same declaration counts a regency (`reads.profiles`), explains itself to an office, and selects.
Source: PROF-01, PROF-02, PROF-03, PROF-04.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.common.errors import Message

# What a condition may ask, by who knows it; the kinds of their values. Of a person nothing may be
# asked that no profile needs.
FACTS: dict[str, type] = {
    "register.is_manufacturing": bool,
    "register.scale": str,
    "register.kbli": str,
    "register.commodity_group": str,
    "register.workers": int,
    "impact.is_affected": bool,
    "impact.status": str,
    "impact.needs": list,
    "person.was_laid_off": bool,
    "person.has_business": bool,
    "person.lives_there": bool,
    "person.owns_tools": bool,
    "person.has_basic_skill": bool,
    "person.in_centre": bool,
}
NOT_SAID = ("", "unknown")  # A blank cell, and a scale that nobody could tell.


class Comparison(StrEnum):
    """How a fact is held against a condition's value."""

    IS = "is"
    ONE_OF = "one_of"
    HAS = "has"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Condition:
    """One thing that must be true. why_not: the sentence for one who does not fit."""

    fact: str
    test: Comparison
    value: Any
    words: Message
    why_not: Message
    source: str

    @property
    def known_by(self) -> str:
        """Who knows the fact: register, impact or person."""
        return self.fact.partition(".")[0]

    def holds(self, facts: Mapping[str, Any]) -> bool | None:
        """Tell whether the condition holds; None where the fact is not known."""
        known = facts.get(self.fact)
        if known is None or known in NOT_SAID:
            return None
        match self.test:
            case Comparison.IS:
                return bool(known == self.value)
            case Comparison.ONE_OF:
                return known in self.value
            case Comparison.HAS:
                return self.value in known
            case Comparison.AT_LEAST:
                return bool(known >= self.value)
            case Comparison.AT_MOST:
                return bool(known <= self.value)


@dataclass(frozen=True)
class Profile:
    """Conditions that all must hold. measures: codes it is usual for.

    counts: what a regency is counted in, firms of the register or laid-off workers reported there.
    """

    code: str
    name: Message
    measures: tuple[str, ...]
    counts: str
    source: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Answer:
    """Whether one fits: True, False, or None while something is not known."""

    fits: bool | None
    failed: tuple[Condition, ...]
    unknown: tuple[Condition, ...]


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every profile, in the order of the file."""
    text = files("pulih.measures").joinpath("data", "profiles.toml").read_text("utf-8")
    return tuple(_profile(raw) for raw in tomllib.loads(text)["profile"])


def profile(code: str) -> Profile | None:
    return next((one for one in profiles() if one.code == code), None)


def check(asked: Profile, facts: Mapping[str, Any]) -> Answer:
    """Hold what is known of a firm or person against a profile."""
    held = [(condition, condition.holds(facts)) for condition in asked.conditions]
    failed = tuple(condition for condition, holds in held if holds is False)
    unknown = tuple(condition for condition, holds in held if holds is None)
    return Answer(False if failed else None if unknown else True, failed, unknown)


def _profile(raw: dict[str, Any]) -> Profile:
    return Profile(
        raw["code"],
        Message(raw["name_indonesian"], raw["name_en"]),
        tuple(raw["measures"]),
        raw["counts"],
        raw["source"],
        tuple(_condition(each) for each in raw["conditions"]),
    )


def _condition(raw: dict[str, Any]) -> Condition:
    assert raw["fact"] in FACTS, raw["fact"]
    return Condition(
        raw["fact"],
        Comparison(raw["test"]),
        raw["value"],
        Message(*raw["words"]),
        Message(*raw["why_not"]),
        raw["source"],
    )

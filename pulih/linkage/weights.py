"""What each level weighs: shipped with the model, or learned from the records without labels."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pulih.linkage.model import CAUTION, COMPARISONS, LASTING_CAUTION, SHIPPED_PRIORS
from pulih.linkage.parts import Comparison, Level

DIGITS = 6
LEAST = 1e-5
Key = tuple[str, str]


@dataclass(frozen=True)
class Shares:
    """How often a level is seen: among pairs of one firm, of strangers, of one owner's two."""

    firm: float
    strangers: float
    other_firm: float


@dataclass(frozen=True)
class Correction:
    """What reviewers' answers add to a level, in bits."""

    strangers: float = 0.0
    other_firm: float = 0.0


NONE = Correction()
START: Key = ("start", "")
"""The key of the correction of the weights before anything is compared."""


@dataclass(frozen=True)
class Weights:
    """firm, other_firm: shares of the pairs looked at that are of one firm, of one owner's two.

    shares: by comparison's and level's name. corrections: likewise, learned from answers; `START`
    holds that of the start. Without corrections the weight against strangers is Splink's.
    """

    firm: float
    other_firm: float
    shares: Mapping[Key, Shares]
    corrections: Mapping[Key, Correction] = field(default_factory=dict)

    @property
    def start_against_strangers(self) -> float:
        """Return the weight in bits, one firm against strangers, before anything is compared."""
        correction = self.corrections.get(START, NONE).strangers
        return round(math.log2(self.firm / (1 - self.firm)) + correction, DIGITS)

    @property
    def start_against_other_firm(self) -> float:
        """Return the weight in bits, one firm against the owner's other one, before the rest.

        Less CAUTION: an owner's two firms are not merged for being merely less likely.
        """
        correction = self.corrections.get(START, NONE).other_firm
        return round(math.log2(self.firm / self.other_firm) - CAUTION + correction, DIGITS)

    def against_strangers(self, comparison: Comparison) -> list[tuple[int, float]]:
        """Return (gamma, weight in bits) of each level; their sum is Splink's match weight."""
        return [
            (comparison.gamma(level), _bits(shares.firm, shares.strangers, correction.strangers))
            for level, shares, correction in self._of(comparison)
        ]

    def against_other_firm(self, comparison: Comparison) -> list[tuple[int, float]]:
        """Return (gamma, weight in bits) of each level against an owner's other firm."""
        return [
            (
                comparison.gamma(level),
                _bits(shares.firm, shares.other_firm, correction.other_firm - level.caution),
            )
            for level, shares, correction in self._of(comparison)
        ]

    def without_lasting_caution(self) -> "Weights":
        """Return the weights without the caution that stays whatever people answer.

        Answers say what is so; caution is for what follows from it, so they do not undo it.
        """
        cautions = {START: LASTING_CAUTION} | {
            (comparison.name, level.name): level.caution
            for comparison in COMPARISONS
            for level in comparison.levels
            if level.caution
        }
        believed = dict(self.corrections)
        for key, bits in cautions.items():
            known = believed.get(key, NONE)
            believed[key] = replace(known, other_firm=known.other_firm + bits)
        return replace(self, corrections=believed)

    def _of(self, comparison: Comparison) -> list[tuple[Level, Shares, Correction]]:
        keys = [(level, (comparison.name, level.name)) for level in comparison.levels]
        return [(level, self.shares[key], self.corrections.get(key, NONE)) for level, key in keys]


def combined(against_strangers: float, against_other_firm: float) -> float:
    """Return the weight of one firm against both others; odds are 1 / (1 / one + 1 / other)."""
    less, more = sorted((against_strangers, against_other_firm))
    return less - math.log2(1 + 2 ** (less - more))


def _bits(these: float, those: float, correction: float) -> float:
    return round(math.log2(these / those) + correction, DIGITS)


def normal(shares: Mapping[Key, Shares]) -> dict[Key, Shares]:
    """Return shares that sum to 1 in each comparison, none of them nought, rounded."""
    made = {}
    for comparison in COMPARISONS:
        keys = [(comparison.name, level.name) for level in comparison.levels]
        firm = sum(shares[key].firm for key in keys)
        strangers = sum(shares[key].strangers for key in keys)
        other = sum(shares[key].other_firm for key in keys)
        for key in keys:
            one = shares[key]
            parts = (one.firm / firm, one.strangers / strangers, one.other_firm / other)
            made[key] = Shares(*(round(max(part, LEAST), 8) for part in parts))
    return made


def shipped() -> Weights:
    """Return the weights that the model declares, for files too small to learn from."""
    declared = {
        (comparison.name, level.name): Shares(level.m, level.u, _other(comparison, level))
        for comparison in COMPARISONS
        for level in comparison.levels
    }
    return Weights(*SHIPPED_PRIORS, normal(declared))


def _other(comparison: Comparison, level: Level) -> float:
    if level.other is not None:
        return level.other
    return level.u if comparison.tells == "firm" else level.m

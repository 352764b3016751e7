"""Learn from reviewers' answers: small corrections of the weights, never a new model.

Answers come from the doubtful pairs only, so shares cannot be counted from them. But given what
a pair shows, the answer is fair: so each level's bits are moved as far as the answers ask and no
further than a few answers can justify (logistic regression around the weights that are there,
with a normal prior on every correction). They are held against the weights
without the caution that stays whatever people answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from pulih.linkage.explain import Record, levels_of, read_levels
from pulih.linkage.model import COMPARISONS
from pulih.linkage.weights import DIGITS, START, Correction, Key, Weights
from pulih.linkage.weights_file import read_weights, write_weights

__all__ = ["learn", "read_weights", "write_weights"]

SPREAD = 1.0
"""How far, in bits, a level's weight is thought to be wrong before any answer is seen."""
ROUNDS = 40
SMALL_STEP = 1e-5
Numbers = npt.NDArray[np.float64]

PLACES: tuple[Key, ...] = (
    START,
    *((comparison.name, level.name) for comparison in COMPARISONS for level in comparison.levels),
)
TELLS_NOTHING_OF_THE_OTHER = {each.name for each in COMPARISONS if each.tells == "place"}


@dataclass(frozen=True)
class Answers:
    """shown: one row a pair, one column a place of PLACES, 1 where the pair shows the level."""

    shown: Numbers
    same: Numbers


def learn(labelled: pl.DataFrame, records: pl.DataFrame, weights: Weights) -> Weights:
    """Return the weights, corrected by what people answered.

    labelled: record_a, record_b, is_same, and `levels` of PAIRS where they are kept; without
    them they are told from `records` (the contract's columns). Rows without an answer are left
    out; so are pairs of which a record is missing.
    """
    asked = labelled.drop_nulls("is_same").unique(maintain_order=True)
    levels = _levels(asked, records)
    known = [(each, same) for each, same in zip(levels, asked["is_same"], strict=True) if each]
    if not known:
        return weights
    answers = Answers(
        np.array([_row(each) for each, _ in known]),
        np.array([same for _, same in known], dtype=np.float64),
    )
    return fitted(answers, weights)


def fitted(answers: Answers, weights: Weights, spread: float = SPREAD) -> Weights:
    """Return the weights with the corrections that the answers make likeliest."""
    size = len(PLACES)
    before = _corrections(weights)
    bits = _bits(replace(weights, corrections={}).without_lasting_caution())
    free = _free()
    at = before.copy()
    trust = np.full(2 * size, spread**-2)
    for _ in range(ROUNDS):
        step = _step(answers, bits, at, trust, free)
        at += step
        if np.abs(step).max() < SMALL_STEP:
            break
    corrections = {
        key: Correction(round(float(at[place]), DIGITS), round(float(at[size + place]), DIGITS))
        for place, key in enumerate(PLACES)
        if at[place] or at[size + place]
    }
    return replace(weights, corrections=corrections)


def _step(answers: Answers, bits: Numbers, at: Numbers, trust: Numbers, free: Numbers) -> Numbers:
    """Return one step of Gauss and Newton, in bits."""
    size = len(PLACES)
    strangers = answers.shown @ (bits[:size] + at[:size])
    other = answers.shown @ (bits[size:] + at[size:])
    less = np.minimum(strangers, other)
    weight = less - np.log2(1 + 2.0 ** (-np.abs(strangers - other)))
    share = 1 / (1 + 2.0 ** np.clip(strangers - other, -50, 50))  # Of the doubt that strangers make
    slope = np.concatenate([answers.shown * share[:, None], answers.shown * (1 - share)[:, None]],
                           axis=1) * np.log(2) * free  # fmt: skip
    likely = 1 / (1 + 2.0 ** -np.clip(weight, -50, 50))
    gradient = slope.T @ (answers.same - likely) - trust * at
    curve = (slope * (likely * (1 - likely))[:, None]).T @ slope + np.diag(trust)
    step: Numbers = np.clip(np.linalg.solve(curve, gradient), -1.0, 1.0)
    return step


def _free() -> Numbers:
    """Return 1 for every number that may be corrected: place says nothing of the other firm."""
    other = [0.0 if key[0] in TELLS_NOTHING_OF_THE_OTHER else 1.0 for key in PLACES]
    return np.array([1.0] * len(PLACES) + other)


def _bits(weights: Weights) -> Numbers:
    strangers = [weights.start_against_strangers]
    other = [weights.start_against_other_firm]
    for comparison in COMPARISONS:
        strangers += [bits for _, bits in weights.against_strangers(comparison)]
        other += [bits for _, bits in weights.against_other_firm(comparison)]
    return np.array([*strangers, *other])


def _corrections(weights: Weights) -> Numbers:
    found = [weights.corrections.get(key, Correction()) for key in PLACES]
    return np.array([one.strangers for one in found] + [one.other_firm for one in found])


def _row(levels: Mapping[str, str]) -> list[float]:
    return [float(key == START or levels.get(key[0]) == key[1]) for key in PLACES]


def _levels(asked: pl.DataFrame, records: pl.DataFrame) -> Sequence[Mapping[str, str]]:
    if "levels" in asked.columns:
        return [read_levels(each or "") for each in asked["levels"]]
    by_id: dict[str, Record] = {str(row["record_id"]): row for row in records.to_dicts()}
    pairs = [
        (by_id.get(str(a)), by_id.get(str(b)))
        for a, b in asked.select("record_a", "record_b").iter_rows()
    ]
    whole = [(one, other) for one, other in pairs if one is not None and other is not None]
    told = iter(levels_of(whole) if whole else [])
    return [next(told) if one is not None and other is not None else {} for one, other in pairs]

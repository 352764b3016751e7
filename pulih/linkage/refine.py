"""The third kind of pair: one owner's two firms. Splink knows firm and stranger only.

What tells the place is held to be much the same for an owner's two firms as for one firm, until
the records say otherwise; what tells the firm is not. So beside Splink's weight stands a second
one, of the firm against the owner's other firm, and the shares of all three kinds are learned
together from the patterns of levels (expectation and maximisation, as Splink does for two).
"""

import math

import duckdb
import numpy as np
import numpy.typing as npt

from pulih.linkage.model import COMPARISONS
from pulih.linkage.weights import DIGITS, Key, Shares, Weights, normal, shipped

ROUNDS = 30
FAITH = 100.0
"""The declared shares count as so many pairs of each kind, so that rare levels stay sensible."""
STRENGTH = np.array([1.0, 1.0, 0.0])
"""As many more for each pair counted of one firm, of the owner's other, of strangers.

Strangers may show anything. What one firm's records show is much the same in every list, and must
be: where doubles are few, learning freely would take namesakes for firms.
"""
FARTHEST = 3.0
"""No share of the first two kinds moves further from the declared one than so many times."""
TELLING = 20.0
"""A level so many times likelier for one firm, or for strangers, is proof: strangers' share of it
is bounded as well. Else a list in which nearly every pair is of one firm would be taken for one of
strangers, and what keys seldom bring together (another regency) would tell strangers no longer."""
Numbers = npt.NDArray[np.float64]


def refine(connection: duckdb.DuckDBPyConnection, start: Weights) -> Weights:
    """Return weights learned from the patterns in table `patterns` (gamma_…, pairs)."""
    names = [f"gamma_{comparison.name}" for comparison in COMPARISONS]
    rows = connection.execute(
        f"SELECT {', '.join(names)}, pairs FROM patterns ORDER BY ALL"
    ).fetchall()
    table = np.array(rows, dtype=np.int64)
    weights = start
    for _ in range(ROUNDS):
        weights = _maximised(table, _expected(table, weights), shipped())
    return weights


def _expected(table: npt.NDArray[np.int64], weights: Weights) -> Numbers:
    """Return how many pairs of each pattern are of one firm, of the owner's other, of strangers."""
    strangers = 1 - weights.firm - weights.other_firm
    likely = np.zeros((3, len(table)))
    for row, prior in enumerate((weights.firm, weights.other_firm, strangers)):
        likely[row] = math.log(prior)
    for column, comparison in enumerate(COMPARISONS):
        spoken = np.zeros((3, len(comparison.levels) + 1))
        for level in comparison.levels:
            one = weights.shares[comparison.name, level.name]
            place = comparison.gamma(level) + 1
            spoken[:, place] = np.log([one.firm, one.other_firm, one.strangers])
        likely += spoken[:, table[:, column] + 1]
    likely = np.exp(likely - likely.max(axis=0))
    counted: Numbers = likely / likely.sum(axis=0) * table[:, -1]
    return counted


def _maximised(table: npt.NDArray[np.int64], counted: Numbers, held_to: Weights) -> Weights:
    shares: dict[Key, Shares] = {}
    for column, comparison in enumerate(COMPARISONS):
        size = len(comparison.levels) + 1
        seen = np.stack(
            [np.bincount(table[:, column] + 1, weights=row, minlength=size) for row in counted]
        )
        strength = STRENGTH * (not comparison.from_records_alone)
        faith = np.maximum(FAITH, strength * seen[:, 1:].sum(axis=1))
        totals = seen[:, 1:].sum(axis=1) + faith
        for level in comparison.levels:
            key = (comparison.name, level.name)
            known = held_to.shares[key]
            held = np.array([known.firm, known.other_firm, known.strangers])
            learned = (seen[:, comparison.gamma(level) + 1] + faith * held) / totals
            # What firms and owners' other firms show is bounded; strangers show what they show.
            if not comparison.from_records_alone:
                learned[:2] = np.clip(learned[:2], held[:2] / FARTHEST, held[:2] * FARTHEST)
            if held[0] > TELLING * held[2]:
                learned[2] = min(learned[2], FARTHEST * held[2])
            if held[2] > TELLING * held[0]:
                learned[2] = max(learned[2], held[2] / FARTHEST)
            firm, other, strangers = learned
            shares[key] = Shares(float(firm), float(strangers), float(other))
    pairs = counted.sum(axis=1) + FAITH * np.array([0.1, 0.02, 0.88])
    firm, other, _ = (pairs / pairs.sum()).round(DIGITS + 2)
    return Weights(float(firm), float(other), normal(shares))

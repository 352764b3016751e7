"""A province over fewer plans against the plain program, and proofs at other coverages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.refocusing.answers import answered
from pulih.refocusing.cheapest import cheapest_apart
from pulih.refocusing.columns import Aim
from pulih.refocusing.generate import relaxed
from pulih.refocusing.grid import grid_of
from pulih.refocusing.plainly import plainly
from pulih.refocusing.provinces import known_of
from tests.examples import examples
from tests.refocusing.small_cases import small_cases


def forever():
    return 60.0


def aims(known, coverage, prices):
    """Return a least money and a most relief, as the first two stages ask them."""
    money = np.full(len(known.part.purses), 1.0)
    level = coverage if known.own.grid.provinces else 0.0
    uneven = np.resize(prices, len(money))
    return Aim(level, money=money), Aim(level, relief_price=2.0, money=uneven)


@settings(deadline=None, max_examples=examples(60))
@given(
    small_cases(),
    st.sampled_from([0.1, 0.3, 0.6]),
    st.lists(st.floats(0.1, 3), min_size=2, max_size=2),
)
def test_needless_plans_are_needless(case, coverage, prices):
    for known in known_of(grid_of(case), large=0).every:
        for aim in aims(known, coverage, prices):
            base = relaxed(known.own, aim, gap=1e-9, seconds=forever)
            exact, _ = plainly(known.own, aim, None, slack=0.0, seconds=60)
            if base is None or exact.columns is None:
                continue
            found = answered(known.own, aim, base, slack=0.0, seconds=forever)
            assert found.value == pytest.approx(exact.value, abs=1e-6)
            assert found.bound == pytest.approx(exact.value, abs=1e-6)


@settings(deadline=None, max_examples=examples(60))
@given(
    small_cases(),
    st.floats(0.05, 0.9),
    st.lists(st.floats(0.05, 1), min_size=1, max_size=4),
    st.sampled_from([0.0, 1.0, 20.0]),
)
def test_a_proof_at_one_coverage_holds_at_others(case, coverage, others, seconds):
    for known in known_of(grid_of(case), large=0).every:
        grid = known.own.grid
        if not grid.provinces:
            continue
        begin = [0] * len(grid.cells)
        found = cheapest_apart(known, begin, coverage, seconds=seconds, gap=1e-3, left=lambda: 60.0)
        for other in (coverage, *others):
            aim = Aim(other, money=known.part.prices)
            exact, _ = plainly(known.own, aim, None, slack=0.0, seconds=60)
            if exact.columns is not None:
                most = exact.value * grid.scale + 1e-6
                assert all(proof.at(other) <= most for proof in found.proofs)

"""Every plan against all selections tried one by one, and the promises of the contract."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.selection import Infeasible, Solved, solve
from pulih.selection.search import Sizes
from tests.selection.small_cases import as_case, reference, small_cases

LARGE = Sizes(as_one=0, open_columns=3, near=1)  # Every case goes the way of large ones.
GAP = 1e-4
both_ways = st.sampled_from([None, LARGE])


def names(solved: Solved) -> set[str]:
    return {solved.case.applications.codes[place] for place in solved.plan.chosen}


@settings(max_examples=500, deadline=None)
@given(small_cases(), both_ways)
def test_the_value_is_the_best_of_all_lawful_selections_to_the_gap(drawn, sizes):
    slow, outcome = reference(drawn), solve(as_case(drawn), sizes=sizes)
    best = slow.best()
    assert isinstance(outcome, Infeasible if best is None else Solved)
    if best is not None and isinstance(outcome, Solved):
        value, bound = (Fraction(each, 10**6) for each in (outcome.value, outcome.bound))
        assert outcome.status == "optimal"
        assert value == slow.value(names(outcome))
        assert best - Fraction(GAP) * best <= value <= best <= bound
        assert bound - value <= Fraction(GAP) * value + Fraction(1, 10**6)

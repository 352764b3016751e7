"""Needs of milliards of units are proven as closely as small ones."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulih.matching import breaches, solve
from tests.make import matching as make
from tests.matching.slow_reference import best_of_each, lawful_answers
from tests.matching.small_cases import small_cases
from tests.matching.test_solve import quick

SINGLY = 10**4  # As many times as large, lots of 1 are still counted one by one.


def times(case, by):
    """Return the case with so many times the units, in lots of 1; fares grow alike."""

    def grown(rows, *names):
        return tuple(
            replace(row, **{name: getattr(row, name) * by for name in names}) for row in rows
        )

    return replace(
        case,
        needs=grown(case.needs, "quantity", "min_order"),
        capacities=tuple(
            replace(row, lot=1) for row in grown(case.capacities, "per_week", "min_order")
        ),
        transport=grown(case.transport, "per_consignment"),
        groups=grown(case.groups, "min_order"),
        placed=grown(case.placed, "quantity"),
    )


@quick
@given(small_cases(), st.sampled_from([10**8, 10**9 + 7, 10**11]))
def test_milliards_of_units_are_proven_and_no_worse_than_in_large_lots(case, by):
    answers = lawful_answers(case, 300)
    assume(answers is not None)
    large = times(case, by)
    solved = solve(large, time_limit=20)
    assert not breaches(large, solved.parts)
    assert solved.status == "optimal"
    assert solved.stages[0].value >= float(best_of_each(case, answers)[0]) * (1 - 1e-4)


@quick
@given(small_cases(), st.sampled_from([10**9 + 7, 10**11]))
def test_what_is_proven_does_not_hang_on_the_size_of_numbers(case, by):
    singly, large = solve(times(case, SINGLY), gap=1e-6), solve(times(case, by), gap=1e-6)
    wanted = [(stage.value, stage.bound) for stage in singly.stages]
    found = [(stage.value, stage.bound) for stage in large.stages]
    found[2] = tuple(each * SINGLY / by for each in found[2])
    for (value, bound), (other, other_bound) in zip(wanted, found, strict=True):
        assert other == pytest.approx(value, rel=2e-3)
        assert other_bound == pytest.approx(bound, rel=2e-3)


def test_a_need_beyond_what_a_float_counts_is_filled_at_the_least_cost():
    most = 10**12
    case = make.plain_case(
        needs=[("N1", "P1", "M", most, "2020-06-01", None, None, None, None, 1)],
        firms=[("F1", "P1", 50, None), ("F2", "P1", 50, None)],
        capacities=[("F1", "M", most // 10, 11, 1, 0), ("F2", "M", most // 7, 10, 1, 0)],
    )
    solved = solve(case)
    assert solved.status == "optimal"
    assert sum(solved.parts.values()) == most


def test_a_small_maker_has_work_beside_one_that_could_fill_a_milliard_by_itself():
    most = 10**12
    case = make.plain_case(
        needs=[("N1", "P1", "M", most, "2020-04-20", None, None, None, None, 1)],
        firms=[("F1", "P1", 10, None), ("F2", "P1", 100, None)],
        capacities=[("F1", "M", most, 10, 1, 0), ("F2", "M", 300, 11, 1, 0)],
    )
    solved = solve(case)
    assert solved.status == "optimal"
    assert solved.parts["N1", "F2", "F2"] == 600
